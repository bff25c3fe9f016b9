using System;

namespace Http2Nano.Hpack
{
    /// <summary>Comparison of octets with as few operations as the platform allows.</summary>
    internal static class Octets
    {
        /// <summary>Whether two ranges of <paramref name="count"/> octets are the same. Both must lie inside their arrays.</summary>
        /// <remarks>
        /// There is no comparison of arrays on the platform. <see cref="BitConverter"/> is native code there and takes
        /// any alignment, so one call stands for eight loads; the last step overlaps the one before.
        /// </remarks>
        internal static bool Equal(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            if (count >= 8)
            {
                int last = aOffset + count - 8;
                int delta = bOffset - aOffset;
                while (aOffset < last)
                {
                    if (BitConverter.ToInt64(a, aOffset) != BitConverter.ToInt64(b, aOffset + delta))
                    {
                        return false;
                    }

                    aOffset += 8;
                }

                return BitConverter.ToInt64(a, last) == BitConverter.ToInt64(b, last + delta);
            }

            if (count >= 4)
            {
                return BitConverter.ToInt32(a, aOffset) == BitConverter.ToInt32(b, bOffset)
                    && BitConverter.ToInt32(a, aOffset + count - 4) == BitConverter.ToInt32(b, bOffset + count - 4);
            }

            while (--count >= 0)
            {
                if (a[aOffset + count] != b[bOffset + count])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The same, with fewer operations for ranges that are long and mostly equal.</summary>
        internal static bool EqualLong(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            int last = aOffset + count - 32;
            while (aOffset <= last)
            {
                if (BitConverter.ToInt64(a, aOffset) != BitConverter.ToInt64(b, bOffset)
                    || BitConverter.ToInt64(a, aOffset + 8) != BitConverter.ToInt64(b, bOffset + 8)
                    || BitConverter.ToInt64(a, aOffset + 16) != BitConverter.ToInt64(b, bOffset + 16)
                    || BitConverter.ToInt64(a, aOffset + 24) != BitConverter.ToInt64(b, bOffset + 24))
                {
                    return false;
                }

                aOffset += 32;
                bOffset += 32;
            }

            return Equal(a, aOffset, b, bOffset, last + 32 - aOffset);
        }
    }
}
