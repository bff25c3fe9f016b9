using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // Literal fields whose values are read over: they are checked and counted, and no value is kept, or, of a cookie field, only
    // the cookies that the application has declared. In the table the field has the same value as in the list; one without a
    // value is marked, so that a reference to it reads it over again. Long values that are decoded are read here too.
    public sealed partial class HpackDecoder
    {
        // The octets behind the region of a list: first those in which a field is put together, then those into which the next
        // piece of a coded value is decoded, with what at most was left of the piece before it.
        private const int AssemblyLength = 128;
        private const int CodedPiece = 64;

        // The bits that HuffmanCode.FindLong looks at, less eight; and those of the longest code and eight more.
        private const int LongCode = 31 - 8;
        private const int LongestAndMore = HuffmanCode.Longest + 8;

        // The fields that are kept when a list has no room for all; null when a list must take all of them.
        private KeptFields Kept
        {
            get { return _table.Needed; }
        }

        // The end of the octets in which a field is put together before it is known whether the list takes it.
        private int BoundOf(HeaderList list)
        {
            return _table.Needed == null ? list.Bound : list.Bound + AssemblyLength;
        }

        // Whether the field whose name has been read may be read over.
        private bool MayPassOver()
        {
            HeaderList list = _list;
            if (Kept == null)
            {
                return false;
            }

            byte[] storage = list.Storage;
            int at = list.Used;
            storage[at] = (byte)_name;
            return (_unread != null && IsUnread(storage, at))
                || ((list.Faults & (HeaderList.OverUnread | HeaderList.OverAll)) != 0
                    && (_name != 0
                        ? Kept.MayGo(_name, list.Faults)
                        : Kept.MayGo(storage, at + HeaderList.Prefix + 2, _value - at - HeaderList.Prefix - 2, list.Faults)));
        }

        private void BeginOver()
        {
            _bits = 0;
            _bitCount = 0;
            _pendingSize = 0;
            if (_name == FieldName.Cookie && _cookies != null)
            {
                _cookies.Begin(_list);
            }

            if (_length == 0)
            {
                EndOver();
            }
        }

        private int ReadOver(byte[] buffer, int offset, int end)
        {
            int count = _length - _have;
            if (count > end - offset)
            {
                count = end - offset;
            }

            end = offset + count;
            _have += count;
            if (_coding == Plain)
            {
                TakeOver(buffer, offset, end);
            }
            else if (!ReadCodedOver(buffer, offset, end))
            {
                _state = Failed;
                return end;
            }

            if (_have == _length)
            {
                EndOver();
            }

            return end;
        }

        private bool ReadCodedOver(byte[] buffer, int offset, int end)
        {
            HeaderList list = _list;
            int scratch = list.Bound + AssemblyLength;
            int decoded = scratch;
            if (_coding != Decoded && (_name != FieldName.Cookie || _cookies == null))
            {
                if (!CountPiece(buffer, offset, end))
                {
                    return false;
                }

                offset = end;
            }

            while (offset < end)
            {
                int stop = end - offset > CodedPiece ? offset + CodedPiece : end;
                decoded = DecodePiece(buffer, offset, stop, list.Storage, scratch);
                if (decoded < 0)
                {
                    return false;
                }

                TakeOver(list.Storage, scratch, decoded);
                offset = stop;
            }

            if (_have == _length)
            {
                decoded = EndPiece(_bits, _bitCount, list.Storage, scratch);
                TakeOver(list.Storage, scratch, decoded);
            }

            return decoded >= 0;
        }

        // Counts the octets that a piece stands for, two at a time, as Huffman.Measure does: of values of which nothing is kept.
        // At least eight bits stay, so that the last octet is found at the end. Returns false when the string is not valid.
        private bool CountPiece(byte[] source, int at, int end)
        {
            byte[] pair = HuffmanCode.Pair;
            long hold = _bits;

            // The low six bits are the number of bits that are not counted, less eight; the bits above count octets, downwards.
            int left = _bitCount - 8;
            if (left < 0)
            {
                // The beginning; the code of SP is 010100.
                _flags |= (source[at] & 0xFC) == 0x50 ? HeaderList.Invalid : 0;
                hold = source[at++];
                left = 0;
            }

            for (; ; )
            {
                if ((left & 63) < 24)
                {
                    if (end - at >= 4)
                    {
                        hold = hold << 32 | (uint)(source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
                        at += 4;
                        left += 32;
                    }
                    else if (at < end)
                    {
                        hold = hold << 8 | source[at++];
                        left += 8;
                        continue;
                    }
                    else
                    {
                        break;
                    }
                }

                // A look-up that reads eight ones takes no bits, and neither does the one after it.
                left -= pair[(byte)(hold >> left)];
                int step = pair[(byte)(hold >> left)];
                if (step != 0)
                {
                    left -= step;
                    continue;
                }

                int bits = (left & 63) + 8;
                if (bits < LongestAndMore)
                {
                    if (at == end)
                    {
                        break;
                    }

                    hold = hold << 8 | source[at++];
                    left += 8;
                    continue;
                }

                int found = HuffmanCode.FindLong((int)(hold >> (bits - 31)) & int.MaxValue);
                if (found < 0)
                {
                    return false;
                }

                int octet = found & 255;
                bool first = _pendingSize == 0 && left >= 0;
                if (octet < ' ' ? octet != '\t' || first : octet == Delete)
                {
                    _flags |= HeaderList.Invalid;
                }

                left -= (found >> 8) + 64;
            }

            Count(-(left >> 6));
            _bits = hold;
            _bitCount = (left & 63) + 8;
            return true;
        }

        // What is larger than any limit needs no exact size.
        private void Count(int octets)
        {
            if (_pendingSize < HeaderList.LongestField)
            {
                _pendingSize += octets;
                _list.Total += octets;
            }
        }

        // Decodes what is complete of the octets that came before and of the next ones. Returns the end of what has been decoded;
        // -1 when the string is not valid.
        private int DecodePiece(byte[] source, int at, int end, byte[] destination, int to)
        {
            byte[] shortSymbol = HuffmanCode.ShortSymbol;
            byte[] lengths = HuffmanCode.Length;
            long hold = _bits;

            // The number of bits that are not decoded, less eight. Fewer than 31 are left when more are needed, so 64 have room for
            // four octets more.
            int left = _bitCount - 8;
            for (; ; )
            {
                if (end - at >= 4)
                {
                    hold = hold << 32 | (uint)(source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
                    at += 4;
                    left += 32;
                }
                else if (at < end)
                {
                    hold = hold << 8 | source[at++];
                    left += 8;
                }
                else
                {
                    break;
                }

                while (left >= 0)
                {
                    byte symbol = shortSymbol[(byte)(hold >> left)];
                    if (symbol != 0)
                    {
                        left -= lengths[symbol];
                        destination[to++] = symbol;
                        continue;
                    }

                    if (left < LongCode)
                    {
                        break;
                    }

                    int found = HuffmanCode.FindLong((int)(hold >> (left - LongCode)) & int.MaxValue);
                    if (found < 0)
                    {
                        return -1;
                    }

                    left -= found >> 8;
                    destination[to++] = (byte)found;
                }
            }

            _bits = hold;
            _bitCount = left + 8;
            return to;
        }

        // Decodes the bits that are left at the end of a string. RFC 7541 5.2: padding is shorter than eight bits and consists of
        // ones; other ones complete a code that is longer than the bits that there were. Returns -1 when the string is not valid.
        private static int EndPiece(long hold, int count, byte[] destination, int to)
        {
            for (; ; )
            {
                // The next 31 bits, filled with ones.
                hold &= (1L << count) - 1;
                int next = (int)(count > 31 ? hold >> (count - 31) : hold << (31 - count) | ((1L << (31 - count)) - 1));
                if (count < 8 && hold == (1L << count) - 1)
                {
                    return to;
                }

                int symbol = HuffmanCode.Find(next);
                if (symbol < 0 || symbol >> 8 > count)
                {
                    return -1;
                }

                count -= symbol >> 8;
                destination[to++] = (byte)symbol;
            }
        }

        private void TakeOver(byte[] bytes, int at, int end)
        {
            if (at >= end)
            {
                return;
            }

            // The latest octet is kept where integers are read, which come before and after a value only.
            int first = bytes[at];
            _integer = bytes[end - 1];
            if ((_pendingSize == 0 && (first == ' ' || first == '\t')) || FieldSyntax.EndOfText(bytes, at, end) != end)
            {
                _flags |= HeaderList.Invalid;
            }

            if (_coding == Decoded)
            {
                AppendValue(bytes, at, end - at);
            }

            Count(end - at);
            if (_name == FieldName.Cookie && _cookies != null)
            {
                _cookies.Take(bytes, at, end);
            }
        }

        // Octets of a value that the list takes.
        private void AppendValue(byte[] bytes, int at, int count)
        {
            HeaderList list = _list;
            while ((list.Faults & HeaderList.Dropped) == 0 && count > list.Bound - _value - _pendingSize)
            {
                int moved = list.GiveWay(Kept, _value + _pendingSize);
                _value -= moved;
                if (moved < 0)
                {
                    _value += moved;
                    list.Faults |= HeaderList.Dropped;
                }
            }

            if ((list.Faults & HeaderList.Dropped) == 0)
            {
                Array.Copy(bytes, at, list.Storage, _value + _pendingSize, count);
            }
        }

        private void EndOver()
        {
            HeaderList list = _list;
            byte[] storage = list.Storage;
            _state = AtField;
            if (_pendingSize != 0 && (_integer == ' ' || _integer == '\t'))
            {
                _flags |= HeaderList.Invalid;
            }

            list.Faults |= _flags & HeaderList.Invalid;
            list.Fields++;
            int length;
            if (_name == FieldName.Cookie && _cookies != null)
            {
                length = _cookies.End(_flags);
                _value = list.Used + HeaderList.Prefix;
                if (length == 0)
                {
                    length = HeaderList.Prefix;
                    Pack(storage, length, HeaderList.ValueLost);
                }
            }
            else if (_coding == Decoded && (list.Faults & HeaderList.Dropped) == 0)
            {
                length = _value - list.Used + _pendingSize;
                Pack(storage, length, 0);
            }
            else
            {
                length = _value - list.Used;
                Pack(storage, length, _unread != null && IsUnread(storage, list.Used) ? 0 : HeaderList.ValueLost);
            }

            int size = NameSize();
            list.Total += size;
            size += _pendingSize;
            bool lost = (storage[list.Used + 1] & HeaderList.ValueLost) != 0;
            if (_policy == FieldPolicy.Indexed)
            {
                if ((_flags & HeaderList.Invalid) != 0)
                {
                    _careful |= Suspicious;
                }

                if (lost)
                {
                    _table.State |= DynamicTable.ValuesLost;
                }

                _table.Insert(storage, list.Used, (_flags & HeaderList.NameLost) != 0 ? HeaderList.WithoutName : length, size);
            }

            if (lost)
            {
                list.Faults |= HeaderList.Gone;
            }
            else if (list.Admit(storage, list.Used, length, Kept))
            {
                list.Used += length;
            }
        }

        private void Pack(byte[] storage, int length, int flags)
        {
            int at = _list.Used;
            storage[at] = (byte)_name;
            storage[at + 1] = (byte)(_flags | flags);
            storage[at + 2] = (byte)(length >> 8);
            storage[at + 3] = (byte)length;
        }
    }
}
