using System;

namespace Http2Nano.Fields
{
    /// <summary>Which octets a request target may have (RFC 9112 3.2, RFC 9113 8.3.1): visible ones, and no number sign.</summary>
    internal static class TargetOctets
    {
        // Of each of eight octets: '!', 1, '#', and the highest bit.
        private const long Spaces = 0x2121212121212121;
        private const long Ones = 0x0101010101010101;
        private const long NumberSigns = 0x2323232323232323;
        private const long HighBits = unchecked((long)0x8080808080808080);

        /// <summary>Looks for the first octet that is none of them.</summary>
        /// <param name="bytes">Holds the octets.</param>
        /// <param name="at">Where they begin.</param>
        /// <param name="end">Where they end.</param>
        /// <returns>Where it is, or <paramref name="end"/>.</returns>
        internal static int End(byte[] bytes, int at, int end)
        {
            // Eight octets at a time, the last eight overlapping those before: none below '!', from DEL on, or a number sign.
            // What is taken for one of them and is not is looked at again below.
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
