using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Http2Nano.Gate.Tests;

/// <summary>The device projects of the repository, and what MSBuild makes of them.</summary>
internal static class DeviceProjects
{
    private static readonly Lazy<Dictionary<string, HashSet<string>>> s_compiled = new(AskMSBuild);

    /// <summary>Their paths, from the root of the repository.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Repository.Files("*.nfproj").Select(Repository.Relative)];

    /// <summary>The files that a project compiles, as full paths.</summary>
    public static HashSet<string> CompiledBy(string project) => s_compiled.Value[project];

    // One evaluation of all of them: a process for each would take seconds.
    private static Dictionary<string, HashSet<string>> AskMSBuild()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("All.proj",
            $"""
            <Project>
              <ItemGroup><DeviceProject Include="{string.Join(';', All.Select(p => Path.Combine(Places.Root, p)))}" /></ItemGroup>
              <Target Name="List" Returns="@(Compiled)">
                <MSBuild Projects="@(DeviceProject)" Targets="GetCompile"><Output TaskParameter="TargetOutputs" ItemName="Compiled" /></MSBuild>
              </Target>
            </Project>
            """);
        (int exitCode, string output) = DotnetProcess.Run(folder.Path, "msbuild", path, "-nologo", "-nodeReuse:false", "-getTargetResult:List");
        if (exitCode != 0)
        {
            throw new InvalidOperationException(output);
        }

        Dictionary<string, HashSet<string>> compiled = All.ToDictionary(p => p, _ => new HashSet<string>());
        using JsonDocument json = JsonDocument.Parse(output);
        foreach (JsonElement item in json.RootElement.GetProperty("TargetResults").GetProperty("List").GetProperty("Items").EnumerateArray())
        {
            compiled[Repository.Relative(item.GetProperty("MSBuildSourceProjectFile").GetString()!)].Add(Path.GetFullPath(item.GetProperty("Identity").GetString()!));
        }

        return compiled;
    }
}
