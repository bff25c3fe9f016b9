using System;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Answers every question for an address with one address (RFC 1035), so that whatever a guest's phone asks for leads to the
    /// set-up page. Allocates nothing after it was made.
    /// </summary>
    public sealed class EveryName
    {
        /// <summary>Longest message that is received or sent, in bytes (RFC 1035 4.2.1).</summary>
        public const int LongestMessage = 512;

        private const int HeaderSize = 12;
        private const int LongestLabel = 63;
        private const int LongestName = 255;
        private const int TypeA = 1;
        private const int ClassInternet = 1;
        private const int Any = 255;

        // RFC 1035 4.1.1: results.
        private const int Malformed = 1;
        private const int NotImplemented = 4;

        // Seconds: the phone must not believe it in its next network.
        private const int TimeToLive = 10;

        private readonly byte[] _address;

        /// <summary>Takes the address, four octets.</summary>
        public EveryName(byte[] address)
        {
            _address = address;
        }

        /// <summary>Replaces a message by its answer, in place.</summary>
        /// <param name="message">The message, in <see cref="LongestMessage"/> bytes.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Bytes of the answer; 0 for what is no question.</returns>
        public int Answer(byte[] message, int count)
        {
            if (count < HeaderSize || count > message.Length || (message[2] & 0x80) != 0)
            {
                return 0;
            }

            if ((message[2] & 0x78) != 0)
            {
                return Refuse(message, NotImplemented);
            }

            int end = message[4] == 0 && message[5] == 1 ? QuestionEnd(message, count) : -1;
            if (end < 0)
            {
                return Refuse(message, Malformed);
            }

            int type = message[end - 4] << 8 | message[end - 3];
            int kind = message[end - 2] << 8 | message[end - 1];
            bool known = (type == TypeA || type == Any) && (kind == ClassInternet || kind == Any);

            // What else was asked along with it (EDNS) ends here. Of other types there is nothing, which is an answer too.
            Begin(message, 0);
            if (!known)
            {
                return end;
            }

            message[7] = 1;
            Array.Clear(message, end, 12);
            message[end] = 0xC0;
            message[end + 1] = HeaderSize;
            message[end + 3] = TypeA;
            message[end + 5] = ClassInternet;
            message[end + 9] = TimeToLive;
            message[end + 11] = (byte)_address.Length;
            Array.Copy(_address, 0, message, end + 12, _address.Length);
            return end + 12 + _address.Length;
        }

        // A question that comes first has nothing before it to point to.
        private static int QuestionEnd(byte[] message, int count)
        {
            int at = HeaderSize;
            while (at < count && message[at] != 0)
            {
                if (message[at] > LongestLabel)
                {
                    return -1;
                }

                at += message[at] + 1;
            }

            return at + 5 > count || at + 1 - HeaderSize > LongestName ? -1 : at + 5;
        }

        private static int Refuse(byte[] message, int result)
        {
            Begin(message, result);
            message[5] = 0;
            message[4] = 0;
            return HeaderSize;
        }

        // Identifier, operation and the wish for recursion stay; it is a response with authority, and recursion is to be had.
        private static void Begin(byte[] message, int result)
        {
            message[2] = (byte)((message[2] & 0x79) | 0x84);
            message[3] = (byte)(0x80 | result);
            Array.Clear(message, 6, 6);
        }
    }
}
