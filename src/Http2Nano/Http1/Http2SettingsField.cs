namespace Http2Nano.Http1
{
    /// <summary>
    /// Decodes the value of <c>HTTP2-Settings</c> as it arrives: the payload of a SETTINGS frame in base64url
    /// (RFC 7540 3.2.1).
    /// </summary>
    internal sealed class Http2SettingsField
    {
        /// <summary>Bytes of ten settings. A client that sends more is served by HTTP/1.1.</summary>
        internal const int MaximumLength = 60;

        private const int SettingLength = 6;
        private const int Malformed = 1;
        private const int TooLong = 2;

        private int _bits;
        private int _bitCount;
        private int _fault;

        /// <summary>Holds the payload.</summary>
        internal byte[] Payload;

        /// <summary>Offset of the payload.</summary>
        internal int Start;

        /// <summary>Bytes decoded: whole settings of six bytes each.</summary>
        internal int Length;

        /// <summary>The payload is whole settings, and there are not more than fit.</summary>
        internal bool IsUsable
        {
            get { return _fault == 0; }
        }

        /// <summary>The value was not base64url of whole settings.</summary>
        internal bool IsMalformed
        {
            get { return _fault == Malformed; }
        }

        /// <summary>The value begins.</summary>
        /// <param name="room">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="start">Offset of that room.</param>
        internal void Begin(byte[] room, int start)
        {
            Payload = room;
            Start = start;
            Length = 0;
            _bits = 0;
            _bitCount = 0;
            _fault = 0;
        }

        /// <summary>Takes octets of the value.</summary>
        internal void Append(byte[] bytes, int offset, int count)
        {
            for (int end = offset + count; offset < end; offset++)
            {
                int digit = Digit(bytes[offset]);
                if (digit < 0)
                {
                    _fault = Malformed;
                    return;
                }

                _bits = ((_bits << 6) | digit) & 0xFFF;
                _bitCount += 6;
                if (_bitCount < 8)
                {
                    continue;
                }

                _bitCount -= 8;
                if (Length == MaximumLength)
                {
                    _fault = _fault == 0 ? TooLong : _fault;
                    return;
                }

                Payload[Start + Length++] = (byte)(_bits >> _bitCount);
            }
        }

        /// <summary>The value is complete.</summary>
        internal void End()
        {
            // RFC 4648 3.5: what is left over of the last digit is zero, and less than a digit.
            bool rest = _bitCount >= 6 || (_bits & ((1 << _bitCount) - 1)) != 0;
            if (_fault == 0 && (rest || Length % SettingLength != 0))
            {
                _fault = Malformed;
            }
        }

        // RFC 4648 5.
        private static int Digit(int octet)
        {
            if (octet >= 'A' && octet <= 'Z')
            {
                return octet - 'A';
            }

            if (octet >= 'a' && octet <= 'z')
            {
                return octet - 'a' + 26;
            }

            if (octet >= '0' && octet <= '9')
            {
                return octet - '0' + 52;
            }

            return octet == '-' ? 62 : octet == '_' ? 63 : -1;
        }
    }
}
