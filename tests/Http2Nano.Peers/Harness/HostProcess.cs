using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>The host board as a process of its own, on ports that were free.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int StartTimeout = 30;
    private const int InterruptSignal = 2;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    private HostProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int HttpPort { get; private init; }

    public int HttpsPort { get; private init; }

    public Uri Http => new($"http://127.0.0.1:{HttpPort}/");

    public Uri Https => new($"https://localhost:{HttpsPort}/");

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it has printed so far, on both channels.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts the board and waits until it has printed its addresses.</summary>
    public static Task<HostProcess> StartAsync(params string[] options) => StartProgramAsync(Places.Host, options);

    /// <summary>Starts a board that lies elsewhere and waits until it has printed its addresses.</summary>
    public static async Task<HostProcess> StartProgramAsync(string program, params string[] options)
    {
        int[] ports = FreePorts(2);
        HostProcess host = new(Launch(program, ["--http", $"{ports[0]}", "--https", $"{ports[1]}", .. options])) { HttpPort = ports[0], HttpsPort = ports[1] };
        var watch = Stopwatch.StartNew();
        while (!ports.All(port => host.Lines.Any(line => line.Contains($":{port}", StringComparison.Ordinal))))
        {
            if (host.HasExited || watch.Elapsed.TotalSeconds > StartTimeout)
            {
                string printed = string.Join('\n', host.Lines);
                await host.DisposeAsync();
                Assert.Fail("The host board did not print its addresses: " + printed);
            }

            await Task.Delay(20);
        }

        return host;
    }

    /// <summary>Starts the board with exactly these options and does not wait for anything.</summary>
    public static HostProcess StartPlain(params string[] options) => new(Launch(Places.Host, options));

    /// <summary>Ports that nobody listens on.</summary>
    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Stop();
        }

        return ports;
    }

    /// <summary>What the board says of itself, asked on a connection of its own.</summary>
    public async Task<JsonElement> GetStatusAsync(int seconds = 10)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(seconds) };
        client.DefaultRequestHeaders.ConnectionClose = true;
        using JsonDocument document = JsonDocument.Parse(await client.GetStringAsync(new Uri(Http, "/api/status")));
        return document.RootElement.Clone();
    }

    /// <summary>Sockets that the process has open, listeners included.</summary>
    public int CountSockets()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new AssertInconclusiveException("Only Linux tells what a process has open.");
        }

        int count = 0;
        foreach (string file in Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd"))
        {
            try
            {
                count += new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true ? 1 : 0;
            }
            catch (IOException)
            {
                // Closed meanwhile.
            }
        }

        return count;
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new AssertInconclusiveException("Windows has no signal that stands for Ctrl-C.");
        }

        Assert.AreEqual(0, SendSignal(_process.Id, InterruptSignal), "The signal was not sent.");
    }

    /// <summary>Waits for the end of the process.</summary>
    public async Task<int> WaitForExitAsync(int seconds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The host board still runs after {seconds} s.");
        }

        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private static Process Launch(string program, IEnumerable<string> options)
    {
        // Tests that a shell runs in the background ignore Ctrl-C, and so would what they start.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string option in command[1..].Append(program).Concat(options))
        {
            start.ArgumentList.Add(option);
        }

        return Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    private async Task ReadAsync(System.IO.StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
