namespace Http2Nano.Fields
{
    /// <summary>Reads lists such as <c>gzip;q=0.8, *;q=0</c> (RFC 9110 12.4.2, 12.5).</summary>
    internal static class QualityList
    {
        private const int Missing = 0;
        private const int Accepted = 1;
        private const int Refused = 2;

        /// <summary>Whether a list accepts an element.</summary>
        /// <param name="bytes">Array that holds the list.</param>
        /// <param name="at">Its first octet.</param>
        /// <param name="end">Behind its last octet.</param>
        /// <param name="element">Array that holds the element, in lower case.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length.</param>
        /// <returns>
        /// True when the element is listed with a weight above 0, or is not listed and <c>*</c> is, with a weight above 0.
        /// </returns>
        internal static bool Accepts(byte[] bytes, int at, int end, byte[] element, int offset, int count)
        {
            bool any;
            int found = Find(bytes, at, end, element, offset, count, out any);
            return found == Accepted || (found == Missing && any);
        }

        /// <summary>Whether a list has an element by its name, with a weight above 0. As <see cref="Accepts"/>, without <c>*</c>.</summary>
        internal static bool Names(byte[] bytes, int at, int end, byte[] element, int offset, int count)
        {
            bool any;
            return Find(bytes, at, end, element, offset, count, out any) == Accepted;
        }

        private static int Find(byte[] bytes, int at, int end, byte[] element, int offset, int count, out bool any)
        {
            any = false;
            while (at < end)
            {
                if (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == ',')
                {
                    at++;
                    continue;
                }

                int start = at;
                while (at < end && bytes[at] != ',' && bytes[at] != ';' && bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '"')
                {
                    at++;
                }

                int length = at - start;
                bool refused = false;
                if (at != end && bytes[at] != ',')
                {
                    at = MediaType.SkipParameters(bytes, at, end, out refused);
                }

                if (at != end && (at < 0 || bytes[at] != ','))
                {
                    // The element is malformed: it is skipped.
                    at = EndOfElement(bytes, start, end);
                }
                else if (length == 1 && bytes[start] == '*')
                {
                    any = !refused;
                }
                else if (length == count && MediaType.NameEquals(bytes, start, element, offset, count))
                {
                    return refused ? Refused : Accepted;
                }
            }

            return Missing;
        }

        private static int EndOfElement(byte[] bytes, int at, int end)
        {
            while (at < end && bytes[at] != ',')
            {
                int behind = bytes[at] == '"' ? MediaType.SkipQuoted(bytes, at, end) : at + 1;
                at = behind < 0 ? end : behind;
            }

            return at;
        }
    }
}
