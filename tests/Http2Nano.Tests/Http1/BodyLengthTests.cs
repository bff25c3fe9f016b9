using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 6: where a request's body ends, and what is refused because servers could disagree about it.</summary>
    [TestClass]
    public class BodyLengthTests
    {
        private const string Post = "POST /gbody HTTP/1.1\r\nHost: d\r\n";

        [TestMethod]
        public void Content_length_delimits_the_body()
        {
            Cuts.Accepted(Post + "Content-Length: 5\r\n\r\nhello", "hello");
            Cuts.Accepted(Post + "content-length:005\r\n\r\nhello", "hello");
        }

        [TestMethod]
        public void A_body_may_come_with_any_method()
        {
            Cuts.Accepted("GET /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\nhi", "hi");
            Cuts.Accepted("DELETE /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\nhi", "hi");
        }

        [TestMethod]
        public void Without_a_length_there_is_no_body()
        {
            Cuts.Accepted(Post + "\r\n", string.Empty);
            Cuts.Accepted(Post + "Content-Length: 0\r\n\r\n", string.Empty);
        }

        [TestMethod]
        public void Content_length_is_listed()
        {
            Cuts.Accepted(
                "POST /gfields HTTP/1.1\r\nHost: d\r\nContent-Length: 1\r\n\r\nx",
                ":method=POST\n:scheme=http\n:path=/gfields\n:authority=d\ncontent-length=1\n");
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("+5")]
        [DataRow("-5")]
        [DataRow("5 5")]
        [DataRow("5,5")]
        [DataRow("5, 5")]
        [DataRow("0x5")]
        [DataRow("5.0")]
        [DataRow("five")]
        [DataRow("5;a=b")]
        [DataRow("\"5\"")]
        [DataRow("99999999999999999999x")]
        public void A_content_length_that_is_no_number_is_refused(string length)
        {
            Cuts.Refused(Post + "Content-Length: " + length + "\r\n\r\nhello", 400);
        }

        [TestMethod]
        public void Repeated_content_lengths_are_refused()
        {
            Cuts.Refused(Post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400);
            Cuts.Refused(Post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400);
        }

        [TestMethod]
        public void A_content_length_beyond_all_bounds_is_too_large()
        {
            Cuts.Refused(Post + "Content-Length: 4294967296\r\n\r\n", 413);
            Cuts.Refused(Post + "Content-Length: 2147483648\r\n\r\n", 413);
            Cuts.Refused(Post + "Content-Length: 18446744073709551621\r\n\r\nhello", 413);
        }

        [TestMethod]
        public void Chunked_delimits_the_body()
        {
            Cuts.Accepted(Post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello");
            Cuts.Accepted(Post + "Transfer-Encoding:CHUNKED \r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello");
        }

        [TestMethod]
        public void Transfer_encoding_with_content_length_is_refused()
        {
            Cuts.Refused(Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
            Cuts.Refused(Post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400);
            Cuts.Refused(Post + "Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400);
        }

        [TestMethod]
        public void Transfer_encoding_in_1_0_is_refused()
        {
            Cuts.Refused("POST /gbody HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("gzip")]
        [DataRow("identity")]
        [DataRow("chunked, gzip")]
        [DataRow("chunked, chunked")]
        [DataRow("chunked,")]
        [DataRow(", chunked")]
        [DataRow("chunked;q=1")]
        [DataRow("xchunked")]
        [DataRow("chunkedx")]
        [DataRow("chun ked")]
        [DataRow("\"chunked\"")]
        [DataRow("chunked\u00e9")]
        [DataRow("aVeryLongTransferCodingNobodyKnows")]
        public void A_coding_that_does_not_end_in_chunked_once_is_refused(string coding)
        {
            Cuts.Refused(Post + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n", 400);
        }

        [TestMethod]
        public void Another_coding_before_chunked_is_not_implemented()
        {
            Cuts.Refused(Post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
            Cuts.Refused(Post + "Transfer-Encoding: identity,chunked\r\n\r\n0\r\n\r\n", 501);
        }

        [TestMethod]
        public void Repeated_transfer_encodings_are_refused()
        {
            Cuts.Refused(Post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
            Cuts.Refused(Post + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_1_0_request_that_should_have_a_length_and_has_none_is_refused()
        {
            Cuts.Refused("POST /gbody HTTP/1.0\r\n\r\n", 411);
            Cuts.Refused("PUT /gbody HTTP/1.0\r\n\r\n", 411);
            Cuts.Accepted("POST /gbody HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi", "hi(closed)");
        }

        [TestMethod]
        public void A_body_that_is_known_not_to_fit_is_refused_before_it_comes()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post + "Content-Length: 20000\r\n\r\n");
            Http1Reply reply = peer.Next();
            Assert.AreEqual(413, reply.Status);
            Assert.AreEqual("close", reply.Field("connection"));
            Assert.AreEqual(413, peer.Application.LoggedStatus);
            Assert.AreEqual(0, peer.Application.Handled);

            // What the client has under way is taken, so that it sees the response.
            peer.Send(new byte[1000]);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_body_that_does_not_fit_and_can_be_dropped_keeps_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post + "Content-Length: 5000\r\n\r\n");
            peer.NextIs(413);
            peer.Send(new byte[5000]);
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_chunked_body_that_does_not_fit_is_refused_when_it_is_too_long()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post + "Transfer-Encoding: chunked\r\n\r\n1000\r\n");
            peer.Send(new byte[1000]);
            peer.Send(new byte[3096]);
            peer.NextIs(413);
            peer.Send("\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(200);
        }
    }
}
