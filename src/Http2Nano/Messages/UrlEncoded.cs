using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// Reads <c>name=value&amp;name=value</c> in place, percent-encoded and with <c>+</c> for a space, as in queries and
    /// forms (<c>application/x-www-form-urlencoded</c> of the URL standard). Allocates only the strings that a caller asks
    /// for.
    /// </summary>
    /// <remarks>A value is addressed by the offset of its first octet; -1 means none.</remarks>
    internal static class UrlEncoded
    {
        /// <summary>Finds the first field with a name.</summary>
        /// <param name="bytes">Array that holds the fields.</param>
        /// <param name="start">Offset of their first octet.</param>
        /// <param name="end">Offset after their last octet.</param>
        /// <param name="name">The name, decoded.</param>
        /// <returns>Offset of the value, which may be empty; -1 when there is no such field.</returns>
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

        /// <summary>The end of a field, exclusive.</summary>
        /// <param name="bytes">Array that holds the fields.</param>
        /// <param name="at">Any offset in the field.</param>
        /// <param name="end">Offset after the last octet of all fields.</param>
        internal static int End(byte[] bytes, int at, int end)
        {
            while (at < end && bytes[at] != '&')
            {
                at++;
            }

            return at;
        }

        /// <summary>Whether octets decode to the expected ones.</summary>
        internal static bool DecodesTo(byte[] bytes, int at, int end, byte[] expected)
        {
            // Encoded octets are never fewer than the decoded ones, and at most three times as many.
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

        /// <summary>Decodes octets to another place, or in place.</summary>
        /// <param name="bytes">Array that holds the octets.</param>
        /// <param name="at">Offset of the first octet.</param>
        /// <param name="end">Offset after the last octet.</param>
        /// <param name="destination">Takes at most <c>end - at</c> octets.</param>
        /// <param name="offset">Offset at which to write; in the same array at most <paramref name="at"/>.</param>
        /// <returns>Octets written, or -1 when an escape is malformed.</returns>
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
        /// <returns>The text, or null when an escape is malformed.</returns>
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
