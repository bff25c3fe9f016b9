using System;

namespace Http2Nano.Assets
{
    /// <summary>
    /// The layout of an asset pack: many files in one, ready to be served. Numbers are little-endian, as on every platform
    /// of nanoFramework, so one native call reads each.
    /// </summary>
    /// <remarks>
    /// <code>
    /// header   4  "H2NA"
    ///          1  version, 3
    ///          1  0
    ///          2  number of paths
    ///          2  length of the longest record
    ///          2  0
    ///          4  length of the whole pack
    /// index    for each path, in ascending order of the hash taken as signed:
    ///          4  hash of the path
    ///          4  offset of its record
    /// record   2  length of the path
    ///          1  length of the content type
    ///          1  flags
    ///          4  offset of the plain content, 0 when it is left out
    ///          4  length of the plain content
    ///          4  offset of the content coded with gzip, 0 when there is none
    ///          4  length of the content coded with gzip
    ///         16  the entity tag in hexadecimal digits, without quotes
    ///             the content type
    ///             the path, in UTF-8, not percent-encoded, without the solidus at its beginning
    /// contents
    /// sum      4  Checksum of all octets before
    /// </code>
    /// An index page is listed under the path of its folder as well.
    /// </remarks>
    public static class AssetPackFormat
    {
        /// <summary>The first four octets as a number: "H2NA".</summary>
        public const int Magic = 0x414E3248;

        /// <summary>The version that this library reads.</summary>
        public const int Version = 3;

        /// <summary>Length of the header in bytes.</summary>
        public const int HeaderSize = 16;

        /// <summary>Length of the checksum at the end in bytes.</summary>
        public const int ChecksumSize = 4;

        /// <summary>The checksum of nothing.</summary>
        public const int NoChecksum = unchecked((int)0x811C9DC5);

        /// <summary>Length of an entry of the index in bytes.</summary>
        public const int IndexEntrySize = 8;

        /// <summary>Length of a record in bytes, without content type and path.</summary>
        public const int RecordSize = 36;

        /// <summary>Offset of the entity tag in a record.</summary>
        public const int TagOffset = 20;

        /// <summary>Length of the entity tag in bytes.</summary>
        public const int TagSize = 16;

        /// <summary>The longest path in bytes.</summary>
        public const int LongestPath = 255;

        /// <summary>The longest content type in bytes.</summary>
        public const int LongestType = 127;

        /// <summary>The most paths in a pack; each takes 2 bytes of heap.</summary>
        public const int MostPaths = 4096;

        /// <summary>Flag of a record: the content of this path never changes, because its name says which content it is.</summary>
        public const int Immutable = 1;

        /// <summary>Flag of a record: an HTML page, which gets the fields that are for pages.</summary>
        public const int Page = 2;

        /// <summary>The hash of a path.</summary>
        /// <param name="bytes">Array that holds the path.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <returns>The hash; any int.</returns>
        public static int Hash(byte[] bytes, int offset, int count)
        {
            // FNV-1a, four octets at a time.
            int hash = count;
            int end = offset + count;
            while (end - offset >= 4)
            {
                hash = (hash ^ BitConverter.ToInt32(bytes, offset)) * 16777619;
                offset += 4;
            }

            while (offset < end)
            {
                hash = (hash ^ bytes[offset++]) * 16777619;
            }

            return hash;
        }

        /// <summary>
        /// Goes on with a checksum, which finds damage by accident: each change of four octets changes it, and of other changes all
        /// but one in four thousand millions.
        /// </summary>
        /// <remarks>Some 5 operations for each octet on the device, where SHA-256 takes 90.</remarks>
        /// <param name="sum">The checksum of what is before; at the beginning <see cref="NoChecksum"/>.</param>
        /// <param name="bytes">Array that holds the octets.</param>
        /// <param name="offset">The first.</param>
        /// <param name="count">Their number, a multiple of 4 unless these are the last.</param>
        public static int Checksum(int sum, byte[] bytes, int offset, int count)
        {
            int end = offset + count;
            while (end - offset >= 4)
            {
                sum = (((sum << 13) | (int)((uint)sum >> 19)) ^ BitConverter.ToInt32(bytes, offset)) * 16777619;
                offset += 4;
            }

            while (offset < end)
            {
                sum = (((sum << 13) | (int)((uint)sum >> 19)) ^ bytes[offset++]) * 16777619;
            }

            return sum;
        }
    }
}
