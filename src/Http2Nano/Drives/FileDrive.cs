using System.IO;

namespace Http2Nano.Drives
{
    /// <summary>The files of a drive, or of a folder of it. Boards and hosts derive from it.</summary>
    /// <remarks>
    /// <para>A name is a path below the drive's root, with <c>/</c> between its segments and none at its beginning; the empty
    /// name is the root. Segments are never empty, <c>.</c> or <c>..</c>, and have neither <c>\</c> nor <c>:</c>.</para>
    /// <para>All members are called on the server's thread. An error of the drive is an <see cref="IOException"/>. Opening a
    /// file allocates what the platform needs for it.</para>
    /// </remarks>
    public abstract class FileDrive
    {
        /// <summary>The time of a file is not known.</summary>
        public const long NoTime = -1;

        /// <summary>Opens a file for reading.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>A stream that can be positioned and tells its length; null when there is no such file.</returns>
        public abstract Stream Open(string name);

        /// <summary>Makes an empty file, in place of one that is there, and opens it for writing.</summary>
        /// <param name="name">Its name.</param>
        public abstract Stream Create(string name);

        /// <summary>Whether there is a file, not a folder.</summary>
        /// <param name="name">Its name.</param>
        public abstract bool Exists(string name);

        /// <summary>Deletes a file that is there.</summary>
        /// <param name="name">Its name.</param>
        public abstract void Delete(string name);

        /// <summary>Gives a file another name, which no file has.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="newName">Its name from then on, in the same folder.</param>
        public abstract void Move(string name, string newName);

        /// <summary>Whether there is a folder.</summary>
        /// <param name="name">Its name.</param>
        public abstract bool HasFolder(string name);

        /// <summary>The names of all files or of all folders in a folder, without the folder's.</summary>
        /// <param name="folder">The folder, which is there.</param>
        /// <param name="folders">Whether folders are asked for instead of files.</param>
        public abstract string[] List(string folder, bool folders);

        /// <summary>When a file was written, in seconds since 1970 (UTC); <see cref="NoTime"/> where the drive does not tell.</summary>
        /// <param name="name">Its name.</param>
        public virtual long Time(string name)
        {
            return NoTime;
        }
    }
}
