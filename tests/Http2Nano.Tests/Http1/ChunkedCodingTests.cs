using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 7.1: the chunked transfer coding of requests.</summary>
    [TestClass]
    public class ChunkedCodingTests
    {
        private const string Post = "POST /gbody HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n";

        [TestMethod]
        public void Chunks_are_joined()
        {
            Cuts.Accepted(Post + "1\r\na\r\n0B\r\nbcdefghijkl\r\n000\r\n\r\n", "abcdefghijkl");
            Cuts.Accepted(Post + "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789");
        }

        [TestMethod]
        public void Data_may_look_like_framing()
        {
            Cuts.Accepted(Post + "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", "\r\n0\r\n\r\n");
        }

        [TestMethod]
        public void Extensions_are_ignored()
        {
            Cuts.Accepted(Post + "2;a\r\nhi\r\n0;b=c; d = \"e;f\"\r\n\r\n", "hi");
        }

        // RFC 9112 7.1.1
        [TestMethod]
        [DataRow("a;b;c")]
        [DataRow("a=b;c=d")]
        [DataRow(" a\t=\tb")]
        [DataRow("a= \"\"")]
        [DataRow("a=\"b\\\"c\";d")]
        [DataRow("a=\"b\\\\\"; d")]
        [DataRow("a=\"\t \u00e9!\"")]
        public void Extensions_have_names_and_values_that_are_tokens_or_quoted(string extension)
        {
            Cuts.Accepted(Post + "2;" + extension + "\r\nhi\r\n0\r\n\r\n", "hi");
        }

        [TestMethod]
        [DataRow("")]
        [DataRow(" ")]
        [DataRow(";a")]
        [DataRow("a;")]
        [DataRow("bad[=x")]
        [DataRow("a=")]
        [DataRow("a=;b")]
        [DataRow("a=\"")]
        [DataRow("a=\"b")]
        [DataRow("a=\"b\\\"")]
        [DataRow("a=\"b\"c")]
        [DataRow("a=\"\u007f\"")]
        [DataRow("a=b c")]
        [DataRow("a b")]
        [DataRow("a=b=c")]
        [DataRow("=b")]
        [DataRow("a,b")]
        [DataRow("a\u00e9")]
        public void A_malformed_extension_is_refused(string extension)
        {
            Cuts.Refused(Post + "2;" + extension + "\r\nhi\r\n0\r\n\r\n", 400);
            Cuts.Refused(Post + "2\r\nhi\r\n0;" + extension + "\r\n\r\n", 400);
        }

        [TestMethod]
        public void Trailers_are_checked_and_dropped()
        {
            Cuts.Accepted(
                "POST /gfields HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX: y\r\nHost: e\r\nContent-Length: 5\r\n\r\n",
                ":method=POST\n:scheme=http\n:path=/gfields\n:authority=d\n");
        }

        [TestMethod]
        [DataRow("X : y\r\n\r\n")]
        [DataRow("X: y\r\n z\r\n\r\n")]
        [DataRow("X\r\n\r\n")]
        [DataRow("X: y\n\r\n")]
        [DataRow("X: \u0001\r\n\r\n")]
        [DataRow("\n")]
        public void A_malformed_trailer_is_refused(string trailer)
        {
            Cuts.Refused(Post + "2\r\nhi\r\n0\r\n" + trailer, 400);
        }

        [TestMethod]
        public void Trailers_are_bounded()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.MaximumFields = 10;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Post + "0\r\n");
            for (int i = 0; i < 11; i++)
            {
                peer.Send("A: b\r\n");
            }

            peer.Refused(431);
            limits = SmallLimits.Make();
            limits.MaximumFieldSectionSize = 500;
            peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Post + "0\r\nA: ");
            for (int i = 0; i < 10 && peer.ReceivedCount == 0; i++)
            {
                peer.Send(Texts.Repeat('a', 100));
            }

            peer.Refused(431);
        }

        [TestMethod]
        [DataRow("\r\nhi\r\n")]
        [DataRow("g\r\n")]
        [DataRow("-1\r\n")]
        [DataRow("+1\r\n")]
        [DataRow("0x2\r\nhi\r\n")]
        [DataRow(" 2\r\nhi\r\n")]
        [DataRow("2 \r\nhi\r\n")]
        [DataRow("2 ;a\r\nhi\r\n")]
        [DataRow("2,2\r\nhi\r\n")]
        [DataRow("2\nhi\r\n")]
        [DataRow("2\rhi\r\n")]
        [DataRow(";a\r\nhi\r\n")]
        public void A_malformed_size_is_refused(string chunk)
        {
            Cuts.Refused(Post + chunk + "0\r\n\r\n", 400);
        }

        [TestMethod]
        [DataRow("2;a\nhi\r\n")]
        [DataRow("2;a\rhi\r\n")]
        [DataRow("2;a\r\rhi\r\n")]
        [DataRow("2;a\u0001b\r\nhi\r\n")]
        [DataRow("2;a=\"b\n\"\r\nhi\r\n")]
        public void A_line_of_extensions_that_does_not_end_in_cr_lf_is_refused(string chunk)
        {
            Cuts.Refused(Post + chunk + "0\r\n\r\n", 400);
        }

        [TestMethod]
        [DataRow("2\r\nhix\r\n")]
        [DataRow("2\r\nhi\n")]
        [DataRow("2\r\nhi\rx")]
        [DataRow("2\r\nhi2\r\n")]
        [DataRow("3\r\nhi\r\n")]
        public void Data_of_another_length_than_announced_is_refused(string chunk)
        {
            Cuts.Refused(Post + chunk + "0\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_size_beyond_all_bounds_is_too_large()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post + "80000000\r\n");
            peer.NextIs(413);
            peer.Reconnect(false);
            peer.Send(Post + "10000000000000002\r\nhi");
            peer.NextIs(413);
            peer.Reconnect(false);
            peer.Send(Post + "fffffffffffffffff\r\n");
            peer.NextIs(413);
        }

        [TestMethod]
        public void The_connection_ends_after_a_size_that_cannot_be_understood()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post + "80000000\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Refused(413);
        }

        [TestMethod]
        public void Endless_extensions_are_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post + "5;");
            for (int i = 0; i < 20 && peer.ReceivedCount == 0; i++)
            {
                peer.Send(Texts.Repeat('e', 100));
            }

            peer.Refused(400);
        }

        [TestMethod]
        public void Endless_zeros_are_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Post);
            for (int i = 0; i < 20 && peer.ReceivedCount == 0; i++)
            {
                peer.Send(Texts.Repeat('0', 100));
            }

            peer.Refused(400);
        }

        [TestMethod]
        public void Many_small_chunks_with_long_extensions_are_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /staken HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 50 && peer.ReceivedCount == 0; i++)
            {
                peer.Send("1;" + Texts.Repeat('e', 50) + "\r\nx\r\n");
            }

            peer.Refused(400);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsFalse(peer.Application.Ring.Complete);
        }

        [TestMethod]
        public void Many_small_chunks_without_extensions_are_accepted()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Ring.Capacity = int.MaxValue;
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3000; i++)
            {
                peer.Send("1\r\nx\r\n");
            }

            peer.Send("0\r\n\r\n");
            peer.NextIs(200);
            Assert.AreEqual(3000, peer.Application.Ring.Total);
            Assert.IsTrue(peer.Application.Ring.Complete);
        }

        [TestMethod]
        public void A_signature_in_every_chunk_is_accepted()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Ring.Capacity = int.MaxValue;
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 100; i++)
            {
                peer.Send("200;chunk-signature=" + Texts.Repeat('f', 64) + "\r\n");
                peer.Send(new byte[512]);
                peer.Send("\r\n");
            }

            peer.Send("0\r\n\r\n");
            peer.NextIs(200);
            Assert.AreEqual(51200, peer.Application.Ring.Total);
        }
    }
}
