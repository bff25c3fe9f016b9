using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // The part that encodes one field at a time, and searches the table.
    public sealed partial class HpackEncoder
    {
        // These methods are at the deepest point of the server's stack. A stack frame takes 204 bytes of heap, and 12 more
        // for each variable or value beyond seven, so the methods are short.
        private void EncodeField(byte[] storage, int at, int end)
        {
            int policy = storage[at + 1] & HeaderList.PolicyMask;
            if (policy == FieldPolicy.Default)
            {
                policy = PolicyOf(storage[at]);
            }

            if (policy != FieldPolicy.NeverIndexed && EncodeStatic(storage, at, end))
            {
                return;
            }

            int nameIndex = storage[at] <= StaticTable.Count ? storage[at] : 0;
            if (policy == FieldPolicy.Indexed || nameIndex == 0)
            {
                int found = Search(storage, at, end, policy == FieldPolicy.Indexed);
                if (found > 0)
                {
                    return;
                }

                if (found < 0 && nameIndex == 0)
                {
                    nameIndex = -found;
                }

                if (policy == FieldPolicy.Indexed && IsWorthIt(SizeOf(storage, at, end)))
                {
                    WriteInteger(IncrementalIndexing, 0x3F, nameIndex);
                    WriteLiteral(storage, at, end, nameIndex);
                    Insert(storage, at, end);
                    return;
                }
            }

            WriteInteger(policy == FieldPolicy.NeverIndexed ? NeverIndexed : 0, 0x0F, nameIndex);
            WriteLiteral(storage, at, end, nameIndex);
        }

        // The size by RFC 7541 4.1.
        private static int SizeOf(byte[] storage, int at, int end)
        {
            int name = storage[at];
            int value = at + HeaderList.Prefix;
            int size = HeaderList.FieldOverhead;
            if (name == 0)
            {
                name = storage[value] << 8 | storage[value + 1];
                value += 2 + name;
                size += name;
            }
            else
            {
                size += WellKnownFields.Spans[name] & WellKnownFields.LengthMask;
            }

            return size + ((storage[at + 1] & HeaderList.Coded) != 0 ? storage[value] << 8 | storage[value + 1] : end - value);
        }

        private static int PolicyOf(int name)
        {
            if (name == 0 || name > StaticTable.Count)
            {
                return FieldPolicy.Indexed;
            }

            long bit = 1L << name;
            if ((bit & Secrets) != 0)
            {
                return FieldPolicy.NeverIndexed;
            }

            return (bit & Changing) != 0 ? FieldPolicy.WithoutIndexing : FieldPolicy.Indexed;
        }

        // Writes the index of the entry of the static table with this name and value. Returns whether there is one.
        private bool EncodeStatic(byte[] storage, int at, int end)
        {
            int name = storage[at];
            if (name == 0 || name > WellKnownFields.LastValue || (storage[at + 1] & HeaderList.Coded) != 0)
            {
                return false;
            }

            at += HeaderList.Prefix;
            for (int index = name; index <= WellKnownFields.LastValue && WellKnownFields.FirstOfName(index) == name; index++)
            {
                int span = WellKnownFields.Spans[WellKnownFields.Values + index];
                if ((span & WellKnownFields.LengthMask) == end - at
                    && Octets.Equal(storage, at, WellKnownFields.Text, span >> WellKnownFields.LengthBits, end - at))
                {
                    _buffer[_at++] = (byte)(HeaderList.StaticField | index);
                    return true;
                }
            }

            return false;
        }

        private int Bucket(byte[] storage, int at)
        {
            int name = storage[at];
            if (name == 0)
            {
                at += HeaderList.Prefix;
                name = storage[at] << 8 | storage[at + 1];
                if (name > 0)
                {
                    at += 2;
                    name = name * 23 + storage[at + name - 1] * 3 + storage[at + (name >> 1)] * 11;
                }
            }

            return name & _mask;
        }

        private static int Check(byte[] storage, int at, int end)
        {
            return (end - at) * 7 + storage[end - 1] & 255;
        }

        // Searches the table for a field and writes its index. Returns 1; or 0 when it is not there; or, when only its name
        // is, the negative index of the name.
        private int Search(byte[] storage, int at, int end, bool whole)
        {
            int number = _index[Bucket(storage, at)];
            int age = (_table.Next - 1 + _table.Moved - number) & 255;
            int before = -1;
            int result = 0;
            while (age < _table.Count && age > before)
            {
                int place = _table.Next - 1 - age;
                if (_table.Packed[_table.Start[place]] == storage[at])
                {
                    if (whole && _index[2 * (_mask + 1) + (number & _mask)] == Check(storage, at, end) && IsAt(place, storage, at, end))
                    {
                        WriteInteger(HeaderList.StaticField, 0x7F, StaticTable.Count + 1 + age);
                        MarkUsed(place);
                        _expected = place + 1;
                        return 1;
                    }

                    if (result == 0 && (storage[at] != 0 || IsNameAt(_table.Start[place], storage, at)))
                    {
                        result = -(StaticTable.Count + 1 + age);
                    }
                }

                before = age;
                number = _index[_mask + 1 + (number & _mask)];
                age = (_table.Next - 1 + _table.Moved - number) & 255;
            }

            return result;
        }

        private bool IsAt(int place, byte[] storage, int at, int end)
        {
            DynamicTable table = _table;
            int from = table.Start[place];
            return table.Start[place + 1] - from == end - at
                && ((table.Packed[from + 1] ^ storage[at + 1]) & HeaderList.Coded) == 0
                && Octets.Equal(table.Packed, from + 2, storage, at + 2, end - at - 2);
        }

        // Whether a packed name, text preceded by its length, is at an offset.
        private bool IsNameAt(int from, byte[] storage, int at)
        {
            int length = storage[at + 4] << 8 | storage[at + 5];
            byte[] packed = _table.Packed;
            return (packed[from + 4] << 8 | packed[from + 5]) == length && Octets.Equal(packed, from + 6, storage, at + 6, length);
        }

        // Whether a field should go into the table. One that is nearly as large as the table would only empty it. In a
        // small table, a field that evicts fields of its own block would lead to a cycle in which no field stays until it
        // is needed again.
        private bool IsWorthIt(int size)
        {
            DynamicTable table = _table;
            if (size > table.Limit - (table.Limit >> 2))
            {
                return false;
            }

            int keep = _used - table.Moved;
            return table.Limit > SmallTable || keep >= table.Next || keep < table.Oldest
                || table.Sum[table.Next] - table.Sum[keep] + size <= table.Limit;
        }

        private void Insert(byte[] storage, int at, int end)
        {
            DynamicTable table = _table;
            table.Insert(storage, at, end - at, SizeOf(storage, at, end));
            int place = table.Next - 1;
            int number = place + table.Moved;
            int fields = _mask + 1;
            int slot = fields + (number & _mask);
            int bucket = Bucket(storage, at);
            _index[slot] = _index[bucket];
            _index[bucket] = (byte)number;
            _index[fields + slot] = (byte)Check(storage, at, end);
            MarkUsed(place);
            _expected = table.Next;
        }

        // Writes a literal: the name unless it has an index, and the value.
        private void WriteLiteral(byte[] storage, int at, int end, int nameIndex)
        {
            int value = at + HeaderList.Prefix;
            if (storage[at] == 0)
            {
                int length = storage[value] << 8 | storage[value + 1];
                value += 2;
                if (nameIndex == 0)
                {
                    WriteString(storage, value, length);
                }

                value += length;
            }
            else if (nameIndex == 0)
            {
                // No name beyond the static table is rare.
                nameIndex = WellKnownFields.Spans[storage[at]];
                WriteString(WellKnownFields.Text, nameIndex >> WellKnownFields.LengthBits, nameIndex & WellKnownFields.LengthMask);
            }

            if ((storage[at + 1] & HeaderList.Coded) != 0)
            {
                WriteCoded(storage, value, end);
                return;
            }

            WriteString(storage, value, end - value);
        }

        // Writes a value that is stored Huffman-coded, without its decoded length.
        private void WriteCoded(byte[] storage, int at, int end)
        {
            int decoded = storage[at] << 8 | storage[at + 1];
            at += 2;
            int length = end - at;
            if (length < decoded)
            {
                WriteInteger(0x80, 0x7F, length);
                Array.Copy(storage, at, _buffer, _at, length);
                _at += length;
            }
            else
            {
                WriteInteger(0, 0x7F, decoded);
                Huffman.Decode(storage, at, end, _buffer, _at);
                _at += decoded;
            }
        }

        // RFC 7541 5.2: Huffman-coded if that is shorter. The length precedes the octets, but is known only when they have
        // been written.
        private void WriteString(byte[] source, int at, int count)
        {
            int length = HuffmanWriter.Write(source, at, count, _buffer, _at + 1) - _at - 1;
            if (length < 0)
            {
                WriteInteger(0, 0x7F, count);
                Array.Copy(source, at, _buffer, _at, count);
                _at += count;
                return;
            }

            if (length >= 0x7F)
            {
                at = _at + (length < 0x7F + 0x80 ? 2 : length < 0x7F + 0x4000 ? 3 : 4);
                Array.Copy(_buffer, _at + 1, _buffer, at, length);
            }

            WriteInteger(0x80, 0x7F, length);
            _at += length;
        }

        // RFC 7541 5.1.
        private void WriteInteger(int octet, int mask, int value)
        {
            byte[] buffer = _buffer;
            if (value < mask)
            {
                buffer[_at++] = (byte)(octet | value);
                return;
            }

            buffer[_at++] = (byte)(octet | mask);
            value -= mask;
            while (value >= 0x80)
            {
                buffer[_at++] = (byte)(value | 0x80);
                value >>= 7;
            }

            buffer[_at++] = (byte)value;
        }
    }
}
