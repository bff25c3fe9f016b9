using System.IO;

namespace Http2Nano.Drives
{
    /// <summary>A file, or the list of a folder, that is being sent.</summary>
    internal sealed class FileReader
    {
        /// <summary>The open file; null when there is none.</summary>
        internal Stream Stream;

        /// <summary>The file's name.</summary>
        internal string Name;

        /// <summary>Its length, and when it was written, as they were at the beginning.</summary>
        internal int Length;
        internal long Time;

        /// <summary>Offset of the first octet that is sent, and number of those that are.</summary>
        internal int First;
        internal int Count;

        /// <summary>Where the file stands.</summary>
        internal int Position;

        /// <summary>The list of a folder; null when a file is sent.</summary>
        internal FolderList List;

        /// <summary>Whether it is in use.</summary>
        internal bool IsTaken
        {
            get { return Stream != null || List != null; }
        }

        /// <summary>Reads octets of the file.</summary>
        /// <param name="drive">The file's drive.</param>
        /// <param name="position">Octets of the body read before.</param>
        /// <param name="buffer">Takes the octets.</param>
        /// <param name="offset">Offset in the buffer.</param>
        /// <param name="count">Most bytes to read.</param>
        /// <returns>Bytes read; less than 1 when the file is not any more what it was.</returns>
        internal int Read(FileDrive drive, int position, byte[] buffer, int offset, int count)
        {
            int at = First + position;
            if (at != Position)
            {
                Stream.Position = at;
            }

            int left = Count - position;
            int read = Stream.Read(buffer, offset, count < left ? count : left);
            Position = at + read;

            // The last octets are sent only if all of them were of one file.
            if (read == left && (Stream.Length != Length || !drive.Exists(Name) || drive.Time(Name) != Time))
            {
                return 0;
            }

            return read;
        }

        /// <summary>Closes the file.</summary>
        internal void Close()
        {
            Stream stream = Stream;
            Stream = null;
            List = null;
            if (stream != null)
            {
                stream.Close();
            }
        }
    }
}
