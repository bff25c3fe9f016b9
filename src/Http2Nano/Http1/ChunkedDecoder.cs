using Http2Nano.Buffers;

namespace Http2Nano.Http1
{
    /// <summary>Decodes the chunked transfer coding (RFC 9112 7.1) as it arrives. The data itself is left to the caller.</summary>
    internal sealed class ChunkedDecoder
    {
        /// <summary>Data of a chunk comes next.</summary>
        internal const int Data = 2;

        // Chunk extensions and leading zeros have no end of their own, and tiny chunks are mostly framing. Octets of size
        // lines are paid from this allowance, and octets of data refill it (CVE-2023-39326).
        private const int Allowance = 1024;

        private const int FirstDigit = 0;
        private const int InSize = 1;
        private const int InExtension = 2;
        private const int SizeLineFeed = 3;
        private const int InData = 4;
        private const int DataCarriageReturn = 5;
        private const int DataLineFeed = 6;
        private const int InTrailers = 7;

        private readonly ReceiveBuffer _receive;
        private readonly FieldLines _trailers;
        private int _state;
        private int _allowance;

        internal ChunkedDecoder(ReceiveBuffer receive, FieldLines trailers)
        {
            _receive = receive;
            _trailers = trailers;
        }

        /// <summary>Octets of the present chunk that have not been taken.</summary>
        internal int Left;

        /// <summary>Starts with a body.</summary>
        internal void Begin()
        {
            _state = FirstDigit;
            _allowance = Allowance;
            Left = 0;
        }

        /// <summary>Notes that octets of data were taken from the receive buffer.</summary>
        internal void Take(int count)
        {
            Left -= count;
            _allowance = count > Allowance - _allowance ? Allowance : _allowance + count;
        }

        /// <summary>Consumes framing up to data or the end of the body.</summary>
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
                    // RFC 9112 7.1.2: trailers are checked and dropped, so none can be mistaken for a header field.
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

                    case InExtension:
                        // RFC 9112 7.1.1: ignored, whatever it says, but a line ends in CR LF (CVE-2025-55315).
                        if (octet == '\r')
                        {
                            _state = SizeLineFeed;
                        }
                        else if ((octet < ' ' && octet != '\t') || --_allowance < 0)
                        {
                            return 400;
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

                    default:
                        if (octet != '\n')
                        {
                            return 400;
                        }

                        _state = FirstDigit;
                        break;
                }
            }

            return ParseResult.More;
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

                // RFC 9112 7.1: beware of large numbers.
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
            _state = InExtension;
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
