using Http2Nano.Fields;

namespace Http2Nano.Access
{
    /// <summary>
    /// Reads IP addresses (RFC 3986 3.2.2, RFC 4291 2.2) into the two halves of 128 bits. An IPv4 address becomes the IPv6
    /// address that stands for it (RFC 4291 2.5.5.2), so that one comparison serves both.
    /// </summary>
    internal static class AddressText
    {
        /// <summary>The most octets of an address: an IPv6 address that ends in an IPv4 address.</summary>
        internal const int Longest = 45;

        /// <summary>The number of bits before an IPv4 address.</summary>
        internal const int BitsBeforeIPv4 = 96;

        private const long BeforeIPv4 = 0xFFFF00000000;
        private const int Groups = 8;

        /// <summary>Reads an address, of either kind.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Its first octet.</param>
        /// <param name="end">The offset after the last.</param>
        /// <param name="high">The first 64 bits.</param>
        /// <param name="low">The last 64 bits.</param>
        /// <returns>Whether it is an address and nothing else.</returns>
        internal static bool TryParse(byte[] bytes, int at, int end, out long high, out long low)
        {
            high = 0;
            low = 0;
            for (int i = at; i < end; i++)
            {
                if (bytes[i] == ':')
                {
                    return end - at <= Longest && TryParseGroups(bytes, at, end, ref high, ref low);
                }
            }

            long four = ParseIPv4(bytes, at, end);
            low = BeforeIPv4 | four;
            return four >= 0;
        }

        // Four numbers up to 255. A zero in front is refused, because some read such a number as octal. -1 for anything else.
        private static long ParseIPv4(byte[] bytes, int at, int end)
        {
            long address = 0;
            for (int part = 0; part < 4; part++)
            {
                if (part != 0 && (at == end || bytes[at++] != '.'))
                {
                    return -1;
                }

                int start = at;
                int number = 0;
                while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - start < 3)
                {
                    number = (10 * number) + bytes[at++] - '0';
                }

                if (at == start || number > 255 || (bytes[start] == '0' && at - start > 1))
                {
                    return -1;
                }

                address = address << 8 | (long)number;
            }

            return at == end ? address : -1;
        }

        private static bool TryParseGroups(byte[] bytes, int at, int end, ref long high, ref long low)
        {
            // What stands before "::", and how many groups that is; -1 as long as it has not come.
            long frontHigh = 0;
            long frontLow = 0;
            int front = -1;
            int groups = 0;
            if (bytes[at] == ':')
            {
                if (end - at < 2 || bytes[at + 1] != ':')
                {
                    return false;
                }

                front = 0;
                at += 2;
            }

            while (at < end)
            {
                int start = at;
                int group = 0;
                int digit;
                while (at < end && at - start < 4 && (digit = Hex.Digit(bytes[at])) >= 0)
                {
                    group = group << 4 | digit;
                    at++;
                }

                if (at < end && bytes[at] == '.')
                {
                    long four = ParseIPv4(bytes, start, end);
                    groups += 2;
                    if (four < 0)
                    {
                        return false;
                    }

                    high = high << 32 | ((low >> 32) & 0xFFFFFFFF);
                    low = low << 32 | four;
                    break;
                }

                if (at == start || ++groups > Groups)
                {
                    return false;
                }

                Shift(ref high, ref low);
                low |= (long)group;
                if (at == end)
                {
                    break;
                }

                if (bytes[at++] != ':' || at == end)
                {
                    return false;
                }

                if (bytes[at] == ':')
                {
                    if (front >= 0)
                    {
                        return false;
                    }

                    front = groups;
                    frontHigh = high;
                    frontLow = low;
                    high = 0;
                    low = 0;
                    at++;
                }
            }

            if (front < 0)
            {
                return groups == Groups;
            }

            for (int i = front; i < Groups; i++)
            {
                Shift(ref frontHigh, ref frontLow);
            }

            high |= frontHigh;
            low |= frontLow;
            return groups < Groups;
        }

        private static void Shift(ref long high, ref long low)
        {
            high = high << 16 | ((low >> 48) & 0xFFFF);
            low = low << 16;
        }
    }
}
