using Http2Nano.Fields;
using Http2Nano.Http1;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 9: persistence, pipelining, closing.</summary>
    [TestClass]
    public class PersistenceTests
    {
        private const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";

        [TestMethod]
        public void A_connection_of_1_1_persists()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            for (int i = 0; i < 5; i++)
            {
                peer.Send(Get);
                Http1Reply reply = peer.Next();
                Assert.AreEqual(200, reply.Status);
                Assert.IsNull(reply.Field("connection"));
                Assert.IsTrue(peer.Session.IsBetweenRequests);
                Assert.AreEqual(0, peer.Session.Exchanges.InUse);
            }

            Assert.IsFalse(peer.Closed);
            Assert.AreEqual(5, peer.Counters.Requests);
            Assert.AreEqual(5, peer.Application.Logged);
        }

        [TestMethod]
        [DataRow("close")]
        [DataRow("Close")]
        [DataRow("keep-alive, close")]
        [DataRow(" , ,close , keep-alive")]
        [DataRow("x,close")]
        public void The_client_may_close(string connection)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\nConnection: " + connection + "\r\n\r\n");
            Assert.AreEqual("close", peer.Next().Field("connection"));
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void Several_connection_fields_are_one_list()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n");
            Assert.AreEqual("close", peer.Next().Field("connection"));
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        [DataRow("closed")]
        [DataRow("close;x")]
        [DataRow("clo se")]
        [DataRow("keep-alive")]
        [DataRow("")]
        public void Other_options_are_ignored(string connection)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\nConnection: " + connection + "\r\n\r\n");
            Assert.IsNull(peer.Next().Field("connection"));
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void A_connection_of_1_0_ends_unless_the_client_keeps_it_alive()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
            Http1Reply reply = peer.Next();
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", reply.Head);
            Assert.AreEqual("keep-alive", reply.Field("connection"));
            Assert.IsFalse(peer.Closed);
            peer.Send("GET / HTTP/1.0\r\n\r\n");
            Assert.AreEqual("close", peer.Next().Field("connection"));
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void Pipelined_requests_are_answered_in_their_order()
        {
            string pipeline = "GET /gtarget?1 HTTP/1.1\r\nHost: d\r\n\r\n"
                + "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\n\r\ntwo"
                + "POST /gbody HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nthree\r\n0\r\n\r\n"
                + "HEAD / HTTP/1.1\r\nHost: d\r\n\r\n"
                + "\r\nGET /gtarget?5 HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";
            Assert.AreEqual(
                "HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\nGET /gtarget ?1 d 1 1"
                    + "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\ntwo"
                    + "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nthree"
                    + "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\ncontent-length: 21\r\nconnection: close\r\n\r\nGET /gtarget ?5 d 1 1(closed)",
                Cuts.Answer(pipeline));
        }

        [TestMethod]
        public void What_follows_a_last_request_is_dropped()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n" + Get);
            peer.NextIs(200);
            peer.NothingMore();
            Assert.AreEqual(1, peer.Application.Routed);
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_refused_request_is_the_last_one()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\n\r\n" + Get);
            peer.Refused(400);
            Assert.AreEqual(1, peer.Counters.ConnectionErrors);
            Assert.AreEqual(0, peer.Application.Routed);
        }

        [TestMethod]
        public void The_end_lingers_while_the_client_sends_but_not_for_ever()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("nonsense\r\n");
            for (int i = 0; i < 9; i++)
            {
                peer.Elapse(100);
                Assert.IsFalse(peer.Closed);
                peer.Send("x");
            }

            peer.Elapse(100);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void The_end_does_not_linger_for_more_than_it_would_drain()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("nonsense\r\n");
            byte[] more = new byte[1000];
            for (int i = 0; i < 16; i++)
            {
                peer.Send(more);
            }

            Assert.IsFalse(peer.Closed);
            peer.Send(more);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_connection_gives_way_after_the_response()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Get);
            peer.NextIs(200);
            Http2Nano.Http1.Http1Connection connection = (Http2Nano.Http1.Http1Connection)peer.Session.Connection;
            connection.GiveWay = true;
            peer.Pump();
            Assert.IsFalse(peer.Closed);
            peer.Send(Get);
            Assert.AreEqual("close", peer.Next().Field("connection"));
            Assert.IsTrue(peer.Closed);
            peer.Reconnect(false);
            peer.Send(Get);
            Assert.IsNull(peer.Next().Field("connection"));
        }

        [TestMethod]
        public void A_shutdown_ends_an_idle_connection_at_once()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send(Get);
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            Assert.IsTrue(peer.Closed);
            peer.Reconnect(false);
            peer.Send("GET / HT");
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        [TestMethod]
        public void A_shutdown_finishes_the_response_in_flight()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n" + Get);
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            Assert.IsFalse(peer.Closed);
            peer.Application.Deferred.Write("late");
            peer.Application.Deferred.Complete();
            peer.Pump();
            Http1Reply reply = peer.Next();
            Assert.AreEqual("late", reply.BodyText);
            Assert.AreEqual("close", reply.Field("connection"));
            peer.NothingMore();
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_shutdown_finishes_a_response_whose_head_is_sent()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Source.Length = 5000;
            peer.ReadLimit = 1000;
            peer.Send("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Session.Shutdown(peer.Now);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            Assert.AreEqual(5000, peer.Next().Body.Length);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void A_client_that_goes_leaves_nothing_behind()
        {
            TestApplication application = new TestApplication();
            Http1Peer peer = new Http1Peer(application);
            application.Source.Length = 5000;
            application.Source.StallAt = 100;
            peer.Send("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Disconnect();
            Assert.AreEqual(1, application.Source.Closings);
            Assert.IsFalse(application.Source.Complete);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);

            peer.Reconnect(false);
            peer.Send("POST /stake HTTP/1.1\r\nHost: d\r\nContent-Length: 50\r\n\r\nabc");
            peer.Disconnect();
            Assert.AreEqual(1, application.Ring.Closings);
            Assert.IsFalse(application.Ring.Complete);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);

            peer.Reconnect(false);
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 50\r\n\r\nabc");
            Assert.AreEqual(1, peer.Session.Exchanges.InUse);
            peer.Disconnect();
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
            peer.Reconnect(false);
            peer.Send(Get);
            peer.NextIs(200);
        }

        [TestMethod]
        public void A_server_without_a_free_exchange_is_unavailable()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            while (peer.Session.Exchanges.Take(peer.Session.Connection ?? Other(peer), 0) != null)
            {
            }

            peer.Send(Get);
            peer.NextIs(503);
        }

        private static HttpConnection Other(Http1Peer peer)
        {
            return new Http1Connection(
                peer.Session.Receive, peer.Session.Transmit, peer.Session.Exchanges, peer.Application, SmallLimits.Make(), peer.Counters, new HttpDate(),
                new byte[256]);
        }
    }
}
