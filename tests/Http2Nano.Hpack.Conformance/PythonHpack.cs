using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>python3-hpack in a process of its own.</summary>
internal sealed class PythonHpack : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly Process _process;

    private PythonHpack(Process process)
    {
        _process = process;
    }

    /// <summary>Starts it. The test is inconclusive where it is not installed.</summary>
    public static PythonHpack Require()
    {
        if (!File.Exists(Python) || !Imports())
        {
            Assert.Inconclusive("Skipped: python3-hpack is not installed (Debian: python3-hpack).");
        }

        return new PythonHpack(Start(Path.Combine(AppContext.BaseDirectory, "peer.py")));
    }

    /// <summary>Begins a new connection.</summary>
    public void Reset()
    {
        _process.StandardInput.WriteLine("reset");
    }

    /// <summary>SETTINGS_HEADER_TABLE_SIZE was acknowledged.</summary>
    public void SetLimit(int size)
    {
        _process.StandardInput.WriteLine($"limit {size}");
    }

    /// <summary>The fields of a block, or null if it is malformed.</summary>
    public List<Field>? Decode(byte[] wire)
    {
        _process.StandardInput.WriteLine($"decode {Convert.ToHexString(wire)}");
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new EndOfStreamException();
        return JsonSerializer.Deserialize<string[][]?>(line)?.Select(pair => new Field(pair[0], pair[1])).ToList();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool Imports()
    {
        using var process = Start("-c", "import hpack");
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Process Start(params string[] arguments)
    {
        return Process.Start(new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
