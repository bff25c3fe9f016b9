using Http2Nano.Fields;

namespace Http2Nano.Certificates
{
    /// <summary>
    /// The public key of a certificate, or the one that a private key carries with it: RSA (RFC 8017 A.1) or on an elliptic curve
    /// (RFC 5480, RFC 5915).
    /// </summary>
    internal sealed class PublicKey
    {
        internal const int None = 0;
        internal const int Rsa = 1;
        internal const int Curve = 2;

        // In hexadecimal: the object identifiers rsaEncryption, id-ecPublicKey, secp256r1, secp384r1 and secp521r1.
        private const string RsaEncryption = "2A864886F70D010101";
        private const string EllipticCurve = "2A8648CE3D0201";
        private const string P256 = "2A8648CE3D030107";
        private const string P384 = "2B81040022";
        private const string P521 = "2B81040023";

        private readonly byte[] _bytes;
        private readonly DerReader _der;
        private int _start;
        private int _end;

        internal PublicKey(byte[] bytes)
        {
            _bytes = bytes;
            _der = new DerReader(bytes);
        }

        /// <summary><see cref="None"/>, <see cref="Rsa"/> or <see cref="Curve"/>.</summary>
        internal int Kind { get; private set; }

        /// <summary>Bits of an RSA modulus, or of the curve's field.</summary>
        internal int Bits { get; private set; }

        /// <summary>Whether the public part is known. A private key on a curve may leave it out.</summary>
        internal bool IsKnown
        {
            get { return _end != 0; }
        }

        /// <summary>Whether both are the same key.</summary>
        internal bool Matches(PublicKey other)
        {
            return Kind == other.Kind && IsKnown && other.IsKnown && _end - _start == other._end - other._start
                && Octets.Equal(_bytes, _start, other._bytes, other._start, _end - _start);
        }

        /// <summary>Reads a SubjectPublicKeyInfo (RFC 5280 4.1).</summary>
        /// <returns>False when it is malformed. A key of another kind is not, and is <see cref="None"/>.</returns>
        internal bool ReadPublic(int at, int end)
        {
            if (!_der.Read(DerReader.Sequence, at, end) || _der.End != end)
            {
                return false;
            }

            if (!ReadAlgorithm(_der.Start, end) || !_der.Read(DerReader.BitString, _der.End, end) || _der.End != end)
            {
                return false;
            }

            // The first octet of a bit string counts the bits that its last octet lacks.
            return Kind == None || (Kind == Rsa ? ReadModulus(_der.Start + 1, end, 0) : TakePoint(_der.Start + 1, end));
        }

        /// <summary>Reads a PrivateKeyInfo (PKCS #8, RFC 5208 5).</summary>
        internal bool ReadPrivate(int at, int end)
        {
            if (!_der.Read(DerReader.Sequence, at, end) || _der.End != end || !_der.Read(DerReader.Integer, _der.Start, end) || !ReadAlgorithm(_der.End, end)
                || !_der.Read(DerReader.OctetString, _der.End, end))
            {
                return false;
            }

            return Kind == None || (Kind == Rsa ? ReadPrivateRsa(_der.Start, _der.End) : ReadPrivateCurve(_der.Start, _der.End));
        }

        /// <summary>Reads an RSAPrivateKey (RFC 8017 A.1.2).</summary>
        internal bool ReadPrivateRsa(int at, int end)
        {
            Kind = Rsa;
            return ReadModulus(at, end, 1);
        }

        /// <summary>Reads an ECPrivateKey (RFC 5915 3).</summary>
        internal bool ReadPrivateCurve(int at, int end)
        {
            Kind = Curve;
            if (!_der.Read(DerReader.Sequence, at, end) || _der.End != end || !_der.Read(DerReader.Integer, _der.Start, end)
                || !_der.Read(DerReader.OctetString, _der.End, end))
            {
                return false;
            }

            for (int next = _der.End; next != end;)
            {
                if (!_der.Read(next, end))
                {
                    return false;
                }

                next = _der.End;
                int tag = _der.Tag;
                if (tag == DerReader.Context)
                {
                    // The curve, which a PrivateKeyInfo has named already.
                    if (!_der.Read(_der.Start, next))
                    {
                        return false;
                    }

                    TakeCurve();
                }
                else if (tag == DerReader.Context + 1 && (!_der.Read(DerReader.BitString, _der.Start, next) || !TakePoint(_der.Start + 1, _der.End)))
                {
                    return false;
                }
            }

            return true;
        }

        // Reads an AlgorithmIdentifier; the reader stands on it afterwards.
        private bool ReadAlgorithm(int at, int end)
        {
            if (!_der.Read(DerReader.Sequence, at, end))
            {
                return false;
            }

            int algorithmEnd = _der.End;
            if (!_der.Read(DerReader.ObjectIdentifier, _der.Start, algorithmEnd))
            {
                return false;
            }

            if (_der.ContentIs(RsaEncryption))
            {
                Kind = Rsa;
            }
            else if (_der.ContentIs(EllipticCurve) && _der.Read(_der.End, algorithmEnd))
            {
                Kind = Curve;
                TakeCurve();
            }

            return _der.Read(at, end);
        }

        private void TakeCurve()
        {
            Bits = _der.Tag != DerReader.ObjectIdentifier ? 0 : _der.ContentIs(P256) ? 256 : _der.ContentIs(P384) ? 384 : _der.ContentIs(P521) ? 521 : 0;
        }

        private bool TakePoint(int at, int end)
        {
            _start = at;
            _end = end;
            return at < end;
        }

        // Modulus and exponent, behind some integers, the first elements of a sequence.
        private bool ReadModulus(int at, int end, int before)
        {
            if (!_der.Read(DerReader.Sequence, at, end) || _der.End != end)
            {
                return false;
            }

            int next = _der.Start;
            for (; before > 0; before--)
            {
                if (!_der.Read(DerReader.Integer, next, end))
                {
                    return false;
                }

                next = _der.End;
            }

            if (!_der.Read(DerReader.Integer, next, end) || _der.Start == _der.End)
            {
                return false;
            }

            int first = _der.Start;
            while (first < _der.End && _bytes[first] == 0)
            {
                first++;
            }

            Bits = 8 * (_der.End - first);
            _start = next;
            if (!_der.Read(DerReader.Integer, _der.End, end))
            {
                return false;
            }

            _end = _der.End;
            return true;
        }
    }
}
