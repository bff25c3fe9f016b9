namespace Http2Nano.Fields
{
    /// <summary>The octets of a token (RFC 9110 5.6.2).</summary>
    internal static class TokenOctets
    {
        /// <summary>No octet from this one on is in a token.</summary>
        internal const int Count = 128;

        /// <summary>The octets of a token below 64, a bit for each: digits and <c>!#$%&amp;'*+-.</c></summary>
        internal const long Lower = 0x03FF6CFA00000000;

        /// <summary>
        /// The octets of a token from 64 on, a bit for each, except capital letters: small letters and <c>^_`|~</c>
        /// </summary>
        internal const long Upper = 0x57FFFFFFC0000000;

        /// <summary>
        /// The octet itself if a token may contain it, in lower case for a letter; 0 for any other octet.
        /// </summary>
        internal static int Small(int octet)
        {
            if (octet >= 'A' && octet <= 'Z')
            {
                return octet | 0x20;
            }

            return octet < Count && ((octet < 64 ? Lower : Upper) >> (octet & 63) & 1) != 0 ? octet : 0;
        }
    }
}
