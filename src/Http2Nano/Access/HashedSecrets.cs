using System;
using Http2Nano.Fields;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>A collection of secrets, kept as salted SHA-256 hashes and compared in constant time.</summary>
    /// <remarks>
    /// A microcontroller can afford one round of hashing per request. That protects a long random secret when the flash is
    /// read out, but not a short password.
    /// </remarks>
    public sealed class HashedSecrets
    {
        // Length of a hash in hexadecimal digits.
        private const int Digits = 64;

        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _salt;
        private uint[] _hashes = new uint[0];

        /// <summary>How often the secrets have changed.</summary>
        internal int Edition;

        /// <summary>The object that makes the hashes, for others on the same thread.</summary>
        internal Sha256 Hash
        {
            get { return _sha; }
        }

        /// <summary>Makes an empty collection.</summary>
        /// <param name="salt">Text that is hashed before each secret; each device needs another one.</param>
        public HashedSecrets(string salt)
        {
            _salt = Encoding.UTF8.GetBytes(salt);
        }

        /// <summary>Adds a secret. To be called before the server starts, or on its thread; allocates.</summary>
        /// <param name="secret">The secret: a token, or user name, colon and password.</param>
        public void Add(string secret)
        {
            byte[] octets = Encoding.UTF8.GetBytes(secret);
            _sha.Hash(_salt, octets, 0, octets.Length);
            Keep(_sha.State);
        }

        /// <summary>
        /// Adds the hash of a secret, as <see cref="HashOf"/> returns it. To be called before the server starts, or on its
        /// thread; allocates.
        /// </summary>
        /// <param name="hash">64 hexadecimal digits.</param>
        /// <exception cref="ArgumentException">The hash is not 64 hexadecimal digits.</exception>
        public void AddHash(string hash)
        {
            byte[] digits = Encoding.UTF8.GetBytes(hash);
            uint[] words = new uint[Sha256.Words];
            for (int i = 0; i < Digits; i += 2)
            {
                int octet = digits.Length == Digits ? Hex.Octet(digits, i, Digits) : -1;
                if (octet < 0)
                {
                    throw new ArgumentException("A hash is 64 hexadecimal digits.");
                }

                words[i >> 3] = words[i >> 3] << 8 | (uint)octet;
            }

            Keep(words);
        }

        /// <summary>
        /// Removes all secrets, so that others can be added: a password has been changed. To be called on the server's thread.
        /// The sessions of a <c>SignIn</c> end then.
        /// </summary>
        public void Clear()
        {
            _hashes = new uint[0];
            Edition++;
        }

        /// <summary>Computes the hash of a secret, for a configuration. Allocates.</summary>
        /// <param name="secret">The secret, as for <see cref="Add"/>.</param>
        /// <returns>64 hexadecimal digits.</returns>
        public string HashOf(string secret)
        {
            byte[] octets = Encoding.UTF8.GetBytes(secret);
            _sha.Hash(_salt, octets, 0, octets.Length);
            byte[] digits = new byte[Digits];
            _sha.WriteDigits(digits, 0, Digits);
            return Encoding.UTF8.GetString(digits, 0, Digits);
        }

        /// <summary>
        /// Whether octets are one of the secrets. The time taken does not depend on which one matches, or whether any does.
        /// </summary>
        internal bool Contains(byte[] bytes, int offset, int count)
        {
            _sha.Hash(_salt, bytes, offset, count);
            uint found = 0;
            for (int start = 0; start < _hashes.Length; start += Sha256.Words)
            {
                uint difference = 0;
                for (int i = 0; i < Sha256.Words; i++)
                {
                    difference |= _hashes[start + i] ^ _sha.State[i];
                }

                // 1 where there is no difference.
                found |= ~(difference | (0 - difference)) >> 31;
            }

            return found != 0;
        }

        private void Keep(uint[] hash)
        {
            uint[] hashes = new uint[_hashes.Length + Sha256.Words];
            Array.Copy(_hashes, hashes, _hashes.Length);
            Array.Copy(hash, 0, hashes, _hashes.Length, Sha256.Words);
            _hashes = hashes;
            Edition++;
        }
    }
}
