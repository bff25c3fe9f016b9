using System;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    /// <summary>Secrets of which only salted hashes are kept (SHA-256), compared in a time that says nothing.</summary>
    /// <remarks>
    /// One round of hashing is what a microcontroller can afford for every request: it keeps a long random secret safe when
    /// the flash is read out, not a short password.
    /// </remarks>
    public sealed class HashedSecrets
    {
        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _salt;
        private readonly byte[] _candidate = new byte[Sha256.Size];
        private byte[] _hashes = new byte[0];

        /// <summary>Makes an empty collection.</summary>
        /// <param name="salt">What is hashed before each secret: different on every device.</param>
        public HashedSecrets(string salt)
        {
            _salt = Encoding.UTF8.GetBytes(salt);
        }

        /// <summary>Adds a secret. Before the server starts; allocates.</summary>
        /// <param name="secret">The secret: a token, or user name, colon and password.</param>
        public void Add(string secret)
        {
            byte[] octets = Encoding.UTF8.GetBytes(secret);
            Hash(octets, 0, octets.Length);
            AddCandidate();
        }

        /// <summary>Adds the hash of a secret, as <see cref="HashOf"/> gives it. Before the server starts; allocates.</summary>
        /// <param name="hash">64 hexadecimal digits.</param>
        /// <exception cref="ArgumentException">These are not 64 hexadecimal digits.</exception>
        public void AddHash(string hash)
        {
            byte[] digits = Encoding.UTF8.GetBytes(hash);
            for (int i = 0; i < Sha256.Size; i++)
            {
                int octet = digits.Length == 2 * Sha256.Size ? Hex.Octet(digits, 2 * i, digits.Length) : -1;
                if (octet < 0)
                {
                    throw new ArgumentException("A hash is 64 hexadecimal digits.");
                }

                _candidate[i] = (byte)octet;
            }

            AddCandidate();
        }

        /// <summary>The hash of a secret, to be put into a configuration. Allocates.</summary>
        /// <param name="secret">The secret, as for <see cref="Add"/>.</param>
        /// <returns>64 hexadecimal digits.</returns>
        public string HashOf(string secret)
        {
            byte[] octets = Encoding.UTF8.GetBytes(secret);
            Hash(octets, 0, octets.Length);
            byte[] digits = new byte[2 * Sha256.Size];
            for (int i = 0; i < Sha256.Size; i++)
            {
                digits[2 * i] = Hex.Character(_candidate[i] >> 4);
                digits[(2 * i) + 1] = Hex.Character(_candidate[i] & 0xF);
            }

            return Encoding.UTF8.GetString(digits, 0, digits.Length);
        }

        /// <summary>Whether octets are one of the secrets. Takes the same time whichever it is, and if it is none.</summary>
        internal bool Contains(byte[] bytes, int offset, int count)
        {
            Hash(bytes, offset, count);
            int found = 0;
            for (int start = 0; start < _hashes.Length; start += Sha256.Size)
            {
                int difference = 0;
                for (int i = 0; i < Sha256.Size; i++)
                {
                    difference |= _hashes[start + i] ^ _candidate[i];
                }

                // 1 where there is no difference.
                found |= (difference - 1) >> 31 & 1;
            }

            return found != 0;
        }

        private void Hash(byte[] bytes, int offset, int count)
        {
            _sha.Begin();
            _sha.Append(_salt, 0, _salt.Length);
            _sha.Append(bytes, offset, count);
            _sha.End(_candidate, 0);
        }

        private void AddCandidate()
        {
            byte[] hashes = new byte[_hashes.Length + Sha256.Size];
            Array.Copy(_hashes, hashes, _hashes.Length);
            Array.Copy(_candidate, 0, hashes, _hashes.Length, Sha256.Size);
            _hashes = hashes;
        }
    }
}
