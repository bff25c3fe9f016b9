using System;
using System.IO;
using Http2Nano.Drives;

namespace Http2Nano.Devices
{
    /// <summary>
    /// A drive of the device for uploads and downloads: internal storage or an SD card. The platform does not tell when a file was
    /// written (System.IO.FileSystem 1.1).
    /// </summary>
    public sealed class DeviceDrive : FileDrive
    {
        private readonly string _root;
        private readonly char _separator;

        /// <summary>Names the drive.</summary>
        /// <param name="root">The drive's root, such as <c>I:\</c>, or a folder with a separator behind it.</param>
        public DeviceDrive(string root)
        {
            _root = root;
            _separator = root.EndsWith("/") ? '/' : '\\';
        }

        /// <summary>The path of a file.</summary>
        /// <param name="name">Its name.</param>
        public string PathOf(string name)
        {
            char[] characters = name.ToCharArray();
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = characters[i] == '/' ? _separator : characters[i];
            }

            return _root + new string(characters);
        }

        /// <inheritdoc/>
        public override Stream Open(string name)
        {
            string path = PathOf(name);
            return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read) : null;
        }

        /// <inheritdoc/>
        public override Stream Create(string name)
        {
            return new FileStream(PathOf(name), FileMode.Create, FileAccess.Write);
        }

        /// <inheritdoc/>
        public override bool Exists(string name)
        {
            return File.Exists(PathOf(name));
        }

        /// <inheritdoc/>
        public override void Delete(string name)
        {
            File.Delete(PathOf(name));
        }

        /// <inheritdoc/>
        public override void Move(string name, string newName)
        {
            File.Move(PathOf(name), PathOf(newName));
        }

        /// <inheritdoc/>
        public override bool HasFolder(string name)
        {
            return name.Length == 0 || Directory.Exists(PathOf(name));
        }

        /// <inheritdoc/>
        public override string[] List(string folder, bool folders)
        {
            string path = PathOf(folder);
            string[] names = folders ? Directory.GetDirectories(path) : Directory.GetFiles(path);
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = names[i].Substring(names[i].LastIndexOf(_separator) + 1);
            }

            return names;
        }
    }
}
