using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Development;
using Http2Nano.Messages;
using Http2Nano.Peers.Harness;
using Http2Nano.Routing;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>http2nano probe</c> against six servers, and what nghttp and curl say of them.</summary>
[TestClass]
public sealed class ProbeCommandTests
{
    private const string Prior = "HTTP/2 with prior knowledge";
    private const string Alpn = "HTTP/2 over TLS by ALPN";
    private const string Upgrade = "HTTP/2 by upgrade";
    private const string Http1 = "HTTP/1.1";

    [TestMethod]
    public async Task This_server_without_TLS()
    {
        using DevelopmentServer server = DevelopmentServer.Start(Application());
        JsonElement report = await ProbeAsync(server.Http);
        Speaks(report, Prior, Upgrade, Http1);
        await CurlAgreesAsync(report, server.Http);
        await NghttpAgreesAsync(report, server.Http);
        Assert.IsTrue(report.GetProperty("http2").GetProperty("acknowledgesSettings").GetBoolean());
        Assert.AreEqual(JsonValueKind.Number, report.GetProperty("http2").GetProperty("answersPing").ValueKind);
        Assert.Contains("/style.css", report.GetProperty("http2").GetProperty("pushes").EnumerateArray().Select(path => path.GetString()));
        Assert.Contains(hint => hint!.Contains("style.css", StringComparison.Ordinal), report.GetProperty("http2").GetProperty("earlyHints").EnumerateArray().Select(hint => hint.GetString()));
    }

    [TestMethod]
    public async Task This_server_keeps_priorities()
    {
        using DevelopmentServer server = DevelopmentServer.Start(Application());
        JsonElement report = await ProbeAsync(new Uri(server.Http, "/large"));
        Assert.StartsWith("kept", report.GetProperty("http2").GetProperty("priorities").GetString()!);
    }

    [TestMethod]
    public async Task This_server_with_TLS()
    {
        using DevelopmentServer server = DevelopmentServer.Start(Application());
        JsonElement report = await ProbeAsync(server.Https);
        Speaks(report, Alpn, Prior, Http1);
        Assert.AreEqual("h2", report.GetProperty("tls").GetProperty("alpn").GetString());
        await CurlAgreesAsync(report, server.Https);
        await NghttpAgreesAsync(report, server.Https);
    }

    [TestMethod]
    public async Task Kestrel()
    {
        (WebApplication server, Uri url) = await Servers.KestrelAsync();
        await using (server)
        {
            JsonElement report = await ProbeAsync(url);

            // Without ALPN it takes what comes for HTTP/1.1.
            Speaks(report, Alpn, Http1);
            await CurlAgreesAsync(report, url);
            await NghttpAgreesAsync(report, url);
        }
    }

    [TestMethod]
    public async Task Nghttpd()
    {
        using var folder = new TemporaryFolder();
        Servers.WriteCertificate(folder);
        int port = Ports.Take();
        await using Running server = await Servers.NghttpdAsync(folder, port, tls: true, "--push=/index.html=/style.css");
        var url = new Uri($"https://localhost:{port}/index.html");
        JsonElement report = await ProbeAsync(url);
        Speaks(report, Alpn);
        Assert.Contains("/style.css", report.GetProperty("http2").GetProperty("pushes").EnumerateArray().Select(path => path.GetString()));
        await NghttpAgreesAsync(report, url);
        Assert.Contains(finding => finding.GetProperty("subject").GetString() == "HTTP/1.1" && finding.GetProperty("verdict").GetString() == "warning", Findings(report));
    }

    [TestMethod]
    public async Task Nghttpd_without_TLS()
    {
        using var folder = new TemporaryFolder();
        int port = Ports.Take();
        await using Running server = await Servers.NghttpdAsync(folder, port, tls: false);
        var url = new Uri($"http://localhost:{port}/index.html");
        JsonElement report = await ProbeAsync(url);
        Assert.IsTrue(Way(report, Prior).GetProperty("speaks").GetBoolean());
        await NghttpAgreesAsync(report, url);
    }

    [TestMethod]
    public async Task Nginx()
    {
        using var folder = new TemporaryFolder();
        Servers.WriteCertificate(folder);
        int port = Ports.Take();
        await using Running server = await Servers.NginxAsync(folder, port);
        var url = new Uri($"https://localhost:{port}/");
        JsonElement report = await ProbeAsync(url);
        Assert.IsTrue(Way(report, Alpn).GetProperty("speaks").GetBoolean());
        Assert.IsTrue(Way(report, Http1).GetProperty("speaks").GetBoolean());
        Assert.Contains(field => field.GetString()!.StartsWith("server: nginx", StringComparison.Ordinal), report.GetProperty("fields").EnumerateArray().ToArray<JsonElement>());
        await CurlAgreesAsync(report, url);
        await NghttpAgreesAsync(report, url);
    }

    [TestMethod]
    public async Task Haproxy()
    {
        using var folder = new TemporaryFolder();
        Servers.WriteCertificate(folder);
        int port = Ports.Take();
        await using Running server = await Servers.HaproxyAsync(folder, port);
        var url = new Uri($"https://localhost:{port}/");
        JsonElement report = await ProbeAsync(url);
        Assert.IsTrue(Way(report, Alpn).GetProperty("speaks").GetBoolean());
        await CurlAgreesAsync(report, url);
        await NghttpAgreesAsync(report, url);
    }

    [TestMethod]
    public async Task A_TLS_server_without_ALPN_as_a_board_is()
    {
        using var server = new PlainTlsServer();
        JsonElement report = await ProbeAsync(server.Url);
        Speaks(report, Http1);
        Assert.IsFalse(report.GetProperty("tls").TryGetProperty("alpn", out _));
        Assert.Contains(
            finding => finding.GetProperty("subject").GetString() == "ALPN" && finding.GetProperty("text").GetString()!.Contains("HTTP/1.1", StringComparison.Ordinal), Findings(report));
        await CurlAgreesAsync(report, server.Url);
    }

    [TestMethod]
    public async Task Who_does_not_answer_is_told_in_a_sentence()
    {
        await Nano.RefusedAsync("port is closed", "probe", $"http://localhost:{Ports.Take()}/");
        await Nano.RefusedAsync("no address", "probe", "http://nowhere.invalid/");
        await Nano.RefusedAsync("no address of a web server", "probe", "ftp://localhost/");
        await Nano.RefusedAsync("URL", "probe");

        // A port without TLS.
        using DevelopmentServer server = DevelopmentServer.Start(Application());
        await Nano.RefusedAsync("http://", "probe", $"https://127.0.0.1:{server.Http.Port}/", "--timeout", "2");
    }

    [TestMethod]
    public async Task A_server_that_says_nothing_or_nonsense_does_not_hang_it()
    {
        foreach (string answer in new[] { "", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\0\0\u0005\u0004\0\0\0\0\0abcde" })
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            _ = AnswerAsync(listener, answer);
            Result result = await Nano.RunAsync("probe", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", "--timeout", "1");
            Assert.AreEqual(1, result.ExitCode, answer + result.Output);
            Nano.IsSentence(result, "speaks no HTTP");
        }
    }

    [TestMethod]
    public async Task What_a_server_says_moves_no_cursor_here()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = AnswerAsync(listener, "HTTP/1.1 200 OK\r\nserver: \u001b[2Jgone [red]\r\ncontent-length: 0\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        Result result = await Nano.RunAsync("probe", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", "--timeout", "10");
        Assert.Contains("server: ·[2Jgone [red]", result.Output);
        Assert.DoesNotContain("\u001b", result.Output);
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer));
                await Task.Delay(answer.Length == 0 ? 1500 : 100);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or System.IO.IOException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private static Router Application()
    {
        var router = new Router();
        byte[] large = new byte[400_000];
        router.MapGet("/", (request, response) =>
        {
            response.EarlyHints("</style.css>; rel=preload; as=style"u8.ToArray());
            response.Push("/style.css"u8.ToArray());
            response.Write("a page");
        });
        router.MapGet("/style.css", (_, response) => response.Write("body { }"));
        router.MapGet("/large", (_, response) => response.SetBody(large, 0, large.Length));
        return router;
    }

    private static async Task<JsonElement> ProbeAsync(Uri url)
    {
        Result result = await Nano.RunAsync("probe", url.ToString(), "--json");
        Assert.AreEqual(0, result.ExitCode, result.Errors + result.Output);
        return result.Json;
    }

    private static JsonElement Way(JsonElement report, string name) =>
        report.GetProperty("protocols").EnumerateArray().First(protocol => protocol.GetProperty("name").GetString() == name);

    private static JsonElement[] Findings(JsonElement report) => [.. report.GetProperty("findings").EnumerateArray()];

    private static void Speaks(JsonElement report, params string[] ways)
    {
        string[] spoken = [.. report.GetProperty("protocols").EnumerateArray().Where(protocol => protocol.GetProperty("speaks").GetBoolean()).Select(protocol => protocol.GetProperty("name").GetString()!)];
        CollectionAssert.AreEquivalent(ways, spoken, report.GetProperty("protocols").ToString());
    }

    // curl does what each way says, and has the same status or none.
    private static async Task CurlAgreesAsync(JsonElement report, Uri url)
    {
        Dictionary<string, string> options = new() { [Prior] = "--http2-prior-knowledge", [Upgrade] = "--http2", [Alpn] = "--http2", [Http1] = "--http1.1" };
        foreach (JsonElement way in report.GetProperty("protocols").EnumerateArray())
        {
            string name = way.GetProperty("name").GetString()!;
            if (name == Prior && url.Scheme == "https")
            {
                // curl asks by ALPN there.
                continue;
            }

            Outcome outcome = await Tool.Find("curl").RunAsync(["-sk", "-o", "/dev/null", "-m", "60", "-w", "%{http_version} %{http_code}", options[name], url.ToString()]);
            string version = name == Http1 ? "1.1" : "2";
            bool speaks = outcome.ExitCode == 0 && outcome.Text.StartsWith(version + " ", StringComparison.Ordinal);
            Assert.AreEqual(speaks, way.GetProperty("speaks").GetBoolean(), $"{name}: curl says {outcome.Text}");
            if (speaks)
            {
                Assert.AreEqual(outcome.Text.Split(' ')[1], way.GetProperty("status").ToString(), name);
            }
        }
    }

    // The settings that nghttp prints are those that were found; its connection window is as wide as the probe's, because
    // servers may announce more streams then.
    private static async Task NghttpAgreesAsync(JsonElement report, Uri url)
    {
        Outcome outcome = await Tool.Find("nghttp").SucceedAsync(["-nv", "--no-dep", "-W", "30", url.ToString()]);
        MatchCollection frames = Regex.Matches(outcome.Text, @"recv SETTINGS frame <length=\d+, flags=0x00.*?\n((?: .*\n)*)");
        Assert.IsNotEmpty(frames, outcome.Text);

        // A later frame takes the place of what an earlier one said (RFC 9113 6.5.3).
        Dictionary<string, string> theirs = frames
            .SelectMany(frame => Regex.Matches(frame.Groups[1].Value, @"\[(?:SETTINGS_)?([A-Za-z0-9_]+)\(0x([0-9a-fA-F]+)\):(\d+)\]"))
            .GroupBy(match => match.Groups[2].Value.TrimStart('0').ToUpperInvariant())
            .ToDictionary(setting => setting.Key, setting => setting.Last().Groups[3].Value);
        Dictionary<string, string> ours = report.GetProperty("http2").GetProperty("settings").EnumerateObject()
            .ToDictionary(setting => Number(setting.Name), setting => setting.Value.ToString());
        CollectionAssert.AreEquivalent(theirs, ours, outcome.Text);
    }

    private static string Number(string setting) => setting switch
    {
        "HEADER_TABLE_SIZE" => "1",
        "ENABLE_PUSH" => "2",
        "MAX_CONCURRENT_STREAMS" => "3",
        "INITIAL_WINDOW_SIZE" => "4",
        "MAX_FRAME_SIZE" => "5",
        "MAX_HEADER_LIST_SIZE" => "6",
        "ENABLE_CONNECT_PROTOCOL" => "8",
        "NO_RFC7540_PRIORITIES" => "9",
        _ => setting.Replace("0x", "", StringComparison.Ordinal).TrimStart('0'),
    };
}
