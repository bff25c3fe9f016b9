using System;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Answers DHCP requests (RFC 2131, RFC 2132) with one address, because the access point accepts one guest at a time.
    /// Allocates nothing after construction.
    /// </summary>
    public sealed class AddressOffer
    {
        /// <summary>
        /// The longest message that is read, in bytes: what a client may send without negotiation (RFC 2131 2).
        /// </summary>
        public const int LongestMessage = 576;

        // RFC 2131 2: offsets of the fields.
        private const int Hops = 3;
        private const int Seconds = 8;
        private const int ClientAddress = 12;
        private const int YourAddress = 16;
        private const int RelayAddress = 24;
        private const int ServerName = 44;
        private const int Cookie = 236;
        private const int Options = 240;

        private const int Request = 1;
        private const int Reply = 2;
        private const int Ethernet = 1;
        private const int LongestHardwareAddress = 16;

        // RFC 2132 3 and 9: options.
        private const int Pad = 0;
        private const int SubnetMask = 1;
        private const int Router = 3;
        private const int NameServer = 6;
        private const int RequestedAddress = 50;
        private const int LeaseTime = 51;
        private const int MessageType = 53;
        private const int ServerIdentifier = 54;
        private const int End = 255;

        // RFC 8910 2.1.
        private const int CaptivePortal = 114;

        // RFC 2132 9.6: message types.
        private const int Discover = 1;
        private const int Offer = 2;
        private const int Ask = 3;
        private const int Acknowledge = 5;
        private const int Refuse = 6;
        private const int Inform = 8;

        // RFC 1542 2.1: a BOOTP message has this many octets, and old clients drop shorter ones.
        private const int ShortestReply = 300;

        // Lease time in seconds, longer than it takes to choose a Wi-Fi network. The next client gets the same address.
        private const int Lease = 3600;

        private readonly byte[] _server;
        private readonly byte[] _mask;
        private readonly byte[] _guest;
        private readonly byte[] _portal;

        /// <summary>Takes three addresses of four octets.</summary>
        /// <param name="server">The device's own address.</param>
        /// <param name="mask">The subnet mask.</param>
        /// <param name="guest">The address to offer.</param>
        /// <param name="portal">The URI that tells a guest about the page to open (RFC 8910), 1 to 255 octets.</param>
        public AddressOffer(byte[] server, byte[] mask, byte[] guest, byte[] portal)
        {
            _portal = portal;
            _server = server;
            _mask = mask;
            _guest = guest;
        }

        /// <summary>Replaces a message by its answer, in place.</summary>
        /// <param name="message">The message, in <see cref="LongestMessage"/> bytes.</param>
        /// <param name="count">Its length.</param>
        /// <returns>Bytes of the answer; 0 when the message gets no answer or is not from a client.</returns>
        public int Answer(byte[] message, int count)
        {
            int type = IsFromClient(message, count) ? Find(message, count, MessageType, 1) : -1;
            switch (type < 0 ? 0 : message[type])
            {
                case Discover:
                    return Write(message, Offer, true);
                case Ask:
                    return ChoseAnother(message, count) ? 0 : AsksForGuest(message, count) ? Write(message, Acknowledge, true) : Write(message, Refuse, false);
                case Inform:
                    return Write(message, Acknowledge, false);
                default:
                    return 0;
            }
        }

        /// <summary>Whether an answer is sent to the client's current address, not broadcast (RFC 2131 4.1).</summary>
        /// <param name="answer">The answer.</param>
        /// <param name="address">Takes the address, four octets.</param>
        public static bool IsForOne(byte[] answer, byte[] address)
        {
            Array.Copy(answer, ClientAddress, address, 0, 4);
            return !IsZero(answer, ClientAddress);
        }

        private static bool IsFromClient(byte[] message, int count)
        {
            return count >= Options && count <= message.Length && message[0] == Request && message[1] == Ethernet && message[2] <= LongestHardwareAddress
                && message[Cookie] == 99 && message[Cookie + 1] == 130 && message[Cookie + 2] == 83 && message[Cookie + 3] == 99
                && IsZero(message, RelayAddress);
        }

        private bool ChoseAnother(byte[] message, int count)
        {
            int server = Find(message, count, ServerIdentifier, 4);
            return server >= 0 && !IsSame(message, server, _server);
        }

        private bool AsksForGuest(byte[] message, int count)
        {
            int wanted = Find(message, count, RequestedAddress, 4);
            return IsSame(message, wanted < 0 ? ClientAddress : wanted, _guest);
        }

        // Offset of an option's value; -1 when the message has no such option of that length.
        private static int Find(byte[] message, int count, int option, int length)
        {
            int at = Options;
            while (at < count && message[at] != End)
            {
                if (message[at] == Pad)
                {
                    at++;
                    continue;
                }

                if (at + 1 >= count || at + 2 + message[at + 1] > count)
                {
                    return -1;
                }

                if (message[at] == option)
                {
                    return message[at + 1] == length ? at + 2 : -1;
                }

                at += 2 + message[at + 1];
            }

            return -1;
        }

        // RFC 2131 4.3.1, table 3. Transaction, flags and hardware address stay as the client sent them.
        private int Write(byte[] message, int type, bool gives)
        {
            message[0] = Reply;
            Array.Clear(message, Hops, 1);
            Array.Clear(message, Seconds, 2);
            if (type != Acknowledge)
            {
                Array.Clear(message, ClientAddress, 4);
            }

            Array.Clear(message, YourAddress, RelayAddress - YourAddress);
            Array.Clear(message, ServerName, Cookie - ServerName);
            Array.Clear(message, Options, message.Length - Options);
            int at = Options;
            message[at++] = MessageType;
            message[at++] = 1;
            message[at++] = (byte)type;
            at = Write(message, at, ServerIdentifier, _server);
            if (type != Refuse)
            {
                at = Write(message, at, SubnetMask, _mask);

                // The device knows the way to nowhere else and every name; without them a guest takes the network for a broken one.
                at = Write(message, at, Router, _server);
                at = Write(message, at, NameServer, _server);
                at = Write(message, at, CaptivePortal, _portal);
            }

            if (gives)
            {
                Array.Copy(_guest, 0, message, YourAddress, _guest.Length);
                message[at] = LeaseTime;
                message[at + 1] = 4;
                message[at + 4] = Lease >> 8;
                message[at + 5] = Lease & 0xFF;
                at += 6;
            }

            message[at++] = End;
            return at < ShortestReply ? ShortestReply : at;
        }

        private static int Write(byte[] message, int at, int option, byte[] value)
        {
            message[at] = (byte)option;
            message[at + 1] = (byte)value.Length;
            Array.Copy(value, 0, message, at + 2, value.Length);
            return at + 2 + value.Length;
        }

        private static bool IsSame(byte[] message, int at, byte[] address)
        {
            return message[at] == address[0] && message[at + 1] == address[1] && message[at + 2] == address[2] && message[at + 3] == address[3];
        }

        private static bool IsZero(byte[] message, int at)
        {
            return (message[at] | message[at + 1] | message[at + 2] | message[at + 3]) == 0;
        }
    }
}
