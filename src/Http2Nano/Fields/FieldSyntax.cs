using System;

namespace Http2Nano.Fields
{
    /// <summary>What octets names and values may hold (RFC 9110 5.1, 5.5; RFC 9113 8.2.1).</summary>
    internal static class FieldSyntax
    {
        /// <summary>Turns capital letters into small ones, in place.</summary>
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

        /// <summary>Whether octets are a token without capital letters, as names of fields are (RFC 9110 5.6.2).</summary>
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
        /// Whether octets are a name as HTTP/2 has them (RFC 9113 8.2.1, 8.3): a token without capital letters, with a colon
        /// before it for a pseudo-header field.
        /// </summary>
        internal static bool IsName(byte[] buffer, int offset, int count)
        {
            return count > 0 && buffer[offset] == ':'
                ? IsToken(buffer, offset + 1, count - 1)
                : IsToken(buffer, offset, count);
        }

        /// <summary>
        /// Whether octets are a value of a message that is well-formed (RFC 9110 5.5, RFC 9113 8.2.1): no control octet but tab, no
        /// space or tab at the ends.
        /// </summary>
        internal static bool IsSafeValue(byte[] buffer, int offset, int end)
        {
            if (end - offset >= 8)
            {
                return EndOfText(buffer, offset, end) == end && buffer[offset] > ' ' && buffer[end - 1] > ' ';
            }

            if (end - offset >= 4)
            {
                // As EndOfText has it, four octets and the last four.
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

        /// <summary>Whether octets neither begin nor end with a space or tab.</summary>
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
        /// Where octets end that a value may hold: at a control octet other than tab, or at the end. The octets above DEL are
        /// opaque (RFC 9110 5.5).
        /// </summary>
        internal static int EndOfText(byte[] bytes, int start, int end)
        {
            const long Tildes = 0x7E7E7E7E7E7E7E7E;
            const long Below = 0x2121212121212121;
            const long HighBits = unchecked((long)0x8080808080808080);

            // Eight octets at a time: what is left of a tilde has its high bit when the octet is above, and gets it by 0x21 when it
            // is below a space. The last eight overlap those before.
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

                // None of the eight is above a tilde, so one is below a space.
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

        /// <summary>Whether octets are a field value: no control character, no space or tab at the ends (RFC 9110 5.5).</summary>
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
