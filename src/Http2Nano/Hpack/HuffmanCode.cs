namespace Http2Nano.Hpack
{
    /// <summary>The tables of the Huffman code (RFC 7541 5.2 and appendix B).</summary>
    /// <remarks>
    /// The code is canonical: its symbols stand in the order of their codes' lengths and, within a length, of their
    /// values. So the lengths say all there is to say, and every other table here is computed from them, before Main
    /// and from nothing outside this class. Heap on the device: 1,6 KB.
    /// </remarks>
    internal static class HuffmanCode
    {
        /// <summary>Length of the longest code, which EOS has too.</summary>
        internal const int Longest = 30;

        /// <summary>Codes up to this length are found by one look-up.</summary>
        internal const int ShortBits = 8;

        /// <summary>Length of the code of each octet in bits, without EOS, which is the last code of 30 bits.</summary>
        internal static readonly byte[] Length =
        {
            13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
            28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
            6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
            5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
            13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
            7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
            15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
            6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
            20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
            24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
            22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
            21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
            26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
            19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
            20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
            26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        };

        /// <summary>The octets in the order of their codes.</summary>
        internal static readonly byte[] Symbol = new byte[256];

        /// <summary>The place of each octet in that order.</summary>
        internal static readonly byte[] Rank = new byte[256];

        /// <summary>By length: a code less the rank of its symbol.</summary>
        internal static readonly int[] CodeLessRank = new int[Longest + 1];

        /// <summary>By length: what follows the last code of that length, left-aligned in 31 bits.</summary>
        internal static readonly int[] Beyond = new int[Longest + 1];

        /// <summary>By the next eight bits: the octet whose code they begin with, or 0 where it is longer than they are.</summary>
        internal static readonly byte[] ShortSymbol = new byte[256];

        /// <summary>By the next eight bits: how many symbols they settle the lengths of, and the sum of those lengths.</summary>
        internal static readonly byte[] Pair = Build();

        // A code of at most seven bits leaves some of the eight, and the first few bits of a code mostly settle its length:
        // so a look-up tells the lengths of two symbols more often than of one. Length in the low four bits, count above;
        // 0 where the eight bits do not settle even one.
        internal const int PairCount = 6;

        private static byte[] Build()
        {
            int rank = 0;
            int code = 0;
            for (int length = 1; length <= Longest; length++)
            {
                code <<= 1;
                CodeLessRank[length] = code - rank;
                for (int symbol = 0; symbol < 256; symbol++)
                {
                    if (Length[symbol] == length)
                    {
                        Symbol[rank] = (byte)symbol;
                        Rank[symbol] = (byte)rank;
                        rank++;
                        code++;
                    }
                }

                Beyond[length] = code << (31 - length);
            }

            for (int bits = 0; bits < 256; bits++)
            {
                int length = LengthOf(bits, ShortBits);
                if (length != 0 && length <= ShortBits)
                {
                    ShortSymbol[bits] = Symbol[(bits >> (ShortBits - length)) - CodeLessRank[length]];
                }
            }

            byte[] pair = new byte[256];
            for (int bits = 0; bits < 256; bits++)
            {
                int first = LengthOf(bits, ShortBits);
                if (first == 0)
                {
                    continue;
                }

                int left = ShortBits - first;
                int second = left > 0 ? LengthOf(bits & ((1 << left) - 1), left) : 0;
                pair[bits] = (byte)(first + second + ((second != 0 ? 2 : 1) << PairCount));
            }

            return pair;
        }

        // Length of the code that begins with some bits, or 0 if they leave more than one possible. Codes of one length
        // follow each other, so the lengths with the rest all zero and all one settle it.
        private static int LengthOf(int bits, int count)
        {
            int least = bits << (31 - count);
            int most = least | ((1 << (31 - count)) - 1);
            int length = LengthOf(least);
            return length == LengthOf(most) ? length : 0;
        }

        /// <summary>Length of the code that begins 31 bits. EOS counts as 30, and whatever lies beyond it, too.</summary>
        internal static int LengthOf(int bits)
        {
            int length = 5;
            while (length < Longest && bits >= Beyond[length])
            {
                length++;
            }

            return length;
        }
    }
}
