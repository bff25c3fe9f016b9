using System;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    /// <summary>Writes JSON (RFC 8259) forward only, straight to where it is sent from. Builds no strings and no tree.</summary>
    /// <remarks>
    /// One object serves any number of texts, one after the other. Commas are set by the writer; that objects and arrays
    /// are closed in order, and that members have names, is the caller's affair. Writing allocates nothing.
    /// </remarks>
    public sealed class JsonWriter
    {
        private static readonly byte[] TrueFalseNull = { 0x74, 0x72, 0x75, 0x65, 0x66, 0x61, 0x6C, 0x73, 0x65, 0x6E, 0x75, 0x6C, 0x6C };

        // application/json
        private static readonly byte[] ContentType =
        {
            0x61, 0x70, 0x70, 0x6C, 0x69, 0x63, 0x61, 0x74, 0x69, 0x6F, 0x6E, 0x2F, 0x6A, 0x73, 0x6F, 0x6E,
        };

        // The topmost bit of each of eight octets.
        private const long Tops = unchecked((long)0x8080808080808080);

        private byte[] _buffer;
        private int _at;
        private int _limit;
        private bool _comma;
        private HttpResponse _response;

        /// <summary>Something did not fit: the text is not complete.</summary>
        public bool Overflowed { get; private set; }

        /// <summary>Begins the body of a response, and sets its content type.</summary>
        /// <param name="response">The response, whose other fields are set.</param>
        public void Begin(HttpResponse response)
        {
            response.Headers.Add(FieldName.ContentType, ContentType, 0, ContentType.Length, FieldPolicy.Indexed);
            int offset;
            int limit;
            byte[] buffer = response.OpenBody(out offset, out limit);
            Begin(buffer, offset, limit);
            _response = response;
        }

        /// <summary>Begins a text in an array.</summary>
        /// <param name="buffer">The array; the writer writes to it until <see cref="End"/>.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="limit">Behind the last octet that may be written.</param>
        public void Begin(byte[] buffer, int offset, int limit)
        {
            _response = null;
            _buffer = buffer;
            _at = offset;
            _limit = limit;
            _comma = false;
            Overflowed = false;
        }

        /// <summary>Ends the text.</summary>
        /// <returns>Behind the last octet that was written.</returns>
        /// <exception cref="InvalidOperationException">The text does not fit into the response's exchange.</exception>
        public int End()
        {
            HttpResponse response = _response;
            _buffer = null;
            if (response != null)
            {
                _response = null;
                if (Overflowed)
                {
                    throw new InvalidOperationException("The JSON does not fit into ExchangeSize.");
                }

                response.CloseBody(_at);
            }

            return _at;
        }

        /// <summary>Writes <c>{</c>.</summary>
        public void BeginObject()
        {
            Open((byte)'{');
        }

        /// <summary>Writes <c>}</c>.</summary>
        public void EndObject()
        {
            Close((byte)'}');
        }

        /// <summary>Writes <c>[</c>.</summary>
        public void BeginArray()
        {
            Open((byte)'[');
        }

        /// <summary>Writes <c>]</c>.</summary>
        public void EndArray()
        {
            Close((byte)']');
        }

        /// <summary>Writes the name of a member.</summary>
        /// <param name="name">The name in UTF-8. Not escaped: no quote, no backslash, no control character.</param>
        public void Name(byte[] name)
        {
            int length = name.Length;
            if (!Separate(length + 3))
            {
                return;
            }

            int at = _at;
            byte[] buffer = _buffer;
            buffer[at] = (byte)'"';
            Array.Copy(name, 0, buffer, at + 1, length);
            at += length + 1;
            buffer[at] = (byte)'"';
            buffer[at + 1] = (byte)':';
            _at = at + 2;
            _comma = false;
        }

        /// <summary>Writes a member with a number.</summary>
        /// <param name="name">The name, as for <see cref="Name"/>.</param>
        /// <param name="value">The number.</param>
        public void Member(byte[] name, long value)
        {
            Name(name);
            Value(value);
        }

        /// <summary>Writes a member with a text.</summary>
        /// <param name="name">The name, as for <see cref="Name"/>.</param>
        /// <param name="value">The text in UTF-8; null for <c>null</c>.</param>
        public void Member(byte[] name, byte[] value)
        {
            Name(name);
            Value(value);
        }

        /// <summary>Writes a number.</summary>
        /// <param name="value">The number.</param>
        public void Value(long value)
        {
            if (Separate(DecimalDigits.MaximumLength))
            {
                _at += DecimalDigits.Write(value, _buffer, _at);
            }
        }

        /// <summary>Writes a number with a decimal fraction, without floating point.</summary>
        /// <param name="value">The number times a power of ten.</param>
        /// <param name="decimals">Digits behind the point, 1 to 9: with 2, 2345 stands for 23.45.</param>
        public void Value(int value, int decimals)
        {
            if (!Separate(DecimalDigits.MaximumLength))
            {
                return;
            }

            long scale = 1;
            for (int i = 0; i < decimals; i++)
            {
                scale *= 10;
            }

            byte[] buffer = _buffer;
            long rest = value;
            if (rest < 0)
            {
                buffer[_at++] = (byte)'-';
                rest = -rest;
            }

            _at += DecimalDigits.Write(rest / scale, buffer, _at);
            buffer[_at] = (byte)'.';
            int digits = (int)(rest % scale);
            for (int i = decimals; i > 0; i--)
            {
                buffer[_at + i] = (byte)('0' + (digits % 10));
                digits /= 10;
            }

            _at += decimals + 1;
        }

        /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
        /// <param name="value">Which.</param>
        public void Value(bool value)
        {
            Word(value ? 0 : 4, value ? 4 : 5);
        }

        /// <summary>Writes <c>null</c>.</summary>
        public void Null()
        {
            Word(9, 4);
        }

        /// <summary>Writes a text.</summary>
        /// <param name="text">The text in UTF-8; null for <c>null</c>.</param>
        public void Value(byte[] text)
        {
            if (text == null)
            {
                Null();
                return;
            }

            Value(text, 0, text.Length);
        }

        /// <summary>Writes a text.</summary>
        /// <param name="text">Array that holds the text in UTF-8.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="count">Its length in bytes.</param>
        public void Value(byte[] text, int offset, int count)
        {
            if (!Separate(count + 2))
            {
                return;
            }

            _buffer[_at] = (byte)'"';
            Array.Copy(text, offset, _buffer, _at + 1, count);
            Escape(_at + 1, count);
        }

        /// <summary>Writes a text. Allocates nothing unless the room is nearly used up.</summary>
        /// <param name="text">The text; null for <c>null</c>.</param>
        public void Value(string text)
        {
            if (text == null)
            {
                Null();
                return;
            }

            int length = text.Length;
            if (length > (_limit - _at - 3) / 3)
            {
                Value(Encoding.UTF8.GetBytes(text));
                return;
            }

            // A UTF-16 code unit takes three octets at most.
            if (!Separate((3 * length) + 2))
            {
                return;
            }

            _buffer[_at] = (byte)'"';
            Escape(_at + 1, Encoding.UTF8.GetBytes(text, 0, length, _buffer, _at + 1));
        }

        private void Open(byte bracket)
        {
            if (Separate(1))
            {
                _buffer[_at++] = bracket;
                _comma = false;
            }
        }

        private void Close(byte bracket)
        {
            if (_at >= _limit)
            {
                Overflowed = true;
                return;
            }

            _buffer[_at++] = bracket;
            _comma = true;
        }

        private void Word(int offset, int count)
        {
            if (Separate(count))
            {
                Array.Copy(TrueFalseNull, offset, _buffer, _at, count);
                _at += count;
            }
        }

        // The comma before a value, and whether there is room for it and `count` octets behind it. Once something did not
        // fit nothing more is written.
        private bool Separate(int count)
        {
            if (Overflowed || count >= _limit - _at)
            {
                Overflowed = true;
                return false;
            }

            if (_comma)
            {
                _buffer[_at++] = (byte)',';
            }

            _comma = true;
            return true;
        }

        // Where the octets end of which none needs an escape, looked at by eights: the bit on top of an octet is set for one
        // below a space, one that is a quote, or one that is a backslash. It may be set for their neighbours too, which costs
        // time only.
        private static int PlainOctets(byte[] buffer, int at, int end)
        {
            while (end - at >= 8)
            {
                long octets = BitConverter.ToInt64(buffer, at);
                long quotes = octets ^ 0x2222222222222222;
                long backslashes = octets ^ 0x5C5C5C5C5C5C5C5C;
                if (((((octets - 0x2020202020202020) & ~octets)
                    | ((quotes - 0x0101010101010101) & ~quotes)
                    | ((backslashes - 0x0101010101010101) & ~backslashes)) & Tops) != 0)
                {
                    return at;
                }

                at += 8;
            }

            return at;
        }

        // RFC 8259 7: quotes, backslashes and control characters are escaped where they lie; the rest moves back. Then the
        // closing quote.
        private void Escape(int start, int count)
        {
            byte[] buffer = _buffer;
            int end = start + count;
            int more = 1;
            for (int i = PlainOctets(buffer, start, end); i < end; i++)
            {
                int octet = buffer[i];
                if (octet < ' ')
                {
                    more += 5;
                }
                else if (octet == '"' || octet == '\\')
                {
                    more++;
                }
            }

            if (more > _limit - end)
            {
                Overflowed = true;
                return;
            }

            int to = end + more;
            _at = to;
            buffer[--to] = (byte)'"';
            for (int from = end; to != from;)
            {
                byte octet = buffer[--from];
                if (octet < ' ')
                {
                    buffer[--to] = Hex.Character(octet & 0xF);
                    buffer[--to] = Hex.Character(octet >> 4);
                    buffer[--to] = (byte)'0';
                    buffer[--to] = (byte)'0';
                    buffer[--to] = (byte)'u';
                    buffer[--to] = (byte)'\\';
                }
                else
                {
                    buffer[--to] = octet;
                    if (octet == '"' || octet == '\\')
                    {
                        buffer[--to] = (byte)'\\';
                    }
                }
            }
        }
    }
}
