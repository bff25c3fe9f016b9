using System;

namespace Http2Nano.Routing
{
    /// <summary>SHA-256 (FIPS 180-4), because the platform has none. For secrets, not for speed.</summary>
    /// <remarks>One object computes any number of hashes, one after the other. About 0.5 KB of heap.</remarks>
    internal sealed class Sha256
    {
        /// <summary>Length of a hash in bytes.</summary>
        internal const int Size = 32;

        private const int BlockSize = 64;

        // Roots of the first 64 primes. Of the object, so that who needs no hashes does not pay for them.
        private readonly uint[] _constants =
        {
            0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
            0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
            0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
            0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
            0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
            0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
            0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
            0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
        };

        private readonly uint[] _state = new uint[8];

        // The octets of the block begun, and while it is worked on the latest words of its schedule.
        private readonly uint[] _words = new uint[16];
        private int _length;

        /// <summary>Begins a hash.</summary>
        internal void Begin()
        {
            _state[0] = 0x6A09E667;
            _state[1] = 0xBB67AE85;
            _state[2] = 0x3C6EF372;
            _state[3] = 0xA54FF53A;
            _state[4] = 0x510E527F;
            _state[5] = 0x9B05688C;
            _state[6] = 0x1F83D9AB;
            _state[7] = 0x5BE0CD19;
            _length = 0;
        }

        /// <summary>Takes octets, less than 256 MiB of them in all.</summary>
        internal void Append(byte[] bytes, int offset, int count)
        {
            for (int end = offset + count; offset < end; offset++)
            {
                Append(bytes[offset]);
            }
        }

        /// <summary>Ends the hash, and forgets what it was made of.</summary>
        /// <param name="hash">Takes 32 bytes.</param>
        /// <param name="offset">Where to write them.</param>
        internal void End(byte[] hash, int offset)
        {
            uint bits = (uint)_length << 3;
            Append(0x80);
            while ((_length & (BlockSize - 1)) != BlockSize - 8)
            {
                Append(0);
            }

            // The upper half of the length is always 0.
            _words[15] = bits;
            Transform();
            for (int i = 0; i < 8; i++)
            {
                Put(_state[i], hash, offset + (4 * i));
            }
        }

        private void Append(byte octet)
        {
            int word = (_length & (BlockSize - 1)) >> 2;
            _words[word] = _words[word] << 8 | octet;
            _length++;
            if ((_length & (BlockSize - 1)) == 0)
            {
                Transform();
            }
        }

        private static void Put(uint value, byte[] bytes, int offset)
        {
            bytes[offset] = (byte)(value >> 24);
            bytes[offset + 1] = (byte)(value >> 16);
            bytes[offset + 2] = (byte)(value >> 8);
            bytes[offset + 3] = (byte)value;
        }

        private void Transform()
        {
            uint a = _state[0];
            uint b = _state[1];
            uint c = _state[2];
            uint d = _state[3];
            uint e = _state[4];
            uint f = _state[5];
            uint g = _state[6];
            uint h = _state[7];
            for (int i = 0; i < 64; i++)
            {
                // Of the 64 words of the schedule only the latest 16 are needed.
                if (i >= 16 && (i & 15) == 0)
                {
                    Extend();
                }

                uint first = h + _constants[i] + _words[i & 15] + ((e & f) ^ (~e & g));
                first += ((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21)) ^ ((e >> 25) | (e << 7));
                h = g;
                g = f;
                f = e;
                e = d + first;
                first += (a & b) ^ (a & c) ^ (b & c);
                first += ((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19)) ^ ((a >> 22) | (a << 10));
                d = c;
                c = b;
                b = a;
                a = first;
            }

            _state[0] += a;
            _state[1] += b;
            _state[2] += c;
            _state[3] += d;
            _state[4] += e;
            _state[5] += f;
            _state[6] += g;
            _state[7] += h;

            // The next block begins with nothing.
            Array.Clear(_words, 0, _words.Length);
        }

        // The next 16 words of the schedule, each from four of those before it.
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
