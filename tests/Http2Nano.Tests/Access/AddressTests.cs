using System;
using Http2Nano.Access;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Access
{
    /// <summary>IP addresses as text, and networks of them.</summary>
    [TestClass]
    public class AddressTests
    {
        // RFC 4291 2.2, 2.5.5.2
        [TestMethod]
        [DataRow("0.0.0.0", 0L, 0xFFFF00000000L)]
        [DataRow("10.0.0.7", 0L, 0xFFFF0A000007L)]
        [DataRow("255.255.255.255", 0L, 0xFFFFFFFFFFFFL)]
        [DataRow("::", 0L, 0L)]
        [DataRow("::1", 0L, 1L)]
        [DataRow("1::", 0x0001000000000000L, 0L)]
        [DataRow("fd00::7", -0x0300000000000000L, 7L)]
        [DataRow("FD00::A", -0x0300000000000000L, 10L)]
        [DataRow("1:2:3:4:5:6:7:8", 0x0001000200030004L, 0x0005000600070008L)]
        [DataRow("1:2:3::6:7:8", 0x0001000200030000L, 0x0000000600070008L)]
        [DataRow("1:2:3:4:5:6:7::", 0x0001000200030004L, 0x0005000600070000L)]
        [DataRow("::2:3:4:5:6:7:8", 0x0000000200030004L, 0x0005000600070008L)]
        [DataRow("::ffff:10.0.0.7", 0L, 0xFFFF0A000007L)]
        [DataRow("64:ff9b::192.0.2.33", 0x0064FF9B00000000L, 0xC0000221L)]
        [DataRow("1:2:3:4:5:6:192.0.2.33", 0x0001000200030004L, 0x00050006C0000221L)]
        public void Both_kinds_are_read(string text, long high, long low)
        {
            long one;
            long other;
            byte[] octets = RouterPeer.Octets("<" + text + ">");
            Assert.IsTrue(AddressText.TryParse(octets, 1, octets.Length - 1, out one, out other), text);
            Assert.IsTrue(one == high && other == low, text);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("1")]
        [DataRow("1.2.3")]
        [DataRow("1.2.3.")]
        [DataRow("1.2.3.4.")]
        [DataRow("1.2.3.4.5")]
        [DataRow("1.2.3.256")]
        [DataRow("1.2.3.0256")]
        [DataRow("1.2.3.01")]
        [DataRow("1.2.3.-4")]
        [DataRow("1.2.3.4 ")]
        [DataRow("0x1.2.3.4")]
        [DataRow(":")]
        [DataRow(":1")]
        [DataRow("1:")]
        [DataRow(":::")]
        [DataRow("1::2::3")]
        [DataRow("1:2:3:4:5:6:7")]
        [DataRow("1:2:3:4:5:6:7:8:9")]
        [DataRow("1:2:3:4::5:6:7:8")]
        [DataRow("1:2:3:4:5:6:7:8::")]
        [DataRow("::1:2:3:4:5:6:7:8")]
        [DataRow("12345::")]
        [DataRow("g::")]
        [DataRow("::1.2.3")]
        [DataRow("::1.2.3.4:5")]
        [DataRow("1:2:3:4:5:6:7:1.2.3.4")]
        [DataRow("1:2:3:4:5:1.2.3.4")]
        [DataRow("fe80::1%eth0")]
        [DataRow("[::1]")]
        public void Nothing_else_is(string text)
        {
            long high;
            long low;
            byte[] octets = RouterPeer.Octets(text);
            Assert.IsFalse(AddressText.TryParse(octets, 0, octets.Length, out high, out low), text);
        }

        [TestMethod]
        [DataRow("10.0.0.0/8", "10.255.0.1", true)]
        [DataRow("10.0.0.0/8", "11.0.0.1", false)]
        [DataRow("10.0.0.0/8", "::ffff:10.9.8.7", true)]
        [DataRow("10.0.0.0/8", "10::", false)]
        [DataRow("192.168.1.5", "192.168.1.5", true)]
        [DataRow("192.168.1.5", "192.168.1.4", false)]
        [DataRow("192.168.1.4/31", "192.168.1.5", true)]
        [DataRow("192.168.1.4/31", "192.168.1.6", false)]
        [DataRow("0.0.0.0/0", "203.0.113.9", true)]
        [DataRow("0.0.0.0/0", "2001:db8::1", false)]
        [DataRow("fd00::/8", "fdff::1", true)]
        [DataRow("fd00::/8", "fe00::1", false)]
        [DataRow("2001:db8:0:1::/64", "2001:db8:0:1:ffff::", true)]
        [DataRow("2001:db8:0:1::/64", "2001:db8:0:2::", false)]
        [DataRow("2001:db8::100/120", "2001:db8::1ff", true)]
        [DataRow("2001:db8::100/120", "2001:db8::200", false)]
        [DataRow("::/0", "203.0.113.9", true)]
        [DataRow("::1", "::1", true)]
        [DataRow("::1", "::2", false)]
        public void A_network_holds_its_addresses(string network, string address, bool within)
        {
            long high;
            long low;
            byte[] octets = RouterPeer.Octets(address);
            Assert.IsTrue(AddressText.TryParse(octets, 0, octets.Length, out high, out low), address);
            Assert.AreEqual(within, new NetworkList(new string[] { "198.51.100.1", network }).Contains(high, low));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("10.0.0.0/")]
        [DataRow("10.0.0.0/33")]
        [DataRow("10.0.0.0/-1")]
        [DataRow("10.0.0.0/8/8")]
        [DataRow("10.0.0.0/0008")]
        [DataRow("10.0.0/8")]
        [DataRow("10.0.0.1/8")]
        [DataRow("fd00::/129")]
        [DataRow("fd00::1/64")]
        [DataRow("fd00::1/127")]
        [DataRow("proxy.example")]
        [DataRow("*")]
        [DataRow(" 10.0.0.1")]
        public void A_malformed_network_is_refused_by_name(string network)
        {
            string message = null;
            try
            {
                new TrustedProxies(new string[] { "10.0.0.0/8", network });
            }
            catch (ArgumentException exception)
            {
                message = exception.Message;
            }

            Assert.IsNotNull(message, network);
            Assert.IsTrue(message.IndexOf("'" + network + "'") >= 0, message);
        }
    }
}
