using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // Literal fields (RFC 7541 6.2), assembled at the end of the list.
    public sealed partial class HpackDecoder
    {
        // Sets the name of a literal: an index, or 0 for a name as text.
        private void NameByIndex(int index)
        {
            _updatesLeft = 0;
            if ((_careful & UpdateRequired) != 0 && (_table.Count != 0 || _policy == FieldPolicy.Indexed))
            {
                _state = Failed;
                return;
            }

            HeaderList list = _list;
            _flags = _policy == FieldPolicy.Indexed ? 0 : _policy;
            _pending = InList;
            _state = AtValue;
            if (list == null)
            {
                Drop();
            }

            if (index == 0)
            {
                _name = 0;
                _state = AtName;
            }
            else if (index <= StaticTable.Count)
            {
                _name = WellKnownFields.FirstOfName(index);
                if (list != null)
                {
                    _value = list.Used + HeaderList.Prefix;
                }
            }
            else
            {
                NameByPlace(_table.Next + StaticTable.Count - index);
            }

            if (_pending != InList && index != 0 && _state != Failed && _name != 0)
            {
                DropName(_name);
            }
        }

        private void NameByPlace(int place)
        {
            DynamicTable table = _table;
            if (place < table.Kept)
            {
                // A field that goes into the table needs its name; a dropped one does not.
                _name = 0;
                _state = _policy == FieldPolicy.Indexed || !table.MayHave(place) ? Failed : _state;
                LoseReference(_list);
                Drop();
                return;
            }

            int from = table.Start[place];
            byte[] packed = table.Packed;
            _name = packed[from];
            HeaderList list = _list;
            if (_name != 0)
            {
                if (list != null)
                {
                    _value = list.Used + HeaderList.Prefix;
                }

                return;
            }

            if ((packed[from + 1] & HeaderList.NameLost) != 0)
            {
                int whole = packed[from + 2] << 8 | packed[from + 3];
                if (_pending == InList)
                {
                    // The value is read over. Behind the length there must not be the name of an earlier field.
                    from = list.Used;
                    _pending = Over;
                    _value = from + whole;
                    _flags |= HeaderList.NameLost;
                    Array.Clear(list.Storage, from + HeaderList.Prefix, 3);
                }
                else if (_pending >= 0)
                {
                    _pending = Lost;
                    MakeRoom(0, HeaderList.FieldOverhead + whole - HeaderList.WithoutName);
                }

                return;
            }

            from += HeaderList.Prefix;
            int length = packed[from] << 8 | packed[from + 1];
            if (_pending == InList && !HasRoomForName(HeaderList.Prefix + 2 + length))
            {
                Drop();
            }

            if (_pending != InList)
            {
                RepeatDroppedName(place, length);
                return;
            }

            int to = list.Used + HeaderList.Prefix;
            Array.Copy(packed, from, list.Storage, to, length + 2);
            _value = to + length + 2;
            if ((_careful & Suspicious) != 0 && !FieldSyntax.IsName(packed, from + 2, length))
            {
                _flags |= HeaderList.Invalid;
            }
        }

        // RFC 7541 5.2.
        private void BeginString(int octet)
        {
            int length = octet & 0x7F;
            _coding = octet >= 0x80 ? AsItCame : Plain;
            bool name = _state == AtName;
            if (length == 0x7F)
            {
                BeginInteger(length, name ? InNameLength : InValueLength);
            }
            else if (name)
            {
                BeginName(length);
            }
            else
            {
                BeginValue(length);
            }
        }

        private void BeginName(int length)
        {
            _state = InName;
            _length = length;
            _have = 0;
            HeaderList list = _list;
            if (_pending == InList
                && (length > Huffman.LongestMeasured
                    || !HasRoomForName(HeaderList.Prefix + 2 + (_coding != Plain ? length + Huffman.Room(length) : length))))
            {
                Drop();
            }

            if (_pending != InList)
            {
                BeginDroppedName();
            }
            else if (length == 0)
            {
                EndName(list.Storage, 0);
            }
        }

        private void BeginValue(int length)
        {
            _state = InValue;
            _length = length;
            _have = 0;
            if (_pending == InList)
            {
                PlaceValue(length);
            }

            if (_pending == Over)
            {
                BeginOver();
                return;
            }

            if (_pending != InList)
            {
                _state = InValue;
                BeginDroppedValue();
            }
            else if (length == 0)
            {
                EndValue(_list.Storage, _value);
            }
        }

        // Decides where the value is read: behind its name, or, if there is no room, nowhere.
        private void PlaceValue(int length)
        {
            if (_cookies != null && _name == FieldName.Cookie)
            {
                _pending = Over;
                return;
            }

            HeaderList list = _list;
            int needed = _coding != Plain ? length + 2 + Huffman.MeasureRoom : length;
            while (length > Huffman.LongestMeasured || needed > BoundOf(list) - _value || _value - list.Used + length + 2 > HeaderList.LongestField)
            {
                if (MayPassOver())
                {
                    _pending = Over;
                    return;
                }

                int moved = length > HeaderList.LongestField ? -1 : list.GiveWay(Kept, _value);
                if (moved < 0)
                {
                    Drop();
                    DropName();
                    return;
                }

                _value -= moved;
            }

            if (_coding != Plain && _name != 0 && _name <= StaticTable.Count && (ReadByMost >> _name & 1) != 0)
            {
                bool room = length + Huffman.Room(length) <= BoundOf(list) - _value && _value - list.Used + Huffman.Room(length) <= HeaderList.LongestField;
                if (room || Kept != null)
                {
                    // A long one is decoded piece by piece, which takes no more room than it has octets.
                    _coding = Decoded;
                    _pending = room ? InList : Over;
                }
            }
        }

        // Whether there is room for the name and what comes before it, after what may go has given way.
        private bool HasRoomForName(int octets)
        {
            HeaderList list = _list;
            while (octets > BoundOf(list) - list.Used)
            {
                if (list.GiveWay(Kept, list.Used) < 0)
                {
                    return false;
                }
            }

            return true;
        }

        // Reads the available octets of a string. A complete string is read in place. Pieces are gathered first: where they
        // will stay if they are stored unchanged, otherwise at the end of the list's region.
        private int ReadString(byte[] buffer, int offset, int end)
        {
            if (_pending != InList)
            {
                return _pending == Over ? ReadOver(buffer, offset, end) : ReadDropped(buffer, offset, end);
            }

            bool name = _state == InName;
            int count = _length - _have;
            if (count > end - offset)
            {
                count = end - offset;
            }

            int from = offset;
            if (count != _length)
            {
                HeaderList list = _list;
                from = name ? list.Used + HeaderList.Prefix + 2 : _value;
                if (_coding != Plain)
                {
                    from = name || _coding == Decoded ? BoundOf(list) - _length : _value + 2;
                }

                Array.Copy(buffer, offset, list.Storage, from + _have, count);
                _have += count;
                buffer = list.Storage;
            }
            else
            {
                _have = count;
            }

            if (_have == _length)
            {
                if (name)
                {
                    EndName(buffer, from);
                }
                else
                {
                    EndValue(buffer, from);
                }
            }

            return offset + count;
        }

        private void EndName(byte[] source, int from)
        {
            HeaderList list = _list;
            byte[] storage = list.Storage;
            int to = list.Used + HeaderList.Prefix + 2;
            int length = _length;
            _state = AtValue;
            if (_coding != Plain)
            {
                int end = Huffman.Decode(source, from, from + length, storage, to);
                if (end < 0)
                {
                    _state = Failed;
                    return;
                }

                length = (end & ~Huffman.InvalidValue) - to;
            }
            else if (source != storage || from != to)
            {
                Array.Copy(source, from, storage, to, length);
            }

            _name = WellKnownFields.IndexOf(storage, to, length);
            if (_name != 0)
            {
                _value = to - 2;
                return;
            }

            storage[to - 2] = (byte)(length >> 8);
            storage[to - 1] = (byte)length;
            _value = to + length;
            if (!FieldSyntax.IsName(storage, to, length))
            {
                _flags |= HeaderList.Invalid;
            }
        }

        private void EndValue(byte[] source, int from)
        {
            byte[] storage = _list.Storage;
            int to = _value;
            int decoded = _length;
            int end = to + decoded;
            _state = AtField;
            if (_coding == Plain)
            {
                if (source != storage || from != to)
                {
                    Array.Copy(source, from, storage, to, decoded);
                }

                if (!FieldSyntax.IsSafeValue(storage, to, end))
                {
                    _flags |= HeaderList.Invalid;
                }
            }
            else if (_coding == Decoded)
            {
                end = Huffman.Decode(source, from, from + decoded, storage, to);
                if (end < 0)
                {
                    _state = Failed;
                    return;
                }

                if (end >= Huffman.InvalidValue || !FieldSyntax.IsTrimmed(storage, to, end))
                {
                    _flags |= HeaderList.Invalid;
                    end &= ~Huffman.InvalidValue;
                }

                decoded = end - to;
            }
            else
            {
                to += 2;
                if (source != storage || from != to)
                {
                    Array.Copy(source, from, storage, to, decoded);
                }

                end += 2;
                decoded = Huffman.Measure(storage, to, end);
                if (decoded < 0)
                {
                    _state = Failed;
                    return;
                }

                _flags |= HeaderList.Coded;
                if (decoded >= Huffman.InvalidValue)
                {
                    _flags |= HeaderList.Invalid;
                    decoded &= ~Huffman.InvalidValue;
                }

                storage[to - 2] = (byte)(decoded >> 8);
                storage[to - 1] = (byte)decoded;
            }

            int at = _list.Used;
            if (_unread != null && IsUnread(storage, at))
            {
                _flags &= ~HeaderList.Coded;
                end = _value;
            }

            int length = end - at;
            storage[at] = (byte)_name;
            storage[at + 1] = (byte)_flags;
            storage[at + 2] = (byte)(length >> 8);
            storage[at + 3] = (byte)length;
            int size = decoded + NameSize();
            HeaderList list = _list;
            list.Fields++;
            list.Total += size;
            if ((_flags & HeaderList.Invalid) != 0)
            {
                list.Faults |= HeaderList.Invalid;
            }

            if (_policy == FieldPolicy.Indexed)
            {
                Insert(storage, at, length, size, decoded);
            }

            if ((end <= list.Bound && (list.Faults & (HeaderList.OverUnread | HeaderList.OverAll)) == 0) || list.Admit(storage, at, length, Kept))
            {
                list.Used += length;
            }
        }

        // The size of the field that is being put together in the list without its value (RFC 7541 4.1).
        private int NameSize()
        {
            return HeaderList.FieldOverhead + (_name == 0
                ? _value - _list.Used - HeaderList.Prefix - 2
                : WellKnownFields.Spans[_name] & WellKnownFields.LengthMask);
        }

        // Whether the value of the packed field at an offset is not kept. Its name is text if it has no number.
        private bool IsUnread(byte[] packed, int at)
        {
            return _name != 0
                ? _unread.Contains(_name)
                : _unread.Contains(packed, at + HeaderList.Prefix + 2, _value - (packed == _table.Packed ? 0 : at) - HeaderList.Prefix - 2);
        }

        // RFC 7541 4.4. The field goes into the table as it is packed, unless its coded form is longer than the decoded
        // one.
        private void Insert(byte[] storage, int at, int length, int size, int decoded)
        {
            DynamicTable table = _table;
            if ((_flags & HeaderList.Invalid) != 0)
            {
                _careful |= Suspicious;
            }

            if ((_flags & HeaderList.Coded) == 0 || _length <= decoded)
            {
                table.Insert(storage, at, length, size);
            }
            else if (table.Evict(size))
            {
                int value = _value - at;
                length = value + decoded;
                int to = table.Reserve(0, length);
                if (to < 0)
                {
                    table.InsertName(storage, at, size);
                    return;
                }

                byte[] packed = table.Packed;
                Array.Copy(storage, at, packed, to, value);
                Huffman.Decode(storage, _value + 2, _value + 2 + _length, packed, to + value);
                packed[to + 1] = (byte)(_flags & ~HeaderList.Coded);
                packed[to + 2] = (byte)(length >> 8);
                packed[to + 3] = (byte)length;
                table.Commit(length, size);
            }
        }
    }
}
