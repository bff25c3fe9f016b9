namespace Http2Nano.Hpack
{
    /// <summary>Reading of Huffman-coded strings (RFC 7541 5.2) that lie in one piece.</summary>
    /// <remarks>
    /// Bits are taken from the low end of an accumulator. Behind the end of a string come ones without end, which is what
    /// a sender pads with: so the loops need not look out for the end, they find it when they meet eight ones.
    /// </remarks>
    internal static class Huffman
    {
        /// <summary>The string is not validly coded: COMPRESSION_ERROR.</summary>
        internal const int Error = -1;

        /// <summary>In the result of <see cref="Measure"/>: the string is no valid field value (RFC 9113 8.2.1).</summary>
        internal const int InvalidValue = 1 << 30;

        /// <summary>The longest string in coded octets that is measured, so that its decoded length fits two octets.</summary>
        internal const int LongestMeasured = 40000;

        /// <summary>
        /// How many octets <see cref="Decode"/> may write for a string of some coded octets: the shortest codes have five
        /// bits, and a string that stops in the middle of a code is found out a symbol later.
        /// </summary>
        internal static int Room(int coded)
        {
            return coded * 8 / 5 + 2;
        }

        /// <summary>Checks a string and finds the length that it has decoded, without decoding it.</summary>
        /// <param name="source">Holds the coded octets.</param>
        /// <param name="at">Where they begin.</param>
        /// <param name="end">Where they end.</param>
        /// <returns>The decoded length, with <see cref="InvalidValue"/> added where it applies; or <see cref="Error"/>.</returns>
        internal static int Measure(byte[] source, int at, int end)
        {
            if (at == end)
            {
                return 0;
            }

            // RFC 9113 8.2.1: no space at the beginning. The code of SP is 010100.
            int flags = (source[at] & 0xFC) == 0x50 ? InvalidValue : 0;

            byte[] pair = HuffmanCode.Pair;
            int whole = end - 4;
            int bit = at * 8;
            int first = bit;
            int longEnd = 0;
            int tabEnd = 0;

            // One subtraction per look-up keeps both counts: the low six bits of `left` are the bits in `hold` that are
            // not read yet, less eight; those above count symbols, downwards.
            int left = 0;
            for (; ; )
            {
                at = bit >> 3;
                long hold = (uint)Next32(source, at, end);
                at += 4;
                left += 24 - (bit & 7);
                int step;
                do
                {
                    // Two look-ups take 24 bits at most.
                    if ((left & 63) < 24)
                    {
                        if (at <= whole)
                        {
                            hold = hold << 32
                                | (uint)(source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
                        }
                        else
                        {
                            hold = hold << 32 | (uint)Next32(source, at, end);
                        }

                        at += 4;
                        left += 32;
                    }

                    left -= pair[(int)(hold >> left) & 255];
                    left -= step = pair[(int)(hold >> left) & 255];
                }
                while (step != 0);

                // Eight ones: a long code, or the end.
                bit = at * 8 - (left & 63) - 8;
                int rest = end * 8 - bit;
                if (rest < 8)
                {
                    if (rest < 0)
                    {
                        // The last code reaches beyond the end: the padding is not all ones (RFC 7541 5.2).
                        return Error;
                    }

                    // RFC 9113 8.2.1: no space or tab at the end. No code of up to 21 bits ends like that of SP.
                    int last = source[end - 1];
                    if (end * 8 - first > 8)
                    {
                        last |= source[end - 2] << 8;
                    }

                    if ((((last >> rest) & 63) == 0x14 && bit != longEnd) || bit == tabEnd)
                    {
                        flags = InvalidValue;
                    }

                    return -(left >> 6) | flags;
                }

                int symbol = Long(source, bit, end);
                if (symbol < 0)
                {
                    return Error;
                }

                longEnd = bit + (symbol >> 8);
                symbol &= 255;
                if (symbol == '\t')
                {
                    tabEnd = longEnd;
                    if (bit == first)
                    {
                        flags = InvalidValue;
                    }
                }
                else if (symbol == 0 || symbol == '\r' || symbol == '\n')
                {
                    flags = InvalidValue;
                }

                bit = longEnd;
                left = (left & ~63) - 64;
            }
        }

        /// <summary>Decodes a string, and checks that it is validly coded.</summary>
        /// <param name="source">Holds the coded octets.</param>
        /// <param name="at">Where they begin.</param>
        /// <param name="end">Where they end.</param>
        /// <param name="destination">Takes the decoded octets; has <see cref="Room"/> for them if the string is not known to be valid.</param>
        /// <param name="to">Where to write the first.</param>
        /// <returns>
        /// Where the last one ends, with <see cref="InvalidValue"/> added if there is NUL, CR or LF among them; or
        /// <see cref="Error"/>.
        /// </returns>
        internal static int Decode(byte[] source, int at, int end, byte[] destination, int to)
        {
            byte[] shortSymbol = HuffmanCode.ShortSymbol;
            byte[] lengths = HuffmanCode.Length;
            int whole = end - 2;
            int bit = at * 8;
            int flags = 0;
            for (; ; )
            {
                at = bit >> 3;
                int hold = Next32(source, at, end);
                at += 4;

                // The bits in `hold` that are not read yet, less eight.
                int left = 24 - (bit & 7);
                for (; ; )
                {
                    // Two symbols take 16 bits at most.
                    if (left < 8)
                    {
                        hold = at <= whole
                            ? hold << 16 | source[at] << 8 | source[at + 1]
                            : hold << 16 | (Next32(source, at, end) >> 16 & 0xFFFF);
                        at += 2;
                        left += 16;
                    }

                    byte symbol = shortSymbol[(hold >> left) & 255];
                    if (symbol == 0)
                    {
                        break;
                    }

                    destination[to++] = symbol;
                    left -= lengths[symbol];
                    symbol = shortSymbol[(hold >> left) & 255];
                    if (symbol == 0)
                    {
                        break;
                    }

                    destination[to++] = symbol;
                    left -= lengths[symbol];
                }

                bit = at * 8 - left - 8;
                int rest = end * 8 - bit;
                if (rest < 8)
                {
                    // Only padding is left, and it was ones; or the last code reaches beyond the end (RFC 7541 5.2).
                    return rest >= 0 ? to | flags : Error;
                }

                int longSymbol = Long(source, bit, end);
                if (longSymbol < 0)
                {
                    return Error;
                }

                bit += longSymbol >> 8;
                longSymbol &= 255;
                destination[to++] = (byte)longSymbol;
                if (longSymbol == 0 || longSymbol == '\r' || longSymbol == '\n')
                {
                    flags = InvalidValue;
                }
            }
        }

        /// <summary>Whether a string that is known to be valid decodes to some octets, of its decoded length.</summary>
        /// <param name="source">Holds the coded octets.</param>
        /// <param name="at">Where they begin.</param>
        /// <param name="end">Where they end.</param>
        /// <param name="expected">The octets to compare with.</param>
        /// <param name="ignoreCase">Take capital letters of ASCII for small ones; those expected are small.</param>
        internal static bool Matches(byte[] source, int at, int end, byte[] expected, bool ignoreCase)
        {
            int bit = at * 8;
            for (int i = 0; i < expected.Length; i++)
            {
                int symbol = Symbol(source, bit, end);
                bit += symbol >> 8;
                symbol &= 255;
                if (ignoreCase && symbol >= 'A' && symbol <= 'Z')
                {
                    symbol |= 0x20;
                }

                if (symbol != expected[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The number that a valid string of decimal digits stands for; -1 for anything else or what exceeds an int.</summary>
        internal static int ParseNumber(byte[] source, int at, int end, int digits)
        {
            int number = 0;
            for (int bit = at * 8; digits > 0; digits--)
            {
                int symbol = Symbol(source, bit, end);
                bit += symbol >> 8;
                int digit = (symbol & 255) - '0';
                if (digit < 0 || digit > 9 || number > (int.MaxValue - digit) / 10)
                {
                    return -1;
                }

                number = number * 10 + digit;
            }

            return number;
        }

        // The symbol at a bit, with the length of its code above it.
        private static int Symbol(byte[] source, int bit, int end)
        {
            int at = bit >> 3;
            int next = source[at] << 8 | (at + 1 < end ? source[at + 1] : 255);
            int symbol = HuffmanCode.ShortSymbol[(next >> (8 - (bit & 7))) & 255];
            return symbol != 0 ? HuffmanCode.Length[symbol] << 8 | symbol : Long(source, bit, end);
        }

        // The symbol with a code of more than eight bits at a bit, with the length of its code above it; or Error.
        private static int Long(byte[] source, int bit, int end)
        {
            int at = bit >> 3;
            int shift = bit & 7;

            // 31 bits, the sign bit clear.
            int next = (int)((uint)Next32(source, at, end) << shift >> 1);
            if (shift > 1)
            {
                next |= (at + 4 < end ? source[at + 4] : 255) >> (9 - shift);
            }

            int length = HuffmanCode.ShortBits;
            while (next >= HuffmanCode.Beyond[length])
            {
                // All codes of 30 bits that are left stand for EOS, which a string must not hold (RFC 7541 5.2).
                if (++length > HuffmanCode.Longest)
                {
                    return Error;
                }
            }

            if (bit + length > end * 8)
            {
                return Error;
            }

            return length << 8 | HuffmanCode.Symbol[(next >> (31 - length)) - HuffmanCode.CodeLessRank[length]];
        }

        // The next four octets; behind the end there are only ones.
        private static int Next32(byte[] source, int at, int end)
        {
            if (at + 4 <= end)
            {
                return source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3];
            }

            int octets = -1;
            for (int last = end - 1; last >= at; last--)
            {
                octets = octets >> 8 & 0xFFFFFF | source[last] << 24;
            }

            return octets;
        }
    }
}
