using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 2.2, 2.3 and 3: the request line.</summary>
    [TestClass]
    public class RequestLineTests
    {
        [TestMethod]
        public void A_request_is_answered_however_it_is_cut()
        {
            Assert.AreEqual(
                "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nhello",
                Cuts.Answer("GET / HTTP/1.1\r\nHost: device\r\n\r\n"));
        }

        [TestMethod]
        public void Method_target_and_version_reach_the_handler()
        {
            Cuts.Accepted("GET /gtarget?a=1&b HTTP/1.1\r\nHost: device:8080\r\n\r\n", "GET /gtarget ?a=1&b device:8080 1 1");
            Cuts.Accepted("PUT /gtarget? HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n", "PUT /gtarget ? d 1 4");
            Cuts.Accepted("DELETE /gtarget HTTP/1.0\r\n\r\n", "DELETE /gtarget  none 0 5(closed)");
        }

        [TestMethod]
        public void A_method_is_compared_with_regard_to_case()
        {
            Cuts.Accepted("get /gtarget HTTP/1.1\r\nHost: d\r\n\r\n", "get /gtarget  d 1 0");
            Cuts.Accepted("BREW /gtarget HTTP/1.1\r\nHost: d\r\n\r\n", "BREW /gtarget  d 1 0");
        }

        [TestMethod]
        public void Empty_lines_before_a_request_are_ignored_within_a_limit()
        {
            Cuts.Accepted("\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n", "hello");
            Cuts.Accepted("\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n", "hello");
            Cuts.Refused("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_bare_line_feed_or_carriage_return_is_refused()
        {
            Cuts.Refused("\nGET / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("\rGET / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1.1\nHost: d\n\n", 400);
            Cuts.Refused("GET / HTTP/1.1\rHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /\n HTTP/1.1\r\nHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        public void Whitespace_other_than_one_space_is_refused()
        {
            Cuts.Refused(" GET / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET  / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /  HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1.1 \r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET\t/ HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /\tHTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET /a b HTTP/1.1\r\nHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_method_that_is_no_token_is_refused()
        {
            Cuts.Refused("G(T / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("\u00e9 / HTTP/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 }, 400);
            Cuts.Refused(new byte[] { (byte)'G', 0, (byte)'T', (byte)' ' }, 400);
        }

        [TestMethod]
        public void A_method_longer_than_any_is_not_implemented()
        {
            Cuts.Accepted(Texts.Repeat('M', 32) + " /gtarget HTTP/1.1\r\nHost: d\r\n\r\n", Texts.Repeat('M', 32) + " /gtarget  d 1 0");
            Cuts.Refused(Texts.Repeat('M', 33) + " / HTTP/1.1\r\nHost: d\r\n\r\n", 501);
            Cuts.Refused(Texts.Repeat('M', 300), 501);
        }

        [TestMethod]
        public void Connect_is_refused_and_trace_is_answered_with_not_implemented()
        {
            Cuts.Refused("CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n", 501);
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("TRACE / HTTP/1.1\r\nHost: d\r\nCookie: secret\r\n\r\n");
            Http1Reply reply = peer.Next();
            Assert.AreEqual(501, reply.Status);
            Assert.AreEqual(0, reply.Body.Length);
            Assert.AreEqual(0, peer.Application.Routed);
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void Another_major_version_is_refused()
        {
            Cuts.Refused("GET / HTTP/2.0\r\nHost: d\r\n\r\n", 505);
            Cuts.Refused("GET / HTTP/0.9\r\nHost: d\r\n\r\n", 505);
            Cuts.Refused("GET / HTTP/3.1\r\nHost: d\r\n\r\n", 505);
        }

        [TestMethod]
        public void A_higher_minor_version_is_understood_as_1_1()
        {
            Cuts.Accepted("GET /gtarget HTTP/1.2\r\nHost: d\r\n\r\n", "GET /gtarget  d 1 1");
        }

        [TestMethod]
        public void A_malformed_version_is_refused()
        {
            Cuts.Refused("GET /\r\n\r\n", 400);
            Cuts.Refused("GET / \r\n\r\n", 400);
            Cuts.Refused("GET / http/1.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1.10\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1,1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/a.1\r\nHost: d\r\n\r\n", 400);
            Cuts.Refused("GET / FTP/1.1\r\nHost: d\r\n\r\n", 400);
        }
    }
}
