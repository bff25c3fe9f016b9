using System;
using System.IO;
using System.Linq;
using Http2Nano.Drives;

namespace Http2Nano.Development;

/// <summary>A folder of the PC as the drive of a device.</summary>
public sealed class HostDrive : FileDrive
{
    private readonly string _root;

    /// <summary>Names the folder, which is made when it is missing.</summary>
    /// <param name="folder">Its path.</param>
    public HostDrive(string folder)
    {
        try
        {
            _root = Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The folder '{folder}' cannot be made: name one that can be the drive.");
        }
    }

    /// <summary>Whether its files are for their owner only, where the system knows such a thing.</summary>
    public bool IsPrivate { get; init; }

    /// <inheritdoc/>
    public override Stream? Open(string name)
    {
        string path = PathOf(name);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
    }

    /// <inheritdoc/>
    public override Stream Create(string name) => Guard(() =>
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (IsPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(PathOf(name), options);
    });

    /// <inheritdoc/>
    public override bool Exists(string name) => File.Exists(PathOf(name));

    /// <inheritdoc/>
    public override void Delete(string name) => Guard(() =>
    {
        File.Delete(PathOf(name));
        return true;
    });

    /// <inheritdoc/>
    public override void Move(string name, string newName) => Guard(() =>
    {
        File.Move(PathOf(name), PathOf(newName));
        return true;
    });

    /// <inheritdoc/>
    public override bool HasFolder(string name) => Directory.Exists(PathOf(name));

    /// <inheritdoc/>
    public override string[] List(string folder, bool folders)
    {
        string path = PathOf(folder);
        return [.. (folders ? Directory.GetDirectories(path) : Directory.GetFiles(path)).Select(p => Path.GetFileName(p)!)];
    }

    /// <inheritdoc/>
    public override long Time(string name)
    {
        var time = new DateTimeOffset(File.GetLastWriteTimeUtc(PathOf(name)), TimeSpan.Zero);
        return time.ToUnixTimeSeconds();
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    // A device has no permissions: what cannot be written is an error of the drive.
    private static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
