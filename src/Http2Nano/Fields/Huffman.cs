using System;

namespace Http2Nano.Fields
{
    /// <summary>Reads Huffman-coded strings (RFC 7541 5.2) that lie in one piece.</summary>
    /// <remarks>
    /// Bits are taken from the low end of an accumulator. The end of a string is followed by ones without end, the padding
    /// of RFC 7541 5.2. So the loops need not check for the end: they find it when they read eight ones.
    /// </remarks>
    internal static class Huffman
    {
        /// <summary>The string is not valid: COMPRESSION_ERROR.</summary>
        internal const int Error = -1;

        /// <summary>
        /// In the result of <see cref="Measure"/>: the string is not a valid field value (RFC 9113 8.2.1).
        /// </summary>
        internal const int InvalidValue = 1 << 30;

        /// <summary>
        /// The longest string that is measured, in coded octets, so that its decoded length fits into two octets.
        /// </summary>
        internal const int LongestMeasured = 40000;

        /// <summary>
        /// The most octets that <see cref="Decode"/> may write for a number of coded octets: the shortest codes have five
        /// bits, and a string that ends within a code is detected up to three symbols late.
        /// </summary>
        internal static int Room(int coded)
        {
            return coded * 8 / 5 + 4;
        }

        /// <summary>Number of octets after a string that <see cref="Measure"/> overwrites.</summary>
        internal const int MeasureRoom = HuffmanCode.PaddingLength;

        /// <summary>Checks a string and computes its decoded length, without decoding it.</summary>
        /// <param name="source">
        /// Holds the coded octets, followed by <see cref="MeasureRoom"/> octets that are overwritten.
        /// </param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="end">Offset after the last.</param>
        /// <returns>The decoded length, with <see cref="InvalidValue"/> added where it applies; or <see cref="Error"/>.</returns>
        internal static int Measure(byte[] source, int at, int end)
        {
            if (at == end)
            {
                return 0;
            }

            // The end is followed by ones, so no loop has to check for it. The loops may read past it by one code and the
            // look-ahead, eight octets.
            byte[] pair = HuffmanCode.Pair;
            Array.Copy(pair, HuffmanCode.Padding, source, end, MeasureRoom);

            // RFC 9113 8.2.1: no space at the beginning. The code of SP is 010100.
            int flags = (source[at] & 0xFC) == 0x50 ? InvalidValue : 0;

            // The last rare symbol, and the number of bits of the string after it.
            int rare = -1;
            int rareRest = -1;

            // One subtraction per look-up keeps two counts. The low six bits of `left` are the number of unread bits in
            // `hold`, less eight; the bits above count symbols, downwards. A look-up takes at most 12 bits, so 32 bits
            // allow two. A look-up that reads eight ones takes no bits, and neither do those after it, so it is enough to
            // check the last one.
            long hold = (uint)(source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
            at += 4;
            int left = 24;
            for (; ; )
            {
                for (; ; )
                {
                    if ((left & 63) < 24)
                    {
                        hold = hold << 32 | (uint)(
                            source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
                        at += 4;
                        left += 32;
                    }

                    left -= pair[(byte)(hold >> left)];
                    left -= pair[(byte)(hold >> left)];
                    if ((left & 63) < 24)
                    {
                        hold = hold << 32 | (uint)(
                            source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
                        at += 4;
                        left += 32;
                    }

                    left -= pair[(byte)(hold >> left)];
                    int step = pair[(byte)(hold >> left)];
                    if (step == 0)
                    {
                        break;
                    }

                    left -= step;
                }

                // The end of the string, or a code of more than eight bits.
                int rest = (end - at << 3) + (left & 63) + 8;
                if (rest < 8)
                {
                    if (rest < 0)
                    {
                        // The last code extends past the end: the padding is not all ones (RFC 7541 5.2).
                        return Error;
                    }

                    // RFC 9113 8.2.1: no space or tab at the end. No code of up to 21 bits ends with the bits of SP's code.
                    if (rest == rareRest
                        ? rare == '\t'
                        : ((source[end - 2] << 8 | source[end - 1]) >> rest & 63) == 0x14)
                    {
                        flags = InvalidValue;
                    }

                    return -(left >> 6) | flags;
                }

                if ((left & 63) >= 12)
                {
                    // These codes begin with eight ones but are frequent: ? ' + | # > have 10 to 12 bits.
                    int more = (byte)(hold >> (left - 8));
                    if (more < 0xC0)
                    {
                        left -= 64 + (more < 0x40 ? 10 : more < 0xA0 ? 11 : 12);
                        continue;
                    }
                }

                rare = Long(source, end * 8 - rest, end);
                if (rare < 0)
                {
                    return Error;
                }

                rareRest = rest - (rare >> 8);
                rare &= 255;
                if (rare == '\t')
                {
                    // No symbol has been counted, so this is the beginning.
                    if (left >= 0)
                    {
                        flags = InvalidValue;
                    }
                }
                else if (rare < ' ' || rare == 0x7F)
                {
                    flags = InvalidValue;
                }

                // The offset of the next bits, counted from the end.
                at = end + (-rareRest >> 3);
                hold = (uint)(source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]);
                at += 4;
                left = (left & ~63) - 64 + 24 - (-rareRest & 7);
            }
        }

        /// <summary>Decodes a string and checks that it is valid.</summary>
        /// <param name="source">Holds the coded octets.</param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="end">Offset after the last.</param>
        /// <param name="destination">
        /// Takes the decoded octets; has <see cref="Room"/> for them unless the string is known to be valid.
        /// </param>
        /// <param name="to">Offset of the first decoded octet.</param>
        /// <returns>
        /// The offset after the last octet, with <see cref="InvalidValue"/> added if one of them is a control octet other
        /// than tab; or <see cref="Error"/>.
        /// </returns>
        internal static int Decode(byte[] source, int at, int end, byte[] destination, int to)
        {
            byte[] shortSymbol = HuffmanCode.ShortSymbol;
            byte[] lengths = HuffmanCode.Length;
            int whole = end - 4;
            int bit = at * 8;
            int flags = 0;
            for (; ; )
            {
                at = bit >> 3;
                long hold = (uint)(at <= whole
                    ? source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]
                    : Next32(source, at, end));
                at += 4;

                // The number of unread bits in `hold`, less eight. Four symbols take at most 32 bits.
                int left = 24 - (bit & 7);
                for (; ; )
                {
                    if (left < 24)
                    {
                        hold = (uint)(at <= whole
                            ? source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3]
                            : Next32(source, at, end)) | hold << 32;
                        at += 4;
                        left += 32;
                    }

                    byte symbol = shortSymbol[(byte)(hold >> left)];
                    if (symbol == 0)
                    {
                        break;
                    }

                    left -= lengths[symbol];
                    destination[to] = symbol;
                    symbol = shortSymbol[(byte)(hold >> left)];
                    if (symbol == 0)
                    {
                        to++;
                        break;
                    }

                    left -= lengths[symbol];
                    destination[to + 1] = symbol;
                    symbol = shortSymbol[(byte)(hold >> left)];
                    if (symbol == 0)
                    {
                        to += 2;
                        break;
                    }

                    left -= lengths[symbol];
                    destination[to + 2] = symbol;
                    symbol = shortSymbol[(byte)(hold >> left)];
                    if (symbol == 0)
                    {
                        to += 3;
                        break;
                    }

                    left -= lengths[symbol];
                    destination[to + 3] = symbol;
                    to += 4;
                }

                bit = at * 8 - left - 8;
                if (bit > end * 8 - 8)
                {
                    // Only padding is left, and it is all ones; or the last code extends past the end (RFC 7541 5.2).
                    return bit <= end * 8 ? to | flags : Error;
                }

                int longSymbol = Long(source, bit, end);
                if (longSymbol < 0)
                {
                    return Error;
                }

                bit += longSymbol >> 8;
                longSymbol &= 255;
                destination[to++] = (byte)longSymbol;
                if ((longSymbol < ' ' && longSymbol != '\t') || longSymbol == 0x7F)
                {
                    flags = InvalidValue;
                }
            }
        }

        /// <summary>Whether a valid string decodes to the given octets, which have its decoded length.</summary>
        /// <param name="source">Holds the coded octets.</param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="end">Offset after the last.</param>
        /// <param name="expected">Holds the octets to compare with.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">Their number.</param>
        /// <param name="ignoreCase">Whether to ignore the case of ASCII letters; those expected are in lower case.</param>
        internal static bool Matches(byte[] source, int at, int end, byte[] expected, int offset, int count, bool ignoreCase)
        {
            int bit = at * 8;
            for (int last = offset + count; offset < last; offset++)
            {
                int symbol = Symbol(source, bit, end);
                bit += symbol >> 8;
                symbol &= 255;
                if (ignoreCase && symbol >= 'A' && symbol <= 'Z')
                {
                    symbol |= 0x20;
                }

                if (symbol != expected[offset])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// The number in a valid string of decimal digits; -1 for anything else and for numbers that exceed an int.
        /// </summary>
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

        // The symbol at a bit offset, and from bit 8 on the length of its code.
        private static int Symbol(byte[] source, int bit, int end)
        {
            int at = bit >> 3;
            int next = source[at] << 8 | (at + 1 < end ? source[at + 1] : 255);
            int symbol = HuffmanCode.ShortSymbol[(next >> (8 - (bit & 7))) & 255];
            return symbol != 0 ? HuffmanCode.Length[symbol] << 8 | symbol : Long(source, bit, end);
        }

        // The symbol at a bit offset whose code has more than eight bits, and from bit 8 on the length of its code; or
        // Error.
        private static int Long(byte[] source, int bit, int end)
        {
            int at = bit >> 3;
            int shift = bit & 7;

            // The next 31 bits; the sign bit stays clear.
            int next = (int)((uint)Next32(source, at, end) << shift >> 1);
            if (shift > 1)
            {
                next |= (at + 4 < end ? source[at + 4] : 255) >> (9 - shift);
            }

            // EOS must not occur in a string (RFC 7541 5.2).
            int symbol = HuffmanCode.FindLong(next);
            return bit + (symbol >> 8) > end * 8 ? Error : symbol;
        }

        // The next four octets; after the end there are only ones.
        private static int Next32(byte[] source, int at, int end)
        {
            if (at + 4 <= end)
            {
                return source[at] << 24 | source[at + 1] << 16 | source[at + 2] << 8 | source[at + 3];
            }

            int octets = -1;
            while (--end >= at)
            {
                octets = octets >> 8 & 0xFFFFFF | source[end] << 24;
            }

            return octets;
        }
    }
}
