namespace Http2Nano.Hpack
{
    /// <summary>The octets of a token (RFC 9110 5.6.2), with their small letters.</summary>
    /// <remarks>168 bytes of heap on the device.</remarks>
    internal static class TokenOctets
    {
        /// <summary>How many entries <see cref="Lower"/> has: octets from here on are in no token.</summary>
        internal const int Count = 128;

        /// <summary>For each octet of a token itself, or the small letter of a capital one; 0 for any other octet.</summary>
        internal static readonly byte[] Lower = Build("!#$%&'*+-.^_`|~0123456789");

        private static byte[] Build(string others)
        {
            byte[] lower = new byte[Count];
            char[] characters = others.ToCharArray();
            for (int i = 0; i < characters.Length; i++)
            {
                lower[characters[i]] = (byte)characters[i];
            }

            for (int letter = 'a'; letter <= 'z'; letter++)
            {
                lower[letter] = (byte)letter;
                lower[letter - 0x20] = (byte)letter;
            }

            return lower;
        }
    }
}
