using System;
using System.IO;
using Http2Nano.Development;

namespace Http2Nano.Cli.Shared;

/// <summary>Writes files atomically.</summary>
internal static class Files
{
    /// <summary>Writes a file next to its place and moves it there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="secret">Whether only its owner may read it.</param>
    /// <exception cref="UserException">The file cannot be written.</exception>
    public static void Write(string path, byte[] content, bool secret = false)
    {
        string written = path + "." + Environment.ProcessId + ".tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (secret && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(written, options))
            {
                file.Write(content);
            }

            File.Move(written, path, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(written);
            throw new UserException($"'{path}' cannot be written: {exception.Message}");
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserException">The file cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no file '{path}'.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"'{path}' cannot be read: {exception.Message}");
        }
    }
}
