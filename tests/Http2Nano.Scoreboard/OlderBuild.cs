using System;
using System.IO;

namespace Http2Nano.Scoreboard;

/// <summary>A copy of this program with the library of an older build in place of this one's.</summary>
internal sealed class OlderBuild : IDisposable
{
    private const string Library = "Http2Nano.dll";

    /// <summary>Makes the copy.</summary>
    /// <param name="directory">The checkout of the older build, or the folder in which its library lies.</param>
    public OlderBuild(string directory)
    {
        string[] places = [directory, Path.Combine(directory, "artifacts", "bin", "Http2Nano", "release")];
        string library = Array.Find(places, place => File.Exists(Path.Combine(place, Library)))
            ?? throw new ScoreboardException($"There is no {Library} in {directory}: --baseline takes a checkout that was built with -c Release, or the folder of its library.");
        Folder = Directory.CreateTempSubdirectory("http2nano-before-").FullName;
        Copy(new DirectoryInfo(AppContext.BaseDirectory), Folder);
        File.Copy(Path.Combine(library, Library), Path.Combine(Folder, Library), true);
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, true);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileInfo file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name), true);
        }

        foreach (DirectoryInfo folder in from.EnumerateDirectories())
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }
}
