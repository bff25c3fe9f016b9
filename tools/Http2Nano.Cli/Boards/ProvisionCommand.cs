using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Pages;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Http2Nano.Packing;
using Spectre.Console;

namespace Http2Nano.Cli.Boards;

/// <summary><c>http2nano provision [BOARD]</c>: puts firmware, Wi-Fi, certificate and pages on a board.</summary>
internal static class ProvisionCommand
{
    private const string PasswordVariable = "HTTP2NANO_WIFI_PASSWORD";
    private static readonly string[] s_steps = ["firmware", "wifi", "files"];

    public static Command Create()
    {
        Argument<string?> board = new("BOARD") { Description = "A board.json or its folder; this folder, or the only one below Boards, unless given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> port = new("--port", "-p") { Description = "The serial port; the one of board.json, or the only one, unless given." };
        Option<string> nanoff = new("--nanoff") { Description = "The path of nanoff; the one on the path unless given." };
        Option<string[]> only = new("--only") { Description = "Only these steps: firmware, wifi, files.", AllowMultipleArgumentsPerToken = false, DefaultValueFactory = _ => s_steps };
        only.AcceptOnlyFromAmong(s_steps);
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("provision", "Brings firmware, Wi-Fi, certificate and pages onto a board, as its board.json says.") { board, port, nanoff, only, json };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(board), result.GetValue(port), result.GetValue(nanoff), result.GetValue(only)!, result.GetValue(json), cancellation));
        return ExampleHelp.With(command, "provision Boards/ESP32-C3 --port /dev/ttyUSB0", "provision --only files");
    }

    private static async Task<int> RunAsync(string? named, string? portOption, string? nanoffOption, string[] only, bool json, CancellationToken cancellation)
    {
        // Everything is checked before the first step.
        BoardFile file = BoardFile.Read(named);
        Nanoff nanoff = Nanoff.Find(nanoffOption, json);
        string port = SerialPorts.Choose(portOption, file.Port);
        string target = file.Target.Length == 0 ? file.Profile.Target : file.Target;
        bool wifi = file.Profile.HasWifi && file.Wifi.Ssid.Length != 0 && only.Contains("wifi");
        string password = wifi ? Password(file) : "";
        string folder = Directory.CreateTempSubdirectory("http2nano-").FullName;
        try
        {
            List<(string Destination, string Source)> files = only.Contains("files") ? Collect(file, folder) : [];
            if (only.Contains("firmware"))
            {
                await nanoff.RunAsync($"Firmware {target}", Firmware(target, port), cancellation);
            }

            if (wifi)
            {
                await nanoff.RunWithFileAsync(
                    $"Wi-Fi {file.Wifi.Ssid}",
                    "--networkdeployment",
                    new { SerialPort = port, WirelessClient = new { file.Wifi.Ssid, Password = password, ConfigurationOption = "AutoConnect" } },
                    cancellation);
            }

            if (files.Count != 0)
            {
                await nanoff.RunWithFileAsync(
                    $"Files {string.Join(", ", files.Select(item => item.Destination))}",
                    "--filedeployment",
                    new { serialport = port, files = files.Select(item => new { DestinationFilePath = item.Destination, SourceFilePath = item.Source }) },
                    cancellation);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        nanoff.Report(file, port);
        return 0;
    }

    // A Pico appears as a drive while its button is pressed, and an ST board has a debugger: neither takes its firmware from a serial port.
    private static string[] Firmware(string target, string port) =>
        target.StartsWith("ST_", StringComparison.Ordinal) ? ["--update", "--target", target, "--jtag"]
        : target.StartsWith("PICO", StringComparison.Ordinal) ? ["--update", "--target", target]
        : ["--update", "--target", target, "--serialport", port];

    private static List<(string Destination, string Source)> Collect(BoardFile file, string folder)
    {
        List<(string, string)> files = [];
        string drive = file.Drive.TrimEnd('\\', '/') + "\\";
        if (file.Pages.Length != 0)
        {
            string pack = Path.Combine(folder, "www.pack");
            File.WriteAllBytes(pack, PackCommand.Pack(file.Existing(file.Pages, "name the folder with the pages."), PackEncodings.GzipOnly, minify: true));
            files.Add((drive + "www.pack", pack));
        }

        if (file.Certificate.Length != 0)
        {
            const string Remedy = "http2nano cert makes certificate and key.";
            string certificate = file.Existing(file.Certificate, Remedy);
            string key = file.Existing(file.Key, Remedy);
            CheckPair(certificate, key);
            files.Add((drive + "server.crt", certificate));
            files.Add((drive + "server.key", key));
        }

        return files;
    }

    private static void CheckPair(string certificate, string key)
    {
        try
        {
            using var pair = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(certificate, key);
            if (pair.NotAfter < DateTime.Now)
            {
                throw new UserException($"The certificate {certificate} has ended: http2nano cert makes another.");
            }
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The certificate {certificate} and the key {key} cannot be read: both must be PEM and belong together, the key without a password. http2nano cert makes them so.");
        }
    }

    private static string Password(BoardFile file)
    {
        if (file.Wifi.Password.Length != 0)
        {
            return file.Wifi.Password;
        }

        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } given)
        {
            return given;
        }

        return Console.IsInputRedirected
            ? throw new UserException($"The password of the Wi-Fi {file.Wifi.Ssid} is neither in board.json nor in {PasswordVariable}: set one of them.")
            : Terminal.Out.Prompt(new TextPrompt<string>($"Password of the Wi-Fi {Markup.Escape(file.Wifi.Ssid)}:").Secret());
    }
}
