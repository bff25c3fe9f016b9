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
    /// and arrays in order and gives every member a name. Writing allocates nothing; the object takes 120 bytes of heap.
    /// </remarks>
    public sealed partial class JsonWriter
    {
        // The limit after something did not fit: it lets nothing more be written.
        private const int Full = -1;

        // What a name has beside its octets: two quotes and a colon. What a text has: two quotes and a comma.
        private const int NameOverhead = 3;
        private const int TextOverhead = 3;

        // What a member with a number has beside the octets of its name, at most and without the comma.
        private const int MostOfNumber = NameOverhead + DecimalDigits.MaximumLength;

        // What is copied as a whole, with its comma.
        private const int True = 0;
        private const int TrueLength = 5;
        private const int False = True + TrueLength;
        private const int FalseLength = 6;
        private readonly byte[] _literals = Ascii.Pack("true,false,");

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

        /// <summary>
        /// The encoding of JSON, for texts that need no escapes. Always the same object: <c>Encoding.UTF8</c> of the platform is a
        /// new one at each call.
        /// </summary>
        public static Encoding Utf8
        {
            get { return FlashText.Utf8; }
        }

        /// <summary>Begins the body of a response, and sets its content type.</summary>
        /// <param name="response">The response, whose other fields are set.</param>
        public void Begin(HttpResponse response)
        {
            AddContentType(response);
            _buffer = response.OpenBody(out _at, out _limit);
            _start = _at;
            _response = response;
        }

        /// <summary>Sets the content type of a response whose body is JSON, made in another way.</summary>
        /// <param name="response">The response.</param>
        public static void AddContentType(HttpResponse response)
        {
            // Packed as in the list, so that one copy adds it.
            HeaderList fields = response.HeaderSection;
            int at = fields.Used;
            if (KnownText.JsonFieldLength > fields.Bound - at)
            {
                fields.Faults |= HeaderList.Dropped;
            }
            else
            {
                Array.Copy(KnownText.Octets, KnownText.JsonField, fields.Storage, at, KnownText.JsonFieldLength);
                fields.Used = at + KnownText.JsonFieldLength;
                fields.Total += KnownText.JsonFieldSize;
                fields.Fields++;
            }
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
            int at = _at;
            if (at != _start && _buffer[at - 1] == ',')
            {
                at--;
            }

            _buffer = null;
            if (response != null)
            {
                _response = null;
                if (_limit == Full)
                {
                    throw new InvalidOperationException("The JSON does not fit into ExchangeSize.");
                }

                response.CloseBody(at);
            }

            return at;
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
            // Same as Close, without the call.
            int at = _at;
            byte[] buffer = _buffer;
            if (at != _start && buffer[at - 1] == ',')
            {
                at--;
            }

            if (_limit - at <= 1)
            {
                _limit = Full;
                return;
            }

            buffer[at] = (byte)'}';
            buffer[at + 1] = (byte)',';
            _at = at + 2;
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

        /// <summary>Packs the name of a member, to be written many times. Allocates; to be called before the server starts.</summary>
        /// <param name="name">The name, any text.</param>
        /// <returns>
        /// The name as it stands in a text, escaped, with quotes and a colon. Every method here that takes a name takes it, and
        /// copies it in one go.
        /// </returns>
        public static byte[] PackName(string name)
        {
            // An octet may become six (RFC 8259 7), and there are two quotes.
            byte[] buffer = new byte[(Encoding.UTF8.GetBytes(name).Length * 6) + 3];
            int end = Write(name, buffer, 0, buffer.Length - 1);
            buffer[end] = (byte)':';
            byte[] packed = new byte[end + 1];
            Array.Copy(buffer, packed, packed.Length);
            return packed;
        }

        /// <summary>Writes the name of a member.</summary>
        /// <param name="name">
        /// What <see cref="PackName"/> has made; or the name in UTF-8, which is not escaped: no quote, no backslash, no control
        /// character.
        /// </param>
        public void Name(byte[] name)
        {
            int at = _at;
            int count = name.Length;
            if (count != 0 && name[0] == '"')
            {
                int behind = at + count;
                if (behind > _limit)
                {
                    _limit = Full;
                    return;
                }

                Array.Copy(name, 0, _buffer, at, count);
                _at = behind;
                return;
            }

            int end = at + count + NameOverhead;
            if (end > _limit)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            buffer[at] = (byte)'"';
            Array.Copy(name, 0, buffer, at + 1, count);
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
            int count = name.Length;
            if (at + count + MostOfNumber >= _limit)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            if (count != 0 && name[0] == '"')
            {
                Array.Copy(name, 0, buffer, at, count);
                at += count;
            }
            else
            {
                buffer[at] = (byte)'"';
                Array.Copy(name, 0, buffer, at + 1, count);
                at += count + NameOverhead;
                buffer[at - 2] = (byte)'"';
                buffer[at - 1] = (byte)':';
            }

            at = DecimalDigits.WriteTo(value, buffer, at);
            buffer[at] = (byte)',';
            _at = at + 1;
        }

        /// <summary>Writes a member with <c>true</c> or <c>false</c>.</summary>
        /// <param name="name">The name, as for <see cref="Name"/>.</param>
        /// <param name="value">The value.</param>
        public void Member(byte[] name, bool value)
        {
            int count = name.Length;
            if (count == 0 || name[0] != '"')
            {
                Name(name);
                Value(value);
                return;
            }

            int at = _at;
            int behind = at + count;
            int end = value ? behind + TrueLength : behind + FalseLength;
            if (end > _limit)
            {
                _limit = Full;
                return;
            }

            byte[] buffer = _buffer;
            Array.Copy(name, 0, buffer, at, count);
            Array.Copy(_literals, value ? True : False, buffer, behind, end - behind);
            _at = end;
        }

        /// <summary>Writes a member with a text.</summary>
        /// <param name="name">The name, as for <see cref="Name"/>.</param>
        /// <param name="value">The text in UTF-8; null for <c>null</c>.</param>
        public void Member(byte[] name, byte[] value)
        {
            int at = _at;
            int count = name.Length;
            int length = value == null ? int.MaxValue : value.Length;
            if (length > _limit - at - count - (NameOverhead + TextOverhead))
            {
                // There may be room all the same: a packed name needs less.
                Name(name);
                Value(value);
                return;
            }

            byte[] buffer = _buffer;
            if (count != 0 && name[0] == '"')
            {
                Array.Copy(name, 0, buffer, at, count);
                at += count;
            }
            else
            {
                buffer[at] = (byte)'"';
                Array.Copy(name, 0, buffer, at + 1, count);
                at += count + NameOverhead;
                buffer[at - 2] = (byte)'"';
                buffer[at - 1] = (byte)':';
            }

            WriteText(value, 0, length, buffer, at);
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
            int end = value ? at + TrueLength : at + FalseLength;
            if (end > _limit)
            {
                _limit = Full;
                return;
            }

            Array.Copy(_literals, value ? True : False, _buffer, at, end - at);
            _at = end;
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

        private void Close(byte bracket)
        {
            int at = _at;
            byte[] buffer = _buffer;
            if (at != _start && buffer[at - 1] == ',')
            {
                at--;
            }

            if (_limit - at <= 1)
            {
                _limit = Full;
                return;
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
    }
}
