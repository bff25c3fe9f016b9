using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>Names of DNS as they lie in messages (RFC 1035 4.1.4).</summary>
    [TestClass]
    public class DnsNameTests
    {
        [TestMethod]
        public void A_name_is_found_whole_and_compressed()
        {
            // At 0 local, at 7 a.local, at 11 a pointer to it.
            byte[] message = Dns.Octets("056C6F63616C00" + "0161C000" + "C007");
            Assert.AreEqual(7, DnsName.End(message, 0, message.Length));
            Assert.AreEqual(11, DnsName.End(message, 7, message.Length));
            Assert.AreEqual(13, DnsName.End(message, 11, message.Length));
            DnsName local = new DnsName("local", null);
            DnsName name = new DnsName("A", local);
            Assert.IsTrue(local.Is(message, 0));
            Assert.IsTrue(name.Is(message, 7));
            Assert.IsTrue(name.Is(message, 11));
            Assert.IsFalse(name.Is(message, 0));
            Assert.IsFalse(local.Is(message, 11));
            Assert.IsTrue(name.CompareTo(message, 7) < 0);
        }

        [TestMethod]
        public void Pointers_that_go_round_forward_or_past_the_end_are_refused()
        {
            string[] names = { "C000", "C002", "0161C000", "C0", "0161C003", "C004" + "0000" + "C000", "8161", "40", "0361", "0161", string.Empty };
            for (int i = 0; i < names.Length; i++)
            {
                byte[] message = Dns.Octets(names[i]);
                Assert.AreEqual(-1, DnsName.End(message, 0, message.Length), names[i]);
            }

            // One that points to another that points back.
            byte[] round = Dns.Octets("0161C004" + "0162C000");
            Assert.AreEqual(-1, DnsName.End(round, 4, round.Length));
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
