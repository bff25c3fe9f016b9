namespace Http2Nano.Hpack
{
    /// <summary>The Huffman code (RFC 7541 5.2 and appendix B), in tables.</summary>
    /// <remarks>
    /// The code is canonical: its symbols stand in the order of their codes' lengths and, within a length, of their
    /// values. So the lengths say all there is to say, and every table here is computed from them, before Main and from
    /// nothing outside this class. Heap on the device: 1.2 KB.
    /// </remarks>
    internal static class HuffmanCode
    {
        /// <summary>Length of the longest codes, of which EOS has the last.</summary>
        internal const int Longest = 30;

        /// <summary>Codes up to this length are found by one look-up. No code has one bit more.</summary>
        internal const int ShortBits = 8;

        /// <summary>Codes up to this length are written; strings with octets that have longer ones are not coded at all.</summary>
        internal const int LongestWritten = 15;

        /// <summary>Position of the number of symbols in <see cref="Pair"/>.</summary>
        internal const int PairCount = 6;

        /// <summary>Where in <see cref="Pair"/> there are octets of ones, which is what strings are padded with.</summary>
        internal const int Padding = 256;

        /// <summary>How many of them there are.</summary>
        internal const int PaddingLength = 12;

        private const int Counts = 256 - ShortCodes;

        // Number of codes of up to eight bits, and what follows the last of them.
        private const int ShortCodes = 74;
        private const int BeyondShort = 0xFE;

        // Length of the code of each octet in bits: A is 1, Z is 26, a to d are 27 to 30.
        private const string Lengths =
            "MWbbbbbbbXdbbdbbbbbbbbdbbbbbbbbbFJJLMFHKJJHKHFFFEEEFFFFFFFGHOFLJ"
            + "MFGGGGGGGGGGGGGGGGGGGGGGHGHMSMNFOEFEFEFFFEGGFFFEFGFEEFGGGGGOKNMb"
            + "TVTTVVVWVWWWWWXWXXVWXWWWWUVWVWWXVUTVVWWUWVVXUVWWUUVUWVWWTVVVWVVW"
            + "ZZTSVWVYZZZaaZXYSUZaaZaXUUZZbaaaTXTUVUUWVVYYXXZWZaZZaaaaabaaaaaZ";

        /// <summary>By octet, up to 127: the length of its code in bits; 0 if that is above <see cref="LongestWritten"/>.</summary>
        internal static readonly byte[] Length = new byte[128];

        /// <summary>By octet, up to 127: its place in the order of codes, if it has a length above.</summary>
        internal static readonly byte[] Rank = new byte[128];

        /// <summary>By length, up to <see cref="LongestWritten"/>: a code less the rank of its octet.</summary>
        internal static readonly ushort[] CodeLessRank = new ushort[LongestWritten + 1];

        /// <summary>By the next eight bits: the octet whose code they begin with, or 0 where it is longer than they are.</summary>
        internal static readonly byte[] ShortSymbol = new byte[256];

        /// <summary>
        /// By the next eight bits: how many symbols they settle the lengths of, from bit <see cref="PairCount"/> on, and the
        /// sum of those lengths, 12 at most; 0 for eight ones. Behind that, from <see cref="Padding"/> on, octets of ones.
        /// </summary>
        /// <remarks>
        /// A code of at most seven bits leaves some of the eight, and the first bits of a code often settle its length: so
        /// this can be two symbols, the second of which reaches beyond the eight bits.
        /// </remarks>
        internal static readonly byte[] Pair = new byte[Padding + PaddingLength];

        // The octets with codes of more than eight bits in the order of their codes; then the number of codes by length.
        private static readonly byte[] LongSymbol = Build();

        /// <summary>Finds a symbol.</summary>
        /// <param name="bits">The next 31 bits.</param>
        /// <returns>The octet whose code they begin with, and the length of that code from bit 8 on; -1 for EOS.</returns>
        internal static int Find(int bits)
        {
            int symbol = ShortSymbol[bits >> (31 - ShortBits)];
            return symbol != 0 ? Length[symbol] << 8 | symbol : FindLong(bits);
        }

        /// <summary>The same where the code is known to have more than eight bits.</summary>
        internal static int FindLong(int bits)
        {
            int first = BeyondShort;
            int rank = 0;
            for (int length = ShortBits + 1; length <= Longest; length++)
            {
                first <<= 1;
                int count = LongSymbol[Counts + length];
                int place = (bits >> (31 - length)) - first;
                if (place < count)
                {
                    return length << 8 | LongSymbol[rank + place];
                }

                first += count;
                rank += count;
            }

            return -1;
        }

        private static byte[] Build()
        {
            char[] lengths = Lengths.ToCharArray();
            byte[] longSymbol = new byte[Counts + Longest + 1];

            // By length: what follows the last code of that length, left-aligned in 31 bits.
            int[] beyond = new int[Longest + 1];
            int rank = 0;
            int code = 0;
            for (int length = 1; length <= Longest; length++)
            {
                code <<= 1;
                if (length <= LongestWritten)
                {
                    CodeLessRank[length] = (ushort)(code - rank);
                }

                for (int symbol = 0; symbol < 256; symbol++)
                {
                    int character = lengths[symbol];
                    if (character - (character < 'a' ? 'A' - 1 : 'a' - 27) != length)
                    {
                        continue;
                    }

                    if (symbol < 128 && length <= LongestWritten)
                    {
                        Length[symbol] = (byte)length;
                        Rank[symbol] = (byte)rank;
                    }

                    if (length > ShortBits)
                    {
                        longSymbol[rank - ShortCodes] = (byte)symbol;
                    }
                    else
                    {
                        int last = (code + 1) << (ShortBits - length);
                        for (int bits = code << (ShortBits - length); bits < last; bits++)
                        {
                            ShortSymbol[bits] = (byte)symbol;
                        }
                    }

                    longSymbol[Counts + length]++;
                    rank++;
                    code++;
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

            return longSymbol;
        }

        // Length of the code that begins with some bits, or 0 if they leave more than one possible. Codes of one length
        // follow each other, so it is settled if it is the same with all further bits zero and with all of them one.
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
