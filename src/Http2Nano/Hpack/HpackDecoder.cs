using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>
    /// Decodes field blocks (RFC 7541 3.2, 6) into a <see cref="HeaderList"/>, from fragments of any size.
    /// </summary>
    /// <remarks>
    /// <para>A malformed block is a COMPRESSION_ERROR (RFC 9113 4.3): <see cref="Decode"/> and <see cref="End"/> return
    /// false from then on, and the connection ends. Fields that are well-formed but too large for the list, or not wanted,
    /// are dropped, and the dynamic table stays correct.</para>
    /// <para>A Huffman-coded value is stored in list and table as it arrived, after its length and validity have been
    /// determined. Only the values that every request needs are decoded at once.</para>
    /// <para>When the memory is smaller than the peer's table, the values of <see cref="UnreadFields"/> are checked and
    /// counted, but not kept in table or list; those of other fields are kept as far as the memory suffices.</para>
    /// <para>Heap on the device, with a table of 4,096 bytes: 5,148 bytes, and 2.4 KB of constants that the encoder shares.
    /// Nothing is allocated after construction.</para>
    /// </remarks>
    public sealed partial class HpackDecoder
    {
        /// <summary>The table size that a peer may use before it has acknowledged another one (RFC 9113 6.5.2).</summary>
        public const int InitialTableSize = 4096;

        /// <summary>The largest table size that can be announced.</summary>
        public const int MaximumTableSize = DynamicTable.MaximumCapacity;

        /// <summary>The smallest memory for the fields of the table, in bytes.</summary>
        public const int SmallestMemory = 256;

        // States: the part of the grammar that the next octet belongs to.
        private const int AtField = 0;
        private const int InIndex = 1;
        private const int InNameIndex = 2;
        private const int InTableSize = 3;
        private const int AtName = 4;
        private const int InNameLength = 5;
        private const int InName = 6;
        private const int AtValue = 7;
        private const int InValueLength = 8;
        private const int InValue = 9;
        private const int Failed = 10;

        // Values that the server or nearly every handler reads. Decoding them once, while they are in the table, is cheaper
        // than decoding them at each use.
        private const long ReadByMost =
            1L << FieldName.Method | 1L << FieldName.Path | 1L << FieldName.Scheme
            | 1L << FieldName.AcceptEncoding | 1L << FieldName.Authorization | 1L << FieldName.ContentLength
            | 1L << FieldName.ContentType | 1L << FieldName.IfModifiedSince
            | 1L << FieldName.IfNoneMatch | 1L << FieldName.Range;

        private readonly DynamicTable _table;
        private HeaderList _list;
        private int _state;

        // RFC 7541 4.2: a block needs at most two table size updates, but some encoders signal every change.
        private const int MaximumUpdates = 16;

        // Memory that keeps all fields, whatever size is announced: the fields that browsers send before they know it take
        // less.
        private const int EnoughMemory = 768;

        // The average size of a field, from which the number of places is computed. The fields of browsers are twice as
        // large.
        private const int AverageField = 64;

        // The table size to announce, and the fields whose values are not kept; null if all are.
        private readonly int _tableSize;
        private readonly UnreadFields _unread;

        // Takes cookies; null when they are fields like others.
        private CookieFilter _cookies;

        // The largest table size that the peer may set, and the number of updates that this block may still contain.
        private int _allowed;
        private int _updatesLeft;

        // Reasons to read fields one by one: a table size update must come first; the table contains an invalid field; the
        // block refers to a field whose value is lost; somebody observes the frames.
        private const int UpdateRequired = 1;
        private const int Suspicious = 2;
        private const int Incomplete = 4;
        private const int Observed = 8;
        private int _careful;

        // An integer (RFC 7541 5.1) so far, and the number of bits by which the next octet is shifted.
        private int _integer;
        private int _shift;

        // The string (RFC 7541 5.2) that is being read: its length, the number of octets read, and its coding. A
        // Huffman-coded value is stored as it is or decoded.
        private const int Plain = 0;
        private const int AsItCame = 1;
        private const int Decoded = 2;
        private int _length;
        private int _have;
        private int _coding;

        // The literal that is being read: its policy, whether it goes into the table, the number of its name, the flags of
        // its packed form. In the list it begins at _list.Used, and this is the offset of its value; for a field that is
        // not in the list, the offset of the value within the field.
        private int _policy;
        private int _name;
        private int _flags;
        private int _value;

        /// <summary>Creates a decoder that keeps all fields of its table.</summary>
        /// <param name="tableSize">
        /// The largest dynamic table to announce as SETTINGS_HEADER_TABLE_SIZE, in octets (RFC 7541 4.1); 0 to 16,384. The
        /// decoder takes as much memory, at least 768 bytes. A peer may use 4,096 octets before it knows the size: if its
        /// fields do not fit, the oldest values are lost, and <see cref="ReferenceLost"/> tells that a block refers to one.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The size is out of its range.</exception>
        public HpackDecoder(int tableSize)
            : this(tableSize, tableSize < EnoughMemory ? EnoughMemory : tableSize, null)
        {
        }

        /// <summary>Creates a decoder with less memory than the table that it announces.</summary>
        /// <param name="tableSize">The largest dynamic table to announce, in octets (RFC 7541 4.1); 0 to 16,384.</param>
        /// <param name="memory">Bytes of memory for the fields in it; 256 to 16,384.</param>
        /// <param name="unread">
        /// Fields whose values are not kept when the memory is smaller than the table; null to keep all. The decoder keeps
        /// a reference.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
        public HpackDecoder(int tableSize, int memory, UnreadFields unread)
        {
            if (tableSize < 0 || tableSize > MaximumTableSize || memory < SmallestMemory || memory > MaximumTableSize)
            {
                throw new ArgumentOutOfRangeException();
            }

            CodedNames.Build();
            _tableSize = tableSize > memory ? tableSize : memory;
            _unread = tableSize > memory ? unread : null;
            _table = new DynamicTable(memory, MostFields(tableSize, memory), true, tableSize > memory);
            Reset();
        }

        /// <summary>The memory for the fields of a table: the given amount, but never more than the table needs.</summary>
        internal static int MemoryOf(int tableSize, int offered)
        {
            int most = tableSize < EnoughMemory ? EnoughMemory : tableSize;
            return offered > most ? most : offered;
        }

        /// <summary>The number of fields that a decoder's table can contain.</summary>
        internal static int MostFields(int tableSize, int memory)
        {
            return tableSize > memory ? tableSize / AverageField : memory / HeaderList.FieldOverhead;
        }

        /// <summary>Whether every block is to be read, also one that is remembered. Until <see cref="Reset"/>.</summary>
        internal bool IsObserved
        {
            set { _careful = value ? _careful | Observed : _careful & ~Observed; }
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

        /// <summary>
        /// Whether the block refers to a field that had no place in memory: its list is incomplete, the table is right, and
        /// the request can be tried again when the peer has acknowledged the size that was announced. A list that is too large
        /// all the same is only that.
        /// </summary>
        internal bool ReferenceLost
        {
            get { return (_careful & Incomplete) != 0; }
        }

        /// <summary>
        /// As long as this is the same, and not negative, a field block that neither inserts nor resizes means the same fields.
        /// Each insertion adds to it, and so does each eviction (RFC 7541 2.3.2).
        /// </summary>
        internal int Version
        {
            get { return _careful != 0 ? -1 : (_table.Next + _table.Oldest + (2 * _table.Moved)) & int.MaxValue; }
        }

        /// <summary>
        /// From now on a list that has no room for all fields has those that are kept. Its array must have
        /// 256 octets behind its region, which are overwritten.
        /// </summary>
        internal void Keep(KeptFields kept)
        {
            _cookies = kept.HasCookies ? new CookieFilter(kept) : null;
            _table.Needed = kept;
        }

        /// <summary>The memory of the table. From <see cref="Reset"/> on it is the decoder's own again.</summary>
        internal byte[] Memory
        {
            get { return _table.Packed; }
        }

        /// <summary>Makes the decoder ready for a new connection.</summary>
        public void Reset()
        {
            _table.Clear();
            _table.Limit = InitialTableSize;
            _allowed = InitialTableSize;
            _careful = 0;
            _state = AtField;
            _list = null;
        }

        /// <summary>
        /// The peer has acknowledged SETTINGS_HEADER_TABLE_SIZE (RFC 7541 4.2): it applies from the next block on.
        /// </summary>
        /// <param name="size">The announced value; at most the size that the decoder was made for.</param>
        public void SetLimit(int size)
        {
            _allowed = size > _tableSize ? _tableSize : size;
            if (_table.Limit > _allowed)
            {
                _careful |= UpdateRequired;
            }
        }

        /// <summary>Begins a field block.</summary>
        /// <param name="list">Takes the fields, after those that it contains; null to drop them.</param>
        public void Begin(HeaderList list)
        {
            _list = list;
            _updatesLeft = MaximumUpdates;
            _careful &= ~Incomplete;
        }

        /// <summary>Decodes a fragment of the block.</summary>
        /// <param name="buffer">Holds the fragment; not kept.</param>
        /// <param name="offset">Offset of the fragment.</param>
        /// <param name="count">Its length, 0 or more.</param>
        /// <returns>False for a COMPRESSION_ERROR.</returns>
        public bool Decode(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            while (offset < end)
            {
                if (_state == AtField && (offset = DecodeWhole(buffer, offset, end)) == end)
                {
                    break;
                }

                int octet = buffer[offset];
                switch (_state)
                {
                    case AtField:
                        if (octet < 0x80)
                        {
                            BeginLiteral(octet);
                        }
                        else if (octet == 0xFF)
                        {
                            BeginInteger(0x7F, InIndex);
                        }
                        else
                        {
                            AddIndexed(octet & 0x7F);
                        }

                        break;

                    case AtName:
                    case AtValue:
                        BeginString(octet);
                        break;

                    case InName:
                    case InValue:
                        offset = ReadString(buffer, offset, end);
                        continue;

                    case Failed:
                        return false;

                    default:
                        ReadInteger(octet);
                        break;
                }

                offset++;
            }

            return _state != Failed;
        }

        /// <summary>Ends the block.</summary>
        /// <returns>False for a COMPRESSION_ERROR: there was one before, or the block ends within a field.</returns>
        public bool End()
        {
            _list = null;
            if (_state != AtField)
            {
                _state = Failed;
                return false;
            }

            return true;
        }

        // RFC 7541 6.2 and 6.3: the first octet determines the representation.
        private void BeginLiteral(int octet)
        {
            int mask = 0x3F;
            _policy = FieldPolicy.Indexed;
            if (octet < 0x40)
            {
                mask = octet < 0x20 ? 0x0F : 0x1F;
                _policy = octet < 0x10 ? FieldPolicy.WithoutIndexing : FieldPolicy.NeverIndexed;
            }

            int value = octet & mask;
            bool update = mask == 0x1F;
            if (value == mask)
            {
                BeginInteger(mask, update ? InTableSize : InNameIndex);
            }
            else if (update)
            {
                UpdateTableSize(value);
            }
            else
            {
                NameByIndex(value);
            }
        }

        // RFC 7541 6.3: allowed at the beginning of a block only, and at most the announced size.
        private void UpdateTableSize(int size)
        {
            if (_updatesLeft == 0 || size > _allowed)
            {
                _state = Failed;
                return;
            }

            _updatesLeft--;
            _careful &= ~UpdateRequired;
            _table.SetLimit(size);
            _state = AtField;
        }

        // A field begins: table size updates are not allowed any more, and a required one is missing (RFC 7541 4.2).
        // Clients that use no table may send none.
        private bool BeginField()
        {
            _updatesLeft = 0;
            return (_careful & UpdateRequired) == 0 || _table.Count == 0;
        }

        private void BeginInteger(int prefix, int state)
        {
            _integer = prefix;
            _shift = 0;
            _state = state;
        }

        // RFC 7541 5.1. No valid integer has more than five octets after the prefix, or more than 31 bits.
        private void ReadInteger(int octet)
        {
            int bits = octet & 0x7F;
            if (_shift == 28 && (octet > 7 || (_integer += bits << 28) < 0))
            {
                _state = Failed;
                return;
            }

            if (_shift < 28)
            {
                _integer += bits << _shift;
            }

            _shift += 7;
            if (octet >= 0x80)
            {
                return;
            }

            switch (_state)
            {
                case InIndex:
                    AddIndexed(_integer);
                    break;

                case InNameIndex:
                    NameByIndex(_integer);
                    break;

                case InTableSize:
                    UpdateTableSize(_integer);
                    break;

                case InNameLength:
                    BeginName(_integer);
                    break;

                default:
                    BeginValue(_integer);
                    break;
            }
        }
    }
}
