using System;
using Http2Nano.Fields;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Json
{
    // The part of the reader that reads names and texts, and resolves the escapes in them.
    public sealed partial class JsonReader
    {
        /// <summary>Compares a name or a text with octets, escapes resolved.</summary>
        /// <param name="expected">The octets in UTF-8.</param>
        public bool TextEquals(byte[] expected)
        {
            if (!_escaped)
            {
                return _length == expected.Length && Fields.Octets.Equal(_bytes, _start, expected, 0, _length);
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

        /// <summary>
        /// Length in bytes of the name or text in UTF-8, escapes resolved. An upper bound where there are escapes.
        /// </summary>
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

        // Reads a text from its opening quote to its closing quote. NUL is refused, because a string of the platform ends
        // at it.
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

        // RFC 8259 7. A surrogate without its other half is refused.
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

        // The number that the four digits of \uXXXX stand for, or -1.
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

        // The next character of a text that was checked. An octet of UTF-8 above ASCII is returned as a negative number.
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
    }
}
