using System;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    /// <summary>Reads JSON (RFC 8259) forward only, where it lies. Builds no tree; allocates nothing but strings asked for.</summary>
    /// <remarks>
    /// One object serves any number of texts, one after the other. The whole grammar is checked as it is read, so a text has
    /// been found right only when <see cref="JsonToken.End"/> has come.
    /// </remarks>
    public sealed class JsonReader
    {
        /// <summary>Most objects and arrays inside one another: a bit of memory for each.</summary>
        public const int MaximumDepth = 30;

        // What may come next.
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
        /// <returns>Also in <see cref="Token"/>.</returns>
        public JsonToken Read()
        {
            Token = Next();
            if (Token == JsonToken.Error)
            {
                _expect = Failed;
            }

            return Token;
        }

        /// <summary>Reads past the value that comes next, whatever it is; behind a name, for instance.</summary>
        /// <returns>False when the text is wrong.</returns>
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

        /// <summary>Compares a name or a text with octets, escapes resolved.</summary>
        /// <param name="expected">The octets in UTF-8.</param>
        public bool TextEquals(byte[] expected)
        {
            if (!_escaped)
            {
                return _length == expected.Length && Hpack.Octets.Equal(_bytes, _start, expected, 0, _length);
            }

            int at = _start;
            int end = _start + _length;
            int compared = 0;
            while (at < end)
            {
                int character = Character(ref at);
                int octets = OctetsOf(character);
                if (octets > expected.Length - compared)
                {
                    return false;
                }

                for (int i = 0; i < octets; i++)
                {
                    if (expected[compared++] != Octet(character, octets, i))
                    {
                        return false;
                    }
                }
            }

            return compared == expected.Length;
        }

        /// <summary>Most bytes that the name or text takes in UTF-8, escapes resolved.</summary>
        public int TextLength
        {
            get { return _length; }
        }

        /// <summary>Copies the name or the text in UTF-8, escapes resolved.</summary>
        /// <param name="destination">Has room for <see cref="TextLength"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written.</returns>
        public int CopyText(byte[] destination, int offset)
        {
            if (!_escaped)
            {
                Array.Copy(_bytes, _start, destination, offset, _length);
                return _length;
            }

            int to = offset;
            int at = _start;
            int end = _start + _length;
            while (at < end)
            {
                int character = Character(ref at);
                int octets = OctetsOf(character);
                for (int i = 0; i < octets; i++)
                {
                    destination[to++] = Octet(character, octets, i);
                }
            }

            return to - offset;
        }

        /// <summary>The name or the text. Allocates the string, and its octets if there are escapes.</summary>
        public string GetText()
        {
            if (!_escaped)
            {
                return Encoding.UTF8.GetString(_bytes, _start, _length);
            }

            byte[] text = new byte[_length];
            return Encoding.UTF8.GetString(text, 0, CopyText(text, 0));
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

            // Counted downwards, because the smallest number has no positive counterpart.
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
                    return ReadWord(TrueFalseNull, 0, 4) ? JsonToken.True : JsonToken.Error;
                case 'f':
                    return ReadWord(TrueFalseNull, 4, 5) ? JsonToken.False : JsonToken.Error;
                case 'n':
                    return ReadWord(TrueFalseNull, 9, 4) ? JsonToken.Null : JsonToken.Error;
                default:
                    return ReadNumber() ? JsonToken.Number : JsonToken.Error;
            }
        }

        private static readonly byte[] TrueFalseNull = { 0x74, 0x72, 0x75, 0x65, 0x66, 0x61, 0x6C, 0x73, 0x65, 0x6E, 0x75, 0x6C, 0x6C };

        private bool ReadWord(byte[] words, int offset, int count)
        {
            if (_end - _at < count || !Hpack.Octets.Equal(_bytes, _at, words, offset, count))
            {
                return false;
            }

            _at += count;
            return true;
        }

        // RFC 8259 6: no zeros in front, no bare point.
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

        // From the quote to behind the closing one. NUL is refused, because the platform's strings end there.
        private bool ReadText()
        {
            int at = _at + 1;
            int state = 0;
            _start = at;
            _escaped = false;
            while (at < _end)
            {
                int octet = _bytes[at++];
                if (octet == '"' && state == 0)
                {
                    _length = at - 1 - _start;
                    _at = at;
                    return true;
                }

                if (octet < ' ')
                {
                    return false;
                }

                if (octet == '\\' && state == 0)
                {
                    _escaped = true;
                    at--;
                    if (!CheckEscape(ref at))
                    {
                        return false;
                    }

                    continue;
                }

                state = Utf8.Next(state, octet);
                if (state < 0)
                {
                    return false;
                }
            }

            return false;
        }

        // RFC 8259 7. Half a surrogate pair is no character.
        private bool CheckEscape(ref int at)
        {
            if (_end - at < 2)
            {
                return false;
            }

            switch ((char)_bytes[at + 1])
            {
                case '"':
                case '\\':
                case '/':
                case 'b':
                case 'f':
                case 'n':
                case 'r':
                case 't':
                    at += 2;
                    return true;
                case 'u':
                    int unit = Unit(at);
                    at += 6;
                    if (unit <= 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
                    {
                        return false;
                    }

                    if (unit >= 0xD800 && unit <= 0xDBFF)
                    {
                        int low = Unit(at);
                        at += 6;
                        return low >= 0xDC00 && low <= 0xDFFF;
                    }

                    return true;
                default:
                    return false;
            }
        }

        // The four digits of \uXXXX, or -1.
        private int Unit(int at)
        {
            if (_end - at < 6 || _bytes[at] != '\\' || _bytes[at + 1] != 'u')
            {
                return -1;
            }

            int high = Hex.Octet(_bytes, at + 2, _end);
            int low = Hex.Octet(_bytes, at + 4, _end);
            return high < 0 || low < 0 ? -1 : (high << 8) | low;
        }

        // The next character of a text that was checked; an octet of UTF-8 above ASCII counts as one, marked as negative.
        private int Character(ref int at)
        {
            int octet = _bytes[at];
            if (octet != '\\')
            {
                at++;
                return octet < 0x80 ? octet : -octet;
            }

            at += 2;
            switch ((char)_bytes[at - 1])
            {
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'u':
                    int unit = Unit(at - 2);
                    at += 4;
                    if (unit < 0xD800 || unit > 0xDBFF)
                    {
                        return unit;
                    }

                    at += 6;
                    return 0x10000 + ((unit - 0xD800) << 10) + (Unit(at - 6) - 0xDC00);
                default:
                    return _bytes[at - 1];
            }
        }

        private static int OctetsOf(int character)
        {
            return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        }

        private static byte Octet(int character, int octets, int index)
        {
            if (octets == 1)
            {
                return (byte)(character < 0 ? -character : character);
            }

            int bits = character >> (6 * (octets - 1 - index));
            return (byte)(index != 0 ? 0x80 | (bits & 0x3F) : octets == 2 ? 0xC0 | bits : octets == 3 ? 0xE0 | bits : 0xF0 | bits);
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
