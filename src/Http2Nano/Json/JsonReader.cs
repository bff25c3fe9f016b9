using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Json
{
    /// <summary>
    /// Reads JSON (RFC 8259) forward only, in the array that holds it. Builds no tree; allocates only the strings that a
    /// caller asks for.
    /// </summary>
    /// <remarks>
    /// One object reads any number of texts, one after the other. The grammar is checked while the text is read, so a text
    /// is known to be valid only when <see cref="JsonToken.End"/> has been returned.
    /// </remarks>
    public sealed partial class JsonReader
    {
        /// <summary>The deepest nesting of objects and arrays; each level takes one bit of an int.</summary>
        public const int MaximumDepth = 30;

        // States: what the grammar allows next.
        private const int Value = 0;
        private const int FirstValue = 1;
        private const int FirstName = 2;
        private const int MemberName = 3;
        private const int MoreOrEnd = 4;
        private const int Failed = 5;

        private byte[] _bytes;
        private int _at;
        private int _end;
        private int _expect;
        private int _depth;
        private int _objects;
        private int _start;
        private int _length;
        private bool _escaped;

        /// <summary>Begins with the gathered body of a request.</summary>
        /// <param name="request">The request.</param>
        public void Begin(HttpRequest request)
        {
            Begin(request.Bytes, request.BodyStart, request.BodyCount);
        }

        /// <summary>Begins with octets of an array.</summary>
        /// <param name="bytes">Holds the text; must not change while it is read.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length in bytes.</param>
        public void Begin(byte[] bytes, int offset, int count)
        {
            _bytes = bytes;
            _at = offset;
            _end = offset + count;
            _expect = Value;
            _depth = 0;
            _objects = 0;
            Token = JsonToken.Null;
        }

        /// <summary>The token read last.</summary>
        public JsonToken Token { get; private set; }

        /// <summary>Reads the next token.</summary>
        /// <returns>The token, which <see cref="Token"/> keeps.</returns>
        public JsonToken Read()
        {
            Token = Next();
            if (Token == JsonToken.Error)
            {
                _expect = Failed;
            }

            return Token;
        }

        /// <summary>
        /// Reads past the next value, with all that it contains; for a member whose name is unknown, for instance.
        /// </summary>
        /// <returns>False when the text is malformed.</returns>
        public bool Skip()
        {
            int depth = _depth;
            do
            {
                Read();
            }
            while (_depth > depth && Token != JsonToken.Error);
            return Token != JsonToken.Error;
        }

        /// <summary>The number, if it is a whole one.</summary>
        /// <param name="value">The number.</param>
        /// <returns>False when it has a fraction or an exponent, or exceeds an int.</returns>
        public bool TryGetInt(out int value)
        {
            value = 0;
            int at = _start;
            int end = _start + _length;
            bool negative = _bytes[at] == '-';
            if (negative)
            {
                at++;
            }

            // Counted downwards, because the smallest int has no positive counterpart.
            for (; at < end; at++)
            {
                int digit = _bytes[at] - '0';
                if (digit < 0 || digit > 9 || value < (int.MinValue + digit) / 10)
                {
                    return false;
                }

                value = (value * 10) - digit;
            }

            if (!negative)
            {
                if (value == int.MinValue)
                {
                    return false;
                }

                value = -value;
            }

            return true;
        }

        private JsonToken Next()
        {
            SkipSpace();
            if (_expect == Failed)
            {
                return JsonToken.Error;
            }

            if (_at == _end)
            {
                return _depth == 0 && _expect == MoreOrEnd ? JsonToken.End : JsonToken.Error;
            }

            int octet = _bytes[_at];
            bool inObject = (_objects & 1) != 0;
            if (_expect == MoreOrEnd)
            {
                if (_depth == 0)
                {
                    return JsonToken.Error;
                }

                if (octet == ',')
                {
                    _at++;
                    SkipSpace();
                    if (_at == _end)
                    {
                        return JsonToken.Error;
                    }

                    octet = _bytes[_at];
                    _expect = inObject ? MemberName : Value;
                }
                else
                {
                    return Close(octet, inObject);
                }
            }

            switch (_expect)
            {
                case FirstName:
                    return octet == '}' ? Close(octet, true) : ReadName(octet);
                case MemberName:
                    return ReadName(octet);
                case FirstValue:
                    return octet == ']' ? Close(octet, false) : ReadValue(octet);
                default:
                    return ReadValue(octet);
            }
        }

        private JsonToken Close(int octet, bool inObject)
        {
            if (octet != (inObject ? '}' : ']'))
            {
                return JsonToken.Error;
            }

            _at++;
            _depth--;
            _objects >>= 1;
            _expect = MoreOrEnd;
            return inObject ? JsonToken.EndObject : JsonToken.EndArray;
        }

        private JsonToken Open(bool isObject)
        {
            if (_depth == MaximumDepth)
            {
                return JsonToken.Error;
            }

            _at++;
            _depth++;
            _objects = (_objects << 1) | (isObject ? 1 : 0);
            _expect = isObject ? FirstName : FirstValue;
            return isObject ? JsonToken.BeginObject : JsonToken.BeginArray;
        }

        private JsonToken ReadName(int octet)
        {
            if (octet != '"' || !ReadText())
            {
                return JsonToken.Error;
            }

            SkipSpace();
            if (_at == _end || _bytes[_at] != ':')
            {
                return JsonToken.Error;
            }

            _at++;
            _expect = Value;
            return JsonToken.Name;
        }

        private JsonToken ReadValue(int octet)
        {
            switch (octet)
            {
                case '{':
                    return Open(true);
                case '[':
                    return Open(false);
            }

            _expect = MoreOrEnd;
            switch (octet)
            {
                case '"':
                    return ReadText() ? JsonToken.Text : JsonToken.Error;
                case 't':
                    return ReadWord('r' | 'u' << 8 | 'e' << 16, 4) ? JsonToken.True : JsonToken.Error;
                case 'f':
                    return ReadWord('a' | 'l' << 8 | 's' << 16 | 'e' << 24, 5) ? JsonToken.False : JsonToken.Error;
                case 'n':
                    return ReadWord('u' | 'l' << 8 | 'l' << 16, 4) ? JsonToken.Null : JsonToken.Error;
                default:
                    return ReadNumber() ? JsonToken.Number : JsonToken.Error;
            }
        }

        // The first octet of a word of a length has been seen; the others are in a number, the first of them lowest.
        private bool ReadWord(int others, int length)
        {
            if (_end - _at < length)
            {
                return false;
            }

            for (int i = 1; i < length; i++, others >>= 8)
            {
                if (_bytes[_at + i] != (byte)others)
                {
                    return false;
                }
            }

            _at += length;
            return true;
        }

        // RFC 8259 6: no leading zeros, and digits on both sides of the point.
        private bool ReadNumber()
        {
            _start = _at;
            _escaped = false;
            if (_bytes[_at] == '-')
            {
                _at++;
            }

            int digits = _at;
            if (!SkipDigits() || (_bytes[digits] == '0' && _at - digits > 1))
            {
                return false;
            }

            if (_at < _end && _bytes[_at] == '.')
            {
                _at++;
                if (!SkipDigits())
                {
                    return false;
                }
            }

            if (_at < _end && (_bytes[_at] | 0x20) == 'e')
            {
                _at++;
                if (_at < _end && (_bytes[_at] == '+' || _bytes[_at] == '-'))
                {
                    _at++;
                }

                if (!SkipDigits())
                {
                    return false;
                }
            }

            _length = _at - _start;
            return true;
        }

        private bool SkipDigits()
        {
            int start = _at;
            while (_at < _end && _bytes[_at] >= '0' && _bytes[_at] <= '9')
            {
                _at++;
            }

            return _at != start;
        }

        private void SkipSpace()
        {
            while (_at < _end && (_bytes[_at] == ' ' || _bytes[_at] == '\n' || _bytes[_at] == '\r' || _bytes[_at] == '\t'))
            {
                _at++;
            }
        }
    }
}
