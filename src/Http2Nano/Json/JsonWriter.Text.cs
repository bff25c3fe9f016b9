using System;
using Http2Nano.Fields;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Json
{
    // Texts, and the octets in them that need an escape.
    public sealed partial class JsonWriter
    {
        // In each of the eight octets of a long: the highest bit; what turns a quote into a space; the octet after a space.
        private const long Tops = unchecked((long)0x8080808080808080);
        private const long Twos = 0x0202020202020202;
        private const long Plains = 0x2121212121212121;

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
            if (count > _limit - at - TextOverhead)
            {
                _limit = Full;
                return;
            }

            WriteText(text, offset, count, _buffer, at);
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

        // Writes a text with its quotes and a comma, for which there is room if it needs no escapes.
        private void WriteText(byte[] text, int offset, int count, byte[] buffer, int at)
        {
            buffer[at++] = (byte)'"';
            Array.Copy(text, offset, buffer, at, count);
            int end = at + count;
            if (!IsPlain(buffer, at, end))
            {
                end = Escape(buffer, at, end, _limit - 1);
                if (end < 0)
                {
                    _limit = Full;
                    return;
                }
            }

            buffer[end] = (byte)'"';
            buffer[end + 1] = (byte)',';
            _at = end + 2;
        }

        // Whether no octet needs an escape (RFC 8259 7): a backslash, which native code looks for; a control character or a quote,
        // which XOR 2 turns into a space. Of these, sixteen octets are looked at in one go; the last eight may overlap those
        // before. The subtraction sets the highest bit of what is below 0x21, and of what is above 0xA0; then each is looked at.
        private static bool IsPlain(byte[] buffer, int at, int end)
        {
            if (Array.IndexOf(buffer, BoxedOctets.Backslash, at, end - at) >= 0)
            {
                return false;
            }

            int last = end - 8;
            while (at < last - 8)
            {
                if (((((BitConverter.ToInt64(buffer, at) ^ Twos) - Plains) | ((BitConverter.ToInt64(buffer, at + 8) ^ Twos) - Plains)) & Tops) != 0)
                {
                    return IsEachPlain(buffer, at, end);
                }

                at += 16;
            }

            return (at <= last
                    && ((((BitConverter.ToInt64(buffer, at) ^ Twos) - Plains) | ((BitConverter.ToInt64(buffer, last) ^ Twos) - Plains)) & Tops) == 0)
                || IsEachPlain(buffer, at, end);
        }

        private static bool IsEachPlain(byte[] buffer, int at, int end)
        {
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
