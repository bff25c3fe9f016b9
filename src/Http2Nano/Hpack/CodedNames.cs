using System;
using Http2Nano.Fields;

namespace Http2Nano.Hpack
{
    /// <summary>
    /// Names that browsers send as text, because the static table lacks them. They are found without decoding them.
    /// </summary>
    /// <remarks>
    /// The table is computed from other tables, so a call builds it, not a static initialiser. Heap on the device: 0.2 KB.
    /// </remarks>
    internal static class CodedNames
    {
        private const int First = FieldName.Upgrade;
        private const int Last = FieldName.SecFetchUser;
        private const int Room = 160;
        private const int HashMask = 15;

        // By hash, which is different for each name: the number of the name; then the offset of each name; then the names,
        // Huffman-coded.
        private static byte[] _table;
        private const int Starts = HashMask + 1 - First;
        private const int Text = Starts + Last + 2;

        /// <summary>Builds the table, unless it has been built.</summary>
        internal static void Build()
        {
            if (_table != null)
            {
                return;
            }

            byte[] table = new byte[Text + Room];
            int end = Text;
            for (int name = First; name <= Last; name++)
            {
                int span = WellKnownFields.Spans[name];
                int length = span & WellKnownFields.LengthMask;
                int begin = end;
                table[Starts + name] = (byte)begin;
                end = HuffmanWriter.Write(WellKnownFields.Text, span >> WellKnownFields.LengthBits, length, table, begin);
                table[Hash(table[end - 1], end - begin)] = (byte)name;
            }

            table[Starts + Last + 1] = (byte)end;
            _table = new byte[end];
            Array.Copy(table, 0, _table, 0, end);
        }

        /// <summary>Looks up the number of a name.</summary>
        /// <param name="buffer">Holds a string literal (RFC 7541 5.2).</param>
        /// <param name="at">Offset of the literal, which begins with its length.</param>
        /// <param name="end">Offset after the octets that are available.</param>
        /// <returns>
        /// The number in <see cref="FieldName"/>, or 0 if the name is another one, not Huffman-coded or incomplete.
        /// </returns>
        internal static int Find(byte[] buffer, int at, int end)
        {
            if (at >= end)
            {
                return 0;
            }

            int length = buffer[at++] - 0x80;
            if (length <= 0 || length > end - at)
            {
                return 0;
            }

            int name = _table[(buffer[at + length - 1] * 15 + length * 7 >> 3) & HashMask];
            if (name == 0)
            {
                return 0;
            }

            int start = _table[Starts + name];
            return _table[Starts + name + 1] - start == length && Octets.Equal(buffer, at, _table, start, length) ? name : 0;
        }

        // Find contains the same code, which saves the call.
        private static int Hash(int last, int length)
        {
            return (last * 15 + length * 7 >> 3) & HashMask;
        }
    }
}
