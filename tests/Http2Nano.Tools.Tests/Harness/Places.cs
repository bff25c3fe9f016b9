using System.Linq;
using System.Reflection;

namespace Http2Nano.Tools.Tests.Harness;

/// <summary>Where things are, as the build named them.</summary>
internal static class Places
{
    public static string Root { get; } = Value("RepositoryRoot");

    public static string Configuration { get; } = Value("Configuration");

    /// <summary>The command <c>http2nano</c>: an assembly for <c>dotnet</c>.</summary>
    public static string Command { get; } = Value("CommandProgram");

    public static string Counter { get; } = Value("CounterProgram");

    public static string Fuzz { get; } = Value("FuzzProgram");

    public static string Host { get; } = Value("HostProgram");

    /// <summary>The small applications: an assembly for <c>dotnet</c>.</summary>
    public static string Samples { get; } = Value("SamplesProgram");

    public static string Script(string name) => System.IO.Path.Combine(System.AppContext.BaseDirectory, "Scripts", name);

    private static string Value(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
