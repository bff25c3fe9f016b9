using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CliWrap;
using CliWrap.Exceptions;
using Http2Nano.Development;

namespace Http2Nano.Cli.Shared;

/// <summary>The outcome of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ProgramOutcome(int ExitCode, string Output, string Errors);

/// <summary>Runs other programs.</summary>
internal static partial class Programs
{
    /// <summary>The dotnet command with which this program runs.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Finds a program in PATH.</summary>
    /// <returns>Its path, or null.</returns>
    public static string? Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program to its end and returns its output.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working folder; the current one unless given.</param>
    /// <param name="line">Called with each line of output.</param>
    /// <param name="cancellation">Interrupts it like Ctrl-C.</param>
    public static async Task<ProgramOutcome> RunAsync(string program, IReadOnlyList<string> arguments, string? folder = null, Action<string>? line = null, CancellationToken cancellation = default)
    {
        var output = new StringBuilder();
        var errors = new StringBuilder();
        PipeTarget Keep(StringBuilder text) => line == null
            ? PipeTarget.ToStringBuilder(text)
            : PipeTarget.Merge(PipeTarget.ToStringBuilder(text), PipeTarget.ToDelegate(line));
        Command command = CliWrap.Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(folder ?? Environment.CurrentDirectory)
            .WithEnvironmentVariables(variables => variables.Set("DOTNET_CLI_UI_LANGUAGE", "en").Set("DOTNET_NOLOGO", "1"))
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(Keep(output))
            .WithStandardErrorPipe(Keep(errors));
        try
        {
            CommandResult result = await command.ExecuteAsync(CancellationToken.None, cancellation);
            return new ProgramOutcome(result.ExitCode, output.ToString(), errors.ToString());
        }
        catch (Exception exception) when (exception is Win32Exception or CliWrapException)
        {
            throw new UserException($"{Path.GetFileName(program)} cannot be started: {exception.Message}");
        }
    }

    /// <summary>Runs a program in this terminal and passes Ctrl-C on to it.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunHereAsync(string program, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        void PassOn(PosixSignalContext context)
        {
            context.Cancel = true;
            if (!OperatingSystem.IsWindows())
            {
                // A terminal signals the program too; kill signals this process only.
                _ = Kill(process.Id, context.Signal == PosixSignal.SIGTERM ? 15 : 2);
            }
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, PassOn);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, PassOn);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
