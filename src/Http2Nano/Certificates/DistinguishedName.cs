namespace Http2Nano.Certificates
{
    /// <summary>A Name (RFC 5280 4.1.2.4) as text: what is most particular comes first, as in RFC 4514.</summary>
    internal sealed class DistinguishedName
    {
        // Attributes that are shown; nobody reads more.
        private const int Most = 6;

        private readonly byte[] _bytes;
        private readonly DerReader _der;

        internal DistinguishedName(byte[] bytes)
        {
            _bytes = bytes;
            _der = new DerReader(bytes);
        }

        /// <summary>Reads the content of a Name. Attributes that it does not know, or cannot read, are left out.</summary>
        internal string Read(int at, int end)
        {
            string text = string.Empty;
            for (int count = 0; count < Most && _der.Read(DerReader.Set, at, end); count++)
            {
                at = _der.End;
                if (!_der.Read(DerReader.Sequence, _der.Start, at))
                {
                    continue;
                }

                int last = _der.End;
                if (!_der.Read(DerReader.ObjectIdentifier, _der.Start, last))
                {
                    continue;
                }

                string name = Name();
                if (name != null && _der.Read(_der.End, last))
                {
                    text = name + "=" + PrintableText.Of(_bytes, _der.Start, _der.End) + (text.Length == 0 ? text : ", " + text);
                }
            }

            return text;
        }

        // RFC 4514 3, of the identifiers below 2.5.4 (X.520).
        private string Name()
        {
            if (_der.End - _der.Start != 3 || _bytes[_der.Start] != 0x55 || _bytes[_der.Start + 1] != 4)
            {
                return null;
            }

            switch ((int)_bytes[_der.Start + 2])
            {
                case 3:
                    return "CN";
                case 6:
                    return "C";
                case 7:
                    return "L";
                case 8:
                    return "ST";
                case 10:
                    return "O";
                case 11:
                    return "OU";
                default:
                    return null;
            }
        }
    }
}
