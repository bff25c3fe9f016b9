namespace Http2Nano.Fields
{
    /// <summary>Base64 (RFC 4648 4), decoded in place.</summary>
    internal static class Base64
    {
        /// <summary>Decodes octets in place.</summary>
        /// <param name="bytes">Array that holds them.</param>
        /// <param name="at">Offset of the first; the decoded octets begin here.</param>
        /// <param name="end">Offset after the last.</param>
        /// <returns>Number of octets decoded, or -1 when they are not base64.</returns>
        internal static int Decode(byte[] bytes, int at, int end)
        {
            while (end > at && bytes[end - 1] == '=')
            {
                end--;
            }

            int start = at;
            int to = at;
            int bits = 0;
            int held = 0;
            for (; at < end; at++)
            {
                int value = Value(bytes[at]);
                if (value < 0)
                {
                    return -1;
                }

                held = ((held << 6) | value) & 0xFFFF;
                bits += 6;
                if (bits >= 8)
                {
                    bits -= 8;
                    bytes[to++] = (byte)(held >> bits);
                }
            }

            return bits < 6 ? to - start : -1;
        }

        private static int Value(int octet)
        {
            if (octet >= 'A' && octet <= 'Z')
            {
                return octet - 'A';
            }

            if (octet >= 'a' && octet <= 'z')
            {
                return octet - 'a' + 26;
            }

            if (octet >= '0' && octet <= '9')
            {
                return octet - '0' + 52;
            }

            return octet == '+' ? 62 : octet == '/' ? 63 : -1;
        }
    }
}
