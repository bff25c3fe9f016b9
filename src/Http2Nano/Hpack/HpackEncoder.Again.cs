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

        // The list, behind it its code, and their lengths; 0 for none.
        private readonly byte[] _again;
        private int _againLength;
        private int _againCount;

        // The version of the table, and where in it the first field was.
        private int _againVersion;
        private int _againFirst;

        /// <summary>Bytes that an encoder remembers of the fields that it encoded last.</summary>
        internal static int AgainSize(int tableSize)
        {
            return tableSize < LeastTable ? 0 : LongestList + LongestCode;
        }

        // Each insertion adds to it, and so does each eviction.
        private int Version
        {
            get { return _table.Next + _table.Oldest + (2 * _table.Moved); }
        }

        /// <summary>Encodes a part of a list, if it is the one that was remembered.</summary>
        internal bool EncodeAgain(byte[] storage, int at, int end)
        {
            if (end - at != _againLength || _againLength == 0 || _againVersion != Version || !Octets.EqualLong(storage, at, _again, 0, end - at))
            {
                return false;
            }

            Array.Copy(_again, LongestList, _buffer, _at, _againCount);
            _at += _againCount;
            _firstOfBlock = _againFirst;
            return true;
        }

        /// <summary>Encodes a part of a list, and remembers it if nothing was inserted.</summary>
        internal void EncodeAnew(byte[] storage, int at, int end)
        {
            int version = Version;
            int from = _at;
            Encode(storage, at, end);
            if (end - at <= LongestList && _at - from <= LongestCode && Version == version && _again.Length != 0)
            {
                Array.Copy(storage, at, _again, 0, end - at);
                Array.Copy(_buffer, from, _again, LongestList, _at - from);
                _againLength = end - at;
                _againCount = _at - from;
                _againVersion = version;
                _againFirst = _firstOfBlock;
            }
        }
    }
}
