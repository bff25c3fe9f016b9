using System;

namespace Http2Nano.Fields
{
    /// <summary>The octets that names and values may contain (RFC 9110 5.1, 5.5; RFC 9113 8.2.1).</summary>
    internal static class FieldSyntax
    {
        /// <summary>Converts letters to lower case, in place.</summary>
        internal static void ToLower(byte[] buffer, int offset, int count)
        {
            for (int end = offset + count; offset < end; offset++)
            {
                int octet = buffer[offset];
                if (octet < 'A' || octet > 'Z')
                {
                    continue;
                }

                buffer[offset] = (byte)(octet | 0x20);
            }
        }

        /// <summary>
        /// Whether octets are a token (RFC 9110 5.6.2) without capital letters, as HTTP/2 requires of names.
        /// </summary>
        internal static bool IsToken(byte[] buffer, int offset, int count)
        {
            for (int end = offset + count; offset < end; offset++)
            {
                int octet = buffer[offset];
                if (octet >= TokenOctets.Count || ((octet < 64 ? TokenOctets.Lower : TokenOctets.Upper) >> (octet & 63) & 1) == 0)
                {
                    return false;
                }
            }

            return count > 0;
        }

        /// <summary>
        /// Whether octets are a field name in HTTP/2 (RFC 9113 8.2.1, 8.3): a token without capital letters, after a colon
        /// for a pseudo-header field.
        /// </summary>
        internal static bool IsName(byte[] buffer, int offset, int count)
        {
            return count > 0 && buffer[offset] == ':'
                ? IsToken(buffer, offset + 1, count - 1)
                : IsToken(buffer, offset, count);
        }

        /// <summary>
        /// Whether octets are a value that does not make a message malformed (RFC 9110 5.5, RFC 9113 8.2.1): no control
        /// octets except tab, no space or tab at either end.
        /// </summary>
        internal static bool IsSafeValue(byte[] buffer, int offset, int end)
        {
            if (end - offset >= 8)
            {
                return EndOfText(buffer, offset, end) == end && buffer[offset] > ' ' && buffer[end - 1] > ' ';
            }

            if (end - offset >= 4)
            {
                // Same as EndOfText, for four octets at a time; the last four may overlap those before.
                const int Tildes = 0x7E7E7E7E;
                const int Below = 0x21212121;
                const int HighBits = unchecked((int)0x80808080);
                int first = Tildes - BitConverter.ToInt32(buffer, offset);
                int last = Tildes - BitConverter.ToInt32(buffer, end - 4);
                if (((first | (first + Below) | last | (last + Below)) & HighBits) == 0)
                {
                    return buffer[offset] != ' ' && buffer[end - 1] != ' ';
                }
            }

            for (int i = offset; i < end; i++)
            {
                int octet = buffer[i];
                if (octet > ' ' && octet != 0x7F)
                {
                    continue;
                }

                if ((octet != ' ' && octet != '\t') || !IsTrimmed(buffer, offset, end))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether octets have no space or tab at either end.</summary>
        internal static bool IsTrimmed(byte[] buffer, int offset, int end)
        {
            if (offset == end)
            {
                return true;
            }

            int octet = buffer[offset];
            if (octet == ' ' || octet == '\t')
            {
                return false;
            }

            octet = buffer[end - 1];
            return octet != ' ' && octet != '\t';
        }

        /// <summary>
        /// Offset of the first octet that a value must not contain, a control octet except tab; or the end. Octets above
        /// DEL are opaque (RFC 9110 5.5) and allowed.
        /// </summary>
        internal static int EndOfText(byte[] bytes, int start, int end)
        {
            const long Tildes = 0x7E7E7E7E7E7E7E7E;
            const long Below = 0x2121212121212121;
            const long HighBits = unchecked((long)0x8080808080808080);

            // Eight octets at a time; the last eight may overlap those before. Subtracted from a tilde, an octet above it
            // sets the high bit; adding 0x21 sets the high bit of an octet below a space.
            int at = start;
            int last = end - 8;
            while (at <= last)
            {
                long left = Tildes - BitConverter.ToInt64(bytes, at);
                if (((left | (left + Below)) & HighBits) == 0)
                {
                    at += 8;
                    if (at > last && at < end)
                    {
                        at = last;
                    }

                    continue;
                }

                if (((left | BitConverter.ToInt64(bytes, at)) & HighBits) != 0)
                {
                    break;
                }

                // None of the eight is above a tilde, so one of them is below a space.
                while (bytes[at] >= ' ')
                {
                    at++;
                }

                if (bytes[at] != '\t')
                {
                    return at;
                }

                at++;
            }

            for (; at < end; at++)
            {
                int octet = bytes[at];
                if (octet < ' ' ? octet != '\t' : octet == 0x7F)
                {
                    break;
                }
            }

            return at;
        }

        /// <summary>
        /// Whether octets are a field value: no control character, no space or tab at either end (RFC 9110 5.5).
        /// </summary>
        internal static bool IsValue(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int octet = buffer[offset + i];
                if ((octet < ' ' && octet != '\t') || octet == 127)
                {
                    return false;
                }

                if (octet <= ' ' && (i == 0 || i == count - 1))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
