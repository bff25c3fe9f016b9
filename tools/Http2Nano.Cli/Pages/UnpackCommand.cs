using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Http2Nano.Packing;
using Spectre.Console;

namespace Http2Nano.Cli.Pages;

/// <summary><c>http2nano unpack PACK FOLDER</c>: extracts the files of a pack.</summary>
internal static class UnpackCommand
{
    public static Command Create()
    {
        Argument<FileInfo> pack = new("PACK") { Description = "The pack." };
        Argument<DirectoryInfo> folder = new("FOLDER") { Description = "The folder to make; it must not be there, or be empty." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("unpack", "Writes the files of a pack into a folder.") { pack, folder, json };
        command.SetAction(result => Run(result.GetValue(pack)!, result.GetValue(folder)!, result.GetValue(json)));
        return ExampleHelp.With(command, "unpack www.pack pages");
    }

    /// <summary>Reads a pack.</summary>
    /// <exception cref="UserException">The file cannot be read.</exception>
    public static IReadOnlyList<PackEntry> Open(FileInfo pack)
    {
        try
        {
            return AssetPackReader.Read(Files.Read(pack.ToString()));
        }
        catch (PackingException exception)
        {
            throw new UserException($"{pack}: {exception.Message}");
        }
    }

    private static int Run(FileInfo pack, DirectoryInfo folder, bool json)
    {
        IReadOnlyList<PackEntry> entries = Open(pack);
        if (File.Exists(folder.FullName) || (folder.Exists && folder.EnumerateFileSystemInfos().Any()))
        {
            throw new UserException($"'{folder}' exists and is not empty: name another folder, or empty it.");
        }

        // Written next to its place first, so that a failure leaves no partial result.
        string unfinished = folder.FullName.TrimEnd(Path.DirectorySeparatorChar) + ".unpack-" + Environment.ProcessId;
        using var interruption = new Interruption();
        try
        {
            foreach (PackEntry entry in entries)
            {
                interruption.ThrowIfRequested();
                string target = Path.GetFullPath(Path.Combine(unfinished, entry.Path));
                if (!target.StartsWith(unfinished + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    throw new UserException($"{pack} holds the path '{entry.Path}', which leads out of the folder: it was not made by http2nano pack.");
                }

                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllBytes(target, entry.Read());
            }

            if (folder.Exists)
            {
                folder.Delete();
            }

            Directory.Move(unfinished, folder.FullName);
        }
        catch (PackingException exception)
        {
            throw new UserException($"{pack}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserException($"'{folder}' cannot be written: {exception.Message}");
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, true);
            }
        }

        Terminal.Out.WriteLine(json ? JsonText.Of(new { Folder = folder.ToString(), Files = entries.Select(entry => entry.Path) }) : $"{entries.Count} files in {folder}");
        return 0;
    }
}
