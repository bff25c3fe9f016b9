namespace Http2Nano.Fields
{
    /// <summary>Writes Huffman-coded strings (RFC 7541 5.2).</summary>
    internal static class HuffmanWriter
    {
        /// <summary>Codes a string, if that makes it shorter.</summary>
        /// <param name="source">Holds the string.</param>
        /// <param name="at">Offset of the first octet.</param>
        /// <param name="count">Its length in octets.</param>
        /// <param name="destination">Takes the coded octets; must have room for as many as the string has.</param>
        /// <param name="to">Offset of the first coded octet.</param>
        /// <returns>
        /// The offset after the last coded octet; -1 if the result would not be shorter, or if the string has octets other
        /// than printable ASCII: nearly all of those have codes of 19 bits or more, which seldom leave anything to gain.
        /// </returns>
        internal static int Write(byte[] source, int at, int count, byte[] destination, int to)
        {
            if (count < 2)
            {
                return -1;
            }

            // The low `held` bits have not been written. There are fewer than 16 before each code, which has at most 15
            // bits.
            int bits = 0;
            int held = 0;

            // The last octet that may be written. From here on `count` is the end of the string.
            int last = to + count - 2;
            for (count += at; at < count; at++)
            {
                int symbol = source[at];
                if (symbol < HuffmanCode.FirstWritten || symbol >= HuffmanCode.FirstWritten + HuffmanCode.Written)
                {
                    return -1;
                }

                // The variables are few, because the stack is deepest here: `symbol` is reused for the length of its code
                // and for the output.
                bits = (bits << HuffmanCode.Length[symbol]) + HuffmanCode.Code[symbol - HuffmanCode.FirstWritten];
                symbol = HuffmanCode.Length[symbol];
                held += symbol;
                if (held < 16)
                {
                    if (symbol == 0)
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
                symbol = bits >> held;
                destination[to] = (byte)(symbol >> 8);
                destination[to + 1] = (byte)symbol;
                to += 2;
            }

            // Fewer than 16 bits are left. The rest of the last octet is filled with the first bits of EOS, ones (RFC 7541
            // 5.2).
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
