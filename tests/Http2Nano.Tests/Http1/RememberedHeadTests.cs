using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>
    /// Heads that come again, as a whole or in part, mean what they mean alone. What cannot be told from the answers, that they
    /// are not read again, is counted.
    /// </summary>
    [TestClass]
    public class RememberedHeadTests
    {
        private const string Host = "Host: device\r\n";
        private const string Browser = "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\nX-Own: 1\r\n";
        private const string Seen = "|user-agent=Mozilla/5.0 (X11; Linux x86_64)|accept=*/*|x-own=1";

        private static FieldEcho s_echo;
        private static MemoryPeer s_peer;

        [TestMethod]
        public void An_equal_head_is_answered_alike()
        {
            Open(2);
            for (int i = 0; i < 3; i++)
            {
                Ask("/a", Host + Browser, "GET /a device" + Seen);
            }

            Assert.AreEqual(2, s_echo.Remembered, "remembered");
        }

        [TestMethod]
        public void Another_target_with_equal_field_lines_is_another_request()
        {
            Open(2);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Ask("/longer/than/a", Host + Browser, "GET /longer/than/a device" + Seen);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Assert.AreEqual(0, s_echo.Remembered, "remembered");
        }

        [TestMethod]
        public void Lines_that_are_other_ones_are_read()
        {
            Open(2);
            Ask("/a", Host + Browser + "Accept-Language: en\r\nReferer: x\r\n", "GET /a device" + Seen + "|accept-language=en|referer=x");

            // One more in front, one with another value, one that is missing, and one at another place.
            Ask("/a", "X-New: 2\r\n" + Host + Browser + "Referer: x\r\n", "GET /a device|x-new=2" + Seen + "|referer=x");
            Ask("/a", Host + "Accept: text/css\r\nX-Own: 1\r\n", "GET /a device|accept=text/css|x-own=1");
            Ask("/a", "X-Own: 1\r\nAccept: text/html\r\n" + Host, "GET /a device|x-own=1|accept=text/html");
            Ask("/a", "X-Own: 1\r\nX-Own: 1\r\n" + Host + "X-Own: 12\r\n", "GET /a device|x-own=1|x-own=1|x-own=12");
        }

        [TestMethod]
        public void Another_host_is_another_host()
        {
            Open(2);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Ask("/a", "Host: other\r\n" + Browser, "GET /a other" + Seen);
            Ask("/a", Browser + Host, "GET /a device" + Seen);
        }

        // RFC 9112 3.2
        [TestMethod]
        [DataRow("Host:device\r\nX-Own: 1\r\nHost: device\r\n")]
        [DataRow("X-Own: 1\r\nHost: device\r\nHost: device\r\n")]
        [DataRow("X-Own: 1\r\n")]
        public void Two_hosts_and_none_are_refused_however_the_rest_is_known(string lines)
        {
            Open(2);
            Ask("/a", "X-Own: 1\r\nHost: device\r\n", "GET /a device|x-own=1");
            s_peer.Send("GET /b HTTP/1.1\r\n" + lines + "\r\n");
            Assert.AreEqual(400, Http1Reply.Parse(s_peer.Received, 0, s_peer.ReceivedCount, false, s_peer.Closed).Status, "status");
        }

        // RFC 9112 9.3, 9.6
        [TestMethod]
        public void What_concerns_the_connection_is_read_each_time()
        {
            Open(2);
            Ask("/a", Host + "Connection: keep-alive\r\n", "GET /a device");
            Ask("/b", Host + "Connection: keep-alive\r\n", "GET /b device");
            Ask("/c", Host + "Connection: close\r\n", "GET /c device");
            s_peer.Elapse(300);
            Assert.IsTrue(s_peer.Closed, "closed");
        }

        [TestMethod]
        public void A_body_comes_with_its_own_head()
        {
            Open(2);
            Ask("/a", Host + "X-Own: 1\r\nContent-Length: 0\r\n", "GET /a device|x-own=1|content-length=0");
            Ask("/b", Host + "X-Own: 1\r\nContent-Length: 0\r\n", "GET /b device|x-own=1|content-length=0");
            s_peer.Send("POST /c HTTP/1.1\r\n" + Host + "X-Own: 1\r\nContent-Length: 4\r\n\r\nbody");
            Take("POST /c device|x-own=1|content-length=4");
            Ask("/a", Host + "X-Own: 1\r\n", "GET /a device|x-own=1");
        }

        [TestMethod]
        public void An_equal_head_is_known_on_the_next_connection()
        {
            Open(2);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            for (int i = 1; i < 4; i++)
            {
                s_peer.Connect(false);
                Ask("/a", Host + Browser, "GET /a device" + Seen);
                Assert.AreEqual((i * 2) - 1, s_echo.Remembered, "remembered");
                Ask("/a", Host + Browser, "GET /a device" + Seen);
            }
        }

        // RFC 9112 9.6
        [TestMethod]
        public void An_equal_head_ends_its_connection_as_the_one_before_did()
        {
            Open(2);
            for (int i = 0; i < 3; i++)
            {
                Ask("/a", Host + "Connection: close\r\n", "GET /a device");
                s_peer.Elapse(300);
                Assert.IsTrue(s_peer.Closed, "closed");
                Assert.AreEqual(i, s_echo.Remembered, "remembered");
                s_peer.Connect(false);
            }

            Ask("/a", Host + "Connection: clos\r\n", "GET /a device");
            s_peer.Elapse(300);
            Assert.IsFalse(s_peer.Closed, "kept");
        }

        [TestMethod]
        public void Another_head_on_the_next_connection_is_another_request()
        {
            string head = Host + "X-Own: 0123456789abcdef0123456789abcdef\r\n";
            Open(2);
            Ask("/a", head, "GET /a device|x-own=0123456789abcdef0123456789abcdef");
            for (int i = 0; i < 32; i++)
            {
                string value = "0123456789abcdef0123456789abcdef".Substring(0, i) + "x" + "0123456789abcdef0123456789abcdef".Substring(i + 1);
                s_peer.Connect(false);
                Ask("/a", Host + "X-Own: " + value + "\r\n", "GET /a device|x-own=" + value);
            }

            s_peer.Connect(false);
            Ask("/b", head, "GET /b device|x-own=0123456789abcdef0123456789abcdef");
            Assert.AreEqual(0, s_echo.Remembered, "remembered");
        }

        [TestMethod]
        public void Nothing_is_known_where_it_may_mean_something_else()
        {
            Open(2);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            s_peer.Connect(true);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Assert.AreEqual(0, s_echo.Remembered, "remembered over TLS");
            s_peer.Connect(true);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Assert.AreEqual(1, s_echo.Remembered, "remembered over TLS again");

            s_peer.Connect(false);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            s_peer.Connect(false);
            s_peer.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            s_peer.Forget();
            s_peer.Connect(false);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Assert.AreEqual(1, s_echo.Remembered, "remembered after HTTP/2, which has the memory");
        }

        [TestMethod]
        public void A_response_that_fills_the_exchange_harms_nothing()
        {
            Open(1);
            Ask("/fill", Host + Browser, "GET /fill device" + Seen);
            Ask("/fill", Host + Browser, "GET /fill device" + Seen);
            Ask("/b", Host + Browser, "GET /b device" + Seen);
            Ask("/fill", Host + Browser, "GET /fill device" + Seen);
        }

        [TestMethod]
        public void A_head_in_pieces_is_read()
        {
            Open(2);
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            s_peer.Piece = 7;
            Ask("/a", Host + Browser, "GET /a device" + Seen);
            Assert.AreEqual(0, s_echo.Remembered, "remembered");
        }

        // The platform's launcher keeps static fields, and a small heap has room for one server.
        [Cleanup]
        public void Forget()
        {
            s_echo = null;
            s_peer = null;
        }

        private static void Open(int exchanges)
        {
            HttpLimits limits = SmallLimits.Make();
            limits.Exchanges = exchanges;
            limits.DecoderTableSize = 4096;
            s_peer = null;
            s_echo = new FieldEcho();
            s_peer = new MemoryPeer(limits, s_echo);
        }

        private static void Ask(string target, string lines, string expected)
        {
            s_peer.Send("GET " + target + " HTTP/1.1\r\n" + lines + "\r\n");
            Take(expected);
        }

        private static void Take(string expected)
        {
            Http1Reply reply = Http1Reply.Parse(s_peer.Received, 0, s_peer.ReceivedCount, false, s_peer.Closed);
            Assert.IsNotNull(reply, "A response is missing.");
            Assert.AreEqual(200, reply.Status, "status");
            Assert.AreEqual(expected, reply.BodyText.Substring(0, expected.Length), "fields");
            Assert.IsTrue(reply.BodyText.Length == expected.Length || reply.BodyText[expected.Length] == 0, reply.BodyText);
            s_peer.Forget();
        }
    }
}
