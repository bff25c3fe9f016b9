using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>
    /// Decodes field blocks (RFC 7541 3.2, 6) into a <see cref="HeaderList"/>, from fragments of any size.
    /// </summary>
    /// <remarks>
    /// <para>What is malformed ends the connection: <see cref="Decode"/> and <see cref="End"/> give false then and from then
    /// on, and the connection ends with COMPRESSION_ERROR (RFC 9113 4.3). What is well-formed but too large for the list, or
    /// not wanted at all, is dropped, and the dynamic table stays right.</para>
    /// <para>A Huffman-coded value goes into list and table as it came, measured and checked. Only what every request needs
    /// is decoded at once.</para>
    /// <para>Where there is less memory than the table that the peer may use, the values of <see cref="UnreadFields"/> are checked
    /// and counted, and kept neither in the table nor in the list; those of other fields are kept as far as the memory goes.</para>
    /// <para>Heap on the device, with a table of 4,096 bytes: 5,160 bytes; and 2.4 KB of constants, which the encoder uses too.
    /// Nothing is allocated after construction.</para>
    /// </remarks>
    public sealed partial class HpackDecoder
    {
        /// <summary>Size of the table that a peer may use before it has acknowledged another (RFC 9113 6.5.2).</summary>
        public const int InitialTableSize = 4096;

        /// <summary>The largest table that can be announced.</summary>
        public const int MaximumTableSize = DynamicTable.MaximumCapacity;

        /// <summary>The least memory for the fields of the table, in bytes.</summary>
        public const int SmallestMemory = 256;

        // What the next octet is.
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

        // Values that the protocol engine or nearly every handler reads: decoding these at once, and once for all while
        // they are in the table, is cheaper than whenever they are asked for.
        private const long ReadByMost =
            1L << FieldName.Method | 1L << FieldName.Path | 1L << FieldName.Scheme
            | 1L << FieldName.AcceptEncoding | 1L << FieldName.Authorization | 1L << FieldName.ContentLength
            | 1L << FieldName.ContentType | 1L << FieldName.IfModifiedSince
            | 1L << FieldName.IfNoneMatch | 1L << FieldName.Range;

        private readonly DynamicTable _table;
        private HeaderList _list;
        private int _state;

        // RFC 7541 4.2: two table size updates are all that a block needs. There are encoders that signal every change.
        private const int MaximumUpdates = 16;

        // Memory for fields where all of them are kept, whatever is announced: what browsers send before they know takes less.
        private const int EnoughMemory = 768;

        // The average size of the fields that a peer may have in its table, at which there is a place for each. Browsers' take
        // twice as much.
        private const int AverageField = 64;

        // What may be announced, and the fields whose values are not kept; null if all are.
        private readonly int _tableSize;
        private readonly UnreadFields _unread;

        // Largest table size that the peer may set, and how many times it may do so now.
        private int _allowed;
        private int _updatesLeft;

        // Why fields are to be read one by one: a table size update must come before the next one; there is a field in the
        // table that is invalid; this block refers to one whose value is lost.
        private const int UpdateRequired = 1;
        private const int Suspicious = 2;
        private const int Incomplete = 4;
        private int _careful;

        // An integer (RFC 7541 5.1) so far, and how far the next octet is shifted.
        private int _integer;
        private int _shift;

        // The string (RFC 7541 5.2) that is being read: its length, how much of it has come, and whether it is Huffman-coded; a
        // value either stays so or will be decoded.
        private const int Plain = 0;
        private const int AsItCame = 1;
        private const int Decoded = 2;
        private int _length;
        private int _have;
        private int _coding;

        // The literal that is being read: its policy, whether it goes into the table, the number of its name, the flags of
        // its packed form; in the list, where it begins is _list.Used, and here where its value will begin; or, of one that has
        // no place in the list, where in itself the value begins.
        private int _policy;
        private int _name;
        private int _flags;
        private int _value;

        /// <summary>Creates a decoder that keeps all fields of its table.</summary>
        /// <param name="tableSize">
        /// Largest dynamic table to be announced as SETTINGS_HEADER_TABLE_SIZE, in octets of RFC 7541 4.1; 0 to 16,384. That
        /// much memory is taken, and 768 bytes at least. A peer may use 4,096 until it knows better: if that is more than
        /// fits, the oldest values are lost, and <see cref="ReferenceLost"/> tells of a block that refers to one.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The size is none of these.</exception>
        public HpackDecoder(int tableSize)
            : this(tableSize, tableSize < EnoughMemory ? EnoughMemory : tableSize, null)
        {
        }

        /// <summary>Creates a decoder with less memory than the table that it announces.</summary>
        /// <param name="tableSize">Largest dynamic table to be announced, in octets of RFC 7541 4.1; 0 to 16,384.</param>
        /// <param name="memory">Bytes of memory for the fields in it; 256 to 16,384.</param>
        /// <param name="unread">
        /// Fields whose values are not kept if the memory is less than the table; null if all are. The decoder holds a reference.
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">A size is none of these.</exception>
        public HpackDecoder(int tableSize, int memory, UnreadFields unread)
        {
            if (tableSize < 0 || tableSize > MaximumTableSize || memory < SmallestMemory || memory > MaximumTableSize)
            {
                throw new ArgumentOutOfRangeException();
            }

            CodedNames.Build();
            _tableSize = tableSize > memory ? tableSize : memory;
            _unread = tableSize > memory ? unread : null;
            _table = new DynamicTable(memory, MostFields(tableSize, memory), DynamicTable.PlacesForPeers, tableSize > memory);
            Reset();
        }

        /// <summary>The memory for the fields of a table, of what is offered: all of them fit into as much as the table's size.</summary>
        internal static int MemoryOf(int tableSize, int offered)
        {
            int most = tableSize < EnoughMemory ? EnoughMemory : tableSize;
            return offered > most ? most : offered;
        }

        /// <summary>How many fields of its table a decoder remembers.</summary>
        internal static int MostFields(int tableSize, int memory)
        {
            int fields = memory / HeaderList.FieldOverhead;
            return tableSize > memory && fields < tableSize / AverageField ? tableSize / AverageField : fields;
        }

        /// <summary>Octets of the dynamic table in use, by RFC 7541 4.1.</summary>
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

        /// <summary>The peer has acknowledged a SETTINGS_HEADER_TABLE_SIZE (RFC 7541 4.2): from the next block on it holds.</summary>
        /// <param name="size">The value that was announced; at most what the decoder was created for.</param>
        public void SetLimit(int size)
        {
            _allowed = size > _tableSize ? _tableSize : size;
            if (_table.Limit > _allowed)
            {
                _careful |= UpdateRequired;
            }
        }

        /// <summary>Begins a field block.</summary>
        /// <param name="list">Takes the fields, behind those that it has; null to drop them.</param>
        public void Begin(HeaderList list)
        {
            _list = list;
            _updatesLeft = MaximumUpdates;
            _careful &= ~Incomplete;
        }

        /// <summary>Decodes a fragment of the block.</summary>
        /// <param name="buffer">Holds the fragment; not kept.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its length; any, also 0.</param>
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
        /// <returns>False for a COMPRESSION_ERROR: there was one before, or the block stops in the middle of a field.</returns>
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

        // A field of either table. RFC 7541 6.1: index 0 is an error; 2.3.3: so is one beyond the tables.
        private void AddIndexed(int index)
        {
            if (!BeginField() || index == 0)
            {
                _state = Failed;
                return;
            }

            _state = AtField;
            HeaderList list = _list;
            if (index <= StaticTable.Count)
            {
                if (list != null)
                {
                    if (list.Used < list.Bound)
                    {
                        list.Storage[list.Used++] = (byte)(index | HeaderList.StaticField);
                        list.Total += StaticTable.Size(index);
                        list.Fields++;
                    }
                    else
                    {
                        list.Faults |= HeaderList.Dropped;
                    }
                }

                return;
            }

            DynamicTable table = _table;
            int place = table.Next + StaticTable.Count - index;
            if (place < table.Kept)
            {
                if (!table.MayHave(place))
                {
                    _state = Failed;
                    return;
                }

                LoseReference(list);
                return;
            }

            int from = table.Start[place];
            if ((table.Packed[from + 1] & HeaderList.ValueLost) != 0)
            {
                LoseReference(list);
                return;
            }

            if (list == null || (_careful & Incomplete) != 0)
            {
                return;
            }

            int length = table.Start[place + 1] - from;
            if (length > list.Bound - list.Used)
            {
                list.Faults |= HeaderList.Dropped;
                return;
            }

            if ((table.Packed[from + 1] & HeaderList.Invalid) != 0)
            {
                list.Faults |= HeaderList.Invalid;
            }

            Array.Copy(table.Packed, from, list.Storage, list.Used, length);
            list.Used += length;
            list.Total += table.Sum[place + 1] - table.Sum[place];
            list.Fields++;
        }

        // A list that is too large without the field is refused for its length, on this connection as on any other.
        private void LoseReference(HeaderList list)
        {
            if (list == null || !list.TooLarge)
            {
                _careful |= Incomplete;
            }

            if (list != null)
            {
                list.Faults |= HeaderList.Dropped;
            }
        }

        // RFC 7541 6.2 and 6.3, by the first octet.
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

        // RFC 7541 6.3: at the beginning of a block only, and not above what was announced.
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

        // A field has begun: no more table size updates; and one that is due did not come (RFC 7541 4.2). There are clients
        // that use no table and send none.
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

        // RFC 7541 5.1. Five octets behind the prefix and 31 bits are more than anything here can need.
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
