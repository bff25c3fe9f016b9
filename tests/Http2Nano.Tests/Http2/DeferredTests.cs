using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// Responses that a thread of the application completes: until it has, the exchange is that thread's, whatever becomes of the
    /// stream.
    /// </summary>
    [TestClass]
    public class DeferredTests
    {
        [TestMethod]
        public void A_handler_that_throws_behind_Defer_gets_500_and_keeps_its_exchange()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/deferthrow").ExpectResponse(1, 500, string.Empty);
                Assert.AreEqual(1, peer.Routes.Failures);
                NextIsUnharmed(peer, 3);
            });
        }

        [TestMethod]
        public void The_500_of_such_a_handler_waits_for_room()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.ReadLimit = 0;
            peer.Get(1, "/array/5000");
            peer.Get(3, "/deferthrow");
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            peer.ExpectBody(1, 5000);
            peer.ExpectResponse(3, 500, string.Empty);
            NextIsUnharmed(peer, 5);
        }

        [TestMethod]
        public void What_is_written_to_a_stream_that_was_reset_goes_nowhere()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/defer").Reset(1, ErrorCode.Cancel).Nothing();
                NextIsUnharmed(peer, 3);
            });
        }

        [TestMethod]
        public void What_is_written_to_a_stream_whose_upload_is_malformed_goes_nowhere()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, FieldBlock.Request("POST", "/sinkdefer").Add("content-length", "10"), false).Data(1, 11, false);
                peer.ExpectReset(1, ErrorCode.ProtocolError);
                NextIsUnharmed(peer, 3);
            });
        }

        [TestMethod]
        public void What_is_written_for_a_client_that_has_gone_goes_nowhere()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/defer").Nothing();
            peer.Reconnect().Greet();
            NextIsUnharmed(peer, 1);
        }

        [TestMethod]
        public void A_body_that_is_set_when_the_stream_is_gone_is_closed_once()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/defer").Reset(1, ErrorCode.Cancel).Nothing();
                peer.Routes.SetSource(peer.Routes.Deferred, 100, 100);
                peer.Routes.Deferred.Complete();
                peer.HoldsNothing();
                peer.Get(3, "/defer").Nothing();
                peer.Routes.SetSource(peer.Routes.Deferred, 100, 100);
                peer.Reset(3, ErrorCode.Cancel).Nothing();
                peer.Routes.Deferred.Complete();
                peer.HoldsNothing();
                peer.Get(5, "/defer").Nothing();
                peer.Routes.SetSource(peer.Routes.Deferred, 100, 100);
                peer.Routes.Deferred.Complete();
                peer.Reset(5, ErrorCode.Cancel).ExpectAlive().HoldsNothing();
            });
        }

        [TestMethod]
        public void A_source_that_throws_when_it_is_closed_costs_nothing_but_its_response()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Source.ThrowsOnClose = true;
                peer.Get(1, "/sourcethrow/100").ExpectResponse(1, 500, string.Empty).HoldsNothing().ExpectAlive();
                peer.Get(3, "/statussource/700").ExpectResponse(3, 500, string.Empty).HoldsNothing().ExpectAlive();
                peer.Get(5, "/statussource/204").ExpectResponse(5, 204, string.Empty).HoldsNothing().ExpectAlive();
                peer.Get(7, "/defer").Reset(7, ErrorCode.Cancel);
                peer.Routes.SetSource(peer.Routes.Deferred, 100, 100);
                peer.Routes.Deferred.Complete();
                peer.HoldsNothing().ExpectAlive();
            });
        }

        [TestMethod]
        public void What_was_known_of_a_client_stays_known_when_its_stream_is_gone()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Session.Peer = new NamedPeer("192.0.2.1");
            peer.Get(1, "/defer").Reset(1, ErrorCode.Cancel).Nothing();
            HttpRequest request = peer.Routes.DeferredRequest;
            HttpResponse response = peer.Routes.Deferred;
            Assert.IsFalse(response.EarlyHints(ScriptedDispatcher.Bytes("</style.css>")));
            Assert.IsFalse(response.Push(ScriptedDispatcher.Bytes("/style.css")));
            peer.Nothing().Reconnect().Greet();
            peer.Session.Peer = new NamedPeer("192.0.2.2");
            Assert.AreEqual("192.0.2.1", request.PeerAddress);
            Assert.IsFalse(request.IsSecure);
            Assert.IsFalse(response.EarlyHints(ScriptedDispatcher.Bytes("</style.css>")));
            Assert.IsFalse(response.Push(ScriptedDispatcher.Bytes("/style.css")));
            peer.Nothing();
            response.Complete();
            peer.HoldsNothing();
        }

        private static void NextIsUnharmed(Http2Peer peer, int stream)
        {
            HttpResponse late = peer.Routes.Deferred;
            late.Write("for the first");
            peer.Get(stream, "/defer").Nothing();
            HttpResponse second = peer.Routes.Deferred;
            Assert.IsFalse(late == second, "the second request has been given the first one's exchange");
            late.Write("for the first");
            late.Complete();
            peer.Pump();
            peer.Nothing();
            second.Write("for the second");
            second.Complete();
            peer.Pump();
            peer.ExpectResponse(stream, 200, "for the second").HoldsNothing();
        }
    }
}
