using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>A program that runs, and what it prints.</summary>
internal sealed partial class Running : IAsyncDisposable
{
    private const int InterruptSignal = 2;
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    private Running(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

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

    public string Text => string.Join('\n', Lines);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Writes to what it reads.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Starts a program.</summary>
    public static Running Start(params string[] command) => StartIn(null, null, command);

    /// <summary>Starts a program in a folder.</summary>
    /// <param name="folder">The folder; the current one when null.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="command">The program and its arguments.</param>
    public static Running StartIn(string? folder, IReadOnlyDictionary<string, string>? environment, params string[] command)
    {
        // Tests that a shell runs in the background ignore Ctrl-C, and so would what they start.
        string[] whole = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. command] : command;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new Running(Process.Start(start)!);
    }

    /// <summary>Waits until it has printed something.</summary>
    public async Task<string> SaysAsync(string text, int seconds = 60)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (Lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            if (watch.Elapsed.TotalSeconds > seconds || _process.HasExited)
            {
                await Task.WhenAny(_reading, Task.Delay(1000));
                Assert.Contains(text, Text, $"It has not said \"{text}\".");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new AssertInconclusiveException("Windows has no signal that stands for Ctrl-C.");
        }

        Assert.IsTrue(SendSignal(_process.Id, InterruptSignal) == 0 || _process.HasExited, "The signal was not sent.");
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(int seconds = 60)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It still runs after {seconds} s: {Text}");
        }

        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(true);
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    private async Task ReadAsync(StreamReader reader)
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
