using Http2Nano.Buffers;
using Http2Nano.Fields;

namespace Http2Nano.Http1
{
    /// <summary>
    /// Decodes the chunked transfer coding (RFC 9112 7.1) as it arrives. The caller takes the data of the chunks.
    /// </summary>
    internal sealed class ChunkedDecoder
    {
        /// <summary>The data of a chunk comes next.</summary>
        internal const int Data = 2;

        // Chunk extensions and leading zeros may be of any length, and tiny chunks consist mostly of framing. The octets of
        // size lines use up this allowance, and octets of data refill it (CVE-2023-39326).
        private const int Allowance = 1024;

        private const int FirstDigit = 0;
        private const int InSize = 1;
        private const int SizeLineFeed = 2;
        private const int InData = 3;
        private const int DataCarriageReturn = 4;
        private const int DataLineFeed = 5;
        private const int InTrailers = 6;

        // States within an extension (RFC 9112 7.1.1): a name, and a value that is a token or a quoted string (RFC 9110
        // 5.6.4).
        private const int BeforeName = 7;
        private const int InName = 8;
        private const int BehindName = 9;
        private const int BeforeValue = 10;
        private const int InValue = 11;
        private const int InQuotes = 12;
        private const int Escaped = 13;
        private const int BehindQuotes = 14;

        private readonly ReceiveBuffer _receive;
        private readonly FieldLines _trailers;
        private int _state;
        private int _allowance;

        internal ChunkedDecoder(ReceiveBuffer receive, FieldLines trailers)
        {
            _receive = receive;
            _trailers = trailers;
        }

        /// <summary>Octets of the current chunk that have not been taken.</summary>
        internal int Left;

        /// <summary>Begins a body.</summary>
        internal void Begin()
        {
            _state = FirstDigit;
            _allowance = Allowance;
            Left = 0;
        }

        /// <summary>The caller has taken octets of data from the receive buffer.</summary>
        internal void Take(int count)
        {
            Left -= count;
            _allowance = count > Allowance - _allowance ? Allowance : _allowance + count;
        }

        /// <summary>Consumes framing up to the next data or the end of the body.</summary>
        /// <returns>One of <see cref="ParseResult"/>, <see cref="Data"/>, or a status.</returns>
        internal int Advance()
        {
            byte[] bytes = _receive.Bytes;
            if (_state == InData)
            {
                if (Left != 0)
                {
                    return _receive.Start < _receive.End ? Data : ParseResult.More;
                }

                _state = DataCarriageReturn;
            }

            while (_receive.Start < _receive.End)
            {
                if (_state == InTrailers)
                {
                    // RFC 9112 7.1.2: trailers are checked and dropped, so that none is taken for a header field.
                    return _trailers.Parse();
                }

                int octet = bytes[_receive.Start++];
                switch (_state)
                {
                    case FirstDigit:
                    case InSize:
                        int status = SizeOctet(octet);
                        if (status != 0)
                        {
                            return status;
                        }

                        break;

                    case SizeLineFeed:
                        if (octet != '\n')
                        {
                            return 400;
                        }

                        if (Left != 0)
                        {
                            _state = InData;
                            return _receive.Start < _receive.End ? Data : ParseResult.More;
                        }

                        _trailers.Begin(null, false);
                        _state = InTrailers;
                        break;

                    case DataCarriageReturn:
                        if (octet != '\r')
                        {
                            return 400;
                        }

                        _state = DataLineFeed;
                        break;

                    case DataLineFeed:
                        if (octet != '\n')
                        {
                            return 400;
                        }

                        _state = FirstDigit;
                        break;

                    default:
                        // RFC 9112 7.1.1: extensions are ignored, but parsed, so that all servers see the same end of the
                        // line (CVE-2025-55315).
                        _state = ExtensionOctet(_state, octet);
                        if (_state < 0 || --_allowance < 0)
                        {
                            return 400;
                        }

                        break;
                }
            }

            return ParseResult.More;
        }

        // The state after an octet of an extension, or -1. "Bad" whitespace is accepted only where no server takes it for
        // anything else: not before a semicolon, and not at the end.
        private static int ExtensionOctet(int state, int octet)
        {
            bool space = octet == ' ' || octet == '\t';
            bool token = TokenOctets.Small(octet) != 0;
            switch (state)
            {
                case BeforeName:
                    return token ? InName : space ? BeforeName : -1;

                case InName:
                    return token ? InName : space ? BehindName : octet == '=' ? BeforeValue : EndOfExtension(octet);

                case BehindName:
                    return space ? BehindName : octet == '=' ? BeforeValue : -1;

                case BeforeValue:
                    return token ? InValue : space ? BeforeValue : octet == '"' ? InQuotes : -1;

                case InValue:
                    return token ? InValue : EndOfExtension(octet);

                case BehindQuotes:
                    return EndOfExtension(octet);

                case InQuotes:
                    if (octet == '"')
                    {
                        return BehindQuotes;
                    }

                    if (octet == '\\')
                    {
                        return Escaped;
                    }

                    goto default;

                default:
                    return octet == '\t' || (octet >= ' ' && octet != 0x7F) ? InQuotes : -1;
            }
        }

        private static int EndOfExtension(int octet)
        {
            return octet == ';' ? BeforeName : octet == '\r' ? SizeLineFeed : -1;
        }

        private int SizeOctet(int octet)
        {
            int digit = HexDigit(octet);
            if (digit >= 0)
            {
                if (--_allowance < 0)
                {
                    return 400;
                }

                // RFC 9112 7.1: the chunk size must not overflow.
                if (Left > (int.MaxValue >> 4))
                {
                    return 413;
                }

                Left = (Left << 4) | digit;
                _state = InSize;
                return 0;
            }

            if (_state == FirstDigit)
            {
                return 400;
            }

            if (octet == '\r')
            {
                _state = SizeLineFeed;
                return 0;
            }

            // RFC 9112 7.1.1 allows "bad" whitespace before the semicolon. Servers disagree about it, so it is refused.
            _state = BeforeName;
            return octet == ';' ? 0 : 400;
        }

        private static int HexDigit(int octet)
        {
            if (octet >= '0' && octet <= '9')
            {
                return octet - '0';
            }

            octet |= 0x20;
            return octet >= 'a' && octet <= 'f' ? octet - 'a' + 10 : -1;
        }
    }
}
