using System;

namespace Http2Nano.Fields
{
    // The part that takes fields in pieces, as HTTP/1.1 reads them.
    public partial class HeaderList
    {
        /// <summary>Begins a field that is added in pieces: name, value, <see cref="EndField"/>.</summary>
        public void BeginField()
        {
            _valueStart = 0;
            _cursor = Used + Prefix + 2;
            if (_cursor > Bound)
            {
                _cursor = NoField;
            }
        }

        /// <summary>
        /// Begins a field with a well-known name, whose value is added in pieces and completed by <see cref="EndField"/>.
        /// </summary>
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

        /// <summary>Appends octets to the name of the current field, in lower case.</summary>
        /// <param name="buffer">Holds the octets; copied.</param>
        /// <param name="offset">Offset of the first.</param>
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

        /// <summary>Appends octets to the value of the current field; completes its name.</summary>
        /// <param name="buffer">Holds the octets; copied.</param>
        /// <param name="offset">Offset of the first.</param>
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

        /// <summary>
        /// Completes the current field. If it does not fit, it is dropped and <see cref="TooLarge"/> is set.
        /// </summary>
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

        // Completes the name: a well-known one is replaced by its number.
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
