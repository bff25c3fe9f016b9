namespace Http2Nano.Fields
{
    /// <summary>
    /// Checks <c>uri-host [ ":" port ]</c> (RFC 9110 7.2, RFC 3986 3.2.2) as it arrives in pieces. User information is
    /// refused (RFC 9110 4.2.4).
    /// </summary>
    internal static class AuthoritySyntax
    {
        /// <summary>The state before the first octet.</summary>
        internal const int Empty = 0;

        /// <summary>The state after an octet that is not allowed.</summary>
        internal const int Invalid = -1;

        private const int Name = 1;
        private const int LiteralStart = 2;
        private const int Literal = 3;
        private const int LiteralEnd = 4;
        private const int Port = 5;

        /// <summary>Checks a piece.</summary>
        /// <param name="state"><see cref="Empty"/>, or the state after the piece before.</param>
        /// <param name="bytes">Holds the piece.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length, 0 or more.</param>
        /// <returns>The state for the next piece, or <see cref="Invalid"/>.</returns>
        internal static int Check(int state, byte[] bytes, int offset, int count)
        {
            for (int end = offset + count; offset < end; offset++)
            {
                int octet = bytes[offset];
                if (state == Name && (octet <= '9' ? octet >= '-' && octet != '/' : octet >= 'a' && octet <= 'z'))
                {
                    continue;
                }

                switch (state)
                {
                    case Empty:
                        // RFC 9110 4.2.1: a host must not be empty, so it cannot begin with a colon.
                        if (octet != '[' && !IsName(octet))
                        {
                            return Invalid;
                        }

                        state = octet == '[' ? LiteralStart : Name;
                        break;

                    case Name:
                        if (octet == ':')
                        {
                            state = Port;
                        }
                        else if (!IsName(octet))
                        {
                            return Invalid;
                        }

                        break;

                    case LiteralStart:
                    case Literal:
                        if (octet == ']' && state == Literal)
                        {
                            state = LiteralEnd;
                        }
                        else if (octet == '%' || (octet != ':' && !IsName(octet)))
                        {
                            return Invalid;
                        }
                        else
                        {
                            state = Literal;
                        }

                        break;

                    case LiteralEnd:
                        if (octet != ':')
                        {
                            return Invalid;
                        }

                        state = Port;
                        break;

                    case Port:
                        if (octet < '0' || octet > '9')
                        {
                            return Invalid;
                        }

                        break;

                    default:
                        return Invalid;
                }
            }

            return state;
        }

        /// <summary>Whether an authority is complete in a state.</summary>
        internal static bool IsWhole(int state)
        {
            return state == Name || state == LiteralEnd || state == Port;
        }

        // RFC 3986 3.2.2 reg-name: unreserved, percent sign, sub-delims.
        private static bool IsName(int octet)
        {
            switch (octet)
            {
                case '#':
                case '^':
                case '`':
                case '|':
                    return false;

                case '(':
                case ')':
                case ',':
                case ';':
                case '=':
                    return true;

                default:
                    return TokenOctets.Small(octet) != 0;
            }
        }
    }
}
