using System;
using System.Text;

namespace Http2Nano.Fields
{
    public partial class HeaderList
    {
        /// <summary>Position of the first field, or -1 if there is none.</summary>
        public int First()
        {
            return Used > Origin ? Origin : -1;
        }

        /// <summary>Position of the field after the given one, or -1 after the last.</summary>
        /// <param name="position">A position in this list.</param>
        public int Next(int position)
        {
            byte[] storage = Storage;
            position += storage[position] >= StaticField ? 1 : storage[position + 2] << 8 | storage[position + 3];
            return position < Used ? position : -1;
        }

        /// <summary>Position of the first field with a name, or -1.</summary>
        /// <param name="name">The name, in lower case.</param>
        public int Find(byte[] name)
        {
            int index = WellKnownFields.IndexOf(name, 0, name.Length);
            return index != 0 ? FindAt(Origin, index) : FindAt(Origin, name);
        }

        /// <summary>Position of the next field with a name after a position, or -1.</summary>
        /// <param name="position">A position in this list.</param>
        /// <param name="name">The name, in lower case.</param>
        public int FindNext(int position, byte[] name)
        {
            position = Next(position);
            if (position < 0)
            {
                return -1;
            }

            int index = WellKnownFields.IndexOf(name, 0, name.Length);
            return index != 0 ? FindAt(position, index) : FindAt(position, name);
        }

        /// <summary>Position of the first field with a well-known name, or -1.</summary>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        public int Find(int nameIndex)
        {
            return FindAt(Origin, nameIndex);
        }

        /// <summary>Position of the next field with a well-known name after a position, or -1.</summary>
        /// <param name="position">A position in this list.</param>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        public int FindNext(int position, int nameIndex)
        {
            position = Next(position);
            return position < 0 ? -1 : FindAt(position, nameIndex);
        }

        /// <summary>The number of the name in <see cref="FieldName"/>, or <see cref="FieldName.None"/>.</summary>
        /// <param name="position">A position in this list.</param>
        public int NameIndex(int position)
        {
            int first = Storage[position];
            return first < StaticField ? first : WellKnownFields.FirstOfName(first - StaticField);
        }

        /// <summary>Whether the name begins with a colon (RFC 9113 8.3).</summary>
        /// <param name="position">A position in this list.</param>
        public bool IsPseudo(int position)
        {
            int index = NameIndex(position);
            if (index == 0)
            {
                return NameLength(position) > 0 && Storage[position + Prefix + 2] == ':';
            }

            return index <= 14 || index == FieldName.Protocol;
        }

        /// <summary>Length of the name in octets.</summary>
        /// <param name="position">A position in this list.</param>
        public int NameLength(int position)
        {
            int index = NameIndex(position);
            return index == 0
                ? Storage[position + Prefix] << 8 | Storage[position + Prefix + 1]
                : WellKnownFields.Spans[index] & WellKnownFields.LengthMask;
        }

        /// <summary>Copies the name.</summary>
        /// <param name="position">A position in this list.</param>
        /// <param name="destination">Takes <see cref="NameLength"/> octets; must have room for them.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <returns>The number of octets written.</returns>
        public int CopyName(int position, byte[] destination, int offset)
        {
            int length = NameLength(position);
            int index = NameIndex(position);
            if (index == 0)
            {
                Array.Copy(Storage, position + Prefix + 2, destination, offset, length);
            }
            else
            {
                index = WellKnownFields.Spans[index];
                if (index < WellKnownFields.Rare)
                {
                    Array.Copy(WellKnownFields.Text, index >> WellKnownFields.LengthBits, destination, offset, length);
                }
                else
                {
                    FlashText.Utf8.GetBytes(WellKnownFields.RareNames, (index - WellKnownFields.Rare) >> WellKnownFields.LengthBits, length, destination, offset);
                }
            }

            return length;
        }

        /// <summary>Length of the value in octets, decoded.</summary>
        /// <param name="position">A position in this list.</param>
        public int ValueLength(int position)
        {
            int first = Storage[position];
            if (first >= StaticField)
            {
                first -= StaticField;
                return first > WellKnownFields.LastValue
                    ? 0
                    : WellKnownFields.Spans[WellKnownFields.Values + first] & WellKnownFields.LengthMask;
            }

            int at = ValueOffset(position);
            return (Storage[position + 1] & Coded) != 0
                ? Storage[at - 2] << 8 | Storage[at - 1]
                : ValueEnd(position) - at;
        }

        /// <summary>Whether a value equals octets.</summary>
        /// <param name="position">A position in this list.</param>
        /// <param name="expected">The octets to compare with.</param>
        public bool ValueEquals(int position, byte[] expected)
        {
            return ValueEquals(position, expected, 0, expected.Length);
        }

        /// <summary>Whether a value equals a part of an array.</summary>
        internal bool ValueEquals(int position, byte[] expected, int offset, int length)
        {
            if (ValueLength(position) != length)
            {
                return false;
            }

            int first = Storage[position];
            if (first >= StaticField)
            {
                return length == 0
                    || Octets.Equal(WellKnownFields.Text, WellKnownFields.Spans[WellKnownFields.Values + first - StaticField] >> WellKnownFields.LengthBits, expected, offset, length);
            }

            int at = ValueOffset(position);
            return (Storage[position + 1] & Coded) != 0
                ? Huffman.Matches(Storage, at, ValueEnd(position), expected, offset, length, false)
                : Octets.Equal(Storage, at, expected, offset, length);
        }

        /// <summary>Copies the value, decoded.</summary>
        /// <param name="position">A position in this list.</param>
        /// <param name="destination">Takes <see cref="ValueLength"/> octets; must have room for them.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <returns>The number of octets written.</returns>
        public int CopyValue(int position, byte[] destination, int offset)
        {
            int length;
            if (Storage[position] >= StaticField)
            {
                length = ValueLength(position);
                if (length > 0)
                {
                    Array.Copy(WellKnownFields.Text, WellKnownFields.Spans[WellKnownFields.Values + Storage[position] - StaticField] >> WellKnownFields.LengthBits, destination, offset, length);
                }

                return length;
            }

            int at = ValueOffset(position);
            if ((Storage[position + 1] & Coded) != 0)
            {
                Huffman.Decode(Storage, at, ValueEnd(position), destination, offset);
                return Storage[at - 2] << 8 | Storage[at - 1];
            }

            length = ValueEnd(position) - at;
            Array.Copy(Storage, at, destination, offset, length);
            return length;
        }

        /// <summary>
        /// The value as text, from UTF-8. Allocates the string, and for a Huffman-coded value its octets too.
        /// </summary>
        /// <param name="position">A position in this list.</param>
        public string GetValue(int position)
        {
            int length = ValueLength(position);
            int first = Storage[position];
            if (length == 0)
            {
                return string.Empty;
            }

            if (first >= StaticField)
            {
                return Encoding.UTF8.GetString(WellKnownFields.Text, WellKnownFields.Spans[WellKnownFields.Values + first - StaticField] >> WellKnownFields.LengthBits, length);
            }

            int at = ValueOffset(position);
            if ((Storage[position + 1] & Coded) == 0)
            {
                return Encoding.UTF8.GetString(Storage, at, length);
            }

            byte[] octets = new byte[length];
            Huffman.Decode(Storage, at, ValueEnd(position), octets, 0);
            return Encoding.UTF8.GetString(octets, 0, length);
        }

        /// <summary>The value as a number.</summary>
        /// <param name="position">A position in this list.</param>
        /// <returns>The number; -1 when the value is not decimal digits only, or exceeds an int.</returns>
        public int ParseNumber(int position)
        {
            int length = ValueLength(position);
            int first = Storage[position];
            if (length == 0)
            {
                return -1;
            }

            byte[] octets = Storage;
            int at;
            if (first >= StaticField)
            {
                octets = WellKnownFields.Text;
                at = WellKnownFields.Spans[WellKnownFields.Values + first - StaticField] >> WellKnownFields.LengthBits;
            }
            else
            {
                at = ValueOffset(position);
                if ((Storage[position + 1] & Coded) != 0)
                {
                    return Huffman.ParseNumber(Storage, at, ValueEnd(position), length);
                }
            }

            int number = 0;
            for (int end = at + length; at < end; at++)
            {
                int digit = octets[at] - '0';
                if (digit < 0 || digit > 9 || number > (int.MaxValue - digit) / 10)
                {
                    return -1;
                }

                number = number * 10 + digit;
            }

            return number;
        }

        private int FindAt(int position, int nameIndex)
        {
            byte[] storage = Storage;
            int used = Used;
            while (position < used)
            {
                int first = storage[position];
                if (first == nameIndex)
                {
                    return position;
                }

                if (first < StaticField)
                {
                    position += storage[position + 2] << 8 | storage[position + 3];
                }
                else
                {
                    if (WellKnownFields.FirstOfName(first - StaticField) == nameIndex)
                    {
                        return position;
                    }

                    position++;
                }
            }

            return -1;
        }

        // Only names that are not well known are stored as text.
        private int FindAt(int position, byte[] name)
        {
            byte[] storage = Storage;
            while (position < Used)
            {
                int first = storage[position];
                if (first >= StaticField)
                {
                    position++;
                    continue;
                }

                if (first == 0
                    && (storage[position + 4] << 8 | storage[position + 5]) == name.Length
                    && Octets.Equal(storage, position + 6, name, 0, name.Length))
                {
                    return position;
                }

                position += storage[position + 2] << 8 | storage[position + 3];
            }

            return -1;
        }

        // Offset of the stored value of a field that is not an entry of the static table.
        internal int ValueOffset(int position)
        {
            // The method has no more variables than this, because they enlarge its stack frame, and a nearly full heap has
            // no room for a larger one.
            byte[] storage = Storage;
            int at = (storage[position + 1] & Coded) != 0 ? position + Prefix + 2 : position + Prefix;
            return storage[position] != 0 ? at : (storage[position + 4] << 8 | storage[position + 5]) + at + 2;
        }

        internal int ValueEnd(int position)
        {
            return position + (Storage[position + 2] << 8 | Storage[position + 3]);
        }
    }
}
