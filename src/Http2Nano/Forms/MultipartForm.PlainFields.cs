using System;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Forms
{
    // The gathered plain fields, one after the other: length of the name and length of the value (two octets each), name,
    // value.
    public sealed partial class MultipartForm
    {
        private const int FieldHeader = 4;

        private readonly byte[] _storage;
        private int _end;

        /// <summary>Finds a plain field. Allocates nothing.</summary>
        /// <param name="name">Its name, UTF-8.</param>
        /// <returns>Offset of the value of the first such field in <see cref="Bytes"/>, or -1.</returns>
        public int Find(byte[] name)
        {
            for (int at = 0; at < _end;)
            {
                int nameLength = Number(at);
                int value = at + FieldHeader + nameLength;
                if (nameLength == name.Length && Octets.Equal(_storage, at + FieldHeader, name, 0, nameLength))
                {
                    return value;
                }

                at = value + Number(at + 2);
            }

            return -1;
        }

        /// <summary>Length of a plain field's value in bytes.</summary>
        /// <param name="name">The field's name, UTF-8.</param>
        /// <returns>The length, or -1 when there is no such field.</returns>
        public int ValueLength(byte[] name)
        {
            int value = Find(name);
            return value < 0 ? -1 : Number(value - name.Length - 2);
        }

        /// <summary>Compares a plain field with octets. Allocates nothing.</summary>
        /// <param name="name">Its name, UTF-8.</param>
        /// <param name="expected">The value.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool ValueEquals(byte[] name, byte[] expected)
        {
            return ValueLength(name) == expected.Length && Octets.Equal(_storage, Find(name), expected, 0, expected.Length);
        }

        /// <summary>A plain field as a number. Allocates nothing.</summary>
        /// <param name="name">Its name, UTF-8.</param>
        /// <returns>
        /// The number; -1 when there is no such field, its value is not decimal digits only, or it exceeds 2,147,483,647.
        /// </returns>
        public int GetInt(byte[] name)
        {
            int value = Find(name);
            return value < 0 ? -1 : DecimalNumber.Parse(_storage, value, ValueLength(name));
        }

        /// <summary>A plain field as a string. Allocates the octets of the name, and the string.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The value; null when there is no such field.</returns>
        public string GetValue(string name)
        {
            byte[] octets = Encoding.UTF8.GetBytes(name);
            int value = Find(octets);
            return value < 0 ? null : Encoding.UTF8.GetString(_storage, value, ValueLength(octets));
        }

        private int Number(int at)
        {
            return _storage[at] << 8 | _storage[at + 1];
        }

        // The name moves to its place in the gathered field; the file name and the type of the part are overwritten.
        private void BeginGathering()
        {
            int name = _end + FieldHeader;
            Array.Copy(_storage, _name, _storage, name, NameCount);
            _name = name;
            FileNameCount = -1;
            ContentTypeCount = -1;
            _free = name + NameCount;
        }

        private void Gather(byte[] bytes, int offset, int count)
        {
            if (count > _storage.Length - _free)
            {
                End(413);
                return;
            }

            Array.Copy(bytes, offset, _storage, _free, count);
            _free += count;
        }

        private void EndGathering()
        {
            int value = _free - _name - NameCount;
            _storage[_end] = (byte)(NameCount >> 8);
            _storage[_end + 1] = (byte)NameCount;
            _storage[_end + 2] = (byte)(value >> 8);
            _storage[_end + 3] = (byte)value;
            _end = _free;
        }
    }
}
