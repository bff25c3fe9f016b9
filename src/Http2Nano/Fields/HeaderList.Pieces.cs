using System;

namespace Http2Nano.Fields
{
    // Fields that come in pieces, as HTTP/1.1 reads them.
    public partial class HeaderList
    {
        /// <summary>Begins a field that comes in pieces: name, value, <see cref="EndField"/>.</summary>
        public void BeginField()
        {
            _valueStart = 0;
            _cursor = Used + Prefix + 2;
            if (_cursor > Bound)
            {
                _cursor = NoField;
            }
        }

        /// <summary>Begins a field with a well-known name whose value comes in pieces: value, <see cref="EndField"/>.</summary>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        public void BeginField(int nameIndex)
        {
            _valueStart = Used + Prefix;
            _cursor = _valueStart;
            if (_cursor > Bound)
            {
                _cursor = NoField;
                return;
            }

            Storage[Used] = (byte)nameIndex;
        }

        /// <summary>Adds octets to the name of the field begun, in lower case.</summary>
        /// <param name="buffer">Holds the octets; copied.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">Their number.</param>
        public void AppendName(byte[] buffer, int offset, int count)
        {
            Check(buffer, offset, count);
            int at = _cursor;
            Append(buffer, offset, count);
            if (_cursor >= 0)
            {
                FieldSyntax.ToLower(Storage, at, count);
            }
        }

        /// <summary>Adds octets to the value of the field begun; its name is complete then.</summary>
        /// <param name="buffer">Holds the octets; copied.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">Their number.</param>
        public void AppendValue(byte[] buffer, int offset, int count)
        {
            Check(buffer, offset, count);
            if (_valueStart == 0)
            {
                EndName();
            }

            Append(buffer, offset, count);
        }

        /// <summary>Completes the field begun. If it did not fit it is dropped, and <see cref="TooLarge"/> says so.</summary>
        public void EndField()
        {
            if (_valueStart == 0)
            {
                EndName();
            }

            if (_cursor < 0)
            {
                Faults |= Dropped;
                return;
            }

            int index = Storage[Used];
            int octets = _cursor - _valueStart;
            octets += index == 0
                ? _valueStart - Used - Prefix - 2
                : WellKnownFields.Spans[index] & WellKnownFields.LengthMask;
            Begin(index, _cursor - Used, octets, FieldPolicy.Default);
            _cursor = NoField;
        }

        private void Append(byte[] buffer, int offset, int count)
        {
            int at = _cursor;
            if (at < 0 || count > Bound - at)
            {
                _cursor = NoField;
                return;
            }

            Array.Copy(buffer, offset, Storage, at, count);
            _cursor = at + count;
        }

        // The name is complete: a well-known one gives way to its number.
        private void EndName()
        {
            _valueStart = _cursor;
            if (_cursor < 0)
            {
                return;
            }

            int start = Used + Prefix + 2;
            int length = _cursor - start;
            int index = WellKnownFields.IndexOf(Storage, start, length);
            Storage[Used] = (byte)index;
            if (index != 0)
            {
                _valueStart = Used + Prefix;
                _cursor = _valueStart;
                return;
            }

            Storage[start - 2] = (byte)(length >> 8);
            Storage[start - 1] = (byte)length;
        }
    }
}
