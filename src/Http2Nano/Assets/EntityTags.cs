using Http2Nano.Fields;

namespace Http2Nano.Assets
{
    /// <summary>Compares entity tags (RFC 9110 8.8.3.2).</summary>
    internal static class EntityTags
    {
        /// <summary>With every tag of the list; weak ones never match (RFC 9110 13.1.1).</summary>
        internal const int Strong = 0;

        /// <summary>With every tag of the list (RFC 9110 13.1.2).</summary>
        internal const int Weak = 1;

        /// <summary>With the only tag, which must be strong (RFC 9110 13.1.5).</summary>
        internal const int Single = 2;

        /// <summary>Whether the value of a conditional field has a tag.</summary>
        /// <param name="bytes">Array that holds the value.</param>
        /// <param name="at">Its first octet.</param>
        /// <param name="end">Behind its last octet.</param>
        /// <param name="tag">Array that holds the tag, a strong one, with its quotes.</param>
        /// <param name="start">Its first octet.</param>
        /// <param name="length">Length of the tag.</param>
        /// <param name="comparison">One of the three above.</param>
        internal static bool Contain(byte[] bytes, int at, int end, byte[] tag, int start, int length, int comparison)
        {
            if (comparison == Single)
            {
                return end - at == length && Octets.Equal(bytes, at, tag, start, length);
            }

            if (end - at == 1 && bytes[at] == '*')
            {
                return true;
            }

            bool weak = false;
            for (; at < end; at++)
            {
                if (bytes[at] != '"')
                {
                    // RFC 9110 8.8.3: W/ before a tag makes it a weak one.
                    weak = bytes[at] == '/' || (weak && bytes[at] != ',');
                    continue;
                }

                if (end - at >= length && (comparison == Weak || !weak) && Octets.Equal(bytes, at, tag, start, length))
                {
                    return true;
                }

                // Skips another tag.
                do
                {
                    at++;
                }
                while (at < end && bytes[at] != '"');
                weak = false;
            }

            return false;
        }
    }
}
