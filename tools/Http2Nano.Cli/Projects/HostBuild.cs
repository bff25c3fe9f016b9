using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;

namespace Http2Nano.Cli.Projects;

/// <summary>Builds the project that serves an application on a PC.</summary>
internal static class HostBuild
{
    /// <summary>Builds the project.</summary>
    /// <returns>The path of the program, an assembly for <c>dotnet</c>.</returns>
    /// <exception cref="UserException">The project does not compile; the message contains the compiler's errors.</exception>
    public static async Task<string> BuildAsync(string project, string configuration, CancellationToken cancellation)
    {
        ProgramOutcome build = await Programs.RunAsync(
            Programs.Dotnet, ["build", project, "-c", configuration, "--nologo", "-v", "quiet", "-clp:NoSummary"], cancellation: cancellation);
        if (build.ExitCode != 0)
        {
            cancellation.ThrowIfCancellationRequested();
            string[] errors = [.. (build.Output + "\n" + build.Errors).Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];
            throw new UserException($"{ProjectFiles.Shown(project)} does not build:\n{string.Join('\n', errors.Length == 0 ? [build.Output.Trim()] : errors)}");
        }

        ProgramOutcome asked = await Programs.RunAsync(
            Programs.Dotnet, ["msbuild", project, "-getProperty:TargetPath", "-p:Configuration=" + configuration], cancellation: cancellation);
        string path = asked.Output.Trim();
        return asked.ExitCode == 0 && File.Exists(path) ? path : throw new UserException($"The build of {ProjectFiles.Shown(project)} left no program.");
    }
}
