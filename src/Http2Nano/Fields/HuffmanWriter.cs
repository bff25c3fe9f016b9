namespace Http2Nano.Fields
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
        /// Where the last one ends; -1 if there would be as many as before, or if there are octets that are not printable ASCII:
        /// nearly all of those have codes of 19 bits and more, which seldom leave anything to gain.
        /// </returns>
        internal static int Write(byte[] source, int at, int count, byte[] destination, int to)
        {
            if (count < 2)
            {
                return -1;
            }

            // The low `held` bits are not written yet; there are less than 16 before each code, which has 15 at most.
            int bits = 0;
            int held = 0;

            // The last octet that may be written. From here on `count` is where the string ends.
            int last = to + count - 2;
            for (count += at; at < count; at++)
            {
                int symbol = source[at];
                if (symbol < HuffmanCode.FirstWritten || symbol >= HuffmanCode.FirstWritten + HuffmanCode.Written)
                {
                    return -1;
                }

                // Few variables, because this is at the deepest of the stack: `symbol` is its code's length next, then what is written.
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
