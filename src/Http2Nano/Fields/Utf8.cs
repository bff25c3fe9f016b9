namespace Http2Nano.Fields
{
    /// <summary>
    /// Checks octets for UTF-8 one by one (RFC 3629 4): no overlong forms, no surrogates, nothing above U+10FFFF.
    /// </summary>
    internal static class Utf8
    {
        // Between characters the state is 0; inside one it holds the number of octets to follow and the bounds of the next
        // one.
        private const int LowestShift = 4;
        private const int HighestShift = 12;
        private const int AnyMore = (0x80 << LowestShift) | (0xBF << HighestShift);

        /// <summary>Checks the next octet.</summary>
        /// <param name="state">0 at first, then the state returned before.</param>
        /// <param name="octet">The octet.</param>
        /// <returns>0 when a character is complete, -1 when the octet is not allowed here, else the next state.</returns>
        internal static int Next(int state, int octet)
        {
            if (state == 0)
            {
                if (octet < 0x80)
                {
                    return 0;
                }

                if (octet < 0xC2 || octet > 0xF4)
                {
                    return -1;
                }

                if (octet < 0xE0)
                {
                    return 1 | AnyMore;
                }

                int lowest = octet == 0xE0 ? 0xA0 : octet == 0xF0 ? 0x90 : 0x80;
                int highest = octet == 0xED ? 0x9F : octet == 0xF4 ? 0x8F : 0xBF;
                return (octet < 0xF0 ? 2 : 3) | (lowest << LowestShift) | (highest << HighestShift);
            }

            if (octet < ((state >> LowestShift) & 0xFF) || octet > (state >> HighestShift))
            {
                return -1;
            }

            int left = (state & 0xF) - 1;
            return left == 0 ? 0 : left | AnyMore;
        }
    }
}
