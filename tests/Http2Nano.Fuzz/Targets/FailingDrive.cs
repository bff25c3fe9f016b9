using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Http2Nano.Drives;

namespace Http2Nano.Fuzz.Targets;

/// <summary>
/// A drive in memory that is as strict as the platform's, may be full, and may lose its power between any two changes. It checks that
/// names are as <see cref="FileDrive"/> promises.
/// </summary>
internal sealed class FailingDrive : FileDrive
{
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly List<string> _open = [];

    /// <summary>Changes until the power fails; -1 for never.</summary>
    internal int Power { get; set; } = -1;

    /// <summary>Most octets of all files together.</summary>
    internal int Capacity { get; set; } = int.MaxValue;

    /// <summary>Whether files cannot be read.</summary>
    internal bool IsUnreadable { get; set; }

    /// <summary>When all files were written.</summary>
    internal long Written { get; set; } = NoTime;

    /// <summary>Names of the files that are open.</summary>
    internal IReadOnlyList<string> OpenFiles => _open;

    /// <summary>A name that the drive was not to get; null for none. An exception would be taken for one of the application.</summary>
    internal string? BadName { get; private set; }

    /// <summary>The file that was opened last; empty for none.</summary>
    internal string LastOpened { get; private set; } = "";

    /// <summary>Names and contents.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Whatever was there is gone, and these files are there.</summary>
    internal void Reset(params (string Name, byte[] Content)[] files)
    {
        _files.Clear();
        LastOpened = "";
        BadName = null;
        foreach ((string name, byte[] content) in files)
        {
            _files[name] = content;
        }
    }

    /// <inheritdoc/>
    public override Stream? Open(string name)
    {
        if (!Exists(name))
        {
            return null;
        }

        _open.Add(name);
        LastOpened = name;
        return new Content(this, name, _files[name], false);
    }

    /// <inheritdoc/>
    public override Stream Create(string name)
    {
        Check(name);
        Change();
        RequireClosed(name);
        _files[name] = [];
        _open.Add(name);
        return new Content(this, name, [], true);
    }

    /// <inheritdoc/>
    public override bool Exists(string name)
    {
        Check(name);
        return _files.ContainsKey(name);
    }

    /// <inheritdoc/>
    public override void Delete(string name)
    {
        Check(name);
        Change();
        RequireClosed(name);
        if (!_files.Remove(name))
        {
            throw new IOException();
        }
    }

    /// <inheritdoc/>
    public override void Move(string name, string newName)
    {
        Check(name);
        Check(newName);
        Change();
        RequireClosed(name);
        if (_files.ContainsKey(newName) || !_files.Remove(name, out byte[]? content))
        {
            throw new IOException();
        }

        _files[newName] = content;
    }

    /// <inheritdoc/>
    public override bool HasFolder(string name)
    {
        Check(name);
        return _files.Keys.Any(file => file.StartsWith(name + "/", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override string[] List(string folder, bool folders)
    {
        Check(folder);
        IEnumerable<string> below = _files.Keys.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal)).Select(file => file[(folder.Length + 1)..]);
        return [.. below.Where(file => file.Contains('/') == folders).Select(file => file.Split('/')[0]).Distinct()];
    }

    /// <inheritdoc/>
    public override long Time(string name)
    {
        Check(name);
        return Written;
    }

    private void Check(string name)
    {
        bool good = name.Split('/').All(segment => segment.Length != 0 && segment[0] != '.' && !segment.Contains('\\') && !segment.Contains(':') && !segment.Contains('\0'));
        BadName = good ? BadName : name;
    }

    private void RequireClosed(string name)
    {
        if (_open.Contains(name))
        {
            throw new IOException();
        }
    }

    private void Change()
    {
        if (Power == 0)
        {
            throw new IOException();
        }

        Power -= Power > 0 ? 1 : 0;
    }

    private sealed class Content(FailingDrive drive, string name, byte[] content, bool writes) : MemoryStream(content, false)
    {
        private bool _closed;

        public override int Read(byte[] buffer, int offset, int count) =>
            _closed || drive.IsUnreadable ? throw new IOException() : base.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count)
        {
            drive.Change();
            if (!writes || _closed || count > drive.Capacity - drive._files.Values.Sum(file => file.Length))
            {
                throw new IOException();
            }

            drive._files[name] = [.. drive._files[name], .. buffer.AsSpan(offset, count)];
        }

        protected override void Dispose(bool disposing)
        {
            if (!_closed)
            {
                _closed = true;
                drive._open.Remove(name);
            }

            base.Dispose(disposing);
        }
    }
}
