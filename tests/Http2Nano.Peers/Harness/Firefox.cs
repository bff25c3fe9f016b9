using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>Debian's Firefox, led by Marionette: it takes any certificate, and has a profile of its own.</summary>
internal sealed class Firefox : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _profile;
    private readonly Process _process;
    private TcpClient? _marionette;
    private int _commands;

    private Firefox(string profile, Process process)
    {
        _profile = profile;
        _process = process;
    }

    public static async Task<Firefox> StartAsync()
    {
        string path = Tool.Find("firefox-esr", "firefox").Path;
        int port = FreePort();
        string profile = Directory.CreateTempSubdirectory("firefox").FullName;
        await File.WriteAllTextAsync(Path.Combine(profile, "user.js"), $"user_pref(\"marionette.port\", {port});\n");
        ProcessStartInfo start = new(path) { ArgumentList = { "--headless", "--marionette", "--no-remote", "--profile", profile } };
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["HOME"] = profile;
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Firefox firefox = new(profile, process);
        try
        {
            await firefox.ConnectAsync(port);
            await firefox.CommandAsync("WebDriver:NewSession", new { acceptInsecureCerts = true });
            return firefox;
        }
        catch
        {
            await firefox.DisposeAsync();
            throw;
        }
    }

    public Task VisitAsync(Uri address) => CommandAsync("WebDriver:Navigate", new { url = address.ToString() });

    public async Task<string> TitleAsync() => (await CommandAsync("WebDriver:GetTitle", new { })).GetProperty("value").GetString() ?? "";

    /// <summary>What an expression of JavaScript is in the page.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
        => (await CommandAsync("WebDriver:ExecuteScript", new { script = $"return {expression};", args = Array.Empty<object>() })).GetProperty("value");

    public async ValueTask DisposeAsync()
    {
        _marionette?.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync(int port)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            TcpClient client = new();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                _marionette = client;
                await ReadAsync();
                return;
            }
            catch (SocketException) when (waited.Elapsed < s_patience && !_process.HasExited)
            {
                client.Dispose();
            }
        }
    }

    // Each message is the length of its JSON in octets, a colon and the JSON: [0, id, name, parameters], [1, id, error, result].
    private async Task<JsonElement> CommandAsync(string name, object parameters)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes<object[]>([0, ++_commands, name, parameters]);
        await _marionette!.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{json.Length}:"), .. json]);
        JsonElement answer = (await ReadAsync()).RootElement;
        Assert.AreEqual(JsonValueKind.Null, answer[2].ValueKind, $"{name}: {answer[2]}");
        return answer[3];
    }

    private async Task<JsonDocument> ReadAsync()
    {
        NetworkStream stream = _marionette!.GetStream();
        byte[] octet = new byte[1];
        int length = 0;
        await stream.ReadExactlyAsync(octet).AsTask().WaitAsync(s_patience);
        while (octet[0] != ':')
        {
            length = (length * 10) + octet[0] - '0';
            await stream.ReadExactlyAsync(octet);
        }

        byte[] json = new byte[length];
        await stream.ReadExactlyAsync(json);
        return JsonDocument.Parse(json);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
