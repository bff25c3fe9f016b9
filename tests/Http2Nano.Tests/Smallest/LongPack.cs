using System;
using System.Text;
using Http2Nano.Assets;

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

        private readonly byte[] _type = Encoding.UTF8.GetBytes(Type);

        // The letters in the order of their hashes; 0 is the empty name.
        private readonly byte[] _order = new byte[Names.Length + 1];

        /// <summary>Makes the pack.</summary>
        public LongPack()
        {
            byte[] letters = Encoding.UTF8.GetBytes(Names);
            for (int i = 0; i < letters.Length; i++)
            {
                int at = i + 1;
                while (at > 0 && Hash(_order, at - 1) > Hash(letters, i))
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

        // As few variables as can be: a file on a board is not read with more.
        private byte At(int position, int records, int contents)
        {
            if (position < AssetPackFormat.HeaderSize)
            {
                records = position < 4 ? AssetPackFormat.Magic
                    : position < 8 ? AssetPackFormat.Version | _order.Length << 16
                    : position < 12 ? Record
                    : contents + (_order.Length * FileLength);
                return (byte)(records >> (8 * (position & 3)));
            }

            if (position < records)
            {
                position -= AssetPackFormat.HeaderSize;
                contents = position / AssetPackFormat.IndexEntrySize;
                contents = position % AssetPackFormat.IndexEntrySize < 4
                    ? AssetPackFormat.Hash(_order, contents, _order[contents] == 0 ? 0 : 1)
                    : records + (contents * Record);
                return (byte)(contents >> (8 * (position & 3)));
            }

            position -= records;
            records = position / Record;
            position %= Record;
            if (position < AssetPackFormat.TagOffset)
            {
                records = position < 4 ? (_order[records] == 0 ? 0 : 1) | _type.Length << 16
                    : position < 12 ? 0
                    : position < 16 ? contents + (records * FileLength)
                    : FileLength;
                return (byte)(records >> (8 * (position & 3)));
            }

            position -= AssetPackFormat.RecordSize;
            return position < 0 ? (byte)'0' : position < _type.Length ? _type[position] : _order[records];
        }

        private static int Hash(byte[] letters, int at)
        {
            return AssetPackFormat.Hash(letters, at, letters[at] == 0 ? 0 : 1);
        }
    }
}
