using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>
    /// Responses that a thread of the application completes: until it has, the exchange is that thread's, whatever becomes of the
    /// request.
    /// </summary>
    [TestClass]
    public class DeferredTests
    {
        private const string Get = "GET / HTTP/1.1\r\nHost: d\r\n\r\n";
        private const string Upload = "POST /staken HTTP/1.1\r\nHost: d\r\n";

        [TestMethod]
        public void The_next_client_does_not_get_what_is_written_to_a_request_with_a_malformed_body()
        {
            Http1Peer peer = Connect();
            peer.Send(Upload + "Transfer-Encoding: chunked\r\n\r\n");
            peer.Send("no chunk\r\n");
            peer.Refused(400);
            NextIsUnharmed(peer);
        }

        [TestMethod]
        public void The_next_client_does_not_get_what_is_written_to_a_request_whose_body_stops()
        {
            Http1Peer peer = Connect();
            peer.Send(Upload + "Content-Length: 10\r\n\r\nabc");
            peer.Elapse(10000);
            peer.Refused(408);
            NextIsUnharmed(peer);
        }

        [TestMethod]
        public void The_next_client_does_not_get_what_is_written_behind_a_handler_that_threw()
        {
            Http1Peer peer = Connect();
            peer.Send("GET /gdeferthrow HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Refused(500);
            Assert.AreEqual(1, peer.Application.Failures);
            NextIsUnharmed(peer);
        }

        [TestMethod]
        public void The_next_client_does_not_get_what_is_written_when_the_client_has_gone()
        {
            Http1Peer peer = Connect();
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Disconnect();
            NextIsUnharmed(peer);
        }

        [TestMethod]
        public void A_body_that_is_set_when_the_client_has_gone_is_closed_once()
        {
            Http1Peer peer = Connect();
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Disconnect();
            peer.Application.Deferred.SetBody(peer.Application.Source, 7, 100);
            Assert.AreEqual(0, peer.Application.Source.Closings);
            peer.Application.Deferred.Complete();
            Assert.AreEqual(1, peer.Application.Source.Closings);
            Assert.IsFalse(peer.Application.Source.Complete);
            peer.Application.Deferred.Complete();
            Assert.AreEqual(1, peer.Application.Source.Closings);
        }

        [TestMethod]
        public void A_body_that_is_set_before_the_client_goes_is_closed_once()
        {
            Http1Peer peer = Connect();
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Application.Deferred.SetBody(peer.Application.Source, 7, 100);
            peer.Disconnect();
            peer.Application.Deferred.Complete();
            Assert.AreEqual(1, peer.Application.Source.Closings);

            peer.Reconnect(false);
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Application.Deferred.SetBody(peer.Application.Source, 7, 100);
            peer.Application.Deferred.Complete();
            peer.Disconnect();
            Assert.AreEqual(2, peer.Application.Source.Closings);
        }

        [TestMethod]
        public void A_source_that_throws_when_it_is_closed_costs_nothing_but_its_response()
        {
            Http1Peer peer = Connect();
            peer.Application.Source.ClosingRunsOut = true;
            peer.Send("GET /gsourcethrow HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(500);
            Assert.IsFalse(peer.Closed);
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.Disconnect();
            peer.Application.Deferred.SetBody(peer.Application.Source, 7, 100);
            peer.Application.Deferred.Complete();
            Assert.AreEqual(2, peer.Application.Source.Closings);
            Assert.AreEqual(2, peer.Counters.OutOfMemory);
            Assert.AreEqual(1, peer.Counters.HandlerFailures);
        }

        [TestMethod]
        public void What_was_known_of_a_client_that_has_gone_stays_known()
        {
            Http1Peer peer = Connect();
            peer.Disconnect();
            peer.Reconnect(true);
            peer.Session.Peer = new NamedPeer("192.0.2.1");
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            HttpRequest request = peer.Application.DeferredRequest;
            HttpResponse response = peer.Application.Deferred;
            Assert.AreEqual("192.0.2.1", request.PeerAddress);
            peer.Disconnect();
            peer.Reconnect(false);
            peer.Session.Peer = new NamedPeer("192.0.2.2");
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual("192.0.2.1", request.PeerAddress);
            Assert.IsTrue(request.IsSecure);
            Assert.AreEqual("192.0.2.2", peer.Application.DeferredRequest.PeerAddress);
            Assert.IsFalse(peer.Application.DeferredRequest.IsSecure);
            Assert.IsFalse(response.EarlyHints(ScriptedDispatcher.Bytes("</style.css>")));
            Assert.IsFalse(response.Push(ScriptedDispatcher.Bytes("/style.css")));
            peer.NothingMore();
            response.Complete();
            peer.Application.Deferred.Complete();
        }

        // A client whose transport does not say who it is is not taken for the one before it.
        [TestMethod]
        public void The_address_of_a_client_is_not_that_of_the_one_before()
        {
            Http1Peer peer = Connect();
            peer.Session.Peer = new NamedPeer("192.0.2.1");
            peer.Disconnect();
            peer.Reconnect(false);
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual(string.Empty, peer.Application.DeferredRequest.PeerAddress);
            peer.Application.Deferred.Complete();
        }

        // With two exchanges, one of which is still the application's.
        private static Http1Peer Connect()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.Exchanges = 2;
            return new Http1Peer(new TestApplication(), limits);
        }

        private static void NextIsUnharmed(Http1Peer peer)
        {
            HttpResponse late = peer.Application.Deferred;
            late.Write("for the first");
            peer.Reconnect(false);
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            HttpResponse second = peer.Application.Deferred;
            Assert.IsFalse(late == second, "the second client has been given the first one's exchange");
            late.Write("for the first");
            late.Complete();
            peer.Pump();
            peer.NothingMore();
            second.Write("for the second");
            second.Complete();
            peer.Pump();
            Assert.AreEqual("for the second", peer.Next().BodyText);

            // Both are free again.
            peer.Send("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n");
            second = peer.Application.Deferred;
            peer.Disconnect();
            peer.Reconnect(false);
            peer.Send(Get);
            Assert.AreEqual("hello", peer.Next().BodyText);
            second.Complete();
        }
    }
}
