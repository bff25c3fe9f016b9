using System;

namespace Http2Nano.Fields
{
    /// <summary>Compares octets with as few operations as the platform allows.</summary>
    internal static class Octets
    {
        /// <summary>
        /// Whether two ranges of <paramref name="count"/> octets are equal. Both must lie inside their arrays.
        /// </summary>
        /// <remarks>
        /// The platform has no comparison of arrays. <see cref="BitConverter"/> is native code there and takes any
        /// alignment, so one call replaces eight loads.
        /// </remarks>
        internal static bool Equal(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            if (count >= 8)
            {
                if (count > 32)
                {
                    int last = aOffset + count - 32;
                    do
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
                    while (aOffset < last);
                    count = last + 32 - aOffset;
                }

                // The last step may overlap what was compared before.
                return (count <= 8 || BitConverter.ToInt64(a, aOffset) == BitConverter.ToInt64(b, bOffset))
                    && (count <= 16 || BitConverter.ToInt64(a, aOffset + 8) == BitConverter.ToInt64(b, bOffset + 8))
                    && (count <= 24 || BitConverter.ToInt64(a, aOffset + 16) == BitConverter.ToInt64(b, bOffset + 16))
                    && BitConverter.ToInt64(a, aOffset + count - 8) == BitConverter.ToInt64(b, bOffset + count - 8);
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

        /// <summary>
        /// Same as <see cref="Equal"/> for at least eight octets, in a time that depends on their number alone: it does not tell
        /// how many of them are equal.
        /// </summary>
        internal static bool EqualInSameTime(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            long differences = 0;
            count -= 8;
            for (int i = 0; i < count; i += 8)
            {
                differences |= BitConverter.ToInt64(a, aOffset + i) ^ BitConverter.ToInt64(b, bOffset + i);
            }

            return (differences | (BitConverter.ToInt64(a, aOffset + count) ^ BitConverter.ToInt64(b, bOffset + count))) == 0;
        }

        /// <summary>
        /// Whether octets equal others, ignoring the case of their letters. The others must contain no octet from <c>@</c>
        /// to <c>_</c>, no <c>`</c> and none from <c>{</c> on.
        /// </summary>
        internal static bool EqualAnyCase(byte[] a, int aOffset, byte[] lower, int lowerOffset, int count)
        {
            // An octet with this bit is a letter, or turns into an octet that the others do not contain.
            const long Letters = 0x4040404040404040;
            int delta = lowerOffset - aOffset;
            int last = aOffset + count - 8;
            if (count < 8)
            {
                int end = aOffset + count;
                if (count >= 4)
                {
                    int first = BitConverter.ToInt32(a, aOffset);
                    int second = BitConverter.ToInt32(a, end - 4);
                    return (first | ((first & (int)(Letters & int.MaxValue)) >> 1)) == BitConverter.ToInt32(lower, lowerOffset)
                        && (second | ((second & (int)(Letters & int.MaxValue)) >> 1)) == BitConverter.ToInt32(lower, lowerOffset + count - 4);
                }

                for (; aOffset < end; aOffset++)
                {
                    int octet = a[aOffset];
                    if ((octet | ((octet & 0x40) >> 1)) != lower[aOffset + delta])
                    {
                        return false;
                    }
                }

                return true;
            }

            while (true)
            {
                long octets = BitConverter.ToInt64(a, aOffset);
                if ((octets | ((octets & Letters) >> 1)) != BitConverter.ToInt64(lower, aOffset + delta))
                {
                    return false;
                }

                if (aOffset == last)
                {
                    return true;
                }

                aOffset = aOffset + 8 > last ? last : aOffset + 8;
            }
        }

        /// <summary>How many octets of two ranges are equal from their beginning on.</summary>
        internal static int Common(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            int start = aOffset;
            int end = aOffset + count;
            while (end - aOffset >= 32
                && BitConverter.ToInt64(a, aOffset) == BitConverter.ToInt64(b, bOffset)
                && BitConverter.ToInt64(a, aOffset + 8) == BitConverter.ToInt64(b, bOffset + 8)
                && BitConverter.ToInt64(a, aOffset + 16) == BitConverter.ToInt64(b, bOffset + 16)
                && BitConverter.ToInt64(a, aOffset + 24) == BitConverter.ToInt64(b, bOffset + 24))
            {
                aOffset += 32;
                bOffset += 32;
            }

            while (end - aOffset >= 8 && BitConverter.ToInt64(a, aOffset) == BitConverter.ToInt64(b, bOffset))
            {
                aOffset += 8;
                bOffset += 8;
            }

            while (aOffset < end && a[aOffset] == b[bOffset])
            {
                aOffset++;
                bOffset++;
            }

            return aOffset - start;
        }
    }
}
