namespace Http2Nano.Fields
{
    /// <summary>The octets of a token (RFC 9110 5.6.2).</summary>
    internal static class TokenOctets
    {
        /// <summary>Octets from here on are in no token.</summary>
        internal const int Count = 128;

        /// <summary>A bit for each octet below 64 of a token: digits and <c>!#$%&amp;'*+-.</c></summary>
        internal const long Lower = 0x03FF6CFA00000000;

        /// <summary>A bit for each octet from 64 on, less that, but for capital letters: small letters and <c>^_`|~</c></summary>
        internal const long Upper = 0x57FFFFFFC0000000;

        /// <summary>An octet of a token itself, or the small letter of a capital one; 0 for any other octet.</summary>
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
