using System;

namespace Http2Nano.Fields
{
    // The part that takes fields in pieces, as HTTP/1.1 reads them.
    public partial class HeaderList
    {
        /// <summary>Begins a field that is added in pieces: name, value, <see cref="EndField"/>.</summary>
        public void BeginField()
        {
            Cursor = Used + Prefix + 2;
            if (Cursor > Bound)
            {
                Cursor = NoField;
                return;
            }

            SetNewValue(0);
        }

        /// <summary>
        /// Begins a field with a well-known name, whose value is added in pieces and completed by <see cref="EndField"/>.
        /// </summary>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        public void BeginField(int nameIndex)
        {
            Cursor = Used + Prefix;
            if (Cursor > Bound)
            {
                Cursor = NoField;
                return;
            }

            Storage[Used] = (byte)nameIndex;
            SetNewValue(Prefix);
        }

        /// <summary>Appends octets to the name of the current field, in lower case.</summary>
        /// <param name="buffer">Holds the octets; copied.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">Their number.</param>
        public void AppendName(byte[] buffer, int offset, int count)
        {
            Check(buffer, offset, count);
            int at = Cursor;
            Append(buffer, offset, count);
            if (Cursor >= 0)
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
            if (Cursor >= 0 && NewValue == 0)
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
            if (Cursor >= 0 && NewValue == 0)
            {
                EndName();
            }

            if (Cursor < 0)
            {
                Faults |= Dropped;
                return;
            }

            int index = Storage[Used];
            int value = NewValue;
            int octets = Cursor - Used - value;
            octets += index == 0
                ? value - Prefix - 2
                : WellKnownFields.Spans[index] & WellKnownFields.LengthMask;
            Begin(index, Cursor - Used, octets, FieldPolicy.Default);
            Cursor = NoField;
        }

        private void Append(byte[] buffer, int offset, int count)
        {
            int at = Cursor;
            if (at < 0 || count > Bound - at)
            {
                Cursor = NoField;
                return;
            }

            Array.Copy(buffer, offset, Storage, at, count);
            Cursor = at + count;
        }

        // Completes the name: a well-known one is replaced by its number.
        private void EndName()
        {
            int start = Used + Prefix + 2;
            int length = Cursor - start;
            int index = WellKnownFields.IndexOf(Storage, start, length);
            Storage[Used] = (byte)index;
            if (index != 0)
            {
                Cursor = Used + Prefix;
                SetNewValue(Prefix);
                return;
            }

            if (Cursor - Used > LongestField)
            {
                Cursor = NoField;
                return;
            }

            Storage[start - 2] = (byte)(length >> 8);
            Storage[start - 1] = (byte)length;
            SetNewValue(Cursor - Used);
        }

        // The offset of the value of the field that is being added, from the field's first octet on; 0 while the name is
        // incomplete. It stands where the field's length will stand.
        private int NewValue
        {
            get { return Storage[Used + 2] << 8 | Storage[Used + 3]; }
        }

        private void SetNewValue(int offset)
        {
            Storage[Used + 2] = (byte)(offset >> 8);
            Storage[Used + 3] = (byte)offset;
        }
    }
}
