using System;
using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Certificates
{
    /// <summary>What an X.509 certificate says (RFC 5280).</summary>
    /// <remarks>Allocates with each call, because certificates are rarely looked at. Nothing is checked but that it can be read.</remarks>
    public sealed class CertificateFacts
    {
        // In hexadecimal: the object identifier of subjectAltName.
        private const string AlternativeName = "551D11";

        // Tags: [3] of the extensions; dNSName and iPAddress of a GeneralName; times.
        private const int Extensions = DerReader.Context + 3;
        private const int DnsName = 0x82;
        private const int Address = 0x87;
        private const int ShortTime = 0x17;
        private const int LongTime = 0x18;

        private readonly byte[] _bytes;
        private readonly int _start;
        private readonly int _end;
        private readonly DerReader _der;
        private int _issuer;
        private int _issuerEnd;
        private int _subject;
        private int _subjectEnd;
        private int _extensions;
        private int _extensionsEnd;

        private CertificateFacts(byte[] bytes, int start, int end)
        {
            _bytes = bytes;
            _start = start;
            _end = end;
            _der = new DerReader(bytes);
            Key = new PublicKey(bytes);
        }

        /// <summary>The end of its time, in seconds since 1970 (UTC).</summary>
        public long NotAfter { get; private set; }

        /// <summary>The beginning of its time, in seconds since 1970 (UTC).</summary>
        public long NotBefore { get; private set; }

        /// <summary>Whether issuer and subject are the same, as of a certificate that nobody else has signed.</summary>
        public bool IsSelfSigned
        {
            get { return _subjectEnd - _subject == _issuerEnd - _issuer && Octets.Equal(_bytes, _subject, _bytes, _issuer, _subjectEnd - _subject); }
        }

        /// <summary>Whose it is, such as <c>CN=device.example, O=Example</c>; empty where it says so with names only.</summary>
        public string Subject
        {
            get { return new DistinguishedName(_bytes).Read(_subject, _subjectEnd); }
        }

        /// <summary>Who has signed it.</summary>
        public string Issuer
        {
            get { return new DistinguishedName(_bytes).Read(_issuer, _issuerEnd); }
        }

        /// <summary>The SHA-256 of it, as people compare it: pairs of hexadecimal digits with colons between them.</summary>
        public string Fingerprint
        {
            get
            {
                Sha256 hash = new Sha256();
                hash.Hash(new byte[0], _bytes, _start, _end - _start);
                byte[] text = new byte[(12 * Sha256.Words) - 1];
                int at = 0;
                for (int i = 0; i < 4 * Sha256.Words; i++)
                {
                    int octet = (int)(hash.State[i >> 2] >> (24 - (8 * (i & 3)))) & 0xFF;
                    if (i != 0)
                    {
                        text[at++] = (byte)':';
                    }

                    text[at++] = Capital(octet >> 4);
                    text[at++] = Capital(octet & 15);
                }

                return Encoding.UTF8.GetString(text, 0, text.Length);
            }
        }

        internal PublicKey Key { get; }

        /// <summary>Reads a certificate.</summary>
        /// <param name="bytes">Array that holds it, DER; kept.</param>
        /// <param name="start">Offset of its first octet.</param>
        /// <param name="end">Offset after its last.</param>
        /// <returns>Null when these octets are no certificate.</returns>
        public static CertificateFacts Read(byte[] bytes, int start, int end)
        {
            CertificateFacts facts = new CertificateFacts(bytes, start, end);
            return facts.Read() ? facts : null;
        }

        /// <summary>The names and addresses that it is for, as browsers compare them.</summary>
        /// <param name="most">The most that are wanted.</param>
        /// <returns>Those that it has, in its order; an address as text.</returns>
        public string[] Names(int most)
        {
            string[] names = new string[most];
            int count = 0;
            int at = _extensions;
            while (at < _extensionsEnd && count < most)
            {
                // Each was read when the certificate was.
                _der.Read(at, _extensionsEnd);
                at = _der.End;
                if (!_der.Read(DerReader.ObjectIdentifier, _der.Start, at) || !_der.ContentIs(AlternativeName))
                {
                    continue;
                }

                // Behind it, whether it is critical, and the value.
                int next = _der.End;
                while (next < at && _der.Read(next, at) && _der.Tag != DerReader.OctetString)
                {
                    next = _der.End;
                }

                if (_der.Tag == DerReader.OctetString && _der.Read(DerReader.Sequence, _der.Start, _der.End))
                {
                    count = AddNames(names, count, _der.Start, _der.End);
                }
            }

            string[] found = new string[count];
            Array.Copy(names, found, count);
            return found;
        }

        private static byte Capital(int digit)
        {
            return (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }

        private bool Read()
        {
            if (!_der.Read(DerReader.Sequence, _start, _end) || _der.End != _end || !_der.Read(DerReader.Sequence, _der.Start, _end))
            {
                return false;
            }

            int end = _der.End;
            int at = _der.Start;
            if (_der.Read(DerReader.Context, at, end))
            {
                // The version; the first one leaves it out.
                at = _der.End;
            }

            // Serial number and algorithm of the signature.
            if (!_der.Read(DerReader.Integer, at, end) || !_der.Read(DerReader.Sequence, _der.End, end) || !_der.Read(DerReader.Sequence, _der.End, end))
            {
                return false;
            }

            _issuer = _der.Start;
            _issuerEnd = _der.End;
            if (!_der.Read(DerReader.Sequence, _issuerEnd, end))
            {
                return false;
            }

            at = _der.End;
            if (!_der.Read(_der.Start, at))
            {
                return false;
            }

            NotBefore = Time();
            if (!_der.Read(_der.End, at))
            {
                return false;
            }

            NotAfter = Time();
            if (NotBefore == long.MinValue || NotAfter == long.MinValue || !_der.Read(DerReader.Sequence, at, end))
            {
                return false;
            }

            _subject = _der.Start;
            _subjectEnd = _der.End;
            if (!_der.Read(DerReader.Sequence, _subjectEnd, end))
            {
                return false;
            }

            at = _der.End;
            if (!Key.ReadPublic(_subjectEnd, at))
            {
                return false;
            }

            return ReadExtensions(at, end);
        }

        private bool ReadExtensions(int at, int end)
        {
            while (at != end)
            {
                if (!_der.Read(at, end))
                {
                    return false;
                }

                at = _der.End;
                if (_der.Tag != Extensions)
                {
                    continue;
                }

                if (!_der.Read(DerReader.Sequence, _der.Start, at))
                {
                    return false;
                }

                int last = _der.End;
                _extensions = _der.Start;
                for (int next = _extensions; next != last; next = _der.End)
                {
                    if (!_der.Read(DerReader.Sequence, next, last))
                    {
                        return false;
                    }
                }

                _extensionsEnd = last;
            }

            return true;
        }

        private int AddNames(string[] names, int count, int at, int end)
        {
            while (count < names.Length && _der.Read(at, end))
            {
                at = _der.End;
                int start = _der.Start;
                int length = at - start;
                if (_der.Tag == DnsName && length != 0)
                {
                    names[count++] = PrintableText.Of(_bytes, start, at);
                }
                else if (_der.Tag == Address && length == 4)
                {
                    names[count++] = Number(start) + "." + Number(start + 1) + "." + Number(start + 2) + "." + Number(start + 3);
                }
                else if (_der.Tag == Address && length == 16)
                {
                    names[count++] = LongAddress(start);
                }
            }

            return count;
        }

        private string Number(int at)
        {
            int number = _bytes[at];
            return number.ToString();
        }

        // Eight numbers in hexadecimal, none left out (RFC 4291 2.2).
        private string LongAddress(int at)
        {
            byte[] text = new byte[39];
            int to = 0;
            for (int end = at + 16; at < end; at += 2)
            {
                int number = _bytes[at] << 8 | _bytes[at + 1];
                if (to != 0)
                {
                    text[to++] = (byte)':';
                }

                to = HexNumber.Write(number, text, to);
            }

            return Encoding.UTF8.GetString(text, 0, to);
        }

        // RFC 5280 4.1.2.5: YYMMDDHHMMSSZ, or with four digits of the year. Returns the least number for anything else.
        private long Time()
        {
            int digits = _der.Tag == ShortTime ? 12 : 14;
            int at = _der.Start;
            if ((_der.Tag != ShortTime && _der.Tag != LongTime) || _der.End - at != digits + 1 || _bytes[_der.End - 1] != 'Z')
            {
                return long.MinValue;
            }

            int year = Two(at);
            at += 2;
            if (digits == 14)
            {
                int rest = Two(at);
                at += 2;
                year = year < 0 || rest < 0 ? -1 : (100 * year) + rest;
            }
            else if (year >= 0)
            {
                year += year < 50 ? 2000 : 1900;
            }

            int month = Two(at);
            int day = Two(at + 2);
            int hour = Two(at + 4);
            int minute = Two(at + 6);
            int second = Two(at + 8);
            if ((year | month | day | hour | minute | second) < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
            {
                return long.MinValue;
            }

            // The year begins in March, so that the day of a leap year is its last.
            int years = month > 2 ? year : year - 1;
            int days = (365 * years) + (years / 4) - (years / 100) + (years / 400) + (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 719469;
            return (86400L * days) + (3600 * hour) + (60 * minute) + second;
        }

        private int Two(int at)
        {
            int high = _bytes[at] - '0';
            int low = _bytes[at + 1] - '0';
            return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : (10 * high) + low;
        }
    }
}
