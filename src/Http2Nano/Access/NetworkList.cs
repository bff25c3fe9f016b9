using System;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>Networks of IP addresses, as an address and the number of its bits that count (RFC 4632 3.1, RFC 4291 2.3).</summary>
    internal sealed class NetworkList
    {
        private const int Numbers = 4;

        // By network: the two halves of its address, and those of its mask.
        private readonly long[] _networks;

        /// <summary>Reads the networks. Each takes 32 bytes of heap.</summary>
        /// <exception cref="ArgumentException">One is malformed; the message names it.</exception>
        internal NetworkList(string[] networks)
        {
            _networks = new long[Numbers * networks.Length];
            for (int i = 0; i < networks.Length; i++)
            {
                Read(networks[i], Numbers * i);
            }
        }

        /// <summary>Whether an address belongs to one of them.</summary>
        internal bool Contains(long high, long low)
        {
            long[] networks = _networks;
            for (int i = 0; i < networks.Length; i += Numbers)
            {
                if ((high & networks[i + 2]) == networks[i] && (low & networks[i + 3]) == networks[i + 1])
                {
                    return true;
                }
            }

            return false;
        }

        private void Read(string text, int at)
        {
            byte[] bytes = text == null ? new byte[0] : Encoding.UTF8.GetBytes(text);
            int end = 0;
            bool four = true;
            while (end < bytes.Length && bytes[end] != '/')
            {
                four &= bytes[end++] != ':';
            }

            long high;
            long low;
            int most = four ? 32 : 128;
            int bits = end == bytes.Length ? most : Number(bytes, end + 1);
            if (bits < 0 || bits > most || !AddressText.TryParse(bytes, 0, end, out high, out low))
            {
                throw new ArgumentException("'" + text + "' is no network of proxies: write an address, such as 10.0.0.7 or fd00::7, "
                    + "or a network, such as 10.0.0.0/8 or fd00::/8.");
            }

            bits += four ? AddressText.BitsBeforeIPv4 : 0;
            long maskHigh = Mask(bits);
            long maskLow = Mask(bits - 64);
            if ((high & maskHigh) != high || (low & maskLow) != low)
            {
                bits -= four ? AddressText.BitsBeforeIPv4 : 0;
                throw new ArgumentException("'" + text + "' names one address and a network: the bits behind the first " + bits.ToString()
                    + " must be 0. Write the address without '/', or the network's first address.");
            }

            _networks[at] = high;
            _networks[at + 1] = low;
            _networks[at + 2] = maskHigh;
            _networks[at + 3] = maskLow;
        }

        // The first bits of 64.
        private static long Mask(int bits)
        {
            return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
        }

        // One to three digits; -1 for anything else.
        private static int Number(byte[] bytes, int at)
        {
            if (at == bytes.Length || bytes.Length - at > 3)
            {
                return -1;
            }

            int number = 0;
            for (; at < bytes.Length; at++)
            {
                if (bytes[at] < '0' || bytes[at] > '9')
                {
                    return -1;
                }

                number = (10 * number) + bytes[at] - '0';
            }

            return number;
        }
    }
}
