using System;
using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>
    /// An ordered collection of header fields (RFC 7541 1.3), packed into a region of a byte array that the caller owns.
    /// Requests, responses and trailers of both protocols are such lists.
    /// </summary>
    /// <remarks>
    /// <para>A field is addressed by its position, an integer that is valid until the list is cleared; -1 means none. Names
    /// are stored in lower case. A value may be stored Huffman-coded, as it arrived, once its length and validity are
    /// known; the accessors decode it. Only the methods that return a string allocate.</para>
    /// <para>Heap on the device: 132 bytes; the storage belongs to the caller. The HPACK decoder assembles fragments of
    /// strings in the free part of the storage, up to the limit.</para>
    /// </remarks>
    public partial class HeaderList
    {
        // The packed form. The dynamic tables use it too, so that one Array.Copy moves an indexed field:
        //
        //   0x80 | index                                    a whole field of the static table, or
        //   number of the name (FieldName), 0 for none      1 octet
        //   flags                                           1
        //   length of all this, to the next field           2, big-endian like all lengths
        //   length of the name, the name                    only where the number is 0; 2 + n
        //   decoded length of the value                     only where the value is Huffman-coded; 2
        //   the value
        //
        // It never takes more than the 32 octets that RFC 7541 4.1 counts for a field beside its name and value.

        /// <summary>Marks an octet that stands for an entry of the static table, name and value.</summary>
        internal const int StaticField = 0x80;

        /// <summary>Octets of a packed field before the name's length or the value.</summary>
        internal const int Prefix = 4;

        /// <summary>Flags: the <see cref="FieldPolicy"/>.</summary>
        internal const int PolicyMask = 3;

        /// <summary>Flag: the value is Huffman-coded, and its decoded length precedes it.</summary>
        internal const int Coded = 4;

        /// <summary>Flag: name or value contain octets that RFC 9113 8.2.1 forbids.</summary>
        internal const int Invalid = 8;

        /// <summary>Flag, in dynamic tables only: the value was not kept, because there was no memory for it.</summary>
        internal const int ValueLost = 16;

        /// <summary>
        /// Flag, in dynamic tables only: neither name nor value was kept, and nobody reads them. The length of the name as it is
        /// stored is 0, and the length of all is still what it was with the name.
        /// </summary>
        internal const int NameLost = 32;

        /// <summary>Octets of a packed field whose name is lost.</summary>
        internal const int WithoutName = Prefix + 2;

        /// <summary>Octets that RFC 9113 6.5.2 adds to the size of each field.</summary>
        internal const int FieldOverhead = 32;

        /// <summary>
        /// In <see cref="Faults"/>: a field was dropped. <see cref="Invalid"/> there means that a field with that flag
        /// came.
        /// </summary>
        internal const int Dropped = 1;

        internal const int LongestField = 65535;
        private const int NoField = -1;

        internal byte[] Storage;
        internal int Used;
        internal int Bound;
        internal int Fields;
        internal int Total;
        internal int Faults;

        /// <summary>What <see cref="Start"/> gives.</summary>
        internal int Origin;

        private int _maximumCount;
        private int _maximumSize;

        // The field that is being added begins at Used. This is the offset of its next octet; NoField when something did not fit.
        internal int Cursor;

        /// <summary>Creates a list that may use a whole array.</summary>
        /// <param name="storage">Array for the fields. The caller owns it; the list keeps a reference.</param>
        public HeaderList(byte[] storage)
        {
            Storage = storage;
            _maximumCount = 128;
            _maximumSize = 65536;
            Reset(0, storage.Length);
        }

        /// <summary>Offset of the region.</summary>
        public int Start
        {
            get { return Origin; }
        }

        /// <summary>The end of the fields, exclusive: they lie from Start to End.</summary>
        public int End
        {
            get { return Used; }
        }

        /// <summary>The end of the region, exclusive.</summary>
        public int Limit
        {
            get { return Bound; }
        }

        /// <summary>Number of fields that came, including those that were read over.</summary>
        public int Count
        {
            get { return Fields; }
        }

        /// <summary>
        /// The uncompressed size of all that came (RFC 9113 6.5.2): octets of names and values, and 32 for each field.
        /// </summary>
        public int Size
        {
            get { return Total; }
        }

        /// <summary>
        /// The most fields that the list takes; 128 unless set. A reference to a table costs a sender one octet, so the
        /// number of fields needs a limit of its own (CVE-2016-6581, CVE-2026-49975).
        /// </summary>
        public int MaximumCount
        {
            get { return _maximumCount; }
            set { _maximumCount = value; }
        }

        /// <summary>The largest <see cref="Size"/> that the list takes; 65,536 unless set.</summary>
        public int MaximumSize
        {
            get { return _maximumSize; }
            set { _maximumSize = value; }
        }

        /// <summary>Whether a field was dropped, because it did not fit or a limit was exceeded.</summary>
        public bool TooLarge
        {
            get { return (Faults & Dropped) != 0 || Fields > _maximumCount || Total > _maximumSize; }
        }

        /// <summary>
        /// Whether a field came whose name or value contains octets that RFC 9113 8.2.1 forbids: the message is malformed
        /// (RFC 9113 8.1.1). Only the decoder sets this.
        /// </summary>
        public bool Malformed
        {
            get { return (Faults & Invalid) != 0; }
        }

        /// <summary>Empties the list and assigns it a region of its array.</summary>
        /// <param name="start">Offset of the region.</param>
        /// <param name="end">End of the region, exclusive; at most the length of the array.</param>
        public void Reset(int start, int end)
        {
            if (start < 0 || end < start || end > Storage.Length)
            {
                throw new ArgumentOutOfRangeException();
            }

            ResetTo(start, end);
        }

        /// <summary>As <see cref="Reset"/>, for a region that is known to be inside the array.</summary>
        internal void ResetTo(int start, int end)
        {
            Origin = start;
            Bound = end;
            Used = start;
            Fields = 0;
            Total = 0;
            Faults = 0;
        }

        /// <summary>Adds a field. Its name is stored in lower case.</summary>
        /// <param name="name">The name, in lower case; copied.</param>
        /// <param name="value">The value; copied.</param>
        public void Add(byte[] name, byte[] value)
        {
            Add(name, value, 0, value.Length, FieldPolicy.Default);
        }

        /// <summary>Adds a field whose value is a part of an array.</summary>
        /// <param name="name">The name, in lower case; copied.</param>
        /// <param name="value">Holds the value; copied.</param>
        /// <param name="offset">Offset of the value.</param>
        /// <param name="count">Its length in octets.</param>
        public void Add(byte[] name, byte[] value, int offset, int count)
        {
            Add(name, value, offset, count, FieldPolicy.Default);
        }

        /// <summary>Adds a field that no table on the way may index (RFC 7541 6.2.3).</summary>
        /// <param name="name">The name, in lower case; copied.</param>
        /// <param name="value">The value; copied.</param>
        public void AddNeverIndexed(byte[] name, byte[] value)
        {
            Add(name, value, 0, value.Length, FieldPolicy.NeverIndexed);
        }

        /// <summary>Adds a field with a policy for the encoder.</summary>
        /// <param name="name">The name, in lower case; copied.</param>
        /// <param name="value">Holds the value; copied.</param>
        /// <param name="offset">Offset of the value.</param>
        /// <param name="count">Its length in octets.</param>
        /// <param name="policy">One of <see cref="FieldPolicy"/>.</param>
        /// <exception cref="ArgumentException">
        /// The list is a response's, and name or value contain control octets (RFC 9112 11.1).
        /// </exception>
        public void Add(byte[] name, byte[] value, int offset, int count, int policy)
        {
            int index = WellKnownFields.IndexOf(name, 0, name.Length);
            if (index != 0)
            {
                Add(index, value, offset, count, policy);
                return;
            }

            Check(name, 0, name.Length);
            Check(value, offset, count);
            int at = Begin(index, Prefix + 2 + name.Length + count, name.Length + count, policy);
            if (at >= 0)
            {
                Storage[at + 4] = (byte)(name.Length >> 8);
                Storage[at + 5] = (byte)name.Length;
                Array.Copy(name, 0, Storage, at + 6, name.Length);
                Array.Copy(value, offset, Storage, at + 6 + name.Length, count);
            }
        }

        /// <summary>Adds a field with a well-known name.</summary>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        /// <param name="value">The value; copied.</param>
        public void Add(int nameIndex, byte[] value)
        {
            Add(nameIndex, value, 0, value.Length, FieldPolicy.Default);
        }

        /// <summary>Adds a field with a well-known name and a policy, whose value is a part of an array.</summary>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        /// <param name="value">Holds the value; copied.</param>
        /// <param name="offset">Offset of the value.</param>
        /// <param name="count">Its length in octets.</param>
        /// <param name="policy">One of <see cref="FieldPolicy"/>.</param>
        /// <exception cref="ArgumentException">
        /// The list is a response's, and the value contains control octets (RFC 9112 11.1).
        /// </exception>
        public void Add(int nameIndex, byte[] value, int offset, int count, int policy)
        {
            // Same as Check, without another stack frame: the stack is deep here.
            if (IsForResponse && FieldSyntax.EndOfText(value, offset, offset + count) != offset + count)
            {
                RefuseText();
            }

            int nameLength = WellKnownFields.Spans[nameIndex] & WellKnownFields.LengthMask;
            int at = Begin(nameIndex, Prefix + count, nameLength + count, policy);
            if (at >= 0)
            {
                Array.Copy(value, offset, Storage, at + Prefix, count);
            }
        }

        /// <summary>Adds a field with a well-known name, whose value is a part of <see cref="FlashText.Text"/>.</summary>
        internal void AddText(int nameIndex, int part, int count, int policy)
        {
            Add(nameIndex, FlashText.Text, part, count, policy);
        }

        /// <summary>Adds a field with a well-known name, whose value is the beginning of a constant of ASCII characters.</summary>
        internal void Add(int nameIndex, string value, int count, int policy)
        {
            Add(nameIndex, value, 0, count, policy);
        }

        private void Add(int nameIndex, string text, int from, int count, int policy)
        {
            int nameLength = WellKnownFields.Spans[nameIndex] & WellKnownFields.LengthMask;
            int at = Begin(nameIndex, Prefix + count, nameLength + count, policy);
            if (at >= 0)
            {
                FlashText.Utf8.GetBytes(text, from, count, Storage, at + Prefix);
            }
        }

        /// <summary>Adds a field with a well-known name whose value has been checked, or came as one.</summary>
        internal void Put(int nameIndex, byte[] value, int offset, int count, int policy = FieldPolicy.Default)
        {
            // Same as Begin, without a call: every field of a request over HTTP/1.1 is added here.
            int at = Used;
            int length = Prefix + count;
            int total = Total + count + (WellKnownFields.Spans[nameIndex] & WellKnownFields.LengthMask) + FieldOverhead;
            if (length > Bound - at || length > LongestField || Fields >= _maximumCount || total > _maximumSize)
            {
                Faults |= Dropped;
                return;
            }

            byte[] storage = Storage;
            storage[at] = (byte)nameIndex;
            storage[at + 1] = (byte)policy;
            storage[at + 2] = (byte)(length >> 8);
            storage[at + 3] = (byte)length;
            Array.Copy(value, offset, storage, at + Prefix, count);
            Used = at + length;
            Total = total;
            Fields++;
        }

        /// <summary>Adds fields that another list holds.</summary>
        /// <param name="storage">That list's.</param>
        /// <param name="position">The first of them.</param>
        /// <param name="length">The octets that they take there.</param>
        /// <param name="count">Their number.</param>
        /// <param name="size">Their size (RFC 9113 6.5.2).</param>
        /// <returns>False when they do not fit, or a field before them did not; then nothing has changed.</returns>
        internal bool PutPacked(byte[] storage, int position, int length, int count, int size)
        {
            if (length > Bound - Used || count > _maximumCount - Fields || size > _maximumSize - Total || Faults != 0)
            {
                return false;
            }

            Array.Copy(storage, position, Storage, Used, length);
            Used += length;
            Total += size;
            Fields += count;
            return true;
        }

        // HPACK carries any octets (RFC 7541 5.2), so only the list of a response checks what it is given.
        private protected virtual bool IsForResponse
        {
            get { return false; }
        }

        private void Check(byte[] octets, int offset, int count)
        {
            if (IsForResponse && FieldSyntax.EndOfText(octets, offset, offset + count) != offset + count)
            {
                RefuseText();
            }
        }

        private static void RefuseText()
        {
            throw new ArgumentException("A field holds control octets: leave out CR, LF and NUL (RFC 9110 5.5).");
        }

        /// <summary>Adds a field whose value is a number in decimal digits.</summary>
        /// <param name="name">The name, in lower case; copied.</param>
        /// <param name="value">The number, not negative.</param>
        public void AddNumber(byte[] name, int value)
        {
            BeginField();
            AppendName(name, 0, name.Length);
            if (Cursor >= 0)
            {
                EndName();
            }

            int digits = DecimalDigits.Length(value);
            if (Cursor < 0 || digits > Bound - Cursor)
            {
                Cursor = NoField;
            }
            else
            {
                DecimalDigits.WriteTo(value, Storage, Cursor);
                Cursor += digits;
            }

            EndField();
        }

        /// <summary>Adds a field with a well-known name whose value is a number in decimal digits.</summary>
        /// <param name="nameIndex">One of <see cref="FieldName"/>, not <see cref="FieldName.None"/>.</param>
        /// <param name="value">The number, not negative.</param>
        public void AddNumber(int nameIndex, int value)
        {
            int digits = DecimalDigits.Length(value);
            int nameLength = WellKnownFields.Spans[nameIndex] & WellKnownFields.LengthMask;
            int at = Begin(nameIndex, Prefix + digits, nameLength + digits, FieldPolicy.Default);
            if (at >= 0)
            {
                DecimalDigits.WriteTo(value, Storage, at + Prefix);
            }
        }

        /// <summary>Adds a field from text, which is checked.</summary>
        /// <param name="name">The name: a token (RFC 9110 5.1); stored in lower case.</param>
        /// <param name="value">The value: no control characters, no space at either end (RFC 9110 5.5).</param>
        /// <exception cref="ArgumentException">
        /// The name is not a token, or the value contains characters that it must not.
        /// </exception>
        /// <remarks>Allocates the octets of both.</remarks>
        public void Add(string name, string value)
        {
            byte[] nameOctets = Encoding.UTF8.GetBytes(name);
            byte[] valueOctets = Encoding.UTF8.GetBytes(value);
            FieldSyntax.ToLower(nameOctets, 0, nameOctets.Length);
            if (!FieldSyntax.IsToken(nameOctets, 0, nameOctets.Length)
                || !FieldSyntax.IsValue(valueOctets, 0, valueOctets.Length))
            {
                throw new ArgumentException("A field has a token as its name, and a value without control characters (RFC 9110 5).");
            }

            Add(nameOctets, valueOctets, 0, valueOctets.Length, FieldPolicy.Default);
        }

        // Writes the prefix of a field that takes `length` octets in the storage and counts for `octets` by RFC 9113 6.5.2.
        // Returns its offset, or -1 if it does not fit.
        private int Begin(int nameIndex, int length, int octets, int policy)
        {
            octets += FieldOverhead;
            if (length > Bound - Used || length > LongestField
                || Fields >= _maximumCount || octets > _maximumSize - Total)
            {
                Faults |= Dropped;
                return NoField;
            }

            int at = Used;
            byte[] storage = Storage;
            storage[at] = (byte)nameIndex;
            storage[at + 1] = (byte)policy;
            storage[at + 2] = (byte)(length >> 8);
            storage[at + 3] = (byte)length;
            Used = at + length;
            Total += octets;
            Fields++;
            return at;
        }
    }
}
