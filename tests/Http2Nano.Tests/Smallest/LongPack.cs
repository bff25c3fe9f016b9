using System;
using Http2Nano.Routing;

namespace Http2Nano.Tests.Smallest
{
    /// <summary>
    /// A pack as large as the dashboard's, none of which is on the heap: every octet is computed from its position. Its files
    /// have names of one letter, and there is one under the empty name; all are text, and coded with gzip.
    /// </summary>
    public class LongPack : AssetStore
    {
        /// <summary>The names, but for the empty one.</summary>
        public const string Names = "abcdefghijklmnopqrstuvw";

        /// <summary>Length of each file in bytes.</summary>
        public const int FileLength = 2500;

        private const string Type = "text/javascript; charset=utf-8";

        // As long as the longest record of the dashboard's own pack.
        private const int Record = 90;

        private readonly byte[] _type = System.Text.Encoding.UTF8.GetBytes(Type);

        // The letters in the order of their hashes; 0 is the empty name.
        private readonly byte[] _order = new byte[Names.Length + 1];

        /// <summary>Makes the pack.</summary>
        public LongPack()
        {
            byte[] letters = System.Text.Encoding.UTF8.GetBytes(Names);
            for (int i = 0; i < letters.Length; i++)
            {
                int at = i + 1;
                while (at > 0 && Hash(_order[at - 1]) > Hash(letters[i]))
                {
                    _order[at] = _order[at - 1];
                    at--;
                }

                _order[at] = letters[i];
            }
        }

        /// <inheritdoc/>
        public override int Read(int position, byte[] buffer, int offset, int count)
        {
            int records = AssetPackFormat.HeaderSize + (_order.Length * AssetPackFormat.IndexEntrySize);
            int contents = records + (_order.Length * Record);
            if (position >= contents)
            {
                // What a file holds is nobody's affair here.
                Array.Clear(buffer, offset, count);
                return count;
            }

            Array.Clear(buffer, offset, count);
            for (int i = 0; i < count && position + i < contents; i++)
            {
                buffer[offset + i] = At(position + i, records, contents);
            }

            return count;
        }

        private byte At(int position, int records, int contents)
        {
            if (position < AssetPackFormat.HeaderSize)
            {
                return Part(position, 0, AssetPackFormat.Magic, 4, AssetPackFormat.Version | _order.Length << 16, 8, Record,
                    12, contents + (_order.Length * FileLength));
            }

            int entry = position - AssetPackFormat.HeaderSize;
            int file = entry / AssetPackFormat.IndexEntrySize;
            if (position < records)
            {
                return Part(entry % AssetPackFormat.IndexEntrySize, 0, Hash(_order[file]), 4, records + (file * Record), -1, 0, -1, 0);
            }

            file = (position - records) / Record;
            int at = (position - records) % Record;
            int name = _order[file] == 0 ? 0 : 1;
            if (at < AssetPackFormat.TagOffset)
            {
                return Part(at, 0, name | _type.Length << 16, 4, 0, 12, contents + (file * FileLength), 16, FileLength);
            }

            at -= AssetPackFormat.RecordSize;
            return at < 0 ? (byte)'0' : at < _type.Length ? _type[at] : _order[file];
        }

        // An octet of one of four numbers, each at its offset.
        private static byte Part(int at, int offset1, int value1, int offset2, int value2, int offset3, int value3, int offset4, int value4)
        {
            int offset = offset1;
            int value = value1;
            if (offset2 >= 0 && at >= offset2)
            {
                offset = offset2;
                value = value2;
            }

            if (offset3 >= 0 && at >= offset3)
            {
                offset = offset3;
                value = value3;
            }

            if (offset4 >= 0 && at >= offset4)
            {
                offset = offset4;
                value = value4;
            }

            return at - offset < 4 ? (byte)(value >> (8 * (at - offset))) : (byte)0;
        }

        private static int Hash(byte letter)
        {
            byte[] name = { letter };
            return AssetPackFormat.Hash(name, 0, letter == 0 ? 0 : 1);
        }
    }
}
