using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Projects;
using Http2Nano.Cli.Shared;
using Http2Nano.CostCounter;
using Http2Nano.Development;
using Http2Nano.Development.Operations;
using Mono.Cecil;

namespace Http2Nano.Cli.Checking;

/// <summary>Counts the IL operations of requests: runs a copy of the host program with counting assemblies.</summary>
internal static class RequestCosts
{
    private const string Library = "Http2Nano";
    private static readonly string[] s_ofTheHost = ["Http2Nano.Development", "Http2Nano.Packing"];
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<IReadOnlyList<OperationCost>> CountAsync(string hostProject, string? board, IReadOnlyList<string> requests, CancellationToken cancellation)
    {
        string program = await HostBuild.BuildAsync(hostProject, "Release", cancellation);
        string built = Path.GetDirectoryName(program)!;

        // A subfolder of the program's folder, so that the copy finds the pages.
        string copy = Path.Combine(built, "http2nano-check-" + Environment.ProcessId);
        try
        {
            Copy(built, copy);
            foreach (string assembly in Directory.EnumerateFiles(copy, "*.dll").Where(IsMeasured))
            {
                string original = Path.Combine(built, Path.GetFileName(assembly));
                CostInstrumenter.Instrument(original, assembly);
            }

            List<string> arguments = ["exec", Path.Combine(copy, Path.GetFileName(program)), "--https", "0"];
            if (board != null)
            {
                arguments.AddRange(["--board", board]);
            }

            foreach (string request in requests)
            {
                arguments.AddRange(["--count-operations", request]);
            }

            ProgramOutcome outcome = await Programs.RunAsync(Programs.Dotnet, arguments, cancellation: cancellation);
            cancellation.ThrowIfCancellationRequested();
            return outcome.ExitCode == 0
                ? JsonSerializer.Deserialize<OperationCost[]>(outcome.Output, s_json)!
                : throw new UserException($"The operations cannot be counted: {outcome.Errors.Trim()}");
        }
        finally
        {
            if (Directory.Exists(copy))
            {
                Directory.Delete(copy, true);
            }
        }
    }

    // The library, and the assemblies that use it, except those for the PC only.
    private static bool IsMeasured(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (name == Library)
        {
            return true;
        }

        if (s_ofTheHost.Contains(name, StringComparer.Ordinal))
        {
            return false;
        }

        try
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            return module.AssemblyReferences.Any(reference => reference.Name == Library);
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        string native = Path.Combine(from, "runtimes");
        if (!Directory.Exists(native))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
