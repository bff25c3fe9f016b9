using Http2Nano.Fields;

namespace Http2Nano.Certificates
{
    /// <summary>Reads DER (X.690) element by element. Nothing outside the range that it is given is touched.</summary>
    internal sealed class DerReader
    {
        internal const int Integer = 0x02;
        internal const int BitString = 0x03;
        internal const int OctetString = 0x04;
        internal const int ObjectIdentifier = 0x06;
        internal const int Sequence = 0x30;
        internal const int Set = 0x31;

        // Tags of the class "context-specific", constructed: [0], [1] and so on.
        internal const int Context = 0xA0;

        // X.690 8.1.2.4: a tag of several octets, which no certificate has.
        private const int LongTag = 0x1F;
        private const int LongLength = 0x80;

        // Octets of a length in the long form: 64 KB is more than anybody is asked to keep.
        private const int MostLengthOctets = 2;

        private readonly byte[] _bytes;

        internal DerReader(byte[] bytes)
        {
            _bytes = bytes;
        }

        /// <summary>The tag of the element that was read last.</summary>
        internal int Tag { get; private set; }

        /// <summary>Offset of its content.</summary>
        internal int Start { get; private set; }

        /// <summary>Offset after its content, where the next element begins.</summary>
        internal int End { get; private set; }

        /// <summary>Reads the element that begins at an offset.</summary>
        /// <returns>False when there is none that ends where it may.</returns>
        internal bool Read(int at, int end)
        {
            if (end - at < 2 || (_bytes[at] & LongTag) == LongTag)
            {
                return false;
            }

            int tag = _bytes[at];
            int length = _bytes[at + 1];
            at += 2;
            if (length >= LongLength)
            {
                int octets = length - LongLength;
                if (octets == 0 || octets > MostLengthOctets || octets > end - at)
                {
                    return false;
                }

                length = 0;
                for (; octets > 0; octets--)
                {
                    length = length << 8 | _bytes[at++];
                }
            }

            if (length > end - at)
            {
                return false;
            }

            Tag = tag;
            Start = at;
            End = at + length;
            return true;
        }

        /// <summary>Reads an element of a kind.</summary>
        /// <returns>False when it is another one, or none.</returns>
        internal bool Read(int tag, int at, int end)
        {
            return Read(at, end) && Tag == tag;
        }

        /// <summary>Whether the content of the element that was read last is what hexadecimal digits say.</summary>
        internal bool ContentIs(string digits)
        {
            if (digits.Length != 2 * (End - Start))
            {
                return false;
            }

            byte[] text = Ascii.Pack(digits);
            for (int i = Start; i < End; i++)
            {
                if (Hex.Octet(text, 2 * (i - Start), text.Length) != _bytes[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
