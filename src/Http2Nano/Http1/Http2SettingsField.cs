namespace Http2Nano.Http1
{
    /// <summary>
    /// Decodes the value of <c>HTTP2-Settings</c> as it arrives: the payload of a SETTINGS frame in base64url (RFC 7540
    /// 3.2.1).
    /// </summary>
    internal sealed class Http2SettingsField
    {
        /// <summary>Length of ten settings in bytes. A client that sends more is served over HTTP/1.1.</summary>
        internal const int MaximumLength = 60;

        private const int SettingLength = 6;
        private const int Malformed = 1;
        private const int TooLong = 2;

        private int _bits;
        private int _bitCount;
        private int _fault;

        /// <summary>The array that holds the payload.</summary>
        internal byte[] Payload;

        /// <summary>Offset of the payload.</summary>
        internal int Start;

        /// <summary>Number of bytes decoded; a setting has six.</summary>
        internal int Length;

        /// <summary>Whether the payload consists of complete settings and fits.</summary>
        internal bool IsUsable
        {
            get { return _fault == 0; }
        }

        /// <summary>Whether the value was not base64url, or not of complete settings.</summary>
        internal bool IsMalformed
        {
            get { return _fault == Malformed; }
        }

        /// <summary>Begins a value.</summary>
        /// <param name="room">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="start">Offset of the payload in it.</param>
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

        /// <summary>Completes the value.</summary>
        internal void End()
        {
            // RFC 4648 3.5: the unused bits of the last digit are zero, and fewer than a digit has.
            bool rest = _bitCount >= 6 || (_bits & ((1 << _bitCount) - 1)) != 0;
            if (_fault == 0 && (rest || Length % SettingLength != 0))
            {
                _fault = Malformed;
            }
        }

        // RFC 4648 5: the value of a digit, or -1.
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
