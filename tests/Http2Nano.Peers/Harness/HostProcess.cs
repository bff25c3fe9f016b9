using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>The host board as a process of its own, on ports that were free.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int Patience = 60;
    private const int Attempts = 3;

    private readonly Running _program;

    private HostProcess(Running program) => _program = program;

    public int HttpPort { get; private init; }

    public int HttpsPort { get; private init; }

    public Uri Http => new($"http://127.0.0.1:{HttpPort}/");

    public Uri Https => new($"https://localhost:{HttpsPort}/");

    public bool HasExited => _program.HasExited;

    public int ExitCode => _program.ExitCode;

    /// <summary>What it has printed so far, on both channels.</summary>
    public string[] Lines => _program.Lines;

    /// <summary>Starts the board and waits until it has printed its addresses.</summary>
    public static Task<HostProcess> StartAsync(params string[] options) => StartProgramAsync(Places.Host, options);

    /// <summary>Starts a board that lies elsewhere and waits until it has printed its addresses.</summary>
    public static async Task<HostProcess> StartProgramAsync(string program, params string[] options)
    {
        for (int attempt = 1; ; attempt++)
        {
            int[] ports = Ports.Take(2);
            HostProcess host = new(Launch(program, ["--http", $"{ports[0]}", "--https", $"{ports[1]}", .. options])) { HttpPort = ports[0], HttpsPort = ports[1] };
            if (await host.IsServingAsync())
            {
                return host;
            }

            string outcome = host.HasExited ? $"it ended with {host.ExitCode}" : $"it still ran after {Patience} s";
            await host.DisposeAsync();
            string printed = host._program.Text;

            // A program that is none of the tests listens there.
            Assert.IsTrue(attempt < Attempts && printed.Contains("is in use", StringComparison.Ordinal), $"The host board did not print its addresses ({outcome}): {printed}");
        }
    }

    /// <summary>Starts the board with exactly these options and does not wait for anything.</summary>
    public static HostProcess StartPlain(params string[] options) => new(Launch(Places.Host, options));

    /// <summary>What the board says of itself, asked on a connection of its own.</summary>
    public async Task<JsonElement> GetStatusAsync(int seconds = 60)
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
        foreach (string file in Directory.EnumerateFileSystemEntries($"/proc/{_program.Id}/fd"))
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
    public void Interrupt() => _program.Interrupt();

    /// <summary>Waits for the end of the process.</summary>
    public Task<int> WaitForExitAsync(int seconds) => _program.EndAsync(seconds);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static Running Launch(string program, string[] options) => Running.Start(["dotnet", program, .. options]);

    private async Task<bool> IsServingAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!new[] { HttpPort, HttpsPort }.All(port => Lines.Any(line => line.Contains($"://localhost:{port}", StringComparison.Ordinal))))
        {
            if (HasExited || watch.Elapsed.TotalSeconds > Patience)
            {
                return false;
            }

            await Task.Delay(20);
        }

        return true;
    }
}
