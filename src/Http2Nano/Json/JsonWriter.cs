using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Json
{
    /// <summary>
    /// Writes JSON (RFC 8259) forward only, into the storage that it is sent from. Builds no strings and no tree.
    /// </summary>
    /// <remarks>
    /// One object writes any number of texts, one after the other. The writer sets the commas; the caller closes objects
    /// and arrays in order and gives every member a name. Writing allocates nothing.
    /// </remarks>
    public sealed class JsonWriter
    {
        // In each of the eight octets of a long: the highest bit; what turns a quote into a space; the octet after a space.
        private const long Tops = unchecked((long)0x8080808080808080);
        private const long Twos = 0x0202020202020202;
        private const long Plains = 0x2121212121212121;

        // The limit after something did not fit: it lets nothing more be written.
        private const int Full = -1;

        // A comma is written after every value; the closing bracket or End removes the last one. So no value depends on
        // what precedes it.
        private byte[] _buffer;
        private int _start;
        private int _at;
        private int _limit;
        private HttpResponse _response;

        /// <summary>Whether something did not fit, so that the text is incomplete.</summary>
        public bool Overflowed
        {
            get { return _limit == Full; }
        }

        /// <summary>Begins the body of a response, and sets its content type.</summary>
        /// <param name="response">The response, whose other fields are set.</param>
        public void Begin(HttpResponse response)
        {
            response.Headers.Put(FieldName.ContentType, KnownText.Octets, KnownText.Json, KnownText.JsonLength, FieldPolicy.Indexed);
            int offset;
            int limit;
            byte[] buffer = response.OpenBody(out offset, out limit);
            Begin(buffer, offset, limit);
            _response = response;
        }

        /// <summary>Begins a text in an array.</summary>
        /// <param name="buffer">The array; the writer writes to it until <see cref="End"/>.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="limit">The end of the room, exclusive. The writer needs one byte more than the text has.</param>
        public void Begin(byte[] buffer, int offset, int limit)
        {
            _response = null;
            _buffer = buffer;
            _start = offset;
            _at = offset;
            _limit = limit;
        }

        /// <summary>Ends the text.</summary>
        /// <returns>The offset after the last octet written.</returns>
        /// <exception cref="InvalidOperationException">The text does not fit into the response's exchange.</exception>
        public int End()
        {
            HttpResponse response = _response;
            if (_at != _start && _buffer[_at - 1] == ',')
            {
                _at--;
            }

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
            int at = _at;
            if (_limit - at <= 1)
            {
                _limit = Full;
                return;
            }

            _buffer[at] = (byte)'{';
            _at = at + 1;
        }

        /// <summary>Writes <c>}</c>.</summary>
        public void EndObject()
        {
            Close((byte)'}');
        }

        /// <summary>Writes <c>[</c>.</summary>
        public void BeginArray()
        {
            if (HasRoom(1))
            {
                _buffer[_at++] = (byte)'[';
            }
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
            int at = _at;
            int end = at + name.Length + 3;
            if (end > _limit)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            buffer[at] = (byte)'"';
            Array.Copy(name, 0, buffer, at + 1, name.Length);
            buffer[end - 2] = (byte)'"';
            buffer[end - 1] = (byte)':';
            _at = end;
        }

        /// <summary>Writes a member with a number.</summary>
        /// <param name="name">The name, as for <see cref="Name"/>.</param>
        /// <param name="value">The number.</param>
        public void Member(byte[] name, long value)
        {
            // Same as Name and Value, without their calls.
            int at = _at;
            int end = at + name.Length + 3;
            if (end + DecimalDigits.MaximumLength >= _limit)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            buffer[at] = (byte)'"';
            Array.Copy(name, 0, buffer, at + 1, name.Length);
            buffer[end - 2] = (byte)'"';
            buffer[end - 1] = (byte)':';
            end = DecimalDigits.WriteTo(value, buffer, end);
            buffer[end] = (byte)',';
            _at = end + 1;
        }

        /// <summary>Writes a member with a text.</summary>
        /// <param name="name">The name, as for <see cref="Name"/>.</param>
        /// <param name="value">The text in UTF-8; null for <c>null</c>.</param>
        public void Member(byte[] name, byte[] value)
        {
            Name(name);
            if (value == null)
            {
                Null();
                return;
            }

            Value(value, 0, value.Length);
        }

        /// <summary>Writes a number.</summary>
        /// <param name="value">The number.</param>
        public void Value(long value)
        {
            int at = _at;
            if (DecimalDigits.MaximumLength >= _limit - at)
            {
                _limit = Full;
                return;
            }

            at = DecimalDigits.WriteTo(value, _buffer, at);
            _buffer[at] = (byte)',';
            _at = at + 1;
        }

        /// <summary>Writes a number with a decimal fraction, without floating point.</summary>
        /// <param name="value">The number times a power of ten.</param>
        /// <param name="decimals">Digits behind the point, 1 to 9: with 2, 2345 stands for 23.45.</param>
        public void Value(int value, int decimals)
        {
            if (!HasRoom(DecimalDigits.MaximumLength))
            {
                return;
            }

            long scale = 1;
            for (int i = 0; i < decimals; i++)
            {
                scale *= 10;
            }

            long rest = value;
            if (rest < 0)
            {
                _buffer[_at++] = (byte)'-';
                rest = -rest;
            }

            _at = DecimalDigits.WriteTo(rest / scale, _buffer, _at);
            _buffer[_at] = (byte)'.';
            _at += decimals + 1;
            for (int i = 1; i <= decimals; i++)
            {
                _buffer[_at - i] = (byte)('0' + (rest % 10));
                rest /= 10;
            }

            _buffer[_at++] = (byte)',';
        }

        /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
        /// <param name="value">The value.</param>
        public void Value(bool value)
        {
            int at = _at;
            int end = value ? at + 4 : at + 5;
            if (end >= _limit)
            {
                _limit = Full;
                return;
            }

            // Octet by octet: a constant array would take heap on the device, and copying from it costs as much.
            byte[] buffer = _buffer;
            if (value)
            {
                buffer[at] = (byte)'t';
                buffer[at + 1] = (byte)'r';
                buffer[at + 2] = (byte)'u';
            }
            else
            {
                buffer[at] = (byte)'f';
                buffer[at + 1] = (byte)'a';
                buffer[at + 2] = (byte)'l';
                buffer[at + 3] = (byte)'s';
            }

            buffer[end - 1] = (byte)'e';
            buffer[end] = (byte)',';
            _at = end + 1;
        }

        /// <summary>Writes <c>null</c>.</summary>
        public void Null()
        {
            int at = _at;
            if (at + 4 >= _limit)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            buffer[at] = (byte)'n';
            buffer[at + 1] = (byte)'u';
            buffer[at + 2] = (byte)'l';
            buffer[at + 3] = (byte)'l';
            buffer[at + 4] = (byte)',';
            _at = at + 5;
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
            int at = _at;
            if (count + 2 >= _limit - at)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            buffer[at++] = (byte)'"';
            Array.Copy(text, offset, buffer, at, count);
            count += at;
            if (!IsPlain(buffer, at, count))
            {
                count = Escape(buffer, at, count, _limit - 1);
                if (count < 0)
                {
                    _limit = Full;
                    return;
                }
            }

            buffer[count] = (byte)'"';
            buffer[count + 1] = (byte)',';
            _at = count + 2;
        }

        /// <summary>Writes a text. Allocates only when less than three bytes per character are free.</summary>
        /// <param name="text">The text; null for <c>null</c>.</param>
        public void Value(string text)
        {
            if (text == null)
            {
                Null();
                return;
            }

            // One octet stays free for the comma.
            int end = Write(text, _buffer, _at, _limit - 1);
            if (end < 0)
            {
                _limit = Full;
                return;
            }

            _buffer[end] = (byte)',';
            _at = end + 1;
        }

        /// <summary>
        /// Writes one text with its quotes, for a caller that writes the JSON around it without a writer. Allocates only
        /// when less than three bytes per character are free.
        /// </summary>
        /// <param name="text">The text.</param>
        /// <param name="buffer">Where to write.</param>
        /// <param name="offset">Where to begin.</param>
        /// <param name="limit">The end of the room, exclusive.</param>
        /// <returns>The offset after the last octet written; -1 when the text does not fit.</returns>
        public static int Write(string text, byte[] buffer, int offset, int limit)
        {
            // Leaves room for both quotes. A UTF-16 code unit takes at most three octets.
            int end = text.Length;
            offset++;
            limit--;
            if (limit > offset && end <= (limit - offset) / 3)
            {
                end = FlashText.Utf8.GetBytes(text, 0, end, buffer, offset);
            }
            else
            {
                end = Copy(Encoding.UTF8.GetBytes(text), buffer, offset, limit);
                if (end < 0)
                {
                    return -1;
                }
            }

            end += offset;
            if (!IsPlain(buffer, offset, end))
            {
                end = Escape(buffer, offset, end, limit + 1);
                if (end < 0)
                {
                    return -1;
                }
            }

            buffer[offset - 1] = (byte)'"';
            buffer[end] = (byte)'"';
            return end + 1;
        }

        // Returns the number of octets copied, or -1 when they do not fit.
        private static int Copy(byte[] octets, byte[] buffer, int offset, int limit)
        {
            if (octets.Length > limit - offset)
            {
                return -1;
            }

            Array.Copy(octets, 0, buffer, offset, octets.Length);
            return octets.Length;
        }

        private void Close(byte bracket)
        {
            int at = _at;
            if (_limit - at <= 1)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            if (at != _start && buffer[at - 1] == ',')
            {
                at--;
            }

            buffer[at] = bracket;
            buffer[at + 1] = (byte)',';
            _at = at + 2;
        }

        // Whether octets and a comma fit. After something did not fit, nothing more is written.
        private bool HasRoom(int count)
        {
            if (count >= _limit - _at)
            {
                _limit = Full;
                return false;
            }

            return true;
        }

        // Whether no octet needs an escape (RFC 8259 7): a backslash, which native code looks for; a control character or a quote,
        // which XOR 2 turns into a space. Of these, eight octets are looked at in one operation; the last eight may overlap those
        // before. The subtraction sets the highest bit of what is below 0x21, and of what is above 0xA0; then each is looked at.
        private static bool IsPlain(byte[] buffer, int at, int end)
        {
            if (Array.IndexOf(buffer, BoxedOctets.Backslash, at, end - at) >= 0)
            {
                return false;
            }

            int last = end - 8;
            if (at <= last)
            {
                while ((((BitConverter.ToInt64(buffer, at) ^ Twos) - Plains) & Tops) == 0)
                {
                    if (at == last)
                    {
                        return true;
                    }

                    at += 8;
                    if (at > last)
                    {
                        at = last;
                    }
                }
            }

            while (at < end)
            {
                if (buffer[at] < ' ' || buffer[at] == '"')
                {
                    return false;
                }

                at++;
            }

            return true;
        }

        // RFC 8259 7: escapes quotes, backslashes and control characters in place, from the end, moving the rest up.
        // Returns the end of the text, or -1 when it does not fit before the limit.
        private static int Escape(byte[] buffer, int start, int end, int limit)
        {
            int more = 0;
            for (int i = start; i < end; i++)
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

            if (more >= limit - end)
            {
                return -1;
            }

            int to = end + more;
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

            return end + more;
        }
    }
}
