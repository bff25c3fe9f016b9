using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Http2Nano.Development;

namespace Http2Nano.Cli.Projects;

/// <summary>Finds the projects of an application.</summary>
internal static class ProjectFiles
{
    private const int Deepest = 3;
    private static readonly string[] s_passedOver = ["artifacts", "bin", "obj", "packages", "node_modules", "TestResults"];

    /// <summary>The project that runs the application on a PC.</summary>
    /// <param name="named">A project or a folder; null for the current folder.</param>
    public static string FindHost(string? named)
    {
        string place = Existing(named);
        if (File.Exists(place))
        {
            return place.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) ? place : throw new UserException($"'{named}' is no project for a PC: name a .csproj, or the folder of the application.");
        }

        string[] hosts = [.. Below(place, "*.csproj").Where(IsHost)];
        return hosts.Length switch
        {
            1 => hosts[0],
            0 => throw new UserException($"There is no project in {Folder(place)} that serves an application on a PC. http2nano new NAME makes one."),
            _ => throw new UserException($"There are {hosts.Length} projects in {Folder(place)} that serve an application: name one of {string.Join(", ", hosts.Select(Shown))}."),
        };
    }

    /// <summary>The projects for devices.</summary>
    /// <param name="named">A project or a folder; null for the current folder.</param>
    /// <param name="board">Only the project of this board; null for all.</param>
    public static IReadOnlyList<string> FindDevice(string? named, string? board)
    {
        string place = Existing(named);
        if (File.Exists(place))
        {
            return place.EndsWith(".nfproj", StringComparison.OrdinalIgnoreCase) ? [place] : throw new UserException($"'{named}' is no project for a device: name a .nfproj, or the folder of the application.");
        }

        string[] all = [.. Below(place, "*.nfproj")];
        string[] wanted = [.. all.Where(path => board == null || path.Contains(board, StringComparison.OrdinalIgnoreCase))];
        return wanted.Length != 0
            ? wanted
            : throw new UserException(all.Length == 0
                ? $"There is no project for a device (.nfproj) in {Folder(place)}. http2nano new NAME makes one."
                : $"There is no project for the board {board} in {Folder(place)}; there are {string.Join(", ", all.Select(Shown))}.");
    }

    /// <summary>A path relative to the current folder.</summary>
    public static string Shown(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith(".." + Path.DirectorySeparatorChar + "..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Folder(string path) => Shown(path) is var shown && shown == "." ? "this folder" : $"'{shown}'";

    private static string Existing(string? named)
    {
        string place = Path.GetFullPath(named ?? ".");
        return File.Exists(place) || Directory.Exists(place) ? place : throw new UserException($"There is no project or folder '{named}'.");
    }

    private static bool IsHost(string project)
    {
        string text = File.ReadAllText(project);
        return text.Contains("Http2Nano.Development", StringComparison.Ordinal) && text.Contains("<OutputType>Exe", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(string folder, string pattern, int depth = 0) =>
        Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).Concat(depth == Deepest
            ? []
            : Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                .Where(below => !Path.GetFileName(below).StartsWith('.') && !s_passedOver.Contains(Path.GetFileName(below), StringComparer.Ordinal))
                .SelectMany(below => Below(below, pattern, depth + 1)));
}
