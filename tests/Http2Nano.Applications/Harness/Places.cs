using System.Linq;
using System.Reflection;

namespace Http2Nano.Applications.Harness;

/// <summary>The folders and files that the tests use, as the build named them.</summary>
internal static class Places
{
    public static string Root { get; } = Value("RepositoryRoot");

    /// <summary>The command <c>http2nano</c>: an assembly for <c>dotnet</c>.</summary>
    public static string Command { get; } = Value("CommandProgram");

    /// <summary>Where the test run puts tools that no package installs.</summary>
    public static string Tools { get; } = System.IO.Path.Combine(Value("ArtifactsPath"), "tools");

    /// <summary>Where pictures of pages are left.</summary>
    public static string Pictures { get; } = System.IO.Path.Combine(Value("ArtifactsPath"), "applications");

    private static string Value(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
