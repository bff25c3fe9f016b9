using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Http2Nano.Gate.Tests;

/// <summary>The files of the repository, without what builds and tools leave there.</summary>
internal static class Repository
{
    private static readonly string[] s_left = [".git", ".vs", "artifacts", "bin", "node_modules", "obj", "packages", "TestResults"];

    /// <summary>A path from the root, with slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Places.Root, path).Replace('\\', '/');

    public static IEnumerable<string> Files(string pattern) => Files(new DirectoryInfo(Places.Root), pattern).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Files(DirectoryInfo folder, string pattern) =>
        folder.EnumerateFiles(pattern).Select(f => f.FullName)
            .Concat(folder.EnumerateDirectories().Where(d => !s_left.Contains(d.Name)).SelectMany(d => Files(d, pattern)));
}
