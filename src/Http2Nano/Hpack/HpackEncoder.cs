using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>Encodes field blocks (RFC 7541 3.1, 6) from <see cref="HeaderList"/>s.</summary>
    /// <remarks>
    /// <para><see cref="Begin"/>, the Encode methods and <see cref="End"/> write a block straight into the caller's buffer,
    /// which must have room for <see cref="Bound"/> octets. The blocks of a connection must be sent in the order in which
    /// they were encoded.</para>
    /// <para>A response that resembles the one before takes one search of the table: fields that follow each other both in
    /// the list and in the table are compared and sent as one run.</para>
    /// <para>Heap on the device: 1,272 bytes with the default table size, 1,920 with 1,024. Nothing is allocated after
    /// construction. With a decoder for 4,096 and all constants, which both share, it is 8.4 KB.</para>
    /// </remarks>
    public sealed partial class HpackEncoder
    {
        /// <summary>
        /// A table size for small servers: the table holds the fields that their responses have in common.
        /// </summary>
        public const int DefaultTableSize = 512;

        /// <summary>The largest table size.</summary>
        public const int MaximumTableSize = 4096;

        // Literals, by the bits of the first octet (RFC 7541 6.2, 6.3).
        private const int IncrementalIndexing = 0x40;
        private const int SizeUpdate = 0x20;
        private const int NeverIndexed = 0x10;

        // The most octets that a field takes beside name and value: the representation, an index or the name's length, and
        // the value's length, each with up to three octets after the prefix.
        private const int LargestOverhead = 10;

        // The smallest number of places for fields; such numbers are powers of two.
        private const int LeastFields = 4;

        // In a table of at most this size the fields of one block compete for room.
        private const int SmallTable = 2048;

        // Two table size updates and a status.
        private const int BlockOverhead = 13;

        // Names whose values are secrets (RFC 7541 7.1.3).
        private const long Secrets =
            1L << FieldName.Authorization | 1L << FieldName.ProxyAuthorization | 1L << FieldName.SetCookie;

        // Names whose values are seldom repeated: in the table they would only evict others.
        private const long Changing =
            1L << FieldName.Path | 1L << FieldName.Age | 1L << FieldName.ContentLength | 1L << FieldName.ContentRange
            | 1L << FieldName.ETag | 1L << FieldName.IfModifiedSince | 1L << FieldName.IfNoneMatch
            | 1L << FieldName.Location;

        // The first octet of an indexed dynamic field is above the first number and at most the second, if its index takes one
        // octet (RFC 7541 6.1).
        private const int LastStaticOctet = HeaderList.StaticField + StaticTable.Count;
        private const int LastOctet = 254;

        private readonly DynamicTable _table;

        // The fields of the table by name: the number of the newest field by a hash of the name, followed by the number of
        // the one before it by each number. The number of a field is its place plus the number of places that the table has
        // moved, modulo 256, which exceeds the number of fields. A number may refer to a field that was evicted or
        // replaced, so the field is always compared.
        //
        // After these, a hash of the value by number, and the octets of the table's indices, from which a run of descending
        // indices is copied.
        private readonly byte[] _index;
        private readonly int _mask;

        // The size to signal, and the smallest size since the last block (RFC 7541 4.2); -1 for none.
        private int _smallest;

        // The place in the table where the next field is expected, and that of the first field of the block before.
        private int _expected;
        private int _firstOfBlock;

        // Number of the oldest field of the table that this block has used.
        private int _used;

        private byte[] _buffer;
        private int _at;
        private int _begin;

        /// <summary>Creates an encoder.</summary>
        /// <param name="tableSize">
        /// Size of its dynamic table in octets (RFC 7541 4.1), 0 to 4,096; the peer may reduce it.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The size is out of its range.</exception>
        public HpackEncoder(int tableSize)
        {
            if (tableSize < 0 || tableSize > MaximumTableSize)
            {
                throw new ArgumentOutOfRangeException("tableSize");
            }

            _table = new DynamicTable(tableSize, tableSize / HeaderList.FieldOverhead, false, false);
            int fields = LeastFields;
            while (fields < tableSize / HeaderList.FieldOverhead)
            {
                fields <<= 1;
            }

            _mask = fields - 1;
            _again = Remembers(tableSize) ? new byte[AgainSize] : null;
            _index = new byte[4 * fields];
            for (int i = 0; i < fields; i++)
            {
                _index[3 * fields + i] = (byte)(LastStaticOctet + fields - i);
            }

            Reset();
        }

        internal DynamicTable Table
        {
            get { return _table; }
        }

        /// <summary>Octets in the dynamic table (RFC 7541 4.1).</summary>
        public int TableSize
        {
            get { return _table.Size; }
        }

        /// <summary>Number of fields in the dynamic table.</summary>
        public int TableCount
        {
            get { return _table.Count; }
        }

        /// <summary>The number of the field of the table that is expected next. No two fields of a connection have the same.</summary>
        internal int Expected
        {
            get { return _expected + _table.Moved; }
        }

        /// <summary>Makes the encoder ready for a new connection.</summary>
        public void Reset()
        {
            _table.Clear();
            int size = _table.Packed.Length;
            _table.Limit = size;

            // The peer assumes 4,096 (RFC 9113 6.5.2), so any other size has to be signalled.
            _smallest = size != HpackDecoder.InitialTableSize ? size : -1;
            _firstOfBlock = 0;
            _used = int.MaxValue;
            _againKey = 0;
        }

        /// <summary>
        /// The peer has set SETTINGS_HEADER_TABLE_SIZE (RFC 7541 4.2). The next block signals the size that the encoder
        /// uses.
        /// </summary>
        /// <param name="size">The value; one that exceeds the encoder's table counts as the table's size.</param>
        public void SetLimit(int size)
        {
            if (size < 0 || size > _table.Packed.Length)
            {
                size = _table.Packed.Length;
            }

            DynamicTable table = _table;
            if (size == table.Limit)
            {
                return;
            }

            if (_smallest < 0 || size < _smallest)
            {
                _smallest = size;
            }

            table.SetLimit(size);
        }

        /// <summary>Upper bound of the length of a block with a status and the fields of a list, in octets.</summary>
        /// <param name="list">The fields; null for none.</param>
        public int Bound(HeaderList list)
        {
            return list == null
                ? BlockOverhead
                : list.Total - list.Fields * (HeaderList.FieldOverhead - LargestOverhead) + BlockOverhead;
        }

        /// <summary>Begins a block.</summary>
        /// <param name="buffer">
        /// Takes the block; kept until its end. It must have room for <see cref="Bound"/> octets.
        /// </param>
        /// <param name="offset">Offset at which to begin.</param>
        public void Begin(byte[] buffer, int offset)
        {
            _buffer = buffer;
            _begin = offset;
            _at = offset;
            _expected = _firstOfBlock - _table.Moved;
            _used = int.MaxValue;
            if (_smallest >= 0)
            {
                // RFC 7541 4.2: the smallest size between two blocks, because it evicted fields, and then the final one.
                if (_smallest < _table.Limit)
                {
                    WriteInteger(SizeUpdate, 0x1F, _smallest);
                }

                WriteInteger(SizeUpdate, 0x1F, _table.Limit);
                _smallest = -1;
            }
        }

        /// <summary>Ends the block.</summary>
        /// <returns>Its length in octets.</returns>
        public int End()
        {
            _buffer = null;
            return _at - _begin;
        }

        /// <summary>Encodes <c>:status</c> (RFC 9113 8.3.2), which must be the first field.</summary>
        /// <param name="status">The status code, 100 to 999.</param>
        public void EncodeStatus(int status)
        {
            byte[] buffer = _buffer;
            int index;
            switch (status)
            {
                case 200:
                    index = 8;
                    break;
                case 204:
                    index = 9;
                    break;
                case 206:
                    index = 10;
                    break;
                case 304:
                    index = 11;
                    break;
                case 400:
                    index = 12;
                    break;
                case 404:
                    index = 13;
                    break;
                case 500:
                    index = 14;
                    break;
                default:
                    // A literal without indexing: such statuses are rare, and the literal has five octets.
                    buffer[_at++] = FieldName.Status;
                    buffer[_at++] = 3;
                    buffer[_at++] = (byte)('0' + status / 100);
                    buffer[_at++] = (byte)('0' + status / 10 % 10);
                    buffer[_at++] = (byte)('0' + status % 10);
                    return;
            }

            buffer[_at++] = (byte)(HeaderList.StaticField | index);
        }

        /// <summary>Encodes a field without searching the table or adding to it (RFC 7541 6.2.2).</summary>
        /// <param name="name">The name, in lower case.</param>
        /// <param name="value">Holds the value.</param>
        /// <param name="offset">Offset of the value.</param>
        /// <param name="count">Its length in octets.</param>
        /// <remarks>Takes at most 10 octets more than name and value.</remarks>
        public void Encode(byte[] name, byte[] value, int offset, int count)
        {
            int index = WellKnownFields.IndexOf(name, 0, name.Length);
            bool known = index != 0 && index <= StaticTable.Count;
            WriteInteger(0, 0x0F, known ? index : 0);
            if (!known)
            {
                WriteString(name, 0, name.Length);
            }

            WriteString(value, offset, count);
        }

        /// <summary>Encodes all fields of a list.</summary>
        /// <param name="list">The fields; not changed.</param>
        public void Encode(HeaderList list)
        {
            if (!EncodeRun(list))
            {
                Encode(list.Storage, list.Start, list.Used);
            }
        }

        // For a response like the one before: its fields are in the table in the same order as in the list.
        internal bool EncodeRun(HeaderList list)
        {
            DynamicTable table = _table;
            int place = _expected;
            int fields = list.Fields;
            int length = list.Used - list.Start;
            int octet = table.Next - place + LastStaticOctet;
            if (fields == 0 || octet > LastOctet || fields > octet - LastStaticOctet || place < table.Oldest
                || table.Start[place + fields] - table.Start[place] != length
                || !Octets.Equal(list.Storage, list.Start, table.Packed, table.Start[place], length))
            {
                return false;
            }

            MarkUsed(place);
            _expected = place + fields;
            Array.Copy(_index, _index.Length + LastStaticOctet - octet, _buffer, _at, fields);
            _at += fields;
            return true;
        }

        /// <summary>Encodes a part of a list.</summary>
        /// <param name="storage">The list's storage; not changed.</param>
        /// <param name="at">Position of the first field to encode.</param>
        /// <param name="end">Position after the last one.</param>
        internal void Encode(byte[] storage, int at, int end)
        {
            while (at < end)
            {
                if (storage[at] >= HeaderList.StaticField)
                {
                    _buffer[_at++] = storage[at];
                    at++;
                    continue;
                }

                int next = at + (storage[at + 2] << 8 | storage[at + 3]);
                if (!EncodeExpected(storage, at, next))
                {
                    EncodeField(storage, at, next);
                }

                at = next;
            }
        }

        // Encodes the field if it is the one that follows in the table.
        private bool EncodeExpected(byte[] storage, int at, int next)
        {
            DynamicTable table = _table;
            int place = _expected;
            int octet = table.Next - place + LastStaticOctet;
            if (octet <= LastStaticOctet || octet > LastOctet || place < table.Oldest
                || table.Start[place + 1] - table.Start[place] != next - at
                || !Octets.Equal(storage, at, table.Packed, table.Start[place], next - at))
            {
                return false;
            }

            _buffer[_at++] = (byte)octet;
            MarkUsed(place);
            _expected = place + 1;
            return true;
        }

        private void MarkUsed(int place)
        {
            int number = place + _table.Moved;
            if (_used == int.MaxValue)
            {
                _firstOfBlock = number;
            }

            if (number < _used)
            {
                _used = number;
            }
        }
    }
}
