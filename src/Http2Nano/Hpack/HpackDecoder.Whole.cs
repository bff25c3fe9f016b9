using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    // The fast path: fields that lie completely in one fragment and fit into the list. Everything unusual is left,
    // untouched, to the slow path, which reads the same grammar. Without the fast path a browser's first request costs 1.8
    // times as many operations; a property test (ReaderTests) shows that both give the same result for every input.
    public sealed partial class HpackDecoder
    {
        // The room in the list that the fast path needs for a literal. Its strings have up to 126 octets, which decode to
        // at most 201, so that all lengths take one octet. The room suffices to decode them and to gather them, as the slow
        // path does.
        private const int LiteralRoom = 3 * 126 + 24;

        // The octet of an indexed field less this is its index in the dynamic table, counted from 0.
        private const int DynamicBase = HeaderList.StaticField + StaticTable.Count;

        // Decodes fields from an offset on while they are simple. Returns the offset where it stopped.
        private int DecodeWhole(byte[] buffer, int offset, int end)
        {
            HeaderList list = _list;
            const int Unusual = HeaderList.Dropped | HeaderList.OverUnread | HeaderList.OverAll;
            if (list == null || (list.Faults & Unusual) != 0 || _careful != 0)
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

            // Counts every octet as a field; the octets of literals after their first are subtracted.
            int fields = -offset;

            // The place of an indexed field in the dynamic table is this less its octet; 0 after the table has changed.
            int places = 0;
            int lowest = 0;
            int octet = buffer[offset];
            do
            {
                if (octet > DynamicBase)
                {
                    if (places == 0)
                    {
                        if ((table.State & DynamicTable.ValuesLost) != 0)
                        {
                            break;
                        }

                        // 255 begins an index of several octets.
                        places = table.Next + DynamicBase;
                        lowest = table.Kept;
                        if (places - lowest > 254)
                        {
                            lowest = places - 254;
                        }
                    }

                    // RFC 7541 6.1. Fields that are neighbours in the table often follow each other again.
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

        // Decodes a literal field. Returns the offset after it, the complement of that when the slow path has to read the
        // next one, or the same offset when the field is not simple. It is a separate method, because one frame for both
        // would need the largest piece of heap of all that serving requests needs.
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
                    // RFC 7541 5.1: the prefix has four bits, and the indices from accept-charset on exceed it.
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
                    // 63 begins an index of several octets.
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
            if (read >= end || (name == FieldName.Cookie && _cookies != null))
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
                    // The string is not valid, or its coded form is longer than the decoded one.
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
