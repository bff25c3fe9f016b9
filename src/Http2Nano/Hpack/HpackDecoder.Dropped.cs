using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // Literal fields that do not fit into the list, or that no list takes. A field that goes into the table is assembled
    // there, decoded, octet by octet, and evicts others as it grows: so a string of any length is read without other
    // storage. Of a value that is not kept, only the latest octet is stored.
    public sealed partial class HpackDecoder
    {
        // Octets of the field after the newest one of the table; or NotPending: the field does not go into the table, or is
        // too large for it; Lost: it does, but there is no memory for it, so only its size counts; InList: it is not
        // dropped; Over: its value is read over.
        private const int NotPending = -1;
        private const int Lost = -2;
        private const int InList = -3;
        private const int Over = -4;
        private int _pending;

        private const int Delete = 0x7F;

        // The size of the field so far (RFC 7541 4.1).
        private int _pendingSize;

        // In _flags only: the value of the field is not kept.
        private const int Unkept = 0x80;

        // The low bits, which are not a complete code yet, and their number.
        private long _bits;
        private int _bitCount;

        // The field does not fit into the list from here on.
        private void Drop()
        {
            _pending = _policy == FieldPolicy.Indexed ? 0 : NotPending;
            _pendingSize = 0;
            if (_list != null)
            {
                _list.Faults |= HeaderList.Dropped;
            }
        }

        // The name is already in the list.
        private void DropName()
        {
            if (_name != 0)
            {
                DropName(_name);
                return;
            }

            int from = _list.Used + HeaderList.Prefix + 2;
            BeginDroppedName();
            Append(_list.Storage, from, _value - from);
            EndDroppedName();
        }

        private void DropName(int name)
        {
            if (_pending < 0)
            {
                return;
            }

            _name = name;
            int length = WellKnownFields.Spans[name] & WellKnownFields.LengthMask;
            if (MakeRoom(HeaderList.Prefix, HeaderList.FieldOverhead + length))
            {
                _value = _pending;
            }
        }

        // The name is that of an older field of the table.
        private void RepeatDroppedName(int place, int length)
        {
            if (_pending < 0)
            {
                return;
            }

            int repeated = _table.RepeatName(place, length);
            _pending = repeated == DynamicTable.TooLong ? NotPending : repeated == DynamicTable.NoMemory ? Lost : HeaderList.Prefix + 2 + length;
            _pendingSize = HeaderList.FieldOverhead + length;
            EndDroppedName();
        }

        private void BeginDroppedName()
        {
            _bitCount = 0;
            _bits = 0;
            if (_pending >= 0)
            {
                MakeRoom(HeaderList.Prefix + 2, HeaderList.FieldOverhead);
            }

            if (_length == 0 && _state == InName)
            {
                EndDroppedName();
            }
        }

        private void BeginDroppedValue()
        {
            _bitCount = 0;
            _bits = 0;
            if (_pending >= 0 && _unread != null && IsUnread(_table.Packed, _table.Start[_table.Next]))
            {
                _flags |= Unkept;
            }

            if (_length == 0)
            {
                EndDroppedValue();
            }
        }

        private int ReadDropped(byte[] buffer, int offset, int end)
        {
            int count = _length - _have;
            if (count > end - offset)
            {
                count = end - offset;
            }

            end = offset + count;
            if (_state == InValue && _pending >= 0 && (_flags & Unkept) == 0 && !_table.LeavesRoom(_pending + (_coding != Plain ? 2 * count : count)))
            {
                LoseValue();
            }

            bool valid = true;
            if (_coding != Plain)
            {
                valid = AppendDecoded(buffer, offset, end);
            }
            else
            {
                Append(buffer, offset, count);
            }

            _have += count;
            if (!valid)
            {
                _state = Failed;
            }
            else if (_have == _length)
            {
                // RFC 7541 5.2: padding is shorter than eight bits and consists of ones.
                if (_coding != Plain && (_bitCount > 7 || _bits != (1 << _bitCount) - 1))
                {
                    _state = Failed;
                }
                else if (_state == InName)
                {
                    EndDroppedName();
                }
                else
                {
                    EndDroppedValue();
                }
            }

            return end;
        }

        private bool AppendDecoded(byte[] buffer, int offset, int end)
        {
            while (offset < end)
            {
                _bits = _bits << 8 | buffer[offset++];
                _bitCount += 8;
                for (; ; )
                {
                    // The next 31 bits, filled with zeros. A code that the filling completes is longer than the bits that
                    // are there.
                    int next = (int)(_bitCount > 31 ? _bits >> (_bitCount - 31) : _bits << (31 - _bitCount));
                    int symbol = HuffmanCode.Find(next);
                    if (symbol < 0)
                    {
                        // EOS.
                        return false;
                    }

                    int length = symbol >> 8;
                    if (length > _bitCount)
                    {
                        break;
                    }

                    _bitCount -= length;
                    _bits &= (1L << _bitCount) - 1;
                    if ((_flags & Unkept) != 0)
                    {
                        Pass((byte)symbol);
                    }
                    else if (MakeRoom(1, 1))
                    {
                        _table.Packed[_table.Start[_table.Next] + _pending - 1] = (byte)symbol;
                    }
                }
            }

            return true;
        }

        private void Append(byte[] buffer, int offset, int count)
        {
            if ((_flags & Unkept) != 0)
            {
                for (int end = offset + count; offset < end; offset++)
                {
                    Pass(buffer[offset]);
                }
            }
            else if (MakeRoom(count, count))
            {
                Array.Copy(buffer, offset, _table.Packed, _table.Start[_table.Next] + _pending - count, count);
            }
        }

        // Takes an octet of a value that is not kept: adds to the field's size and checks the value. Only the first and the
        // last octet matter for that; the latest one is stored where the value would begin.
        private void Pass(int octet)
        {
            bool first = _pending == _value;
            if (!MakeRoom(first ? 1 : 0, 1))
            {
                return;
            }

            _table.Packed[_table.Start[_table.Next] + _value] = (byte)octet;
            bool blank = octet == ' ' || octet == '\t';
            if (blank ? first : octet < ' ' || octet == Delete)
            {
                _flags |= HeaderList.Invalid;
            }
        }

        // There is no memory for the value that is being read. Its octets so far are checked and dropped.
        private void LoseValue()
        {
            byte[] packed = _table.Packed;
            int at = _table.Start[_table.Next] + _value;
            int end = _table.Start[_table.Next] + _pending;
            _flags |= Unkept | HeaderList.ValueLost;
            if (at != end)
            {
                if (packed[at] == ' ' || packed[at] == '\t' || FieldSyntax.EndOfText(packed, at, end) != end)
                {
                    _flags |= HeaderList.Invalid;
                }

                packed[at] = packed[end - 1];
                _pending = _value + 1;
            }
        }

        // Adds to the field's size and makes room for it in the table.
        private bool MakeRoom(int octets, int size)
        {
            if (_pending == NotPending)
            {
                return false;
            }

            // The table has at most 65,535 octets, and a step may add as many.
            _pendingSize += size;
            if (_pendingSize < 0 || !_table.Evict(_pendingSize))
            {
                _pending = NotPending;
                return false;
            }

            if (_pending == Lost || _table.Reserve(_pending, _pending + octets) < 0)
            {
                _pending = Lost;
                return false;
            }

            _pending += octets;
            return true;
        }

        private void EndDroppedName()
        {
            _state = AtValue;
            _name = 0;
            if (_pending < 0)
            {
                return;
            }

            byte[] packed = _table.Packed;
            int from = _table.Start[_table.Next] + HeaderList.Prefix + 2;
            int length = _pending - HeaderList.Prefix - 2;
            _name = WellKnownFields.IndexOf(packed, from, length);
            if (_name != 0)
            {
                _pending = HeaderList.Prefix;
            }
            else
            {
                packed[from - 2] = (byte)(length >> 8);
                packed[from - 1] = (byte)length;
                if (!FieldSyntax.IsName(packed, from, length))
                {
                    _flags |= HeaderList.Invalid;
                }
            }

            _value = _pending;
        }

        private void EndDroppedValue()
        {
            _state = AtField;
            if (_pending < 0)
            {
                if (_pending == Lost)
                {
                    _table.InsertLost(_pendingSize);
                }

                return;
            }

            byte[] packed = _table.Packed;
            int at = _table.Start[_table.Next];
            if (!FieldSyntax.IsSafeValue(packed, at + _value, at + _pending))
            {
                _flags |= HeaderList.Invalid;
            }

            if ((_flags & Unkept) != 0)
            {
                _flags &= ~Unkept;
                _pending = _value;
                _table.State |= (_flags & HeaderList.ValueLost) != 0 ? DynamicTable.ValuesLost : 0;
            }

            if ((_flags & HeaderList.Invalid) != 0)
            {
                _careful |= Suspicious;
            }

            packed[at] = (byte)_name;
            packed[at + 1] = (byte)_flags;
            packed[at + 2] = (byte)(_pending >> 8);
            packed[at + 3] = (byte)_pending;
            _table.Commit(_pending, _pendingSize);
        }
    }
}
