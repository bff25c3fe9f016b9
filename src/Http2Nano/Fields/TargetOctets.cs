using System;

namespace Http2Nano.Fields
{
    /// <summary>
    /// The octets that a request target may contain (RFC 9112 3.2, RFC 9113 8.3.1): visible ones except the number sign.
    /// </summary>
    internal static class TargetOctets
    {
        // In each of eight octets: '!', 1, '#', and the highest bit.
        private const long Spaces = 0x2121212121212121;
        private const long Ones = 0x0101010101010101;
        private const long NumberSigns = 0x2323232323232323;
        private const long HighBits = unchecked((long)0x8080808080808080);

        /// <summary>Finds the first octet that a target must not contain.</summary>
        /// <param name="bytes">Holds the octets.</param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="end">Offset after the last.</param>
        /// <returns>Its offset, or <paramref name="end"/>.</returns>
        internal static int End(byte[] bytes, int at, int end)
        {
            // Eight octets at a time, the last eight overlapping those before: none may be below '!', from DEL on, or a
            // number sign. The test also hits a few allowed octets, so after a hit the loop below checks each octet.
            for (int last = end - 8; at <= last; at = at + 8 > last ? last : at + 8)
            {
                long octets = BitConverter.ToInt64(bytes, at);
                long sign = octets ^ NumberSigns;
                if ((((octets - Spaces) | octets | (octets + Ones) | (sign - Ones)) & HighBits) != 0)
                {
                    break;
                }

                if (at == last)
                {
                    return end;
                }
            }

            while (at < end && bytes[at] > ' ' && bytes[at] < 0x7F && bytes[at] != '#')
            {
                at++;
            }

            return at;
        }
    }
}
