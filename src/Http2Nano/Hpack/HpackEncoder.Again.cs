using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // Fields that come again, of which not all are in the table: an entity tag for instance. As long as the table has not changed
    // they are coded as before.
    public sealed partial class HpackEncoder
    {
        // The longest list and the longest code that are remembered, in bytes; with tables from this size on.
        private const int LongestList = 128;
        private const int LongestCode = 64;
        private const int LeastTable = 512;

        // The status stands above the length of any list.
        private const int KeyShift = 16;
        private const int UpdateMask = 0xE0;

        private const int CodeLength = LongestList + LongestCode;

        /// <summary>Bytes in which fields are remembered.</summary>
        internal const int AgainSize = CodeLength + 1;

        // The list, behind it the code of its block, and the code's length; and the list's length with the status above it, or 0.
        // Null where nothing is remembered.
        private readonly byte[] _again;
        private int _againKey;

        // The version of the table, and where in it the first field was.
        private int _againVersion;
        private int _againFirst;

        /// <summary>Whether an encoder with a table of a size remembers the fields that it encoded last.</summary>
        internal static bool Remembers(int tableSize)
        {
            return tableSize >= LeastTable;
        }

        /// <summary>Changes with the table: each insertion adds to it, and so does each eviction.</summary>
        internal int Version
        {
            get { return _table.Next + _table.Oldest + (2 * _table.Moved); }
        }

        /// <summary>Writes the block of a status and a list, if it is the one that was remembered.</summary>
        /// <param name="status">The status code.</param>
        /// <param name="list">The fields.</param>
        /// <param name="buffer">Takes the block, as with <see cref="Begin"/>.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Its length in octets; 0 when it is another one, and nothing has been written.</returns>
        internal int EncodeAgain(int status, HeaderList list, byte[] buffer, int offset)
        {
            int start = list.Origin;
            int length = list.Used - start;
            if (_againKey != (status << KeyShift | length) || _againVersion != Version || _smallest >= 0
                || !Octets.Equal(list.Storage, start, _again, 0, length))
            {
                return 0;
            }

            int count = _again[CodeLength];
            Array.Copy(_again, LongestList, buffer, offset, count);
            _firstOfBlock = _againFirst;
            return count;
        }

        /// <summary>
        /// Ends a block that consists of a status and all fields of a list, and remembers it if encoding it once more would give
        /// the same octets: when it is made of references to a table that has not changed.
        /// </summary>
        /// <param name="status">The status code.</param>
        /// <param name="list">The fields.</param>
        /// <param name="version">The <see cref="Version"/> before the block.</param>
        /// <returns>Its length in octets.</returns>
        internal int EndAndRemember(int status, HeaderList list, int version)
        {
            int length = list.Used - list.Start;
            int count = _at - _begin;
            if (version == Version && length <= LongestList && count <= LongestCode && _again != null && (_buffer[_begin] & UpdateMask) != SizeUpdate)
            {
                Array.Copy(list.Storage, list.Start, _again, 0, length);
                Array.Copy(_buffer, _begin, _again, LongestList, count);
                _againKey = status << KeyShift | length;
                _again[CodeLength] = (byte)count;
                _againVersion = version;
                _againFirst = _firstOfBlock;
            }

            return End();
        }
    }
}
