using System;
using System.Diagnostics;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>Debian's Firefox, led by WebDriver BiDi: it takes any certificate, and has a profile of its own.</summary>
internal sealed class Firefox : IAsyncDisposable
{
    private const string Announcement = "WebDriver BiDi listening on ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _profile;
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _announced = new();
    private readonly ClientWebSocket _socket = new();
    private string _context = "";
    private int _commands;

    private Firefox(string profile, Process process)
    {
        _profile = profile;
        _process = process;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Listen(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static async Task<Firefox> StartAsync()
    {
        string path = Tool.Find("firefox-esr", "firefox").Path;
        string profile = Directory.CreateTempSubdirectory("firefox").FullName;
        ProcessStartInfo start = new(path) { ArgumentList = { "--headless", "--remote-debugging-port", "0", "--no-remote", "--profile", profile } };
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["HOME"] = profile;
        Firefox firefox = new(profile, Process.Start(start)!);
        try
        {
            string address = await firefox._announced.Task.WaitAsync(s_patience);
            using CancellationTokenSource patience = new(s_patience);
            await firefox._socket.ConnectAsync(new Uri(new Uri(address), "/session"), patience.Token);
            await firefox.CommandAsync("session.new", new { capabilities = new { alwaysMatch = new { acceptInsecureCerts = true } } });
            JsonElement tree = await firefox.CommandAsync("browsingContext.getTree", new { });
            firefox._context = tree.GetProperty("contexts")[0].GetProperty("context").GetString()!;
            return firefox;
        }
        catch
        {
            await firefox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a page and waits until it is loaded.</summary>
    public Task VisitAsync(Uri address) => CommandAsync("browsingContext.navigate", new { context = _context, url = address.ToString(), wait = "complete" });

    public async Task<string> TitleAsync() => (await EvaluateAsync("document.title")).GetString() ?? "";

    /// <summary>What an expression of JavaScript is in the page, as JSON has it.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        JsonElement answer = await CommandAsync("script.evaluate", new { expression = $"JSON.stringify({expression}) ?? 'null'", target = new { context = _context }, awaitPromise = false });
        Assert.AreEqual("success", answer.GetProperty("type").GetString(), $"{expression}: {answer}");
        using JsonDocument value = JsonDocument.Parse(answer.GetProperty("result").GetProperty("value").GetString()!);
        return value.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private void Listen(string? line)
    {
        if (line == null)
        {
            _announced.TrySetException(new InvalidOperationException("Firefox has ended."));
        }
        else if (line.StartsWith(Announcement, StringComparison.Ordinal))
        {
            _announced.TrySetResult(line[Announcement.Length..]);
        }
    }

    // One command at a time: what comes besides its answer are events, which nobody has asked for.
    private async Task<JsonElement> CommandAsync(string method, object parameters)
    {
        int id = ++_commands;
        using CancellationTokenSource patience = new(s_patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            JsonElement message = await ReceiveAsync(patience.Token);
            if (message.TryGetProperty("id", out JsonElement of) && of.ValueKind == JsonValueKind.Number && of.GetInt32() == id)
            {
                Assert.AreEqual("success", message.GetProperty("type").GetString(), $"{method}: {message}");
                return message.GetProperty("result");
            }
        }
    }

    private async Task<JsonElement> ReceiveAsync(CancellationToken patience)
    {
        using MemoryStream text = new();
        byte[] part = new byte[16384];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(part.AsMemory(), patience);
            text.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        using JsonDocument message = JsonDocument.Parse(text.ToArray());
        return message.RootElement.Clone();
    }
}
