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
