namespace Http2Nano.Fields
{
    /// <summary>The Huffman code (RFC 7541 5.2 and appendix B), in tables.</summary>
    /// <remarks>
    /// The code is canonical: the symbols in the order of their codes, and the number of codes of each length, determine
    /// it. Every table here is computed from these, before Main and from nothing outside this class. Heap on the device:
    /// 1.1 KB.
    /// </remarks>
    internal static class HuffmanCode
    {
        /// <summary>Length of the longest codes; EOS has the last of them.</summary>
        internal const int Longest = 30;

        /// <summary>Codes up to this length are found by one look-up. No code is one bit longer.</summary>
        internal const int ShortBits = 8;

        /// <summary>
        /// The longest codes that are written, in bits. Strings with octets that have longer codes, or with NUL, are not
        /// coded.
        /// </summary>
        internal const int LongestWritten = 15;

        /// <summary>The lowest bit of the number of symbols in <see cref="Pair"/>.</summary>
        internal const int PairCount = 6;

        /// <summary>Offset in <see cref="Pair"/> of octets of ones, the padding of strings.</summary>
        internal const int Padding = 256;

        /// <summary>Number of these octets.</summary>
        internal const int PaddingLength = 12;

        /// <summary>The first octet in <see cref="Code"/>.</summary>
        internal const int FirstWritten = ' ';

        /// <summary>Number of octets in <see cref="Code"/>.</summary>
        internal const int Written = '~' - FirstWritten + 1;

        // Offset in ShortSymbol, after the look-up table, of three things: the octets with codes of LeastLong to
        // LongestWritten bits, in the order of their codes; the number of codes of each length; room for a character.
        private const int LongSymbols = 1 << ShortBits;
        private const int Counts = LongSymbols + WrittenCodes - ShortCodes - LeastLong;
        private const int Character = Counts + Longest + 1;
        private const int LeastLong = ShortBits + 2;

        // Number of codes of up to eight bits, and the code after the last of them.
        private const int ShortCodes = 74;
        private const int BeyondShort = 0xFE;

        // Number of codes of up to LongestWritten bits.
        private const int WrittenCodes = 95;

        // The octets in the order of their codes; each length has its own lines. U+0100 stands for NUL, which would end a
        // string on the device.
        private static readonly string Order =
            "012aceiost"
            + " %-./3456789=A_bdfghlmnpru"
            + ":BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz"
            + "&*,;XZ"
            + "!\"()?"
            + "'+|"
            + "#>"
            + "\u0100$@[]~"
            + "^}"
            + "<`{"
            + "\\\u00C3\u00D0"
            + "\u0080\u0082\u0083\u00A2\u00B8\u00C2\u00E0\u00E2"
            + "\u0099\u00A1\u00A7\u00AC\u00B0\u00B1\u00B3\u00D1\u00D8\u00D9\u00E3\u00E5\u00E6"
            + "\u0081\u0084\u0085\u0086\u0088\u0092\u009A\u009C\u00A0\u00A3\u00A4\u00A9\u00AA\u00AD\u00B2\u00B5\u00B9\u00BA\u00BB"
            + "\u00BD\u00BE\u00C4\u00C6\u00E4\u00E8\u00E9"
            + "\u0001\u0087\u0089\u008A\u008B\u008C\u008D\u008F\u0093\u0095\u0096\u0097\u0098\u009B\u009D\u009E\u00A5\u00A6\u00A8"
            + "\u00AE\u00AF\u00B4\u00B6\u00B7\u00BC\u00BF\u00C5\u00E7\u00EF"
            + "\u0009\u008E\u0090\u0091\u0094\u009F\u00AB\u00CE\u00D7\u00E1\u00EC\u00ED"
            + "\u00C7\u00CF\u00EA\u00EB"
            + "\u00C0\u00C1\u00C8\u00C9\u00CA\u00CD\u00D2\u00D5\u00DA\u00DB\u00EE\u00F0\u00F2\u00F3\u00FF"
            + "\u00CB\u00CC\u00D3\u00D4\u00D6\u00DD\u00DE\u00DF\u00F1\u00F4\u00F5\u00F6\u00F7\u00F8\u00FA\u00FB\u00FC\u00FD\u00FE"
            + "\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0017\u0018"
            + "\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F\u00DC\u00F9"
            + "\u000A\u000D\u0016";

        /// <summary>
        /// By octet, up to 127: the length of its code in bits; 0 if that exceeds <see cref="LongestWritten"/>.
        /// </summary>
        internal static readonly byte[] Length = new byte[128];

        /// <summary>By octet less <see cref="FirstWritten"/>: its code, if <see cref="Length"/> is not 0.</summary>
        internal static readonly ushort[] Code = new ushort[Written];

        /// <summary>
        /// By the next eight bits: the number of symbols whose lengths they determine, from bit <see cref="PairCount"/> on,
        /// and the sum of those lengths, at most 12; 0 for eight ones. From offset <see cref="Padding"/> on, octets of
        /// ones.
        /// </summary>
        /// <remarks>
        /// A code of at most seven bits leaves some of the eight, and the first bits of a code often determine its length.
        /// So there can be two symbols, the second of which extends past the eight bits.
        /// </remarks>
        internal static readonly byte[] Pair = new byte[Padding + PaddingLength];

        /// <summary>
        /// By the next eight bits: the octet whose code they begin with, or 0 when its code is longer than eight bits. The
        /// data of <see cref="FindLong"/> follows.
        /// </summary>
        internal static readonly byte[] ShortSymbol = Build();

        /// <summary>Finds the symbol whose code some bits begin with.</summary>
        /// <param name="bits">The next 31 bits.</param>
        /// <returns>The octet, and from bit 8 on the length of its code; -1 for EOS.</returns>
        internal static int Find(int bits)
        {
            int symbol = ShortSymbol[bits >> (31 - ShortBits)];
            return symbol != 0 ? Length[symbol] << 8 | symbol : FindLong(bits);
        }

        /// <summary>Same as <see cref="Find"/>, for a code that is known to have more than eight bits.</summary>
        internal static int FindLong(int bits)
        {
            int first = BeyondShort << 1;
            int rank = ShortCodes;
            for (int length = LeastLong; length <= Longest; length++)
            {
                first <<= 1;
                int count = ShortSymbol[Counts + length];
                int place = (bits >> (31 - length)) - first;
                if (place < count)
                {
                    rank += place;
                    return length << 8 | (length > LongestWritten ? Seldom(rank) : ShortSymbol[LongSymbols - ShortCodes + rank]);
                }

                first += count;
                rank += count;
            }

            return -1;
        }

        // An octet with one of the longest codes. These octets stay in flash; a character is read as its octets in UTF-8:
        // one, or two for a character above 127. All threads share the room for them.
        private static int Seldom(int rank)
        {
            byte[] octets = ShortSymbol;
            lock (octets)
            {
                return FlashText.Utf8.GetBytes(Order, rank, 1, octets, Character) == 1
                    ? octets[Character]
                    : (octets[Character] & 3) << 6 | (octets[Character + 1] & 0x3F);
            }
        }

        private static byte[] Build()
        {
            // By length: the number of codes, added to '0'. An array of numbers would stay on the heap; a string literal
            // does not.
            char[] counts = "00000:JP6053262300038=JM<4?CM03".ToCharArray();
            char[] order = Order.ToCharArray();
            byte[] symbols = new byte[Character + 2];

            // By length: the code after the last one of that length, left-aligned in 31 bits.
            int[] beyond = new int[Longest + 1];
            int rank = 0;
            int code = 0;
            for (int length = 1; length <= Longest; length++)
            {
                code <<= 1;
                for (int end = rank + counts[length] - '0'; rank < end; rank++, code++)
                {
                    int symbol = order[rank] & 255;
                    if (length > LongestWritten)
                    {
                        continue;
                    }

                    // NUL has 13 bits and is not written.
                    if (symbol != 0)
                    {
                        Length[symbol] = (byte)length;
                        Code[symbol - FirstWritten] = (ushort)code;
                    }

                    if (length > ShortBits)
                    {
                        symbols[LongSymbols + rank - ShortCodes] = (byte)symbol;
                        continue;
                    }

                    int last = (code + 1) << (ShortBits - length);
                    for (int bits = code << (ShortBits - length); bits < last; bits++)
                    {
                        symbols[bits] = (byte)symbol;
                    }
                }

                if (length >= LeastLong)
                {
                    symbols[Counts + length] = (byte)(counts[length] - '0');
                }

                beyond[length] = code << (31 - length);
            }

            for (int bits = 0; bits < 255; bits++)
            {
                int first = LengthOf(beyond, bits, ShortBits);
                int left = ShortBits - first;
                int second = left > 0 ? LengthOf(beyond, bits & ((1 << left) - 1), left) : 0;
                Pair[bits] = (byte)(first + second + ((second != 0 ? 2 : 1) << PairCount));
            }

            for (int i = 0; i < PaddingLength; i++)
            {
                Pair[Padding + i] = 255;
            }

            return symbols;
        }

        // The length of the code that begins with the given bits, or 0 if they do not determine it. Codes of one length are
        // consecutive, so the length is determined if it is the same when all further bits are zeros and when all are ones.
        private static int LengthOf(int[] beyond, int bits, int count)
        {
            int least = bits << (31 - count);
            int most = least | ((1 << (31 - count)) - 1);
            int length = 1;
            while (length < Longest && least >= beyond[length])
            {
                length++;
            }

            return length == Longest || most < beyond[length] ? length : 0;
        }
    }
}
