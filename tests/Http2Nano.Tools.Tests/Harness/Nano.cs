using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests.Harness;

/// <summary>What a command left behind.</summary>
internal sealed record Result(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement.Clone();
}

/// <summary>Runs <c>http2nano</c>.</summary>
internal static class Nano
{
    /// <summary>Runs it, as the build made it.</summary>
    public static Task<Result> RunAsync(params string[] arguments) => RunAsync(null, null, ["dotnet", Places.Command, .. arguments]);

    /// <summary>Runs it in a folder.</summary>
    public static Task<Result> RunInAsync(string folder, params string[] arguments) => RunAsync(folder, null, ["dotnet", Places.Command, .. arguments]);

    /// <summary>Starts it and does not wait for its end.</summary>
    public static Running Start(params string[] arguments) => Running.Start(["dotnet", Places.Command, .. arguments]);

    /// <summary>Runs any program.</summary>
    public static async Task<Result> RunAsync(string? folder, IReadOnlyDictionary<string, string>? environment, string[] command, int seconds = 300)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
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

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(seconds * 1000)) is { } ended && !process.HasExited)
        {
            process.Kill(true);
            Assert.Fail($"{string.Join(' ', command)} has not ended after {seconds} s.");
        }

        return new Result(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it; it must succeed.</summary>
    public static async Task<Result> SucceedAsync(params string[] arguments)
    {
        Result result = await RunAsync(arguments);
        Assert.AreEqual(0, result.ExitCode, $"http2nano {string.Join(' ', arguments)}: {result.Errors}{result.Output}");
        return result;
    }

    /// <summary>Runs it; it must be refused with one sentence that holds some text, and no stack trace.</summary>
    public static async Task<Result> RefusedAsync(string text, params string[] arguments)
    {
        Result result = await RunAsync(arguments);
        Assert.AreEqual(1, result.ExitCode, $"http2nano {string.Join(' ', arguments)}: {result.Errors}{result.Output}");
        IsSentence(result, text);
        return result;
    }

    /// <summary>Whether a failure was told as it should be.</summary>
    public static void IsSentence(Result result, string text)
    {
        Assert.Contains(text, result.Errors);
        Assert.DoesNotContain("   at ", result.Errors + result.Output, "A stack trace.");
        string[] lines = [.. result.Errors.Split('\n').Where(line => line.Length != 0)];
        Assert.MatchesRegex("[.?]$", lines[^1]);
    }
}
