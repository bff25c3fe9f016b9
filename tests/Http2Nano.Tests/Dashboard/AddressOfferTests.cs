using System;
using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The address of whoever joins the device's own Wi-Fi (RFC 2131).</summary>
    [TestClass]
    public class AddressOfferTests
    {
        private const int Discover = 1;
        private const int Offer = 2;
        private const int Request = 3;
        private const int Decline = 4;
        private const int Acknowledge = 5;
        private const int Refuse = 6;
        private const int Release = 7;
        private const int Inform = 8;

        private static readonly byte[] s_server = { 192, 168, 4, 1 };
        private static readonly byte[] s_mask = { 255, 255, 255, 0 };
        private static readonly byte[] s_guest = { 192, 168, 4, 2 };
        private static readonly byte[] s_another = { 192, 168, 1, 9 };

        [TestMethod]
        public void Whoever_looks_for_a_server_is_offered_the_address()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            Assert.AreEqual(300, Answer(message, Write(message, Discover, null, null, null)));

            // RFC 2131 2 and 4.3.1, table 3: reply, the client's hardware and transaction; no time, the client's flags; no
            // address of the client's, the offered one, no next server, no relay.
            AssertOctets("02010600" + "A1B2C3D4" + "00008000" + "00000000" + "C0A80402" + "00000000" + "00000000" + "0A0B0C0D0E0F", message, 0);

            // The cookie; type, server, mask, router, names, page (RFC 8910), lease of an hour, end.
            AssertOctets("63825363" + "350102" + "3604C0A80401" + "0104FFFFFF00" + "0304C0A80401" + "0604C0A80401" + "720E" + "687474703A2F2F6465766963652F" + "330400000E10" + "FF", message, 236);
            AssertZero(message, 44, 236);
            AssertZero(message, 290, 300);
        }

        [TestMethod]
        public void Whoever_asks_for_the_offered_address_gets_it()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            Assert.AreEqual(300, Answer(message, Write(message, Request, s_server, s_guest, null)));
            AssertAnswer(Acknowledge, s_guest, message);
            Assert.IsFalse(AddressOffer.IsForOne(message, new byte[4]));
        }

        [TestMethod]
        public void A_guest_that_comes_back_or_stays_keeps_it()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];

            // RFC 2131 4.3.2: after a restart of the client's, without a server.
            Answer(message, Write(message, Request, null, s_guest, null));
            AssertAnswer(Acknowledge, s_guest, message);

            // To renew, from the address itself, to which the answer goes (4.1).
            byte[] receiver = new byte[4];
            Answer(message, Write(message, Request, null, null, s_guest));
            AssertAnswer(Acknowledge, s_guest, message);
            Assert.IsTrue(AddressOffer.IsForOne(message, receiver));
            AssertOctets("C0A80402", receiver, 0);
        }

        [TestMethod]
        public void Another_address_is_refused_and_told_to_everybody()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            Assert.AreEqual(300, Answer(message, Write(message, Request, null, s_another, null)));
            AssertAnswer(Refuse, new byte[4], message);
            AssertOctets("63825363" + "350106" + "3604C0A80401" + "FF", message, 236);
            Answer(message, Write(message, Request, null, null, s_another));
            AssertAnswer(Refuse, new byte[4], message);
            Assert.IsFalse(AddressOffer.IsForOne(message, new byte[4]));
        }

        [TestMethod]
        public void Whoever_chose_another_server_is_left_to_it()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            Assert.AreEqual(0, Answer(message, Write(message, Request, s_another, s_guest, null)));
        }

        [TestMethod]
        public void Whoever_has_an_address_is_told_the_rest_and_given_none()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            Assert.AreEqual(300, Answer(message, Write(message, Inform, null, null, s_guest)));
            AssertAnswer(Acknowledge, new byte[4], message);
            AssertOctets("63825363" + "350105" + "3604C0A80401" + "0104FFFFFF00" + "0304C0A80401" + "0604C0A80401" + "720E" + "687474703A2F2F6465766963652F" + "FF", message, 236);
            Assert.IsTrue(AddressOffer.IsForOne(message, new byte[4]));
        }

        [TestMethod]
        public void What_wants_no_answer_gets_none()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            int[] types = { 0, Offer, Decline, Acknowledge, Refuse, Release, 9, 255 };
            for (int i = 0; i < types.Length; i++)
            {
                Assert.AreEqual(0, Answer(message, Write(message, types[i], null, null, null)), types[i].ToString());
            }
        }

        [TestMethod]
        public void What_is_no_message_of_a_client_is_not_answered()
        {
            // A reply, no hardware of Ethernet's kind, a hardware address too long, another cookie, a relay.
            int[] places = { 0, 1, 2, 236, 239, 24, 27 };
            int[] octets = { 2, 6, 17, 98, 98, 10, 1 };
            byte[] message = new byte[AddressOffer.LongestMessage];
            for (int i = 0; i < places.Length; i++)
            {
                int count = Write(message, Discover, null, null, null);
                message[places[i]] = (byte)octets[i];
                Assert.AreEqual(0, Answer(message, count), places[i].ToString());
            }
        }

        [TestMethod]
        public void A_message_that_ends_anywhere_is_not_answered_beyond_its_end()
        {
            // The type comes last, so nothing less than the whole message has one.
            byte[] message = new byte[AddressOffer.LongestMessage];
            int whole = Write(message, Request, null, s_guest, null);
            for (int count = 0; count < whole - 1; count++)
            {
                Write(message, Request, null, s_guest, null);
                Assert.AreEqual(0, Answer(message, count), count.ToString());
            }

            Write(message, Request, null, s_guest, null);
            Assert.AreEqual(300, Answer(message, whole - 1));
            Assert.AreEqual(0, Answer(message, message.Length + 1));
        }

        [TestMethod]
        public void Options_of_wrong_length_are_not_believed()
        {
            byte[] message = new byte[AddressOffer.LongestMessage];
            int count = Write(message, Discover, null, null, null);
            message[count - 3] = 2;
            Assert.AreEqual(0, Answer(message, count));
            message[count - 3] = 255;
            Assert.AreEqual(0, Answer(message, message.Length));

            // The address that is asked for, of two octets: as good as none.
            Write(message, Request, null, s_guest, null);
            message[241] = 2;
            message[244] = 0;
            message[245] = 0;
            Answer(message, 251);
            AssertAnswer(Refuse, new byte[4], message);
        }

        private static int Answer(byte[] message, int count)
        {
            return new AddressOffer(s_server, s_mask, s_guest, System.Text.Encoding.UTF8.GetBytes("http://device/")).Answer(message, count);
        }

        // The type last, with padding before it.
        private static int Write(byte[] message, int type, byte[] server, byte[] wanted, byte[] client)
        {
            Array.Clear(message, 0, message.Length);
            byte[] head = { 1, 1, 6, 0, 0xA1, 0xB2, 0xC3, 0xD4, 0, 7, 0x80, 0 };
            byte[] cookie = { 99, 130, 83, 99 };
            byte[] hardware = { 10, 11, 12, 13, 14, 15 };
            Array.Copy(head, 0, message, 0, head.Length);
            Array.Copy(hardware, 0, message, 28, hardware.Length);
            Array.Copy(cookie, 0, message, 236, cookie.Length);
            if (client != null)
            {
                Array.Copy(client, 0, message, 12, 4);
            }

            int at = Option(message, 240, 50, wanted);
            at = Option(message, at, 54, server) + 1;
            message[at] = 53;
            message[at + 1] = 1;
            message[at + 2] = (byte)type;
            message[at + 3] = 255;
            return at + 4;
        }

        private static int Option(byte[] message, int at, int option, byte[] value)
        {
            if (value == null)
            {
                return at;
            }

            message[at] = (byte)option;
            message[at + 1] = (byte)value.Length;
            Array.Copy(value, 0, message, at + 2, value.Length);
            return at + 2 + value.Length;
        }

        private static void AssertAnswer(int type, byte[] address, byte[] message)
        {
            Assert.AreEqual(type, (int)message[242]);
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual((int)address[i], (int)message[16 + i]);
            }
        }

        private static void AssertOctets(string expected, byte[] bytes, int at)
        {
            string text = string.Empty;
            for (int i = 0; i < expected.Length / 2; i++)
            {
                text += bytes[at + i].ToString("X2");
            }

            Assert.AreEqual(expected, text);
        }

        private static void AssertZero(byte[] bytes, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                Assert.AreEqual(0, (int)bytes[i], i.ToString());
            }
        }
    }
}
