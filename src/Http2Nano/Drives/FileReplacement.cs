using System;
using System.IO;

namespace Http2Nano.Drives
{
    /// <summary>
    /// Replaces a file as a whole: whatever happens, the old content or the new one is there afterwards, never a part of it.
    /// </summary>
    /// <remarks>
    /// <para>The content is written to a file of the same name with <c>.part</c> behind it. Once that is complete, its name
    /// becomes <c>.whole</c>, the old file is deleted, and the new one gets its name. <see cref="Recover"/> finishes at start
    /// what a power loss has interrupted. The way leads through a second name because the platform's <c>File.Move</c> replaces
    /// no file.</para>
    /// <para>One object replaces one file at a time. On the server's thread, or before the server runs.</para>
    /// </remarks>
    public sealed class FileReplacement
    {
        /// <summary>What stands behind the name of a file that is being written.</summary>
        public const string Part = ".part";

        /// <summary>What stands behind the name of a file that is complete, and takes the place of the old one.</summary>
        public const string Whole = ".whole";

        private readonly FileDrive _drive;
        private string _name;
        private Stream _stream;

        /// <summary>Makes an object for the files of a drive.</summary>
        /// <param name="drive">The drive.</param>
        public FileReplacement(FileDrive drive)
        {
            if (drive == null)
            {
                throw new ArgumentNullException("drive");
            }

            _drive = drive;
        }

        /// <summary>Octets written so far.</summary>
        public int Length { get; private set; }

        /// <summary>
        /// Finishes what was interrupted: a complete new file takes its place, an incomplete one is deleted. To be called at
        /// start, before the file is opened.
        /// </summary>
        /// <param name="drive">The drive.</param>
        /// <param name="name">The file.</param>
        /// <exception cref="IOException">The drive fails.</exception>
        public static void Recover(FileDrive drive, string name)
        {
            if (drive.Exists(name + Part))
            {
                drive.Delete(name + Part);
            }

            if (drive.Exists(name + Whole))
            {
                Swap(drive, name);
            }
        }

        /// <summary>Whether a name is that of a file which is not in its place yet. Allocates.</summary>
        /// <param name="name">The name of a file.</param>
        public static bool IsLeftover(string name)
        {
            // FAT does not tell capitals from small letters.
            name = name.ToLower();
            return name.EndsWith(Part) || name.EndsWith(Whole);
        }

        /// <summary>Begins to write a file.</summary>
        /// <param name="name">The file that is to be replaced, or made.</param>
        /// <exception cref="IOException">The drive fails.</exception>
        public void Begin(string name)
        {
            Abandon();
            _name = name;
            Length = 0;
            _stream = _drive.Create(name + Part);
        }

        /// <summary>Writes octets behind those before. Allocates nothing.</summary>
        /// <param name="bytes">Array that holds them.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">Their number.</param>
        /// <exception cref="IOException">The drive is full or fails; <see cref="Abandon"/> is to follow.</exception>
        public void Write(byte[] bytes, int offset, int count)
        {
            _stream.Write(bytes, offset, count);
            Length += count;
        }

        /// <summary>Ends writing, and opens what the drive has stored.</summary>
        /// <returns>The new content; to be closed before <see cref="Replace"/>.</returns>
        /// <exception cref="IOException">The drive fails, or has stored another number of octets.</exception>
        public Stream Finish()
        {
            CloseStream();
            Stream written = _drive.Open(_name + Part);
            if (written == null || written.Length != Length)
            {
                if (written != null)
                {
                    written.Close();
                }

                throw new IOException("The drive has not stored the whole file.");
            }

            return written;
        }

        /// <summary>Puts the new file in the place of the old one, which nobody may have open.</summary>
        /// <exception cref="IOException">The drive fails; <see cref="Recover"/> tries again.</exception>
        public void Replace()
        {
            string name = _name;
            if (_drive.Exists(name + Whole))
            {
                // An earlier one has not got into its place. It may be the only one there is.
                if (_drive.Exists(name))
                {
                    _drive.Delete(name + Whole);
                }
                else
                {
                    _drive.Move(name + Whole, name);
                }
            }

            _drive.Move(name + Part, name + Whole);
            _name = null;
            Swap(_drive, name);
        }

        /// <summary>Deletes what has been written. Does nothing when nothing was begun.</summary>
        public void Abandon()
        {
            string name = _name;
            Stream stream = _stream;
            _name = null;
            _stream = null;
            if (name == null)
            {
                return;
            }

            try
            {
                if (stream != null)
                {
                    stream.Close();
                }
            }
            catch (Exception)
            {
                // A full drive has no room for octets that it would store only here, and they are not wanted.
            }

            try
            {
                if (_drive.Exists(name + Part))
                {
                    _drive.Delete(name + Part);
                }
            }
            catch (Exception)
            {
                // The drive is gone, or is so full that it cannot even delete. What is left is deleted before the next try.
            }
        }

        private static void Swap(FileDrive drive, string name)
        {
            if (drive.Exists(name))
            {
                drive.Delete(name);
            }

            drive.Move(name + Whole, name);
        }

        private void CloseStream()
        {
            Stream stream = _stream;
            _stream = null;
            if (stream != null)
            {
                try
                {
                    stream.Flush();
                }
                finally
                {
                    stream.Close();
                }
            }
        }
    }
}
