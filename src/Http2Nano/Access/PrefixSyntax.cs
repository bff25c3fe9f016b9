using Http2Nano.Fields;

namespace Http2Nano.Access
{
    /// <summary>
    /// Checks the prefix of a path before it is used in a Location or in the Path of a cookie: absolute segments (RFC 3986
    /// 3.3) without dot segments, and without the octets that would end a list or a cookie's attribute.
    /// </summary>
    internal static class PrefixSyntax
    {
        /// <summary>Checks a prefix.</summary>
        /// <param name="bytes">Holds it, from the first octet on.</param>
        /// <param name="length">Its length, at least 1.</param>
        /// <returns>Its length without the solidus at its end; -1 when it is malformed.</returns>
        internal static int Check(byte[] bytes, int length)
        {
            if (bytes[0] != '/')
            {
                return -1;
            }

            if (bytes[length - 1] == '/')
            {
                length--;
            }

            int segment = 1;
            for (int at = 1; at <= length; at++)
            {
                if (at == length || bytes[at] == '/')
                {
                    if (at == segment || IsDots(bytes, segment, at))
                    {
                        // An empty segment: the prefix would be read as a host (RFC 3986 4.2).
                        return -1;
                    }

                    segment = at + 1;
                }
                else if (bytes[at] == '%' ? !IsAllowedEncoded(Hex.Octet(bytes, at + 1, length)) : !IsAllowed(bytes[at]))
                {
                    return -1;
                }
            }

            return length;
        }

        private static bool IsDots(byte[] bytes, int at, int end)
        {
            return bytes[at] == '.' && (end - at == 1 || (end - at == 2 && bytes[at + 1] == '.'));
        }

        // Browsers take an encoded dot for a dot, and some an encoded backslash for a solidus.
        private static bool IsAllowedEncoded(int octet)
        {
            return octet > ' ' && octet != '.' && octet != '/' && octet != '\\';
        }

        // RFC 3986 3.3 pchar, without semicolon and comma.
        private static bool IsAllowed(int octet)
        {
            int letter = octet | 0x20;
            return (letter >= 'a' && letter <= 'z')
                || (octet >= '0' && octet <= ':')
                || octet == '-' || octet == '.' || octet == '_' || octet == '~'
                || octet == '!' || octet == '$' || (octet >= '&' && octet <= '+')
                || octet == '=' || octet == '@';
        }
    }
}
