using System;
using System.IO;
using Http2Nano.Drives;

namespace Http2Nano.Tests.Drives
{
    /// <summary>
    /// A drive in memory that is as strict as the platform's: it moves a file onto none, and deletes or moves none that is open. It
    /// can be full, and can lose its power at any of its operations.
    /// </summary>
    public class MemoryDrive : FileDrive
    {
        private const int MostFiles = 16;

        private readonly string[] _names = new string[MostFiles];
        private readonly byte[][] _contents = new byte[MostFiles][];
        private readonly long[] _times = new long[MostFiles];
        private readonly int[] _open = new int[MostFiles];

        /// <summary>Most octets of all files together.</summary>
        public int Capacity = int.MaxValue;

        /// <summary>
        /// Whether octets are stored later than they are written: then a full drive is noticed by the next write, or when the file is
        /// closed.
        /// </summary>
        public bool IsLate;

        /// <summary>Operations that change something until the power fails; -1 for never.</summary>
        public int Power = -1;

        /// <summary>Whether the drive tells when files were written.</summary>
        public bool HasTimes;

        /// <summary>Number of files that are open.</summary>
        public int OpenFiles
        {
            get
            {
                int count = 0;
                for (int i = 0; i < MostFiles; i++)
                {
                    count += _open[i];
                }

                return count;
            }
        }

        /// <summary>All names, with a blank behind each, in alphabetical order of their first octets as they were made.</summary>
        public string Names
        {
            get
            {
                string names = string.Empty;
                for (int i = 0; i < MostFiles; i++)
                {
                    names += _names[i] == null ? string.Empty : _names[i] + " ";
                }

                return names;
            }
        }

        /// <summary>The power comes back: nothing is open, and what was being written is there in part.</summary>
        public void Restart()
        {
            Power = -1;
            for (int i = 0; i < MostFiles; i++)
            {
                _open[i] = 0;
            }
        }

        /// <summary>Puts a file there.</summary>
        public void Put(string name, byte[] content)
        {
            int file = Find(name);
            for (int i = 0; file < 0; i++)
            {
                file = _names[i] == null ? i : -1;
            }

            _names[file] = name;
            _contents[file] = content;
        }

        /// <summary>Puts a file there that was written at a time.</summary>
        public void Put(string name, byte[] content, long time)
        {
            Put(name, content);
            _times[Find(name)] = time;
        }

        /// <summary>Takes a file away, as somebody who pulls a card does.</summary>
        public void Lose(string name)
        {
            _names[Find(name)] = null;
        }

        /// <summary>The content of a file; null when it is not there.</summary>
        public byte[] Get(string name)
        {
            int file = Find(name);
            return file < 0 ? null : _contents[file];
        }

        /// <inheritdoc/>
        public override Stream Open(string name)
        {
            int file = Find(name);
            if (file < 0)
            {
                return null;
            }

            _open[file]++;
            return new FileContent(this, file, _contents[file]);
        }

        /// <inheritdoc/>
        public override Stream Create(string name)
        {
            Change();
            int file = Find(name);
            if (file >= 0 && _open[file] != 0)
            {
                throw new IOException();
            }

            Put(name, new byte[0]);
            file = Find(name);
            _open[file]++;
            return new FileContent(this, file, null);
        }

        /// <inheritdoc/>
        public override bool Exists(string name)
        {
            return Find(name) >= 0;
        }

        /// <inheritdoc/>
        public override void Delete(string name)
        {
            Change();
            _names[Closed(name)] = null;
        }

        /// <inheritdoc/>
        public override void Move(string name, string newName)
        {
            Change();
            if (Find(newName) >= 0)
            {
                throw new IOException();
            }

            _names[Closed(name)] = newName;
        }

        /// <inheritdoc/>
        public override bool HasFolder(string name)
        {
            for (int i = 0; i < MostFiles; i++)
            {
                if (_names[i] != null && (name.Length == 0 || _names[i].IndexOf(name + "/") == 0))
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        public override string[] List(string folder, bool folders)
        {
            string[] found = new string[MostFiles];
            int count = 0;
            string prefix = folder.Length == 0 ? string.Empty : folder + "/";
            for (int i = 0; i < MostFiles; i++)
            {
                if (_names[i] == null || (prefix.Length != 0 && _names[i].IndexOf(prefix) != 0))
                {
                    continue;
                }

                string name = _names[i].Substring(prefix.Length);
                int solidus = name.IndexOf('/');
                if (solidus >= 0 == folders)
                {
                    name = folders ? name.Substring(0, solidus) : name;
                    bool known = false;
                    for (int j = 0; j < count; j++)
                    {
                        known |= found[j] == name;
                    }

                    if (!known)
                    {
                        found[count++] = name;
                    }
                }
            }

            string[] names = new string[count];
            Array.Copy(found, names, count);
            return names;
        }

        /// <inheritdoc/>
        public override long Time(string name)
        {
            return HasTimes ? _times[Find(name)] : NoTime;
        }

        private int Closed(string name)
        {
            int file = Find(name);
            if (file < 0 || _open[file] != 0)
            {
                throw new IOException();
            }

            return file;
        }

        private int Find(string name)
        {
            for (int i = 0; i < MostFiles; i++)
            {
                // The platform's comparison of strings ends the runtime when one of them is null.
                if (_names[i] != null && _names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private void Change()
        {
            if (Power == 0)
            {
                throw new IOException();
            }

            if (Power > 0)
            {
                Power--;
            }
        }

        private int Used()
        {
            int used = 0;
            for (int i = 0; i < MostFiles; i++)
            {
                used += _names[i] == null ? 0 : _contents[i].Length;
            }

            return used;
        }

        private class FileContent : MemoryStream
        {
            private readonly MemoryDrive _drive;
            private readonly int _file;
            private readonly bool _writes;
            private bool _closed;

            internal FileContent(MemoryDrive drive, int file, byte[] content)
                : base(content == null ? new byte[0] : content, false)
            {
                _drive = drive;
                _file = file;
                _writes = content == null;
            }

            public override int Read(byte[] buffer, int offset, int count)
            {
                if (_closed)
                {
                    throw new IOException();
                }

                return base.Read(buffer, offset, count);
            }

            public override void Write(byte[] buffer, int offset, int count)
            {
                _drive.Change();
                if (!_writes || _closed || (_drive.IsLate ? 0 : count) > _drive.Capacity - _drive.Used())
                {
                    throw new IOException();
                }

                byte[] before = _drive._contents[_file];
                byte[] content = new byte[before.Length + count];
                Array.Copy(before, 0, content, 0, before.Length);
                Array.Copy(buffer, offset, content, before.Length, count);
                _drive._contents[_file] = content;
            }

            public override void Flush()
            {
                if (_writes && _drive.IsLate && _drive.Used() > _drive.Capacity)
                {
                    throw new IOException();
                }
            }

            protected override void Dispose(bool disposing)
            {
                if (!_closed)
                {
                    _closed = true;
                    if (_drive._open[_file] != 0)
                    {
                        _drive._open[_file]--;
                    }

                    Flush();
                }

                base.Dispose(disposing);
            }
        }
    }
}
