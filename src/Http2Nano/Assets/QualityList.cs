namespace Http2Nano.Assets
{
    /// <summary>Reads lists such as <c>gzip;q=0.8, *;q=0</c> (RFC 9110 12.4.2, 12.5).</summary>
    internal static class QualityList
    {
        /// <summary>Whether a list accepts a token.</summary>
        /// <param name="bytes">Array that holds the list.</param>
        /// <param name="at">Its first octet.</param>
        /// <param name="end">Behind its last octet.</param>
        /// <param name="token">Array that holds the token, in lower case.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length.</param>
        /// <returns>
        /// True when the token is listed with a weight above 0, or is not listed and <c>*</c> is, with a weight above 0.
        /// </returns>
        internal static bool Accepts(byte[] bytes, int at, int end, byte[] token, int offset, int count)
        {
            bool any = false;
            while (at < end)
            {
                if (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == ',')
                {
                    at++;
                    continue;
                }

                int start = at;
                while (at < end && bytes[at] != ',' && bytes[at] != ';' && bytes[at] != ' ' && bytes[at] != '\t')
                {
                    at++;
                }

                int length = at - start;
                int parameters = at;
                while (at < end && bytes[at] != ',')
                {
                    at++;
                }

                if (length == 1 && bytes[start] == '*')
                {
                    any = IsAccepted(bytes, parameters, at);
                }
                else if (length == count && EqualsIgnoreCase(bytes, start, token, offset, count))
                {
                    return IsAccepted(bytes, parameters, at);
                }
            }

            return any;
        }

        // Anything but q=0, q=0.0 and so on.
        private static bool IsAccepted(byte[] bytes, int at, int end)
        {
            while (at < end && (bytes[at] | 0x20) != 'q')
            {
                at++;
            }

            at++;
            while (at < end && bytes[at] != '=')
            {
                at++;
            }

            if (at >= end)
            {
                return true;
            }

            for (at++; at < end; at++)
            {
                if (bytes[at] >= '1' && bytes[at] <= '9')
                {
                    return true;
                }
            }

            return false;
        }

        private static bool EqualsIgnoreCase(byte[] bytes, int start, byte[] token, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int octet = bytes[start + i];
                if (octet >= 'A' && octet <= 'Z')
                {
                    octet |= 0x20;
                }

                if (octet != token[offset + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
