using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>What a program left behind.</summary>
internal sealed record Outcome(int ExitCode, byte[] Output, string Errors)
{
    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>A program of the machine that tests need. A test whose tool is missing is skipped; with <c>CI=true</c> it fails.</summary>
internal sealed class Tool
{
    private readonly string _path;

    private Tool(string path) => _path = path;

    public string Path => _path;

    /// <summary>Finds a program by the names that it goes by, or by its path.</summary>
    public static Tool Find(params string[] names)
    {
        foreach (string name in names)
        {
            if (System.IO.Path.IsPathRooted(name))
            {
                if (File.Exists(name))
                {
                    return new Tool(name);
                }

                continue;
            }

            foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator))
            {
                string path = System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
                if (File.Exists(path))
                {
                    return new Tool(path);
                }
            }
        }

        throw Missing(names[0] + " is not here.");
    }

    /// <summary>Debian's Python, whose packages h2 and hpack are; another one on the path would not see them.</summary>
    public static async Task<Tool> FindPythonAsync(string module)
    {
        Tool python = Find("/usr/bin/python3", "python3", "python");
        Outcome outcome = await python.RunAsync(["-c", "import " + module]);
        return outcome.ExitCode == 0 ? python : throw Missing("Python has no module " + module + ".");
    }

    /// <summary>Ends the test: skipped, or failed where everything has to be there.</summary>
    public static Exception Missing(string what) =>
        Environment.GetEnvironmentVariable("CI") == "true" ? new AssertFailedException(what) : new AssertInconclusiveException(what);

    /// <summary>Runs the program to its end.</summary>
    public async Task<Outcome> RunAsync(IEnumerable<string> arguments, int seconds = 180, byte[]? input = null)
    {
        var start = new ProcessStartInfo(_path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var output = new MemoryStream();
        try
        {
            Task copy = process.StandardOutput.BaseStream.CopyToAsync(output, deadline.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            if (input != null)
            {
                await process.StandardInput.BaseStream.WriteAsync(input, deadline.Token);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            await copy;
            return new Outcome(process.ExitCode, output.ToArray(), await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AssertFailedException($"{System.IO.Path.GetFileName(_path)} {string.Join(' ', start.ArgumentList)} has not ended after {seconds} s. Its output so far: {Encoding.UTF8.GetString(output.ToArray().Take(2000).ToArray())}");
        }
    }

    /// <summary>Runs the program, which must end with exit code 0.</summary>
    public async Task<Outcome> SucceedAsync(IEnumerable<string> arguments, int seconds = 180, byte[]? input = null)
    {
        Outcome outcome = await RunAsync(arguments, seconds, input);
        Assert.AreEqual(0, outcome.ExitCode, $"{System.IO.Path.GetFileName(_path)} {string.Join(' ', arguments)}: {outcome.Errors}");
        return outcome;
    }
}
