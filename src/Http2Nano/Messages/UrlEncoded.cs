using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// Reads <c>name=value&amp;name=value</c>, percent-encoded with <c>+</c> for a space, as queries and forms have it
    /// (<c>application/x-www-form-urlencoded</c> of the URL standard), where it lies. Allocates nothing but strings asked for.
    /// </summary>
    /// <remarks>A value is addressed by the offset of its first octet; -1 means none.</remarks>
    internal static class UrlEncoded
    {
        /// <summary>Whether all escapes are whole, none stands for NUL, and what they stand for is UTF-8.</summary>
        internal static bool IsValid(byte[] bytes, int at, int end)
        {
            int state = 0;
            while (at < end)
            {
                int octet = bytes[at++];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at, end);
                    at += 2;

                    // The platform's strings end at NUL, and so do many a system's.
                    if (octet <= 0)
                    {
                        return false;
                    }
                }
                else if (octet < 0x80 && state == 0)
                {
                    continue;
                }

                state = Utf8.Next(state, octet);
                if (state < 0)
                {
                    return false;
                }
            }

            return state == 0;
        }

        /// <summary>Finds the first field with a name.</summary>
        /// <param name="bytes">Array that holds the fields.</param>
        /// <param name="start">Their first octet.</param>
        /// <param name="end">Behind their last octet.</param>
        /// <param name="name">The name, decoded.</param>
        /// <returns>Where the value begins; it may be empty.</returns>
        internal static int Find(byte[] bytes, int start, int end, byte[] name)
        {
            while (start < end)
            {
                int pairEnd = End(bytes, start, end);
                int equals = start;
                while (equals < pairEnd && bytes[equals] != '=')
                {
                    equals++;
                }

                if (DecodesTo(bytes, start, equals, name))
                {
                    return equals < pairEnd ? equals + 1 : equals;
                }

                start = pairEnd + 1;
            }

            return -1;
        }

        /// <summary>Where a field ends.</summary>
        /// <param name="bytes">Array that holds the fields.</param>
        /// <param name="at">Somewhere in the field.</param>
        /// <param name="end">Behind the last octet of all fields.</param>
        internal static int End(byte[] bytes, int at, int end)
        {
            while (at < end && bytes[at] != '&')
            {
                at++;
            }

            return at;
        }

        /// <summary>Whether octets are, decoded, the ones expected.</summary>
        internal static bool DecodesTo(byte[] bytes, int at, int end, byte[] expected)
        {
            // Encoding never makes anything shorter, nor more than three times as long.
            int count = expected.Length;
            if (end - at < count || end - at > 3 * count)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (at >= end)
                {
                    return false;
                }

                int octet = bytes[at++];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at, end);
                    at += 2;
                }
                else if (octet == '+')
                {
                    octet = ' ';
                }

                if (octet != expected[i])
                {
                    return false;
                }
            }

            return at == end;
        }

        /// <summary>Decodes to another place, or to the same.</summary>
        /// <param name="bytes">Array that holds the octets.</param>
        /// <param name="at">First octet.</param>
        /// <param name="end">Behind the last octet.</param>
        /// <param name="destination">Takes at most <c>end - at</c> octets.</param>
        /// <param name="offset">Where to write; in the same array not behind <paramref name="at"/>.</param>
        /// <returns>Octets written, or -1 when an escape is broken.</returns>
        internal static int Decode(byte[] bytes, int at, int end, byte[] destination, int offset)
        {
            int to = offset;
            while (at < end)
            {
                int octet = bytes[at++];
                if (octet == '%')
                {
                    octet = Hex.Octet(bytes, at, end);
                    if (octet < 0)
                    {
                        return -1;
                    }

                    at += 2;
                }
                else if (octet == '+')
                {
                    octet = ' ';
                }

                destination[to++] = (byte)octet;
            }

            return to - offset;
        }

        /// <summary>A value as text. Allocates its octets and the string.</summary>
        /// <returns>The text, or null when an escape is broken.</returns>
        internal static string GetString(byte[] bytes, int at, int end)
        {
            if (at == end)
            {
                return string.Empty;
            }

            byte[] decoded = new byte[end - at];
            int length = Decode(bytes, at, end, decoded, 0);
            return length < 0 ? null : Encoding.UTF8.GetString(decoded, 0, length);
        }
    }
}
