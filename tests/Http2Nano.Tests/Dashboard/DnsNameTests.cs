using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>Names of DNS as they lie in messages (RFC 1035 4.1.4).</summary>
    [TestClass]
    public class DnsNameTests
    {
        private const string Header = "000000000000000000000000";

        [TestMethod]
        public void A_name_is_found_whole_and_compressed()
        {
            // At 12 local, at 19 a.local, at 23 a pointer to it.
            byte[] message = Dns.Octets(Header + "056C6F63616C00" + "0161C00C" + "C013");
            Assert.AreEqual(19, DnsName.End(message, 12, message.Length));
            Assert.AreEqual(23, DnsName.End(message, 19, message.Length));
            Assert.AreEqual(25, DnsName.End(message, 23, message.Length));
            DnsName local = new DnsName("local", null);
            DnsName name = new DnsName("A", local);
            Assert.IsTrue(local.Is(message, 12));
            Assert.IsTrue(name.Is(message, 19));
            Assert.IsTrue(name.Is(message, 23));
            Assert.IsFalse(name.Is(message, 12));
            Assert.IsFalse(local.Is(message, 23));
            Assert.IsTrue(name.CompareTo(message, 19) < 0);
        }

        [TestMethod]
        public void Pointers_that_go_round_forward_or_past_the_end_are_refused()
        {
            string[] names = { "C00C", "C00E", "0161C00C", "C0", "0161C00F", "C010" + "0000" + "C00C", "C000", "C00B", "8161", "40", "0361", "0161", string.Empty };
            for (int i = 0; i < names.Length; i++)
            {
                byte[] message = Dns.Octets(Header + names[i]);
                Assert.AreEqual(-1, DnsName.End(message, 12, message.Length), names[i]);
            }

            // One that points to another that points back.
            byte[] round = Dns.Octets(Header + "0161C010" + "0162C00C");
            Assert.AreEqual(-1, DnsName.End(round, 16, round.Length));
        }

        [TestMethod]
        public void A_name_has_255_octets_at_most()
        {
            // Three labels of 63, and one of 61 or 62, and the root.
            byte[] message = new byte[300];
            message[0] = 63;
            message[64] = 63;
            message[128] = 63;
            message[192] = 61;
            Assert.AreEqual(255, DnsName.End(message, 0, message.Length));
            message[192] = 62;
            Assert.AreEqual(-1, DnsName.End(message, 0, message.Length));
        }

        [TestMethod]
        public void A_name_is_written_with_what_stands_there_already()
        {
            DnsName local = new DnsName("local", null);
            DnsName one = new DnsName("one", local);
            DnsName two = new DnsName("two", local);
            byte[] message = new byte[64];
            int at = one.Write(message, 12, message.Length, false);
            at = two.Write(message, at, message.Length, false);
            at = one.Write(message, at, message.Length, false);
            Assert.AreEqual("036F6E65056C6F63616C00" + "0374776FC010" + "C00C", Dns.Hex(message, 12, at));
            at = two.Write(message, at, message.Length, true);
            Assert.AreEqual("0374776F056C6F63616C00", Dns.Hex(message, at - 11, at));
        }

        [TestMethod]
        public void What_has_no_room_is_not_written_past_the_end()
        {
            byte[] message = new byte[64];
            for (int limit = 0; limit < 11; limit++)
            {
                DnsName name = new DnsName("one", new DnsName("local", null));
                Assert.AreEqual(int.MaxValue, name.Write(message, 0, limit, false));
                Assert.IsTrue(message[limit] == 0);
            }
        }
    }
}
