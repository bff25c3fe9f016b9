using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 8 and 9.6: a client that ends its side of the connection and may still read.</summary>
    [TestClass]
    public class EndOfStreamTests
    {
        private const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";

        [TestMethod]
        public void What_was_asked_for_in_full_is_answered()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.ArrayLength = 4000;
            peer.ReadLimit = 100;
            peer.Send(Get + "GET /garray HTTP/1.1\r\nHost: d\r\n\r\n" + Get + "GE");
            peer.EndSending();
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            Assert.AreEqual("hello", peer.Next().BodyText);
            Assert.AreEqual(4000, peer.Next().Body.Length);
            Assert.AreEqual("hello", peer.Next().BodyText);
            peer.NothingMore();
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_request_cut_anywhere_ends_the_connection_at_once()
        {
            string request = "POST /gbody?x HTTP/1.1\r\nHost: d\r\nA: b  c  \r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhi\r\n0\r\nA: b\r\n\r\n";
            Http1Peer peer = new Http1Peer(new TestApplication());
            for (int cut = 0; cut < request.Length; cut++)
            {
                peer.Reconnect(false);
                peer.Send(request.Substring(0, cut));
                peer.EndSending();
                Assert.IsTrue(peer.Closed, "cut at " + cut.ToString());
                Assert.AreEqual(0, peer.ReceivedCount, "cut at " + cut.ToString());
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "cut at " + cut.ToString());
            }

            peer.Reconnect(false);
            peer.Send(request);
            peer.EndSending();
            Assert.AreEqual("hi", peer.Next().BodyText);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void An_idle_connection_ends()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Get);
            peer.NextIs(200);
            peer.EndSending();
            Assert.IsTrue(peer.Closed);
            peer.Reconnect(false);
            peer.EndSending();
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_refusal_is_sent_all_the_same()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("nonsense\r\n");
            peer.EndSending();
            peer.NextIs(400);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_deferred_response_is_waited_for()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.EndSending();
            Assert.IsFalse(peer.Closed);
            peer.Application.Deferred.Write("late");
            peer.Application.Deferred.Complete();
            peer.Pump();
            Assert.AreEqual("late", peer.Next().BodyText);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_body_that_waits_for_room_in_its_sink_is_still_taken()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Ring.Capacity = 10;
            peer.Send("POST /staken HTTP/1.1\r\nHost: d\r\nContent-Length: 15\r\n\r\n0123456789abcde");
            peer.EndSending();
            Assert.IsFalse(peer.Closed);
            peer.Application.Ring.Count = 0;
            peer.Pump();
            Assert.AreEqual(15, peer.Application.Ring.Total);
            Assert.IsTrue(peer.Application.Ring.Complete);
            peer.Application.Deferred.Complete();
            peer.Pump();
            peer.NextIs(200);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void An_echo_is_finished()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.ReadLimit = 0;
            peer.Send("POST /secho HTTP/1.1\r\nHost: d\r\nContent-Length: 5000\r\n\r\n");
            peer.Send(TestApplication.Octets(5000));
            peer.EndSending();
            for (int i = 0; i < 1000 && !peer.Closed; i++)
            {
                peer.ReadLimit = 37;
                peer.Pump();
            }

            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(5000, peer.Next().Body.Length);
        }

        [TestMethod]
        public void A_live_source_is_not_kept_for_a_client_that_has_gone()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Source.Length = 1000;
            peer.Application.Source.StallAt = 100;
            peer.Send("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.EndSending();
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(1, peer.Application.Source.Closings);
            Assert.AreEqual(100, peer.NextIncomplete().Body.Length);
        }
    }
}
