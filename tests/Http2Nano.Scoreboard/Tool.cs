using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Http2Nano.Scoreboard;

/// <summary>What stops a run, in a sentence that says what helps.</summary>
internal sealed class ScoreboardException(string message) : Exception(message);

/// <summary>Programs of the machine.</summary>
internal static class Tool
{
    /// <summary>Finds a program.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="package">Debian's package that has it.</param>
    public static string Path(string name, string package)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator), "/usr/sbin"];
        return folders.Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new ScoreboardException($"{name} is not here: install the package {package}.");
    }

    /// <summary>Runs a program to its end and gives what it printed.</summary>
    public static string Run(string path, params string[] arguments) =>
        Run(path, TimeSpan.FromMinutes(1), arguments) ?? throw new ScoreboardException($"{path} {string.Join(' ', arguments)} did not end.");

    /// <summary>Runs a program to its end and gives what it printed; null when it was ended because it took too long.</summary>
    public static string? Run(string path, TimeSpan longest, params string[] arguments)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(longest))
        {
            process.Kill();
            return null;
        }

        return process.ExitCode == 0 ? output.Result
            : throw new ScoreboardException($"{path} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result.Trim()}");
    }
}
