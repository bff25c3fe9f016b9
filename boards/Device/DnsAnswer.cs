using System;
using System.Text;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Answers queries of multicast DNS for the address of one name (RFC 6762). Allocates nothing after construction.
    /// </summary>
    public sealed class DnsAnswer
    {
        /// <summary>The longest query that is read and the longest answer, in bytes.</summary>
        public const int LongestMessage = 300;

        private const int HeaderSize = 12;
        private const int LongestLabel = 63;
        private const int TypeA = 1;
        private const int TypeAny = 255;
        private const int ClassInternet = 1;
        private const int ClassAny = 255;
        private const int MostQuestions = 16;

        // RFC 6762 10: the time to live of a host name's record is two minutes.
        private const int TimeToLive = 120;

        private readonly byte[] _name;

        /// <summary>Takes the name.</summary>
        /// <param name="hostName">1 to 63 letters, digits and hyphens, without <c>.local</c>.</param>
        public DnsAnswer(string hostName)
        {
            byte[] label = Encoding.UTF8.GetBytes(hostName);
            if (label.Length == 0 || label.Length > LongestLabel)
            {
                throw new ArgumentException("A host name has 1 to 63 characters.");
            }

            byte[] local = Encoding.UTF8.GetBytes("local");
            _name = new byte[label.Length + local.Length + 3];
            _name[0] = (byte)label.Length;
            Array.Copy(label, 0, _name, 1, label.Length);
            _name[label.Length + 1] = (byte)local.Length;
            Array.Copy(local, 0, _name, label.Length + 2, local.Length);
        }

        /// <summary>Writes the answer to a query, if it asks for the name.</summary>
        /// <param name="message">The message.</param>
        /// <param name="count">Its length.</param>
        /// <param name="address">The four octets of the device's address.</param>
        /// <param name="answer">Takes the answer, <see cref="LongestMessage"/> bytes. May be the message's array.</param>
        /// <returns>Bytes written; 0 when the message asks for something else or is malformed.</returns>
        public int Write(byte[] message, int count, byte[] address, byte[] answer)
        {
            // RFC 6762 18: a query has opcode 0 and the QR bit clear.
            if (count < HeaderSize || count > message.Length || (message[2] & 0xF8) != 0)
            {
                return 0;
            }

            int questions = message[4] << 8 | message[5];
            int at = HeaderSize;
            for (int i = 0; i < questions && i < MostQuestions; i++)
            {
                int end = NameEnd(message, at, count);
                if (end < 0 || end > count - 4)
                {
                    return 0;
                }

                // The highest bit of the class asks for a unicast response; a multicast response is allowed too (5.4).
                int type = message[end] << 8 | message[end + 1];
                int kind = (message[end + 2] & 0x7F) << 8 | message[end + 3];
                if ((type == TypeA || type == TypeAny) && (kind == ClassInternet || kind == ClassAny) && IsName(message, at, end))
                {
                    return Write(address, answer);
                }

                at = end + 4;
            }

            return 0;
        }

        // The questions that are read come first and have nothing before them to point to, so a compression pointer ends
        // the reading.
        private static int NameEnd(byte[] message, int at, int count)
        {
            while (at < count)
            {
                int length = message[at];
                if (length > LongestLabel)
                {
                    return -1;
                }

                at += length + 1;
                if (length == 0)
                {
                    return at;
                }
            }

            return -1;
        }

        // RFC 6762 16: names are compared ignoring the case of ASCII letters.
        private bool IsName(byte[] message, int at, int end)
        {
            if (end - at != _name.Length)
            {
                return false;
            }

            for (int i = 0; i < _name.Length; i++)
            {
                if (Lower(message[at + i]) != Lower(_name[i]))
                {
                    return false;
                }
            }

            return true;
        }

        private static int Lower(int octet)
        {
            return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
        }

        private int Write(byte[] address, byte[] answer)
        {
            Array.Clear(answer, 0, HeaderSize);

            // An authoritative response with one record.
            answer[2] = 0x84;
            answer[7] = 1;
            Array.Copy(_name, 0, answer, HeaderSize, _name.Length);
            int at = HeaderSize + _name.Length;
            answer[at++] = 0;
            answer[at++] = TypeA;

            // RFC 6762 10.2: the cache-flush bit, the highest of the class, says that the record replaces older ones.
            answer[at++] = 0x80;
            answer[at++] = ClassInternet;
            answer[at++] = 0;
            answer[at++] = 0;
            answer[at++] = 0;
            answer[at++] = TimeToLive;
            answer[at++] = 0;
            answer[at++] = (byte)address.Length;
            Array.Copy(address, 0, answer, at, address.Length);
            return at + address.Length;
        }
    }
}
