using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // The short way: fields that lie in one fragment as a whole and fit into the list. It reads what the long way reads, and
    // leaves to it, untouched, whatever is not as nearly all fields are. Without it the first request of a browser costs 1.8
    // times as many operations; a property test (ReaderTests) holds both ways equal on every input.
    public sealed partial class HpackDecoder
    {
        // The room in the list that literals are read with here. Strings have up to 126 octets, which decode to 201 at most,
        // so that all lengths fit one octet; there is room to decode them, and to gather them before: so the long way would
        // do the same with them.
        private const int LiteralRoom = 3 * 126 + 24;

        // What an indexed field's octet exceeds its index in the dynamic table by, which begins with 1.
        private const int DynamicBase = HeaderList.StaticField + StaticTable.Count;

        // Decodes fields from an offset on, as long as they are simple. Where it stopped.
        private int DecodeWhole(byte[] buffer, int offset, int end)
        {
            HeaderList list = _list;
            if (list == null || (list.Faults & HeaderList.Dropped) != 0 || _careful != 0)
            {
                return offset;
            }

            DynamicTable table = _table;
            ushort[] start = table.Start;
            ushort[] sum = table.Sum;
            byte[] storage = list.Storage;
            int bound = list.Bound;
            int at = list.Used;
            int total = 0;

            // Each octet is a field, less those of literals beyond their first.
            int fields = -offset;

            // An indexed field's place in the dynamic table is this less its octet; 0 when it has changed.
            int places = 0;
            int lowest = 0;
            int octet = buffer[offset];
            do
            {
                if (octet > DynamicBase)
                {
                    if (places == 0)
                    {
                        if (table.ValuesLost)
                        {
                            break;
                        }

                        // 255 begins a longer index.
                        places = table.Next + DynamicBase;
                        lowest = table.Kept;
                        if (places - lowest > 254)
                        {
                            lowest = places - 254;
                        }
                    }

                    // RFC 7541 6.1. Fields that went into the table one after the other often come again like that.
                    int place = places - octet;
                    if (place < lowest)
                    {
                        break;
                    }

                    int beyond = place + 1;
                    while (++offset != end && places - (octet = buffer[offset]) == beyond && octet > DynamicBase)
                    {
                        beyond++;
                    }

                    int length = start[beyond] - start[place];
                    if (length > bound - at)
                    {
                        offset -= beyond - place;
                        break;
                    }

                    Array.Copy(table.Packed, start[place], storage, at, length);
                    at += length;
                    total += sum[beyond] - sum[place];
                }
                else if (octet > HeaderList.StaticField)
                {
                    if (at == bound)
                    {
                        break;
                    }

                    storage[at++] = (byte)octet;
                    total += octet <= WellKnownFields.LastValue + HeaderList.StaticField
                        ? WellKnownFields.NameByHash[octet + (WellKnownFields.SizeWithValue - HeaderList.StaticField)]
                        : StaticTable.Size(octet - HeaderList.StaticField);
                    if (++offset == end)
                    {
                        break;
                    }

                    octet = buffer[offset];
                    continue;
                }
                else
                {
                    int read = DecodeLiteral(buffer, offset, end, storage, at);
                    if (read == offset)
                    {
                        break;
                    }

                    at = list.Used;
                    places = 0;
                    if (read < 0)
                    {
                        read = ~read;
                        fields -= read - offset - 1;
                        offset = read;
                        break;
                    }

                    fields -= read - offset - 1;
                    offset = read;
                    if (offset != end)
                    {
                        octet = buffer[offset];
                    }
                }
            }
            while (offset != end);

            list.Used = at;
            list.Total += total;
            fields += offset;
            if (fields != 0)
            {
                list.Fields += fields;
                _updatesLeft = 0;
            }

            return offset;
        }

        // Decodes a literal field. Where it ends, the complement of that when what follows is not to be read here, or the offset
        // when it is not simple. A method of its own, because together they would need more heap in one piece than anything else
        // does while requests are served.
        private int DecodeLiteral(byte[] buffer, int offset, int end, byte[] storage, int at)
        {
            // RFC 7541 6.2.
            HeaderList list = _list;
            int octet = buffer[offset];
            int read = offset + 1;
            int name = octet & 0x3F;
            int flags = 0;
            if (octet < 0x40)
            {
                name = octet & 0x0F;
                flags = octet < 0x10 ? FieldPolicy.WithoutIndexing : FieldPolicy.NeverIndexed;
                if (octet >= 0x20)
                {
                    return offset;
                }
            }

            if (name == 0)
            {
                // 0x80 is the index 0, an error.
                name = octet == HeaderList.StaticField ? 0 : CodedNames.Find(buffer, read, end);
                if (name == 0)
                {
                    return offset;
                }

                read += (buffer[read] & 0x7F) + 1;
            }
            else
            {
                if (name == 15 && octet < 0x40)
                {
                    // RFC 7541 5.1: a prefix of four bits, which names from accept-charset on exceed.
                    if (read == end || buffer[read] >= 0x80)
                    {
                        return offset;
                    }

                    name += buffer[read++];
                }

                if (name < 15)
                {
                    name = WellKnownFields.FirstOfName(name);
                }
                else if (name > StaticTable.Count)
                {
                    // 63 begins a longer index.
                    int place = _table.Next + StaticTable.Count - name;
                    if (place < _table.Kept || (name == 0x3F && octet >= 0x40))
                    {
                        return offset;
                    }

                    name = _table.Packed[_table.Start[place]];
                    if (name == 0)
                    {
                        return offset;
                    }
                }
            }

            // RFC 7541 5.2.
            if (read >= end)
            {
                return offset;
            }

            int length = buffer[read] & 0x7F;
            if (length >= end - read || length == 0x7F || at > list.Bound - LiteralRoom)
            {
                return offset;
            }

            int to = at + HeaderList.Prefix;
            int decoded = length;
            if (buffer[read++] < 0x80)
            {
                Array.Copy(buffer, read, storage, to, length);
                to += length;
                if (!FieldSyntax.IsSafeValue(storage, to - length, to))
                {
                    flags |= HeaderList.Invalid;
                }
            }
            else if (name <= StaticTable.Count && ((int)(ReadByMost >> name) & 1) != 0)
            {
                to = Huffman.Decode(buffer, read, read + length, storage, to);
                if (to < 0)
                {
                    _state = Failed;
                    return ~end;
                }

                if (to >= Huffman.InvalidValue)
                {
                    flags |= HeaderList.Invalid;
                    to &= ~Huffman.InvalidValue;
                }

                decoded = to - at - HeaderList.Prefix;
                if (decoded != 0
                    && (storage[to - 1] <= ' ' || storage[to - decoded] <= ' ')
                    && !FieldSyntax.IsTrimmed(storage, to - decoded, to))
                {
                    flags |= HeaderList.Invalid;
                }
            }
            else
            {
                to += 2;
                Array.Copy(buffer, read, storage, to, length);
                decoded = Huffman.Measure(storage, to, to + length);
                if (decoded < length)
                {
                    // Not valid, or longer coded than decoded.
                    return offset;
                }

                flags |= HeaderList.Coded;
                if (decoded >= Huffman.InvalidValue)
                {
                    flags |= HeaderList.Invalid;
                    decoded &= ~Huffman.InvalidValue;
                }

                storage[to - 2] = 0;
                storage[to - 1] = (byte)decoded;
                to += length;
            }

            if (_unread != null && _unread.Contains(name))
            {
                to = at + HeaderList.Prefix;
                flags &= ~HeaderList.Coded;
            }

            read += length;
            length = to - at;
            storage[at] = (byte)name;
            storage[at + 1] = (byte)flags;
            storage[at + 2] = 0;
            storage[at + 3] = (byte)length;
            decoded += HeaderList.FieldOverhead + (WellKnownFields.Spans[name] & WellKnownFields.LengthMask);
            list.Used = to;
            list.Total += decoded;
            if (octet >= 0x40)
            {
                _table.Insert(storage, at, length, decoded);
            }

            if (flags < HeaderList.Invalid)
            {
                return read;
            }

            list.Faults |= HeaderList.Invalid;
            _careful |= Suspicious;
            return ~read;
        }
    }
}
