namespace Http2Nano.Hpack
{
    /// <summary>Writing of Huffman-coded strings (RFC 7541 5.2).</summary>
    internal static class HuffmanWriter
    {
        /// <summary>The number of bits that a string takes coded.</summary>
        internal static int Measure(byte[] source, int at, int count)
        {
            byte[] lengths = HuffmanCode.Length;
            int bits = 0;
            for (int end = at + count; at < end; at++)
            {
                bits += lengths[source[at]];
            }

            return bits;
        }

        /// <summary>Codes a string. There must be room for what <see cref="Measure"/> said.</summary>
        internal static void Write(byte[] source, int at, int count, byte[] destination, int to)
        {
            byte[] lengths = HuffmanCode.Length;
            byte[] ranks = HuffmanCode.Rank;
            int[] codes = HuffmanCode.CodeLessRank;

            // The low `held` bits are not written yet; there are less than eight before each code.
            long bits = 0;
            int held = 0;
            for (int end = at + count; at < end; at++)
            {
                int symbol = source[at];
                int length = lengths[symbol];
                bits = bits << length | (uint)(ranks[symbol] + codes[length]);
                held += length;
                while (held >= 8)
                {
                    held -= 8;
                    destination[to++] = (byte)(bits >> held);
                }
            }

            if (held > 0)
            {
                // RFC 7541 5.2: the rest of the octet is the beginning of EOS, ones.
                destination[to] = (byte)(bits << (8 - held) | (uint)(0xFF >> held));
            }
        }
    }
}
