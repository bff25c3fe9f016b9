using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// Whether a request may be served does not depend on what brings it: HTTP/1.1 in either form of its target, the upgrade
    /// from it, and HTTP/2 give one answer. A stream error of type PROTOCOL_ERROR is what 400 is elsewhere (RFC 9113 8.1.1).
    /// </summary>
    [TestClass]
    public class RequestRulesTests
    {
        private const string Upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";

        // RFC 9110 9.1, 9.3.6, 9.3.7, 9.3.8; RFC 9112 3.2.4
        [TestMethod]
        [DataRow("GET", "/", 200)]
        [DataRow("TRACE", "/", 501)]
        [DataRow("OPTIONS", "*", 200)]
        [DataRow("GET", "*", 400)]
        [DataRow("G(T", "/", 400)]
        [DataRow("GET", "/#f", 400)]
        [DataRow("GET", "/\u00fc", 400)]
        [DataRow("GET", "/\u0001", 400)]
        [DataRow("GET", "x", 400)]
        public void A_method_and_a_path_have_one_answer(string method, string path, int status)
        {
            OneAnswer(method, "http", "device", path, string.Empty, string.Empty, status);
        }

        // RFC 3986 3.1, RFC 9110 7.4
        [TestMethod]
        [DataRow("HTTP", 200)]
        [DataRow("https", 421)]
        [DataRow("HttpS", 421)]
        [DataRow("ftp", 400)]
        [DataRow("httpx", 400)]
        [DataRow("1http", 400)]
        [DataRow("ht_tp", 400)]
        public void A_scheme_has_one_answer(string scheme, int status)
        {
            OneAnswer("GET", scheme, "device", "/", string.Empty, string.Empty, status);
        }

        // RFC 9110 4.2.1: a host must not be empty. 4.2.4: no user information.
        [TestMethod]
        [DataRow("device:80", 200)]
        [DataRow("[::1]", 200)]
        [DataRow("", 400)]
        [DataRow(":80", 400)]
        [DataRow("user@device", 400)]
        [DataRow("device:8x", 400)]
        public void An_authority_has_one_answer(string authority, int status)
        {
            OneAnswer("GET", "http", authority, "/", string.Empty, string.Empty, status);
        }

        // RFC 9110 5.5, 8.6, 10.1.1
        [TestMethod]
        [DataRow("x", "a\tb", 200)]
        [DataRow("x", "a\u0001b", 400)]
        [DataRow("x", "a\u001fb", 400)]
        [DataRow("x", "a\u007fb", 400)]
        [DataRow("x", "some eight octets and then\u007f", 400)]
        [DataRow("x", "a\u00fcb", 200)]
        [DataRow("expect", "100-Continue", 200)]
        [DataRow("expect", "100-continue ,, 100-continue", 200)]
        [DataRow("expect", "wonders", 417)]
        [DataRow("expect", "100-continue, wonders", 417)]
        [DataRow("expect", "100-continue=\"a,b\"", 417)]
        [DataRow("expect", "100 continue", 417)]
        [DataRow("content-length", "0", 200)]
        [DataRow("content-length", "0x", 400)]
        [DataRow("content-length", "0, 0", 400)]
        public void A_field_has_one_answer(string name, string value, int status)
        {
            OneAnswer("GET", "http", "device", "/", name, value, status);
        }

        // RFC 9112 6.3, RFC 9113 8.1.1
        [TestMethod]
        public void Lengths_that_agree_are_refused_as_those_that_do_not()
        {
            Assert.AreEqual(400, Http1("POST / HTTP/1.1\r\nHost: device\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx"), "HTTP/1.1");
            FieldBlock block = FieldBlock.Request("POST", "/").Add("content-length", "1").Add("content-length", "1");
            Http2Peer.Open().Headers(1, block, false).ExpectReset(1, ErrorCode.ProtocolError).HoldsNothing();
        }

        // RFC 9110 8.6, 15.5.14
        [TestMethod]
        public void A_length_beyond_all_bounds_is_too_large_unless_something_is_malformed()
        {
            const string Length = "99999999999999999999";
            Assert.AreEqual(413, Http1("POST / HTTP/1.1\r\nHost: device\r\nContent-Length: " + Length + "\r\n\r\n"), "HTTP/1.1");
            Assert.AreEqual(400, Http1("POST / HTTP/1.1\r\nHost: device\r\nContent-Length: " + Length + "\r\nx\r\n\r\n"), "HTTP/1.1");
            Http2Peer peer = Http2Peer.Open();
            FieldBlock block = FieldBlock.Request("POST", "/").Add("content-length", Length);
            peer.Headers(1, block, false).ExpectResponse(1, 413, string.Empty);
            peer.ExpectReset(1, ErrorCode.NoError);
            peer.Headers(3, block.Add("connection", "close"), false).ExpectReset(3, ErrorCode.ProtocolError).HoldsNothing();
        }

        // RFC 9110 15.5.15 and RFC 6585 5: which of both is too long decides.
        [TestMethod]
        public void A_short_target_is_not_too_long_whatever_the_fields_are()
        {
            int status = 200;
            for (int octets = 300; octets < 10000; octets += 12 + (octets >> 3))
            {
                string cookie = new string('b', octets);
                int next = Http1("GET /gather HTTP/1.1\r\nHost: device\r\nCookie: a=" + cookie + "\r\n\r\n");
                Assert.IsTrue(next == status || (next == 431 && status == 200), next + " with " + octets + " octets over HTTP/1.1");
                status = next;
                Http2Peer peer = Http2Peer.Open().Headers(1, FieldBlock.Get("/gather").Add("cookie", "a=" + cookie), true);
                next = peer.Response(1).Status;
                Assert.AreEqual(status, next, octets + " octets over HTTP/2");
            }

            Assert.AreEqual(431, status);
        }

        [TestMethod]
        [DataRow(1000)]
        [DataRow(1020)]
        [DataRow(1030)]
        [DataRow(2000)]
        public void A_long_target_is_too_long_whatever_did_not_fit(int octets)
        {
            string target = "/" + new string('t', octets);
            Assert.AreEqual(414, Http1("GET " + target + " HTTP/1.1\r\nHost: device\r\nCookie: a=b\r\n\r\n"), "HTTP/1.1");
            Assert.AreEqual(414, Http2Peer.Open().Headers(1, FieldBlock.Get(target).Add("cookie", "a=b"), true).Response(1).Status, "HTTP/2");
        }

        private static void OneAnswer(string method, string scheme, string authority, string path, string name, string value, int status)
        {
            string field = name.Length == 0 ? string.Empty : name + ": " + value + "\r\n";
            bool origin = scheme == "http";
            if (origin)
            {
                Assert.AreEqual(status, Http1(method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + field + "\r\n"), "HTTP/1.1");
            }

            if (path[0] == '/')
            {
                string target = method + " " + scheme + "://" + authority + path;
                Assert.AreEqual(status, Http1(target + " HTTP/1.1\r\nHost: device\r\n" + field + "\r\n"), "HTTP/1.1, absolute-form");
                Assert.AreEqual(status, Upgraded(target + " HTTP/1.1\r\nHost: device\r\n" + field), "upgrade, absolute-form");
            }

            if (origin)
            {
                Assert.AreEqual(status, Upgraded(method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + field), "upgrade");
            }

            Http2Peer peer = Http2Peer.Open();
            FieldBlock block = new FieldBlock().Raw(0x20).Add(":method", method).Add(":scheme", scheme).Add(":path", path).Add(":authority", authority);
            peer.Headers(1, name.Length == 0 ? block : block.Add(name, value), true);
            int answer = peer.Response(1).Status;
            if (answer == 0)
            {
                peer.ExpectReset(1, ErrorCode.ProtocolError);
                answer = 400;
            }

            Assert.AreEqual(status, answer, "HTTP/2");
            Assert.AreEqual(status == 200 ? 1 : 0, peer.Routes.Handled, "handled");
            peer.HoldsNothing();
        }

        private static int Http1(string request)
        {
            ScriptedDispatcher routes = new ScriptedDispatcher();
            MemoryPeer peer = new MemoryPeer(Http2Peer.Usual(), routes);
            peer.Send(request);
            int status = int.Parse(peer.Text.Substring(9, 3));
            Assert.AreEqual(status == 200 ? 1 : 0, routes.Handled, "handled");
            return status;
        }

        // The status of the response, whichever protocol it comes in.
        private static int Upgraded(string request)
        {
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
            peer.Send(request + Upgrade + "\r\n");
            int status = int.Parse(peer.Text.Substring(9, 3));
            if (status == 101)
            {
                peer.ExpectUpgrade();
                peer.Next(FrameType.Settings);
                status = peer.Response(1).Status;
            }

            Assert.AreEqual(status == 200 ? 1 : 0, peer.Routes.Handled, "handled");
            return status;
        }
    }
}
