namespace Http2Nano.Fields
{
    /// <summary>Media types (RFC 9110 8.3.1), and the parameters (5.6.6) of these and of other field elements.</summary>
    internal static class MediaType
    {
        /// <summary>The result of <see cref="SkipParameters"/> for a malformed parameter.</summary>
        internal const int Malformed = -1;

        /// <summary>Whether a field's value is one media type with the given name and any parameters.</summary>
        /// <param name="fields">The list that holds the field.</param>
        /// <param name="position">The field's position.</param>
        /// <param name="free">Offset of free octets in the list's array; the value is decoded at their end.</param>
        /// <param name="limit">Offset after the last free octet.</param>
        /// <param name="name">Holds type and subtype in lower case.</param>
        /// <param name="offset">Offset of the first octet.</param>
        /// <param name="count">Their length.</param>
        /// <returns>False also when the value does not fit into the free octets.</returns>
        internal static bool Is(HeaderList fields, int position, int free, int limit, byte[] name, int offset, int count)
        {
            int length = fields.ValueLength(position);
            int at = limit - length;
            if (length < count || at < free)
            {
                return false;
            }

            byte[] bytes = fields.Storage;
            fields.CopyValue(position, bytes, at);
            bool refused;
            return NameEquals(bytes, at, name, offset, count)
                && SkipParameters(bytes, at + count, limit, out refused) == limit;
        }

        /// <summary>Whether octets equal a name, ignoring the case of ASCII letters.</summary>
        /// <param name="bytes">Holds the octets.</param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="name">Holds the name in lower case.</param>
        /// <param name="offset">Offset of its first octet.</param>
        /// <param name="count">Length of both.</param>
        internal static bool NameEquals(byte[] bytes, int at, byte[] name, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int octet = bytes[at + i];
                if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != name[offset + i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Skips parameters: semicolons, each followed by nothing or by a name and a value.</summary>
        /// <param name="bytes">Holds them.</param>
        /// <param name="at">Offset at which they may begin.</param>
        /// <param name="end">Offset after the field's value.</param>
        /// <param name="refused">Whether one of them is a weight <c>q</c> of 0 (RFC 9110 12.4.2).</param>
        /// <returns>The offset after them and any blanks, or <see cref="Malformed"/>.</returns>
        internal static int SkipParameters(byte[] bytes, int at, int end, out bool refused)
        {
            refused = false;
            for (; ; )
            {
                at = SkipBlanks(bytes, at, end);
                if (at == end || bytes[at] != ';')
                {
                    return at;
                }

                at = SkipBlanks(bytes, at + 1, end);
                int name = at;
                at = SkipToken(bytes, at, end);
                if (at == name)
                {
                    continue;
                }

                if (at == end || bytes[at] != '=')
                {
                    return Malformed;
                }

                bool weight = at - name == 1 && (bytes[name] | 0x20) == 'q';
                int value = ++at;
                at = value < end && bytes[value] == '"' ? SkipQuoted(bytes, value, end) : SkipToken(bytes, value, end);
                if (at <= value)
                {
                    return Malformed;
                }

                refused |= weight && IsZero(bytes, value, at);
            }
        }

        /// <summary>Skips a quoted string (RFC 9110 5.6.4).</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Offset of its opening quote.</param>
        /// <param name="end">Offset after the field's value.</param>
        /// <returns>The offset after its closing quote, or <see cref="Malformed"/> when there is none.</returns>
        internal static int SkipQuoted(byte[] bytes, int at, int end)
        {
            for (at++; at < end; at++)
            {
                if (bytes[at] == '"')
                {
                    return at + 1;
                }

                if (bytes[at] == '\\')
                {
                    at++;
                }
            }

            return Malformed;
        }

        /// <summary>Goes past spaces and tabs.</summary>
        internal static int SkipBlanks(byte[] bytes, int at, int end)
        {
            while (at < end && (bytes[at] == ' ' || bytes[at] == '\t'))
            {
                at++;
            }

            return at;
        }

        /// <summary>Goes past the octets of a token (RFC 9110 5.6.2).</summary>
        internal static int SkipToken(byte[] bytes, int at, int end)
        {
            while (at < end && TokenOctets.Small(bytes[at]) != 0)
            {
                at++;
            }

            return at;
        }

        // 0, 0.0 and so on.
        private static bool IsZero(byte[] bytes, int at, int end)
        {
            while (at < end && (bytes[at] == '0' || bytes[at] == '.'))
            {
                at++;
            }

            return at == end;
        }
    }
}
