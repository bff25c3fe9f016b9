using System;

namespace Http2Nano.Fields
{
    /// <summary>
    /// Takes a <c>cookie</c> field (RFC 6265 4.2) in pieces of any size, and puts those cookies into a list that the
    /// application has declared. The others, of which there may be any number of any length, take no room.
    /// </summary>
    /// <remarks>Heap on the device: 252 bytes; only where cookies are declared.</remarks>
    internal sealed class CookieFilter
    {
        private const int InName = 0;
        private const int InValue = 1;
        private const int Passing = 2;

        private readonly KeptFields _kept;

        // A boxed octet, made once. Not with the others, so that a server without this has no heap for it.
        private readonly object _equalsSign = Ascii.Pack("=").GetValue(0);
        private readonly byte[] _name = new byte[KeptFields.LongestName + 2];

        private HeaderList _list;
        private int _state;

        // Octets of the name so far.
        private int _length;

        // The end of what has been put into the list; 0 when it does not fit.
        private int _end;

        internal CookieFilter(KeptFields kept)
        {
            _kept = kept;
        }

        /// <summary>Begins a field, behind those of a list.</summary>
        internal void Begin(HeaderList list)
        {
            _list = list;
            _state = InName;
            _length = 0;
            _end = list.Used + HeaderList.Prefix;
        }

        /// <summary>Takes octets of the value.</summary>
        internal void Take(byte[] bytes, int at, int end)
        {
            while (at < end)
            {
                int semicolon = Array.IndexOf(bytes, BoxedOctets.Semicolon, at, end - at);
                int stop = semicolon < 0 ? end : semicolon;
                if (_state == InName)
                {
                    at = TakeName(bytes, at, stop);
                }

                if (_state == InValue && at < stop)
                {
                    Append(bytes, at, stop - at);
                }

                if (semicolon < 0)
                {
                    return;
                }

                _state = InName;
                _length = 0;
                at = stop + 1;
            }
        }

        /// <summary>Ends the field, which is then packed behind the fields of the list, and not yet one of them.</summary>
        /// <returns>Its length; 0 when its cookies do not fit.</returns>
        internal int End(int flags)
        {
            HeaderList list = _list;
            _list = null;
            int length = _end - list.Used;
            if (_end == 0 || length > HeaderList.LongestField)
            {
                return 0;
            }

            byte[] storage = list.Storage;
            int at = list.Used;
            storage[at] = FieldName.Cookie;
            storage[at + 1] = (byte)flags;
            storage[at + 2] = (byte)(length >> 8);
            storage[at + 3] = (byte)length;
            return length;
        }

        // Returns the offset of what comes after the name.
        private int TakeName(byte[] bytes, int at, int stop)
        {
            while (_length == 0 && at < stop && bytes[at] == ' ')
            {
                at++;
            }

            int equals = at < stop ? Array.IndexOf(bytes, _equalsSign, at, stop - at) : -1;
            int count = (equals < 0 ? stop : equals) - at;
            if (count > KeptFields.LongestName - _length)
            {
                _state = Passing;
                return stop;
            }

            Array.Copy(bytes, at, _name, _length, count);
            _length += count;
            if (equals < 0)
            {
                return stop;
            }

            if (!_kept.IsCookie(_name, 0, _length))
            {
                _state = Passing;
                return stop;
            }

            _state = InValue;
            if (_end != _list.Used + HeaderList.Prefix)
            {
                // RFC 6265 4.2.1.
                Array.Copy(_name, 0, _name, 2, _length);
                _name[0] = (byte)';';
                _name[1] = (byte)' ';
                _length += 2;
            }

            Append(_name, 0, _length);
            return equals;
        }

        private void Append(byte[] bytes, int at, int count)
        {
            HeaderList list = _list;
            while (_end != 0 && count > list.Bound - _end)
            {
                int moved = list.GiveWay(_kept, _end);
                if (moved < 0)
                {
                    list.Faults |= HeaderList.Dropped;
                }

                _end = moved < 0 ? 0 : _end - moved;
            }

            if (_end != 0)
            {
                Array.Copy(bytes, at, list.Storage, _end, count);
                _end += count;
            }
        }
    }
}
