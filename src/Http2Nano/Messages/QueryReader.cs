using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The fields of a query or a form by name, for handlers that read many of them: they are looked through once, and each is
    /// found at the same cost. One reader serves all requests, one after the other.
    /// </summary>
    /// <remarks>
    /// <para>A value is addressed by the offset of its first octet in <see cref="HttpRequest.Bytes"/>, encoded; -1 means that there
    /// is no such field. Of several fields with one name the first counts. What comes behind the number of fields that the reader
    /// was made for is found too, more slowly.</para>
    /// <para>Heap on the device: 150 bytes, and about 10 for each field. Nothing is allocated after construction but the strings
    /// that a handler asks for.</para>
    /// </remarks>
    public sealed class QueryReader
    {
        private const int Most = 100;
        private const int Numbers = 3;

        // For each field the offsets of its name and of what is behind it, and the end of its value.
        private readonly short[] _fields;

        // Numbers of fields, from 1 on, by the hash of their names, with open addressing; at least half of the places are free.
        private readonly byte[] _places;

        private byte[] _bytes;
        private int _count;

        // What is behind the fields that are in the table.
        private int _rest;
        private int _end;

        /// <summary>Makes a reader.</summary>
        /// <param name="fields">How many fields are expected at most, 1 to 100.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
        public QueryReader(int fields)
        {
            if (fields < 1 || fields > Most)
            {
                throw new ArgumentOutOfRangeException("fields", "A reader has room for 1 to 100 fields.");
            }

            int places = 4;
            while (places < 2 * fields)
            {
                places <<= 1;
            }

            _fields = new short[Numbers * fields];
            _places = new byte[places];
        }

        /// <summary>Number of fields that have been found at once; others may be behind them.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Reads the query of a request. To be called before the fields are asked for.</summary>
        /// <param name="request">The request; the reader refers to it until it begins again.</param>
        public void Begin(HttpRequest request)
        {
            int count = request.QueryCount;
            Begin(request.Bytes, request.QueryStart, request.QueryStart + (count < 0 ? 0 : count));
        }

        /// <summary>Reads the form that a request has as its body (see <see cref="HttpRequest.HasForm"/>).</summary>
        /// <param name="request">The request; the reader refers to it until it begins again.</param>
        public void BeginForm(HttpRequest request)
        {
            Begin(request.Bytes, request.BodyStart, request.BodyStart + request.BodyCount);
        }

        /// <summary>Finds a field. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>Offset of its encoded value; -1 when there is no such field.</returns>
        public int Find(byte[] name)
        {
            int field = FindField(name);
            if (field >= 0)
            {
                int behind = _fields[field + 1];
                return behind < _fields[field + 2] ? behind + 1 : behind;
            }

            return _rest < _end ? UrlEncoded.Find(_bytes, _rest, _end, name) : -1;
        }

        /// <summary>Length of an encoded value.</summary>
        /// <param name="at">The offset that <see cref="Find"/> returned.</param>
        public int ValueLength(int at)
        {
            return UrlEncoded.End(_bytes, at, _end) - at;
        }

        /// <summary>Compares a value with octets. Allocates nothing.</summary>
        /// <param name="name">The field's name, decoded.</param>
        /// <param name="expected">The value, decoded.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool ValueEquals(byte[] name, byte[] expected)
        {
            int at = Find(name);
            return at >= 0 && UrlEncoded.DecodesTo(_bytes, at, UrlEncoded.End(_bytes, at, _end), expected);
        }

        /// <summary>A value as a number. Allocates nothing.</summary>
        /// <param name="name">The field's name, decoded.</param>
        /// <returns>
        /// The number; -1 when there is no such field, its value is not decimal digits only, or it exceeds 2,147,483,647.
        /// </returns>
        public int GetInt(byte[] name)
        {
            int at = Find(name);
            return at < 0 ? -1 : DecimalNumber.Parse(_bytes, at, ValueLength(at));
        }

        /// <summary>Copies a value, decoded. Allocates nothing.</summary>
        /// <param name="at">The offset that <see cref="Find"/> returned.</param>
        /// <param name="destination">Has room for <see cref="ValueLength"/> octets.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Octets written, or -1 when an escape is malformed.</returns>
        public int Copy(int at, byte[] destination, int offset)
        {
            return UrlEncoded.Decode(_bytes, at, at + ValueLength(at), destination, offset);
        }

        /// <summary>A value as a string. Allocates its octets and the string.</summary>
        /// <param name="name">The field's name, decoded.</param>
        /// <returns>The value; null when there is no such field.</returns>
        public string GetValue(byte[] name)
        {
            int at = Find(name);
            return at < 0 ? null : UrlEncoded.GetString(_bytes, at, at + ValueLength(at));
        }

        private void Begin(byte[] bytes, int at, int end)
        {
            Array.Clear(_places, 0, _places.Length);
            _bytes = bytes;
            _end = end;
            int number = 0;
            int next;
            for (; at < end && number < _fields.Length; at = next)
            {
                int stop = at;
                int equals = -1;
                int octet = 0;
                bool escapes = false;

                // One look at each octet of a name; values are passed without.
                while (stop < end && (octet = bytes[stop]) != '&' && octet != '=')
                {
                    escapes |= octet == '%' || octet == '+';
                    stop++;
                }

                equals = stop;
                if (octet == '=' && stop < end)
                {
                    stop = UrlEncoded.End(bytes, stop, end);
                }

                next = stop + 1;
                _fields[number] = (short)at;
                _fields[number + 1] = (short)equals;
                _fields[number + 2] = (short)stop;
                number += Numbers;
                int place = escapes ? HashOfEncoded(bytes, at, equals) : Hash(bytes, at, equals - at);
                while (_places[place &= _places.Length - 1] != 0)
                {
                    place++;
                }

                _places[place] = (byte)(number / Numbers);
            }

            _count = number / Numbers;
            _rest = at;
        }

        // Index of the first field with a name; -1 when none is in the table.
        private int FindField(byte[] name)
        {
            int place = Hash(name, 0, name.Length);
            int number;
            while ((number = _places[place &= _places.Length - 1]) != 0)
            {
                number = (number - 1) * Numbers;
                if (UrlEncoded.DecodesTo(_bytes, _fields[number], _fields[number + 1], name))
                {
                    return number;
                }

                place++;
            }

            return -1;
        }

        private static int Hash(byte[] bytes, int at, int count)
        {
            return count == 0 ? 0 : Mix(bytes[at], bytes[at + (count >> 1)], bytes[at + count - 1], count);
        }

        // The same as of the decoded name.
        private static int HashOfEncoded(byte[] bytes, int at, int end)
        {
            int count = 0;
            for (int i = at; i < end; i = Next(bytes, i))
            {
                count++;
            }

            int first = 0;
            int middle = 0;
            int last = 0;
            int index = 0;
            for (int i = at; i < end; i = Next(bytes, i))
            {
                last = bytes[i] == '%' ? Hex.Octet(bytes, i + 1, end) : bytes[i] == '+' ? ' ' : bytes[i];
                first = index == 0 ? last : first;
                middle = index == count >> 1 ? last : middle;
                index++;
            }

            return count == 0 ? 0 : Mix(first, middle, last, count);
        }

        private static int Next(byte[] bytes, int at)
        {
            return at + (bytes[at] == '%' ? 3 : 1);
        }

        private static int Mix(int first, int middle, int last, int count)
        {
            return (first * 5) + (middle * 11) + (last * 3) + (count * 23);
        }
    }
}
