using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>Deadlines on everything that a client controls, with simulated time (RFC 9112 9.5).</summary>
    [TestClass]
    public class DeadlineTests
    {
        private const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";

        [TestMethod]
        public void A_silent_connection_is_closed_without_a_word()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Elapse(4999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(0, peer.ReceivedCount);
        }

        [TestMethod]
        public void Fields_that_come_too_slowly_are_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\n");
            for (int i = 0; i < 9; i++)
            {
                peer.Elapse(1000);
                peer.Send("A: b\r\n");
            }

            Assert.AreEqual(0, peer.ReceivedCount);
            peer.Elapse(1000);
            peer.Refused(408);
        }

        [TestMethod]
        public void A_request_line_that_does_not_come_is_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Get + "G");
            peer.NextIs(200);
            peer.Elapse(9999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            peer.Refused(408);
        }

        [TestMethod]
        public void A_preface_of_http_2_that_does_not_come_is_no_request()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("PRI * HTTP/2.0\r\n");
            peer.Elapse(5000);
            peer.Refused(400);
        }

        [TestMethod]
        public void Time_for_the_fields_begins_with_each_request()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            for (int i = 0; i < 5; i++)
            {
                peer.Send("GET / HTTP/1.1\r\n");
                peer.Elapse(9000);
                peer.Send("Host: d\r\n\r\n");
                peer.NextIs(200);
            }
        }

        [TestMethod]
        public void An_idle_connection_is_closed_without_a_word()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Get);
            peer.NextIs(200);
            peer.Elapse(29999);
            Assert.IsFalse(peer.Closed);
            peer.Send(Get);
            peer.NextIs(200);
            peer.Elapse(29999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
            peer.NothingMore();
        }

        [TestMethod]
        public void Empty_lines_do_not_keep_a_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Get + "\r\n");
            peer.NextIs(200);
            peer.Elapse(30000);
            Assert.IsTrue(peer.Closed);
            peer.NothingMore();
        }

        [TestMethod]
        public void A_body_that_stops_is_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /staken HTTP/1.1\r\nHost: d\r\nContent-Length: 10000\r\n\r\n");
            peer.Application.Ring.Capacity = int.MaxValue;
            for (int i = 0; i < 5; i++)
            {
                peer.Elapse(9999);
                peer.Send(Texts.Repeat('x', 512));
            }

            Assert.AreEqual(0, peer.ReceivedCount);
            peer.Elapse(10000);
            peer.Refused(408);
        }

        [TestMethod]
        [DataRow("Content-Length: 900\r\n\r\n", "x")]
        [DataRow("Transfer-Encoding: chunked\r\n\r\n", "1;ext\r\nx\r\n")]
        public void A_body_that_comes_too_slowly_is_refused(string framing, string piece)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\n" + framing);
            for (int i = 0; i < 9; i++)
            {
                peer.Elapse(1000);
                peer.Send(piece);
            }

            Assert.AreEqual(0, peer.ReceivedCount);
            peer.Elapse(1000);
            peer.Refused(408);
        }

        [TestMethod]
        public void A_short_body_may_come_in_pieces_within_its_time()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\n");
            peer.Elapse(5000);
            peer.Send("o");
            peer.Elapse(4999);
            peer.Send("k");
            Assert.AreEqual("ok", peer.Next().BodyText);
        }

        [TestMethod]
        public void A_client_that_waits_for_100_and_never_goes_on_is_refused()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
            peer.NextIs(100);
            peer.Elapse(10000);
            peer.Refused(408);
        }

        [TestMethod]
        public void A_streamed_body_that_stops_tells_the_sink()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /staken HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\nabc");
            peer.Elapse(10000);
            peer.Refused(408);
            Assert.AreEqual(1, peer.Application.Ring.Closings);
            Assert.IsFalse(peer.Application.Ring.Complete);
        }

        [TestMethod]
        public void An_echo_that_stops_is_broken_off()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\nabc");
            peer.Elapse(10000);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual("abc", peer.NextIncomplete().BodyText);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        [TestMethod]
        public void A_body_that_stops_and_nobody_wants_ends_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /s HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\nabc");
            peer.NextIs(200);
            peer.Elapse(9999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(301);
            Assert.IsTrue(peer.Closed);
            peer.NothingMore();
        }

        [TestMethod]
        public void A_client_that_takes_nothing_is_dropped()
        {
            TestApplication application = new TestApplication();
            Http1Peer peer = new Http1Peer(application);
            application.Source.Length = 100000;
            peer.ReadLimit = 500;
            peer.Send("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Elapse(9999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(500, peer.ReceivedCount);
            Assert.AreEqual(1, application.Source.Closings);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        [TestMethod]
        public void A_client_that_takes_an_octet_now_and_then_is_served()
        {
            TestApplication application = new TestApplication();
            Http1Peer peer = new Http1Peer(application);
            peer.ReadLimit = 0;
            peer.Send(Get);
            while (!peer.Session.IsBetweenRequests)
            {
                peer.ReadLimit = 1;
                peer.Elapse(9000);
                Assert.IsFalse(peer.Closed);
            }

            peer.NextIs(200);
        }

        [TestMethod]
        public void A_refusal_that_is_not_taken_is_dropped()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.ReadLimit = 0;
            peer.Send("nonsense\r\n");
            peer.Elapse(9999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_last_response_that_is_not_taken_is_dropped()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.ReadLimit = 0;
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
            Assert.IsTrue(peer.Session.Finished);
            peer.Elapse(9999);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void Limits_are_options()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.FirstByteTimeout = 100;
            limits.FieldsTimeout = 200;
            limits.BodyTimeout = 300;
            limits.MinimumBody = 2;
            limits.IdleTimeout = 400;
            limits.WriteTimeout = 500;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Elapse(100);
            Assert.IsTrue(peer.Closed);
            peer.Reconnect(false);
            peer.Send("G");
            peer.Elapse(199);
            Assert.AreEqual(0, peer.ReceivedCount);
            peer.Elapse(1);
            peer.NextIs(408);
            peer.Reconnect(false);
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n");
            peer.Elapse(200);
            peer.Send("ab");
            peer.Elapse(299);
            Assert.AreEqual(0, peer.ReceivedCount);
            peer.Elapse(1);
            peer.NextIs(408);
            peer.Reconnect(false);
            peer.Send(Get);
            peer.Elapse(399);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
            peer.Reconnect(false);
            peer.ReadLimit = 0;
            peer.Send(Get);
            peer.Elapse(499);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1);
            Assert.IsTrue(peer.Closed);
        }
    }
}
