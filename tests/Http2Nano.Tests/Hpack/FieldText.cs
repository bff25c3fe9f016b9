using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Hpack;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hpack
{
    /// <summary>Octets and lists as text, so that tests show what they mean.</summary>
    internal static class FieldText
    {
        /// <summary>Octets from hexadecimal digits; spaces are left out.</summary>
        internal static byte[] Octets(string hex)
        {
            char[] digits = hex.ToCharArray();
            byte[] octets = new byte[digits.Length / 2];
            int count = 0;
            int high = -1;
            for (int i = 0; i < digits.Length; i++)
            {
                if (digits[i] == ' ')
                {
                    continue;
                }

                int digit = digits[i] <= '9' ? digits[i] - '0' : digits[i] - 'a' + 10;
                if (high < 0)
                {
                    high = digit;
                }
                else
                {
                    octets[count++] = (byte)(high << 4 | digit);
                    high = -1;
                }
            }

            byte[] result = new byte[count];
            Array.Copy(octets, result, count);
            return result;
        }

        /// <summary>Octets as hexadecimal digits.</summary>
        internal static string Hex(byte[] octets, int offset, int count)
        {
            char[] digits = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                digits[i * 2] = Digit(octets[offset + i] >> 4);
                digits[i * 2 + 1] = Digit(octets[offset + i] & 15);
            }

            return new string(digits);
        }

        /// <summary>The octets of ASCII text.</summary>
        internal static byte[] Ascii(string text)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        /// <summary>Text of a number of equal characters.</summary>
        internal static string Repeat(char character, int count)
        {
            return new string(character, count);
        }

        /// <summary>The fields of a list, one a line.</summary>
        internal static string Lines(HeaderList list)
        {
            StringBuilder lines = new StringBuilder();
            for (int position = list.First(); position >= 0; position = list.Next(position))
            {
                lines.Append(list.GetName(position));
                lines.Append(": ");
                lines.Append(list.GetValue(position));
                lines.Append("\n");
            }

            return lines.ToString();
        }

        /// <summary>A list with room for what tests put into it.</summary>
        internal static HeaderList NewList()
        {
            return new HeaderList(new byte[2048]);
        }

        /// <summary>Adds a field of any name.</summary>
        internal static void Add(HeaderList list, string name, string value)
        {
            list.Add(Ascii(name), Ascii(value));
        }

        /// <summary>Decodes a block that is expected to be good, and gives its fields, one a line.</summary>
        internal static string Decode(HpackDecoder decoder, string hex)
        {
            HeaderList list = NewList();
            Assert.IsTrue(Decode(decoder, list, hex), "a good block was refused");
            return Lines(list);
        }

        /// <summary>Decodes a block into a list that is emptied before, or into none.</summary>
        internal static bool Decode(HpackDecoder decoder, HeaderList list, string hex)
        {
            byte[] block = Octets(hex);
            if (list != null)
            {
                list.Reset(0, list.Limit);
            }

            decoder.Begin(list);
            bool good = decoder.Decode(block, 0, block.Length);
            return decoder.End() && good;
        }

        /// <summary>Encodes a list, and gives the block's hexadecimal digits.</summary>
        internal static string Encode(HpackEncoder encoder, HeaderList list)
        {
            byte[] buffer = new byte[2048];
            int bound = encoder.Bound(list);
            encoder.Begin(buffer, 3);
            encoder.Encode(list);
            int length = encoder.End();
            Assert.IsTrue(length <= bound, "longer than its bound");
            return Hex(buffer, 3, length);
        }

        private static char Digit(int value)
        {
            return (char)(value < 10 ? '0' + value : 'a' + value - 10);
        }
    }
}
