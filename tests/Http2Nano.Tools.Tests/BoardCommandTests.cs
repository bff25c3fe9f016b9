using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Packing;
using Http2Nano.Peers.Harness;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>provision</c> and <c>deploy</c> against a stand-in for nanoff, <c>monitor</c> against a pseudo-terminal.</summary>
[TestClass]
public sealed class BoardCommandTests
{
    private const string Port = "/dev/ttyTest0";
    private static readonly string s_nanoff = Places.Script("nanoff.sh");

    [ClassInitialize]
    public static void Initialize(TestContext context)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new AssertInconclusiveException("Windows has neither shell scripts nor pseudo-terminals.");
        }

        File.SetUnixFileMode(s_nanoff, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TestMethod]
    public async Task Provision_brings_firmware_Wi_Fi_certificate_and_pages()
    {
        using TemporaryFolder folder = await BoardAsync("ESP32-C3", "\"ssid\": \"lab\", \"password\": \"secret word\"", "\"certificate\": \"server.crt\", \"key\": \"server.key\",");
        await Nano.SucceedAsync("cert", "greenhouse.local", "--out", folder.Path);
        Result result = await RunAsync(folder, "provision", folder.Path);
        Assert.AreEqual(0, result.ExitCode, result.Errors + result.Output);
        string[][] calls = Calls(folder);
        Assert.HasCount(3, calls);
        CollectionAssert.AreEqual(new[] { "argument --update", "argument --target", "argument ESP32_C3", "argument --serialport", "argument " + Port }, calls[0]);

        Assert.AreEqual("argument --networkdeployment", calls[1][0]);
        using JsonDocument network = JsonDocument.Parse(calls[1][2]["content ".Length..]);
        Assert.AreEqual(Port, network.RootElement.GetProperty("SerialPort").GetString());
        JsonElement client = network.RootElement.GetProperty("WirelessClient");
        Assert.AreEqual("lab", client.GetProperty("Ssid").GetString());
        Assert.AreEqual("secret word", client.GetProperty("Password").GetString());
        Assert.AreEqual("AutoConnect", client.GetProperty("ConfigurationOption").GetString());

        Assert.AreEqual("argument --filedeployment", calls[2][0]);
        using JsonDocument files = JsonDocument.Parse(calls[2][2]["content ".Length..]);
        Assert.AreEqual(Port, files.RootElement.GetProperty("serialport").GetString());
        CollectionAssert.AreEqual(
            new[] { "I:\\www.pack", "I:\\server.crt", "I:\\server.key" },
            files.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("DestinationFilePath").GetString()).ToArray());
        Assert.AreEqual("index.html", AssetPackReader.Read(File.ReadAllBytes(folder.Of("log.pack"))).Single().Path);

        // What held the password is gone.
        Assert.IsFalse(File.Exists(calls[1][1]["argument ".Length..]));
        Assert.DoesNotContain("secret word", result.Output + result.Errors);
    }

    [TestMethod]
    public async Task Provision_does_one_step_if_told_and_asks_for_no_serial_port_where_there_is_a_debugger()
    {
        using TemporaryFolder files = await BoardAsync("ESP32-C3", "\"ssid\": \"lab\", \"password\": \"\"");
        Result result = await RunAsync(files, "provision", files.Path, "--only", "files");
        Assert.AreEqual(0, result.ExitCode, result.Errors);
        Assert.AreEqual("argument --filedeployment", Calls(files).Single()[0]);

        using TemporaryFolder discovery = await BoardAsync("STM32F769I-DISCOVERY", "");
        result = await RunAsync(discovery, "provision", discovery.Path, "--only", "firmware");
        Assert.AreEqual(0, result.ExitCode, result.Errors);
        Assert.Contains("argument --jtag", Calls(discovery).Single());
    }

    [TestMethod]
    public async Task Deploy_brings_the_application()
    {
        using TemporaryFolder folder = await BoardAsync("ESP32-C3", "");
        Result missing = await RunAsync(folder, "deploy", folder.Path);
        Assert.AreEqual(1, missing.ExitCode);
        Nano.IsSentence(missing, "nanoFramework extension");
        folder.Write("app.bin", "image");
        Result result = await RunAsync(folder, "deploy", folder.Path, "--json");
        Assert.AreEqual(0, result.ExitCode, result.Errors);
        Assert.AreEqual("Application app.bin", result.Json.GetProperty("done")[0].GetString());
        CollectionAssert.AreEqual(
            new[] { "argument --nanodevice", "argument --deploy", "argument --serialport", "argument " + Port, "argument --image", "argument " + folder.Of("app.bin"), "bytes 5" },
            Calls(folder).Single());
    }

    [TestMethod]
    public async Task What_nanoff_says_when_it_fails_is_passed_on()
    {
        using TemporaryFolder folder = await BoardAsync("ESP32-C3", "");
        folder.Write("app.bin", "image");
        Result result = await RunAsync(folder, fails: true, "deploy", folder.Path);
        Assert.AreEqual(1, result.ExitCode);
        Assert.Contains("Error E4000: no device at the port", result.Errors);
        Assert.DoesNotContain("   at ", result.Errors);
    }

    [TestMethod]
    public async Task Everything_is_looked_at_before_the_first_step()
    {
        using TemporaryFolder folder = await BoardAsync("ESP32-C3", "\"ssid\": \"lab\", \"password\": \"\"");
        await RefusedAsync(folder, "HTTP2NANO_WIFI_PASSWORD");
        await WriteAsync(folder, "{ \"board\": \"ESP32-C3\", \"port\": \"/dev/x\", \"pages\": \"nowhere\" }", "nowhere");
        await WriteAsync(folder, "{ \"board\": \"ESP8266\" }", "ESP8266");
        await WriteAsync(folder, "{ \"board\": \"ESP32-C3\", \"colour\": \"red\" }", "colour");
        await WriteAsync(folder, "{ \"board\": ", "line");
        await WriteAsync(folder, "{ \"board\": \"ESP32-C3\", \"port\": \"/dev/x\", \"certificate\": \"a.crt\" }", "go together");
        folder.Write("a.crt", "nothing");
        folder.Write("a.key", "nothing");
        await WriteAsync(folder, "{ \"board\": \"ESP32-C3\", \"port\": \"/dev/x\", \"certificate\": \"a.crt\", \"key\": \"a.key\" }", "cannot be read");
        Assert.IsFalse(File.Exists(folder.Of("log")), "A step was done.");
        Result without = await Nano.RunAsync("deploy", folder.Of("nowhere"));
        Nano.IsSentence(without, "nowhere");

        async Task WriteAsync(TemporaryFolder to, string content, string text)
        {
            to.Write("board.json", content);
            await RefusedAsync(to, text);
        }

        async Task RefusedAsync(TemporaryFolder of, string text)
        {
            Result result = await RunAsync(of, "provision", of.Path);
            Assert.AreEqual(1, result.ExitCode, result.Output);
            Nano.IsSentence(result, text);
        }
    }

    [TestMethod]
    public async Task Without_nanoff_one_sentence_says_where_to_get_it()
    {
        using TemporaryFolder folder = await BoardAsync("ESP32-C3", "");
        folder.Write("app.bin", "image");
        Result result = await Nano.RunAsync(folder.Path, new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(Tool.Find("dotnet").Path)! }, [Tool.Find("dotnet").Path, Places.Command, "deploy", folder.Path]);
        Assert.AreEqual(1, result.ExitCode);
        Nano.IsSentence(result, "dotnet tool install --global nanoff");
        Nano.IsSentence(await Nano.RunAsync("deploy", folder.Path, "--nanoff", folder.Of("nowhere")), "nowhere");
    }

    [TestMethod]
    public async Task Monitor_shows_lines_with_the_time_filters_and_waits_for_a_port_that_vanishes()
    {
        using var folder = new TemporaryFolder();
        string port = folder.Of("ttyTest");
        await using Running board = Running.Start("python3", Places.Script("serial.py"), port);
        await TellAsync(board, "open");
        await using Running monitor = Nano.Start("monitor", "--port", port, "--filter", "heap|Open");
        await monitor.SaysAsync("Reading");
        await Task.Delay(500);
        await TellAsync(board, @"say Open http://192.168.1.7\r\nnothing of interest\r\nThe heap is \x1b[31mfull\r\n");
        string line = await monitor.SaysAsync("Open http://192.168.1.7");
        Assert.MatchesRegex(@"^\d\d:\d\d:\d\d\.\d\d\d  Open", line);

        // What a board says moves no cursor here.
        string heap = await monitor.SaysAsync("The heap is");
        Assert.Contains("The heap is ·[31mfull", heap);
        Assert.DoesNotContain("nothing of interest", monitor.Text);

        await TellAsync(board, "close");
        await monitor.SaysAsync("is gone; waiting");
        await TellAsync(board, "open");
        await monitor.SaysAsync("is there again");
        await Task.Delay(500);
        await TellAsync(board, @"say Open again\n");
        await monitor.SaysAsync("Open again");
        monitor.Interrupt();
        Assert.AreEqual(0, await monitor.EndAsync(), monitor.Text);
    }

    [TestMethod]
    public async Task Monitor_refuses_what_is_no_port()
    {
        using var folder = new TemporaryFolder();
        await Nano.RefusedAsync($"There is no serial port {folder.Of("nowhere")}", "monitor", "--port", folder.Of("nowhere"));
        await Nano.RefusedAsync("--baud", "monitor", "--port", "/dev/null", "--baud", "0");
        await Nano.RefusedAsync("serial.py", "monitor", "--port", Places.Script("serial.py"));
        await Nano.RefusedAsync("--filter", "monitor", "--port", "/dev/null", "--filter", "(");
    }

    private static async Task TellAsync(Running board, string command)
    {
        int before = board.Lines.Length;
        await board.Input.WriteLineAsync(command);
        await board.Input.FlushAsync();
        for (int i = 0; board.Lines.Length == before; i++)
        {
            Assert.IsLessThan(6000, i, board.Text);
            await Task.Delay(10);
        }
    }

    private static Task<TemporaryFolder> BoardAsync(string board, string wifi, string more = "")
    {
        var folder = new TemporaryFolder();
        folder.Write("www/index.html", "<!doctype html><title>page</title>");
        folder.Write("board.json", $$"""
            { "board": "{{board}}", "port": "{{Port}}", "wifi": { {{wifi}} }, {{more}} "pages": "www", "drive": "I:", "application": "app.bin" }
            """);
        return Task.FromResult(folder);
    }

    private static Task<Result> RunAsync(TemporaryFolder folder, params string[] arguments) => RunAsync(folder, false, arguments);

    private static Task<Result> RunAsync(TemporaryFolder folder, bool fails, params string[] arguments) => Nano.RunAsync(
        null,
        new Dictionary<string, string> { ["NANOFF_LOG"] = folder.Of("log"), ["NANOFF_FAILS"] = fails ? "1" : "" },
        ["dotnet", Places.Command, .. arguments, "--nanoff", s_nanoff]);

    private static string[][] Calls(TemporaryFolder folder) =>
        [.. File.ReadAllText(folder.Of("log")).Split("end\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
}
