using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Http2Nano.Gate.Tests;

/// <summary>The folders and files that the tests look into, as the build named them.</summary>
internal static class Places
{
    public static string Root { get; } = Value("RepositoryRoot");

    /// <summary>Debug or Release, as this project was built.</summary>
    public static string Configuration { get; } = Value("Configuration");

    /// <summary>The library as the host has it, with all its rooms.</summary>
    public static string Library { get; } = Value("Library");

    public static string AdapterSample { get; } = Value("AdapterSample");

    /// <summary>The tests of the boards, with stand-ins for what only a board has.</summary>
    public static string BoardsTests { get; } = Value("BoardsTests");

    /// <summary>What device code is compiled against, by the name of the assembly.</summary>
    public static IReadOnlyDictionary<string, string> PlatformAssemblies { get; } =
        Value("PlatformAssemblies").Split('|').ToDictionary(p => Path.GetFileNameWithoutExtension(p)!, p => p);

    /// <summary>The platform's public surface, which is no part of this repository.</summary>
    public static string Surface { get; } =
        Environment.GetEnvironmentVariable("HTTP2NANO_PLATFORM") is { Length: > 0 } given ? given : Path.Combine(Root, "..", "shared", "nano-api");

    public static string Samples { get; } = Path.Combine(Root, "tests", "Http2Nano.Gate.Tests", "Samples");

    private static string Value(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
