using System;

namespace Http2Nano.WebSockets
{
    /// <summary>The mask of a client's frame (RFC 6455 5.3).</summary>
    internal static class FrameMask
    {
        /// <summary>Number of octets that are unmasked together.</summary>
        internal const int Block = 48;

        /// <summary>Unmasks octets in place.</summary>
        /// <param name="buffer">Holds the octets.</param>
        /// <param name="at">Offset of the first.</param>
        /// <param name="end">Offset behind the last.</param>
        /// <param name="mask">The mask; its lowest octet is for the first octet.</param>
        /// <param name="block">Free storage from its beginning on, <see cref="Block"/> bytes.</param>
        /// <returns>The OR of all octets, in its eight octets.</returns>
        internal static long Remove(byte[] buffer, int at, int end, int mask, byte[] block)
        {
            long both = ((long)mask << 32) | (uint)mask;
            long seen = 0;
            int last = end - Block;

            // The interpreter takes nine instructions to store an octet, and seven where the index is constant.
            while (at <= last)
            {
                long first = BitConverter.ToInt64(buffer, at) ^ both;
                long second = BitConverter.ToInt64(buffer, at + 8) ^ both;
                long third = BitConverter.ToInt64(buffer, at + 16) ^ both;
                long fourth = BitConverter.ToInt64(buffer, at + 24) ^ both;
                long fifth = BitConverter.ToInt64(buffer, at + 32) ^ both;
                long sixth = BitConverter.ToInt64(buffer, at + 40) ^ both;
                seen |= first | second | third | fourth | fifth | sixth;
                block[0] = (byte)first;
                block[1] = (byte)(first >> 8);
                block[2] = (byte)(first >> 16);
                block[3] = (byte)(first >> 24);
                block[4] = (byte)(first >> 32);
                block[5] = (byte)(first >> 40);
                block[6] = (byte)(first >> 48);
                block[7] = (byte)(first >> 56);
                block[8] = (byte)second;
                block[9] = (byte)(second >> 8);
                block[10] = (byte)(second >> 16);
                block[11] = (byte)(second >> 24);
                block[12] = (byte)(second >> 32);
                block[13] = (byte)(second >> 40);
                block[14] = (byte)(second >> 48);
                block[15] = (byte)(second >> 56);
                block[16] = (byte)third;
                block[17] = (byte)(third >> 8);
                block[18] = (byte)(third >> 16);
                block[19] = (byte)(third >> 24);
                block[20] = (byte)(third >> 32);
                block[21] = (byte)(third >> 40);
                block[22] = (byte)(third >> 48);
                block[23] = (byte)(third >> 56);
                block[24] = (byte)fourth;
                block[25] = (byte)(fourth >> 8);
                block[26] = (byte)(fourth >> 16);
                block[27] = (byte)(fourth >> 24);
                block[28] = (byte)(fourth >> 32);
                block[29] = (byte)(fourth >> 40);
                block[30] = (byte)(fourth >> 48);
                block[31] = (byte)(fourth >> 56);
                block[32] = (byte)fifth;
                block[33] = (byte)(fifth >> 8);
                block[34] = (byte)(fifth >> 16);
                block[35] = (byte)(fifth >> 24);
                block[36] = (byte)(fifth >> 32);
                block[37] = (byte)(fifth >> 40);
                block[38] = (byte)(fifth >> 48);
                block[39] = (byte)(fifth >> 56);
                block[40] = (byte)sixth;
                block[41] = (byte)(sixth >> 8);
                block[42] = (byte)(sixth >> 16);
                block[43] = (byte)(sixth >> 24);
                block[44] = (byte)(sixth >> 32);
                block[45] = (byte)(sixth >> 40);
                block[46] = (byte)(sixth >> 48);
                block[47] = (byte)(sixth >> 56);
                Array.Copy(block, 0, buffer, at, Block);
                at += Block;
            }

            return at == end ? seen : RemoveShort(buffer, at, end, mask, both, seen);
        }

        private static long RemoveShort(byte[] buffer, int at, int end, int mask, long both, long seen)
        {
            if (((end - at) & 4) != 0)
            {
                int word = BitConverter.ToInt32(buffer, at) ^ mask;
                seen |= (uint)word;
                buffer[at] = (byte)word;
                buffer[at + 1] = (byte)(word >> 8);
                buffer[at + 2] = (byte)(word >> 16);
                buffer[at + 3] = (byte)(word >> 24);
                at += 4;
                if (at == end)
                {
                    return seen;
                }
            }

            int last = end - 8;
            while (at <= last)
            {
                long word = BitConverter.ToInt64(buffer, at) ^ both;
                seen |= word;
                buffer[at] = (byte)word;
                buffer[at + 1] = (byte)(word >> 8);
                buffer[at + 2] = (byte)(word >> 16);
                buffer[at + 3] = (byte)(word >> 24);
                buffer[at + 4] = (byte)(word >> 32);
                buffer[at + 5] = (byte)(word >> 40);
                buffer[at + 6] = (byte)(word >> 48);
                buffer[at + 7] = (byte)(word >> 56);
                at += 8;
            }

            for (; at < end; at++)
            {
                int octet = (buffer[at] ^ mask) & 0xFF;
                seen |= (uint)octet;
                buffer[at] = (byte)octet;
                mask >>= 8;
            }

            return seen;
        }
    }
}
