using System;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// A body of any length that is computed from the position: byte <c>i</c> is the low octet of
    /// <c>i * 31 + (i >> 8)</c>.
    /// </summary>
    internal sealed class PatternSource : BodySource
    {
        private const int RowLength = 256;

        // 31 * 223 is 1 modulo 256, so adding one to every octet of a row is the same as starting 223 octets later.
        private const int Inverse = 223;

        // Two rows, so that a row may start at any offset in the first.
        private readonly byte[] _rows = new byte[2 * RowLength];

        internal PatternSource()
        {
            for (int i = 0; i < _rows.Length; i++)
            {
                _rows[i] = (byte)(i * 31);
            }
        }

        /// <summary>Writes octets of the pattern.</summary>
        /// <param name="key">Not used: the server knows the length.</param>
        /// <param name="position">Offset of the first octet in the body.</param>
        /// <param name="buffer">Where to write.</param>
        /// <param name="offset">Offset there.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns><paramref name="count"/>.</returns>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            while (offset < end)
            {
                int column = position & (RowLength - 1);
                int length = RowLength - column;
                if (length > end - offset)
                {
                    length = end - offset;
                }

                int shift = ((position >> 8) * Inverse) & (RowLength - 1);
                Array.Copy(_rows, shift + column, buffer, offset, length);
                position += length;
                offset += length;
            }

            return count;
        }
    }
}
