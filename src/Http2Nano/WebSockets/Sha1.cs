using System;

namespace Http2Nano.WebSockets
{
    /// <summary>
    /// SHA-1 (FIPS 180-4), because the platform has none. RFC 6455 1.3 requires it, but not for security.
    /// </summary>
    /// <remarks>One object computes any number of hashes, one after the other. About 200 bytes of heap.</remarks>
    internal sealed class Sha1
    {
        /// <summary>Length of a hash in bytes.</summary>
        internal const int Length = 20;

        private const int BlockSize = 64;
        private const int Words = 5;

        // The hash, followed by the current block or the latest words of its message schedule.
        private readonly uint[] _state = new uint[Words];
        private readonly uint[] _words = new uint[16];

        /// <summary>Hashes octets, less than 256 MiB.</summary>
        /// <param name="bytes">Holds them.</param>
        /// <param name="offset">Offset of the first.</param>
        /// <param name="count">Their number.</param>
        /// <param name="hash">Takes the hash.</param>
        /// <param name="at">Offset at which to write it.</param>
        internal void Hash(byte[] bytes, int offset, int count, byte[] hash, int at)
        {
            _state[0] = 0x67452301;
            _state[1] = 0xEFCDAB89;
            _state[2] = 0x98BADCFE;
            _state[3] = 0x10325476;
            _state[4] = 0xC3D2E1F0;

            // Padding (FIPS 180-4 5.1.1): one set bit, zeros, and the length in bits at the end of a block.
            int blocks = (count + 8) / BlockSize;
            for (int block = 0; block <= blocks; block++)
            {
                for (int i = 0; i < BlockSize; i++)
                {
                    int position = (block * BlockSize) + i;
                    uint octet = position < count ? bytes[offset + position] : position == count ? 0x80U : 0;
                    _words[i >> 2] = (_words[i >> 2] << 8) | octet;
                }

                if (block == blocks)
                {
                    _words[15] = (uint)count << 3;
                }

                Transform();
            }

            for (int i = 0; i < Length; i++)
            {
                hash[at + i] = (byte)(_state[i >> 2] >> (8 * (3 - (i & 3))));
            }
        }

        private void Transform()
        {
            uint a = _state[0];
            uint b = _state[1];
            uint c = _state[2];
            uint d = _state[3];
            uint e = _state[4];
            for (int i = 0; i < 80; i++)
            {
                uint word = _words[i & 15];
                if (i >= 16)
                {
                    // Only the latest 16 words of the schedule are needed.
                    word ^= _words[(i + 13) & 15] ^ _words[(i + 8) & 15] ^ _words[(i + 2) & 15];
                    word = (word << 1) | (word >> 31);
                    _words[i & 15] = word;
                }

                uint sum = ((a << 5) | (a >> 27)) + e + word;
                if (i < 20)
                {
                    sum += ((b & c) | (~b & d)) + 0x5A827999;
                }
                else if (i < 40)
                {
                    sum += (b ^ c ^ d) + 0x6ED9EBA1;
                }
                else if (i < 60)
                {
                    sum += ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC;
                }
                else
                {
                    sum += (b ^ c ^ d) + 0xCA62C1D6;
                }

                e = d;
                d = c;
                c = (b << 30) | (b >> 2);
                b = a;
                a = sum;
            }

            _state[0] += a;
            _state[1] += b;
            _state[2] += c;
            _state[3] += d;
            _state[4] += e;
        }
    }
}
