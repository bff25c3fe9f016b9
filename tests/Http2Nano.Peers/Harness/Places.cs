using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Http2Nano.Peers.Harness;

/// <summary>The folders and files that the tests use, as the build named them.</summary>
internal static class Places
{
    public static string Root { get; } = Value("RepositoryRoot");

    /// <summary>The host board: an assembly for <c>dotnet</c>.</summary>
    public static string Host { get; } = Value("HostProgram");

    /// <summary>Where screenshots and measurements are left for whoever wants to look at them.</summary>
    public static string Findings { get; } = Directory.CreateDirectory(Path.Combine(Value("ArtifactsPath"), "peers")).FullName;

    public static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Scripts", name);

    private static string Value(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
