using System;

namespace Http2Nano.Http2
{
    /// <summary>
    /// A stream's priority as one number: urgency 0 (first) to 7 (RFC 9218 4.1), whether it is incremental (4.2), and who
    /// has set it.
    /// </summary>
    internal static class StreamPriority
    {
        /// <summary>
        /// The client can use parts of the response: it shares the connection with others of its urgency.
        /// </summary>
        internal const int Incremental = 0x08;

        /// <summary>The client has sent no signal of RFC 9218, so that signals of RFC 7540 count.</summary>
        internal const int NotSignalled = 0x10;

        /// <summary>The handler has set the priority (RFC 9218 8), which takes precedence over the client's.</summary>
        internal const int Overridden = 0x20;

        // ", i"
        private const int CommaAndIncremental = 0x69202C;

        /// <summary>
        /// The priority of a stream without signals. RFC 9218 4 makes urgency 3 and non-incremental the defaults of the
        /// parameters, but a client that sends no parameters is better served by sharing.
        /// </summary>
        internal const int Unsignalled = NotSignalled | Incremental | 3;

        /// <summary>Urgency 0 to 7.</summary>
        internal static int Urgency(int priority)
        {
            return priority & 0x07;
        }

        /// <summary>
        /// Maps a weight of RFC 7540 5.3.2 to an urgency: the default weight 16 becomes 3, heavier streams come before,
        /// lighter ones after. Dependencies are ignored, because most of them express sharing, which streams of one urgency
        /// do.
        /// </summary>
        /// <param name="weight">1 to 256.</param>
        internal static int FromWeight(int weight)
        {
            int urgency = 3;
            if (weight > 16)
            {
                urgency = weight > 128 ? 1 : 2;
            }
            else if (weight < 16)
            {
                urgency = weight < 5 ? 5 : 4;
            }

            return NotSignalled | Incremental | urgency;
        }

        /// <summary>
        /// Parses a priority field value (RFC 9218 5, a dictionary of RFC 8941). Malformed and unknown members are ignored,
        /// as RFC 9218 4 requires, and leave the default of their parameter.
        /// </summary>
        /// <param name="bytes">Array that holds the value.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>The priority.</returns>
        internal static int Parse(byte[] bytes, int offset, int count)
        {
            int urgency = 3;
            int incremental = 0;
            int end = offset + count;

            // What browsers send: "u=1, i" and "u=1".
            if ((count == 3 || (count == 6 && BitConverter.ToInt32(bytes, offset + 2) >> 8 == CommaAndIncremental))
                && bytes[offset] == 'u' && bytes[offset + 1] == '=' && bytes[offset + 2] >= '0' && bytes[offset + 2] <= '7')
            {
                return (bytes[offset + 2] - '0') | (count == 3 ? 0 : Incremental);
            }

            while (offset < end && bytes[offset] == ' ')
            {
                offset++;
            }

            while (offset < end)
            {
                byte key = bytes[offset];
                int member = offset;
                offset = EndOfMember(bytes, offset, end);
                if (offset > end)
                {
                    // RFC 8941 4.2: a field that cannot be parsed is ignored as a whole.
                    return 3;
                }

                int length = TrimmedEnd(bytes, member, offset) - member;
                if (key == 'u')
                {
                    if (length == 3 && bytes[member + 1] == '=' && bytes[member + 2] >= '0' && bytes[member + 2] <= '7')
                    {
                        urgency = bytes[member + 2] - '0';
                    }
                }
                else if (key == 'i')
                {
                    if (length == 1 || (length == 4 && bytes[member + 1] == '=' && bytes[member + 2] == '?' && bytes[member + 3] == '1'))
                    {
                        incremental = Incremental;
                    }
                    else if (length == 4 && bytes[member + 1] == '=' && bytes[member + 2] == '?' && bytes[member + 3] == '0')
                    {
                        incremental = 0;
                    }
                }

                offset++;
                while (offset < end && (bytes[offset] == ' ' || bytes[offset] == '\t'))
                {
                    offset++;
                }
            }

            return urgency | incremental;
        }

        // Offset of the comma after a member, or the end; past the end when a string is not closed (RFC 8941 3.3.3).
        private static int EndOfMember(byte[] bytes, int at, int end)
        {
            bool quoted = false;
            for (; at < end; at++)
            {
                int octet = bytes[at];
                if (octet == '"')
                {
                    quoted = !quoted;
                }
                else if (quoted && octet == '\\')
                {
                    at++;
                }
                else if (octet == ',' && !quoted)
                {
                    return at;
                }
            }

            return quoted ? end + 1 : end;
        }

        private static int TrimmedEnd(byte[] bytes, int start, int end)
        {
            // No parameters of a member (RFC 8941 3.1.2) are defined.
            for (int i = start; i < end; i++)
            {
                if (bytes[i] == ';')
                {
                    end = i;
                    break;
                }
            }

            while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t'))
            {
                end--;
            }

            return end;
        }
    }
}
