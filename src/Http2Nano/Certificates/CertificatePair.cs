using System;

namespace Http2Nano.Certificates
{
    /// <summary>
    /// A certificate, those that lead from it to an authority, and its key, as people bring them: blocks of PEM (RFC 7468) in any
    /// order, from one file or several. Says in a sentence why they are not to be served with.
    /// </summary>
    /// <remarks>
    /// Checked is what everybody gets wrong: whether the texts are whole, whether the key belongs to a certificate and has no
    /// password, whether browsers take such a key, and the time. Not checked are signatures: who trusts whom is the browser's
    /// decision. Takes about three times the length of the text on the heap while it reads.
    /// </remarks>
    public sealed class CertificatePair
    {
        // A chain is two or three long.
        private const int MostCertificates = 8;
        private const int LeastRsaBits = 2048;

        // A clock may be wrong by as much, in seconds.
        private const long Tolerance = 86400;

        // Seconds from the first of March of the year 0 to 1970.
        private const long Offset = 719468L * 86400;

        private const string CertificateLabel = "CERTIFICATE";
        private const string NoCertificate = "There is no certificate in it: one in PEM form begins with -----BEGIN CERTIFICATE-----.";
        private const string NoKey = "There is no key in it: choose the file with -----BEGIN PRIVATE KEY----- too.";
        private const string CutOff = "It is cut off: a part of it has a beginning and no end.";
        private const string TooMany = "There are more than 8 certificates in it.";
        private const string TwoKeys = "There is more than one key in it.";
        private const string BadCertificate = "A certificate in it is damaged.";
        private const string BadKey = "The key in it is damaged.";
        private const string HasPassword = "The key has a password: take it off first, with openssl pkey -in key.pem -out plain.pem.";
        private const string OtherKey = "The key belongs to none of the certificates in it.";
        private const string NoPublicPart = "The key does not hold its public part: add it first, with openssl ec -in key.pem -out whole.pem.";
        private const string OtherKind = "The key is of a kind that browsers do not take: one on the curve P-256, P-384 or P-521 is, and RSA.";
        private const string ShortKey = "The key is too short: browsers take RSA from 2,048 bits on.";

        private readonly int[] _starts = new int[MostCertificates];
        private readonly int[] _ends = new int[MostCertificates];
        private readonly CertificateFacts[] _certificates = new CertificateFacts[MostCertificates];
        private int _count;
        private PublicKey _key;
        private int _keyStart;
        private int _keyEnd;

        private CertificatePair()
        {
        }

        /// <summary>Why it is not to be served with, in a sentence without quotes and backslashes; null when nothing is wrong.</summary>
        public string Fault { get; private set; }

        /// <summary>The certificate that the key belongs to; null with a <see cref="Fault"/>.</summary>
        public CertificateFacts Certificate { get; private set; }

        /// <summary>
        /// The certificate, those that lead from it to an authority, and the key, in PEM and in this order; null with a
        /// <see cref="Fault"/>. To be kept to oneself.
        /// </summary>
        public byte[] Text { get; private set; }

        /// <summary>Offset of the key in <see cref="Text"/>. What stands before it is for everybody.</summary>
        public int KeyStart { get; private set; }

        /// <summary>Reads what people bring.</summary>
        /// <param name="bytes">Array that holds it.</param>
        /// <param name="count">Number of octets.</param>
        /// <param name="now">Seconds since 1970 (UTC); 0 where the time is not known, and so not checked.</param>
        public static CertificatePair Read(byte[] bytes, int count, long now)
        {
            CertificatePair pair = new CertificatePair();
            pair.Fault = pair.Take(new PemText(bytes, count)) ?? pair.Join(bytes, now);
            return pair;
        }

        /// <summary>Reads the first certificate of a text in PEM, whatever else is in it.</summary>
        /// <param name="bytes">Array that holds the text.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>Null when there is none.</returns>
        public static CertificateFacts First(byte[] bytes, int count)
        {
            PemText pem = new PemText(bytes, count);
            while (pem.Step() == PemText.Block)
            {
                if (pem.IsA(CertificateLabel))
                {
                    byte[] decoded = pem.Decode();
                    return decoded == null ? null : CertificateFacts.Read(decoded, 0, decoded.Length);
                }
            }

            return null;
        }

        // Each of these methods returns what is wrong, or null.
        private string Take(PemText pem)
        {
            int found;
            while ((found = pem.Step()) == PemText.Block)
            {
                string fault = pem.IsA(CertificateLabel) ? TakeCertificate(pem) : TakeKey(pem);
                if (fault != null)
                {
                    return fault;
                }
            }

            return found == PemText.Cut ? CutOff : _count == 0 ? NoCertificate : _key == null ? NoKey : null;
        }

        private string TakeCertificate(PemText pem)
        {
            if (_count == MostCertificates)
            {
                return TooMany;
            }

            byte[] decoded = pem.Decode();
            CertificateFacts facts = decoded == null ? null : CertificateFacts.Read(decoded, 0, decoded.Length);
            if (facts == null)
            {
                return BadCertificate;
            }

            _starts[_count] = pem.Start;
            _ends[_count] = pem.End;
            _certificates[_count++] = facts;
            return null;
        }

        // Blocks of other kinds, such as EC PARAMETERS, are no matter.
        private string TakeKey(PemText pem)
        {
            bool rsa = pem.IsA("RSA PRIVATE KEY");
            bool curve = pem.IsA("EC PRIVATE KEY");
            if (pem.IsA("ENCRYPTED PRIVATE KEY") || ((rsa || curve) && pem.HasFields))
            {
                return HasPassword;
            }

            if (!rsa && !curve && !pem.IsA("PRIVATE KEY"))
            {
                return null;
            }

            if (_key != null)
            {
                return TwoKeys;
            }

            byte[] decoded = pem.Decode();
            if (decoded == null)
            {
                return BadKey;
            }

            PublicKey key = new PublicKey(decoded);
            if (!(rsa ? key.ReadPrivateRsa(0, decoded.Length) : curve ? key.ReadPrivateCurve(0, decoded.Length) : key.ReadPrivate(0, decoded.Length)))
            {
                return BadKey;
            }

            _key = key;
            _keyStart = pem.Start;
            _keyEnd = pem.End;
            return null;
        }

        // Finds the certificate of the key, and puts it first.
        private string Join(byte[] bytes, long now)
        {
            if (_key.Kind == PublicKey.None || _key.Bits == 0)
            {
                return OtherKind;
            }

            if (!_key.IsKnown)
            {
                return NoPublicPart;
            }

            int first = 0;
            while (first < _count && !_certificates[first].Key.Matches(_key))
            {
                first++;
            }

            if (first == _count)
            {
                return OtherKey;
            }

            if (_key.Kind == PublicKey.Rsa && _key.Bits < LeastRsaBits)
            {
                return ShortKey;
            }

            CertificateFacts facts = _certificates[first];
            if (now != 0 && facts.NotAfter <= now)
            {
                return "The certificate has ended, on " + Day(facts.NotAfter) + ".";
            }

            if (now != 0 && facts.NotBefore > now + Tolerance)
            {
                return "The certificate does not begin before " + Day(facts.NotBefore) + ".";
            }

            Certificate = facts;
            Write(bytes, first);
            return null;
        }

        private void Write(byte[] bytes, int first)
        {
            int length = _keyEnd - _keyStart + 1;
            for (int i = 0; i < _count; i++)
            {
                length += _ends[i] - _starts[i] + 1;
            }

            byte[] text = new byte[length];
            int at = Copy(bytes, _starts[first], _ends[first], text, 0);
            for (int i = 0; i < _count; i++)
            {
                if (i != first)
                {
                    at = Copy(bytes, _starts[i], _ends[i], text, at);
                }
            }

            KeyStart = at;
            Copy(bytes, _keyStart, _keyEnd, text, at);
            Text = text;
        }

        private static int Copy(byte[] bytes, int start, int end, byte[] text, int at)
        {
            Array.Copy(bytes, start, text, at, end - start);
            at += end - start;
            text[at++] = (byte)'\n';
            return at;
        }

        // As in RFC 3339. The platform's DateTime knows no years before 1601.
        private static string Day(long seconds)
        {
            int days = (int)((seconds + Offset) / 86400);
            int year = (int)(((10000L * days) + 14780) / 3652425);
            int rest = days - DaysBefore(year);
            if (rest < 0)
            {
                year--;
                rest = days - DaysBefore(year);
            }

            // The year begins in March, as when the time was read.
            int month = ((100 * rest) + 52) / 3060;
            int day = rest - (((month * 306) + 5) / 10) + 1;
            return Digits(month < 10 ? year : year + 1, 1000) + "-" + Digits(month < 10 ? month + 3 : month - 9, 10) + "-" + Digits(day, 10);
        }

        private static int DaysBefore(int year)
        {
            return (365 * year) + (year / 4) - (year / 100) + (year / 400);
        }

        private static string Digits(int number, int tens)
        {
            string text = number.ToString();
            for (; tens > 1 && number < tens; tens /= 10)
            {
                text = "0" + text;
            }

            return text;
        }
    }
}
