namespace Http2Nano.Hpack
{
    /// <summary>Writing of Huffman-coded strings (RFC 7541 5.2).</summary>
    internal static class HuffmanWriter
    {
        /// <summary>Codes a string, if that makes it shorter.</summary>
        /// <param name="source">Holds the string.</param>
        /// <param name="at">Where it begins.</param>
        /// <param name="count">Its length in octets.</param>
        /// <param name="destination">Takes the coded octets; must have room for as many as the string has.</param>
        /// <param name="to">Where to write the first.</param>
        /// <returns>
        /// Where the last one ends; -1 if there would be as many as before, or if there are octets beyond ASCII, whose codes of
        /// 19 bits and more seldom leave anything to gain.
        /// </returns>
        internal static int Write(byte[] source, int at, int count, byte[] destination, int to)
        {
            if (count < 2)
            {
                return -1;
            }

            byte[] lengths = HuffmanCode.Length;
            byte[] ranks = HuffmanCode.Rank;
            ushort[] codes = HuffmanCode.CodeLessRank;

            // The low `held` bits are not written yet; there are less than 16 before each code, which has 15 at most.
            int bits = 0;
            int held = 0;

            // The last octet that may be written.
            int last = to + count - 2;
            for (int end = at + count; at < end; at++)
            {
                int symbol = source[at];
                if (symbol >= 128)
                {
                    return -1;
                }

                int length = lengths[symbol];
                bits = bits << length | ranks[symbol] + codes[length];
                held += length;
                if (held < 16)
                {
                    if (length == 0)
                    {
                        return -1;
                    }

                    continue;
                }

                if (to >= last)
                {
                    return -1;
                }

                held -= 16;
                destination[to] = (byte)(bits >> held + 8);
                destination[to + 1] = (byte)(bits >> held);
                to += 2;
            }

            // What is left is less than 16 bits. The rest of the last octet is the beginning of EOS, ones (RFC 7541 5.2).
            bits = bits << 16 - held | 0xFFFF >> held;
            while (held > 0)
            {
                if (to > last)
                {
                    return -1;
                }

                destination[to++] = (byte)(bits >> 8);
                bits <<= 8;
                held -= 8;
            }

            return to;
        }
    }
}
