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

    public static string AdapterSample { get; } = Value("AdapterSample");

    /// <summary>The tests of the boards, with stand-ins for what only a board has.</summary>
    public static string BoardsTests { get; } = Value("BoardsTests");

    /// <summary>The declarations of the platform, by the name of their assembly.</summary>
    public static IReadOnlyDictionary<string, string> PlatformAssemblies { get; } =
        Value("PlatformAssemblies").Split('|').ToDictionary(p => Path.GetFileNameWithoutExtension(p)!, p => p);

    /// <summary>The platform's public surface, which is no part of this repository.</summary>
    public static string Surface { get; } =
        Environment.GetEnvironmentVariable("HTTP2NANO_PLATFORM") is { Length: > 0 } given ? given : Path.Combine(Root, "..", "shared", "nano-api");

    public static string Samples { get; } = Path.Combine(Root, "tests", "Http2Nano.Gate.Tests", "Samples");

    private static string Value(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
