using System;

namespace Http2Nano.Hpack
{
    // Fields one at a time, and the table.
    public sealed partial class HpackEncoder
    {
        private void EncodeField(byte[] storage, int at, int end)
        {
            int name = storage[at];
            int flags = storage[at + 1];
            int policy = flags & HeaderList.PolicyMask;
            if (policy == FieldPolicy.Default)
            {
                policy = PolicyOf(name);
            }

            int text = at + HeaderList.Prefix;
            int value = text;
            if (name == 0)
            {
                text += 2;
                value = text + (storage[text - 2] << 8 | storage[text - 1]);
            }

            bool coded = (flags & HeaderList.Coded) != 0;
            int nameLength = name == 0
                ? value - text
                : StaticTable.NameStart[name + 1] - StaticTable.NameStart[name];
            int decoded = end - value;
            if (coded)
            {
                value += 2;
                decoded = storage[value - 2] << 8 | storage[value - 1];
            }

            if (policy != FieldPolicy.NeverIndexed && !coded && name > 0 && name <= StaticTable.LastValue)
            {
                int index = FindStatic(name, storage, value, decoded);
                if (index != 0)
                {
                    _buffer[_at++] = (byte)(HeaderList.StaticField | index);
                    return;
                }
            }

            int size = nameLength + decoded + HeaderList.FieldOverhead;
            int nameIndex = name <= StaticTable.Count ? name : 0;
            if (policy == FieldPolicy.Indexed || nameIndex == 0)
            {
                int bucket = Bucket(storage, name, text, nameLength);
                int found = Search(storage, at, end, bucket, text, nameLength, policy == FieldPolicy.Indexed);
                if (found > 0)
                {
                    return;
                }

                if (found < 0 && nameIndex == 0)
                {
                    nameIndex = -found;
                }

                if (policy == FieldPolicy.Indexed && IsWorthIt(size))
                {
                    WriteInteger(IncrementalIndexing, 0x3F, nameIndex);
                    WriteLiteral(storage, name, nameIndex, text, nameLength, value, end, decoded, coded);
                    Insert(storage, at, end, size, bucket);
                    return;
                }
            }

            WriteInteger(policy == FieldPolicy.NeverIndexed ? NeverIndexed : 0, 0x0F, nameIndex);
            WriteLiteral(storage, name, nameIndex, text, nameLength, value, end, decoded, coded);
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

        // The entry of the static table with a name and value, or 0.
        private static int FindStatic(int name, byte[] storage, int value, int count)
        {
            ushort[] start = StaticTable.NameStart;
            for (int index = name; index <= StaticTable.LastValue && StaticTable.FirstOfName(index) == name; index++)
            {
                int at = start[StaticTable.Values + index];
                if (start[StaticTable.Values + index + 1] - at == count
                    && Octets.Equal(storage, value, StaticTable.Text, at, count))
                {
                    return index;
                }
            }

            return 0;
        }

        private int Bucket(byte[] storage, int name, int text, int length)
        {
            if (name == 0 && length > 0)
            {
                name = length * 23 + storage[text + length - 1] * 3 + storage[text + (length >> 1)] * 11;
            }

            return name & _mask;
        }

        private static int Check(byte[] storage, int at, int end)
        {
            return (end - at) * 7 + storage[end - 1] & 255;
        }

        // Looks for a field, and writes its index: 1. Or 0; or, if only its name is there, the name's index, negative.
        private int Search(byte[] storage, int at, int end, int bucket, int text, int nameLength, bool whole)
        {
            DynamicTable table = _table;
            int newest = table.Next - 1;
            int count = table.Count;
            int moved = table.Moved;
            int check = Check(storage, at, end);
            int number = _newest[bucket];
            int age = (newest + moved - number) & 255;
            int before = -1;
            int result = 0;
            while (age < count && age > before)
            {
                int place = newest - age;
                int from = table.Start[place];
                byte[] ring = table.Ring;
                if (ring[from] == storage[at])
                {
                    int length = table.Start[place + 1] - from;
                    if (whole && _check[number & _mask] == check && length == end - at
                        && ((ring[from + 1] ^ storage[at + 1]) & HeaderList.Coded) == 0
                        && Octets.Equal(ring, from + 2, storage, at + 2, length - 2))
                    {
                        WriteInteger(HeaderList.StaticField, 0x7F, StaticTable.Count + 1 + age);
                        MarkUsed(place);
                        _expected = place + 1;
                        return 1;
                    }

                    if (result == 0
                        && (ring[from] != 0
                            || ((ring[from + 4] << 8 | ring[from + 5]) == nameLength
                                && Octets.Equal(ring, from + 6, storage, text, nameLength))))
                    {
                        result = -(StaticTable.Count + 1 + age);
                    }
                }

                before = age;
                number = _older[number & _mask];
                age = (newest + moved - number) & 255;
            }

            return result;
        }

        // A field that is as large as most of the table would only empty it. And in a small table, one that pushes out what
        // its own block uses would begin a circle in which no field stays until it comes again.
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

        private void Insert(byte[] storage, int at, int end, int size, int bucket)
        {
            DynamicTable table = _table;
            table.Insert(storage, at, end - at, size);
            int place = table.Next - 1;
            int number = place + table.Moved;
            int slot = number & _mask;
            _older[slot] = _newest[bucket];
            _newest[bucket] = (byte)number;
            _check[slot] = (byte)Check(storage, at, end);
            MarkUsed(place);
            _expected = table.Next;
        }

        private void WriteLiteral(
            byte[] storage, int name, int nameIndex, int text, int nameLength, int value, int end, int decoded, bool coded)
        {
            if (nameIndex == 0)
            {
                if (name != 0)
                {
                    WriteString(StaticTable.Text, StaticTable.NameStart[name], nameLength);
                }
                else
                {
                    WriteString(storage, text, nameLength);
                }
            }

            if (!coded)
            {
                WriteString(storage, value, decoded);
                return;
            }

            int length = end - value;
            if (length < decoded)
            {
                WriteInteger(0x80, 0x7F, length);
                Array.Copy(storage, value, _buffer, _at, length);
                _at += length;
            }
            else
            {
                WriteInteger(0, 0x7F, decoded);
                Huffman.Decode(storage, value, end, _buffer, _at);
                _at += decoded;
            }
        }

        // RFC 7541 5.2: Huffman-coded where that is shorter. The length comes before the octets, and is known only after them.
        private void WriteString(byte[] source, int at, int count)
        {
            byte[] buffer = _buffer;
            int begin = _at + 1;
            int end = HuffmanWriter.Write(source, at, count, buffer, begin);
            if (end < 0)
            {
                WriteInteger(0, 0x7F, count);
                Array.Copy(source, at, buffer, _at, count);
                _at += count;
                return;
            }

            int length = end - begin;
            if (length >= 0x7F)
            {
                int more = length < 0x7F + 0x80 ? 1 : length < 0x7F + 0x4000 ? 2 : 3;
                Array.Copy(buffer, begin, buffer, begin + more, length);
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
