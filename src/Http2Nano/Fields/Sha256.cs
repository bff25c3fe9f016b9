using System;

namespace Http2Nano.Fields
{
    /// <summary>
    /// SHA-256 (FIPS 180-4), because the platform has none. Made for short secrets: the platform interprets it, at some 90
    /// operations for each octet.
    /// </summary>
    /// <remarks>One object computes any number of hashes, one after the other. About 0.3 KB of heap.</remarks>
    internal sealed class Sha256
    {
        /// <summary>Length of a hash in words.</summary>
        internal const int Words = 8;

        private const int BlockSize = 64;

        // The working variables of FIPS 180-4 6.2.2, stored after the hash.
        private const int A = Words;
        private const int B = Words + 1;
        private const int C = Words + 2;
        private const int D = Words + 3;
        private const int E = Words + 4;
        private const int F = Words + 5;
        private const int G = Words + 6;
        private const int H = Words + 7;

        // Fractions of the cube roots of the first 64 primes, eight hexadecimal digits each. As a string they stay in
        // flash.
        private readonly string _constants =
            "428A2F9871374491B5C0FBCFE9B5DBA53956C25B59F111F1923F82A4AB1C5ED5"
            + "D807AA9812835B01243185BE550C7DC372BE5D7480DEB1FE9BDC06A7C19BF174"
            + "E49B69C1EFBE47860FC19DC6240CA1CC2DE92C6F4A7484AA5CB0A9DC76F988DA"
            + "983E5152A831C66DB00327C8BF597FC7C6E00BF3D5A7914706CA635114292967"
            + "27B70A852E1B21384D2C6DFC53380D13650A7354766A0ABB81C2C92E92722C85"
            + "A2BFE8A1A81A664BC24B8B70C76C51A3D192E819D6990624F40E3585106AA070"
            + "19A4C1161E376C082748774C34B0BCB5391C0CB34ED8AA4A5B9CCA4F682E6FF3"
            + "748F82EE78A5636F84C878148CC7020890BEFFFAA4506CEBBEF9A3F7C67178F2";

        private readonly byte[] _digits = new byte[8];

        /// <summary>The hash, most significant octet first, followed by the eight working variables.</summary>
        internal readonly uint[] State = new uint[2 * Words];

        // The words of the current block; while it is processed, the latest 16 words of its message schedule.
        private readonly uint[] _words = new uint[16];
        private int _length;

        /// <summary>Hashes a salt followed by octets, less than 2 GiB in all.</summary>
        internal void Hash(byte[] salt, byte[] bytes, int offset, int count)
        {
            Begin();
            Append(salt, 0, salt.Length);
            Append(bytes, offset, count);
            End();
        }

        /// <summary>Writes the latest hash, or the beginning of it, in hexadecimal digits of lower case.</summary>
        /// <param name="digits">Takes the digits.</param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="count">Number of digits: 0 to 64.</param>
        internal void WriteDigits(byte[] digits, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                digits[at + i] = Hex.Character((int)(State[i >> 3] >> (28 - (4 * (i & 7)))) & 0xF);
            }
        }

        /// <summary>Begins a hash.</summary>
        internal void Begin()
        {
            State[0] = 0x6A09E667;
            State[1] = 0xBB67AE85;
            State[2] = 0x3C6EF372;
            State[3] = 0xA54FF53A;
            State[4] = 0x510E527F;
            State[5] = 0x9B05688C;
            State[6] = 0x1F83D9AB;
            State[7] = 0x5BE0CD19;
            _length = 0;
            Array.Clear(_words, 0, _words.Length);
        }

        /// <summary>Ends a hash, which <see cref="State"/> then holds.</summary>
        internal void End()
        {
            // Padding (FIPS 180-4 5.1.1): one set bit, zeros, and the length in bits.
            int word = (_length & (BlockSize - 1)) >> 2;
            _words[word] = (_words[word] << 8 | 0x80) << (8 * (3 - (_length & 3)));
            if (word >= 14)
            {
                Transform();
            }

            _words[14] = (uint)_length >> 29;
            _words[15] = (uint)_length << 3;
            Transform();
        }

        /// <summary>Adds octets to the hash, less than 2 GiB in all.</summary>
        internal void Append(byte[] bytes, int offset, int count)
        {
            for (int end = offset + count; offset < end; offset++)
            {
                int word = (_length & (BlockSize - 1)) >> 2;
                _words[word] = _words[word] << 8 | bytes[offset];
                _length++;
                if ((_length & (BlockSize - 1)) == 0)
                {
                    Transform();
                }
            }
        }

        private void Transform()
        {
            uint[] state = State;
            Array.Copy(state, 0, state, A, Words);
            for (int i = 0; i < 64; i++)
            {
                // Only the latest 16 of the schedule's 64 words are needed.
                if (i >= 16 && (i & 15) == 0)
                {
                    Extend();
                }

                // Converts eight digits with a few native calls: to octets, halves and the word.
                FlashText.Utf8.GetBytes(_constants, 8 * i, 8, _digits, 0);
                long constant = BitConverter.ToInt64(_digits, 0);
                constant = (constant & 0x0F0F0F0F0F0F0F0F) + (((constant >> 6) & 0x0101010101010101) * 9);
                constant = ((constant << 4) | (constant >> 8)) & 0x00FF00FF00FF00FF;
                constant = ((constant << 8) | (constant >> 16)) & 0x0000FFFF0000FFFF;
                uint sum = state[H] + (uint)((constant << 16) | (constant >> 32)) + _words[i & 15];
                uint word = state[E];
                sum += (word & state[F]) ^ (~word & state[G]);
                sum += ((word >> 6) | (word << 26)) ^ ((word >> 11) | (word << 21)) ^ ((word >> 25) | (word << 7));
                state[D] += sum;
                word = state[A];
                sum += (word & (state[B] | state[C])) | (state[B] & state[C]);
                sum += ((word >> 2) | (word << 30)) ^ ((word >> 13) | (word << 19)) ^ ((word >> 22) | (word << 10));

                // Each variable takes the value of the one before it; the first gets a new value.
                Array.Copy(state, A, state, B, Words - 1);
                state[A] = sum;
            }

            for (int i = 0; i < Words; i++)
            {
                state[i] += state[A + i];
            }

            // The next block starts with zeros.
            Array.Clear(_words, 0, _words.Length);
        }

        // Computes the next 16 words of the schedule, each from four earlier ones.
        private void Extend()
        {
            for (int i = 0; i < 16; i++)
            {
                uint sum = _words[i] + _words[(i + 9) & 15];
                uint word = _words[(i + 1) & 15];
                sum += ((word >> 7) | (word << 25)) ^ ((word >> 18) | (word << 14)) ^ (word >> 3);
                word = _words[(i + 14) & 15];
                _words[i] = sum + (((word >> 17) | (word << 15)) ^ ((word >> 19) | (word << 13)) ^ (word >> 10));
            }
        }
    }
}
