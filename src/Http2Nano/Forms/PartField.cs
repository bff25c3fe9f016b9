using Http2Nano.Fields;

namespace Http2Nano.Forms
{
    /// <summary>
    /// The grammar of a part's fields (RFC 7578 4.2, RFC 2045 5.1) as browsers write them. Each method reads from an offset
    /// and returns the offset after what it has read, or -1 when that is something else.
    /// </summary>
    internal sealed class PartField
    {
        private const int None = -1;

        // Offset in _words of the octets that a boundary may contain beside letters and digits; a blank must not be its
        // last octet (RFC 2046 5.1.1).
        private const int Marks = 35;

        // Kept by the object, not static, so that a server without forms has no heap for it.
        private readonly byte[] _words = Ascii.Pack("multipart/form-databoundaryfilename'()+_,-./:=? ");

        /// <summary>Skips one of the known words, in any case.</summary>
        internal int SkipWord(byte[] bytes, int at, int end, int word, int count)
        {
            if (end - at < count)
            {
                return None;
            }

            for (int last = word + count; word < last; word++)
            {
                int octet = bytes[at++];
                if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != _words[word])
                {
                    return None;
                }
            }

            return at;
        }

        internal static int SkipSemicolon(byte[] bytes, int at, int end)
        {
            at = MediaType.SkipBlanks(bytes, at, end);
            return at < end && bytes[at] == ';' ? MediaType.SkipBlanks(bytes, at + 1, end) : None;
        }

        /// <summary>Skips a parameter's name and the equals sign after it.</summary>
        internal static int SkipName(byte[] bytes, int at, int end)
        {
            int equals = MediaType.SkipToken(bytes, at, end);
            return equals > at && equals + 1 < end && bytes[equals] == '=' ? equals + 1 : None;
        }

        /// <summary>Skips a parameter's value: a token, or a quoted string without escapes.</summary>
        internal static int SkipValue(byte[] bytes, int at, int end)
        {
            if (bytes[at] != '"')
            {
                int token = MediaType.SkipToken(bytes, at, end);
                return token > at ? token : None;
            }

            for (at++; at < end; at++)
            {
                if (bytes[at] == '"')
                {
                    return at + 1;
                }
            }

            return None;
        }

        internal bool IsBoundary(byte[] bytes, int at, int end)
        {
            for (int last = end - 1; at < end; at++)
            {
                int octet = bytes[at];
                int letter = octet | 0x20;
                if ((octet >= '0' && octet <= '9') || (letter >= 'a' && letter <= 'z'))
                {
                    continue;
                }

                int mark = Marks;
                while (mark < _words.Length && _words[mark] != octet)
                {
                    mark++;
                }

                if (mark == _words.Length || (octet == ' ' && at == last))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Finds the end of the value of name or filename. In a quoted value browsers write a quote as <c>%22</c>, and curl
        /// may write it as <c>\"</c>; neither escapes a backslash. So a quote ends the value only where a semicolon or
        /// nothing follows it.
        /// </summary>
        internal static int EndOfValue(byte[] bytes, int at, int end)
        {
            if (bytes[at] != '"')
            {
                return SkipValue(bytes, at, end);
            }

            for (at++; at < end; at++)
            {
                if (bytes[at] == '"')
                {
                    int behind = MediaType.SkipBlanks(bytes, at + 1, end);
                    if (behind == end || bytes[behind] == ';')
                    {
                        return at + 1;
                    }

                    if (bytes[at - 1] != '\\')
                    {
                        return None;
                    }
                }
            }

            return None;
        }

        /// <summary>Decodes a value that <see cref="EndOfValue"/> has found to another place in the same array.</summary>
        /// <returns>Its length; -1 when it is not UTF-8.</returns>
        internal static int Decode(byte[] bytes, int at, int end, int to)
        {
            int start = to;
            bool quoted = bytes[at] == '"';
            if (quoted)
            {
                at++;
                end--;
            }

            int state = 0;
            while (at < end)
            {
                int octet = bytes[at++];
                if (quoted && octet == '\\' && at < end && bytes[at] == '"')
                {
                    octet = bytes[at++];
                }
                else if (quoted && octet == '%')
                {
                    // Browsers escape three octets (HTML 4.10.21.8); any other percent sign stands for itself.
                    int escaped = Hex.Octet(bytes, at, end);
                    if (escaped == '"' || escaped == '\r' || escaped == '\n')
                    {
                        octet = escaped;
                        at += 2;
                    }
                }

                state = Utf8.Next(state, octet);
                if (state < 0)
                {
                    return None;
                }

                bytes[to++] = (byte)octet;
            }

            return state == 0 ? to - start : None;
        }
    }
}
