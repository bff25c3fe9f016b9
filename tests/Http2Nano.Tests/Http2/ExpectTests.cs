using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9110 10.1.1 and RFC 9113 8.1: a client that waits for 100 Continue before it sends the body.</summary>
    [TestClass]
    public class ExpectTests
    {
        [TestMethod]
        public void A_client_that_waits_is_told_to_go_on_as_soon_as_its_body_is_wanted()
        {
            Ways.PlayAll(peer =>
            {
                int stream = 1;
                string[] routes = { "/gather", "/sinkdefer" };
                for (int i = 0; i < routes.Length; i++, stream += 2)
                {
                    peer.Headers(stream, Asking(routes[i]).Add("content-length", "5"), false);
                    ExpectContinue(peer, stream);
                    peer.Data(stream, 5, true);
                    if (peer.Routes.Deferred != null)
                    {
                        peer.Routes.Deferred.Write("5");
                        peer.Routes.Deferred.Complete();
                        peer.Elapse(10);
                    }

                    peer.ExpectResponse(stream, 200, "5").HoldsNothing();
                }
            });
        }

        [TestMethod]
        public void Where_the_handler_has_answered_already_100_goes_before_the_answer()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, Asking("/sink"), false);
                ExpectContinue(peer, 1);
                peer.Data(1, 5, true).ExpectResponse(1, 200, "taken").HoldsNothing();
            });
        }

        // Nothing comes behind the response: curl 7.88 takes RST_STREAM in the same segment for no response at all.
        [TestMethod]
        public void A_body_that_nobody_wants_is_refused_before_it_is_sent()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, Asking("/answered").Add("content-length", "5"), false).ExpectResponse(1, 404, "not here");
                peer.Headers(3, Asking("/gather").Add("content-length", "100000"), false).ExpectResponse(3, 413);
                peer.Headers(5, Asking("/ignore"), false).ExpectResponse(5, 200);
                peer.Nothing().Reset(1, ErrorCode.NoError).Reset(3, ErrorCode.Cancel).Reset(5, ErrorCode.NoError).HoldsNothing();
                Assert.AreEqual(1, peer.Routes.Handled, "requests handled");
                peer.ExpectAlive();
            });
        }

        [TestMethod]
        public void A_client_that_sends_a_refused_body_all_the_same_is_reset_without_an_error()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, Asking("/answered").Add("content-length", "5"), false).ExpectResponse(1, 404, "not here");
                peer.Data(1, 5, true).ExpectReset(1, ErrorCode.NoError).HoldsNothing();
                peer.Headers(3, Asking("/answered"), false).ExpectResponse(3, 404, "not here");
                peer.Data(3, 0, true).ExpectReset(3, ErrorCode.NoError).HoldsNothing();
                peer.Headers(5, Asking("/answered"), false).ExpectResponse(5, 404, "not here");
                peer.Headers(5, new FieldBlock().Add("x-sum", "1"), true).Nothing().HoldsNothing();
                peer.ExpectAlive();
            });
        }

        [TestMethod]
        public void A_client_that_does_not_end_a_refused_stream_is_not_waited_for()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Headers(1, Asking("/answered"), false).ExpectResponse(1, 404, "not here");
            peer.Elapse(peer.Limits.BodyTimeout - 1000);
            peer.Nothing().Ping().Next(FrameType.Ping);
            peer.Elapse(2000);
            peer.ExpectReset(1, ErrorCode.NoError).HoldsNothing();
        }

        [TestMethod]
        public void A_client_that_did_not_wait_is_not_told()
        {
            Ways.PlayAll(peer =>
            {
                peer.Hold().Headers(1, Asking("/gather"), false).Data(1, 5, true).Release().ExpectResponse(1, 200, "5").HoldsNothing();
                peer.Headers(3, Asking("/gather"), true).ExpectResponse(3, 200, "0").HoldsNothing();
            });
        }

        [TestMethod]
        public void Going_on_waits_until_there_is_room_to_say_so()
        {
            Http2Peer peer = Http2Peer.Open(Ways.Small());
            peer.ReadLimit = 0;
            peer.Get(1, "/bytes/20000").Headers(3, Asking("/sink"), false);
            Assert.IsTrue(peer.Session.Transmit.Length > 0, "octets that wait");
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            peer.ExpectBody(1, 20000);
            ExpectContinue(peer, 3);
            peer.Data(3, 5, true).ExpectResponse(3, 200, "taken").HoldsNothing();
        }

        [TestMethod]
        public void A_client_of_several_bodies_is_told_of_each()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Headers(1, Asking("/gather"), false).Headers(3, Asking("/gather"), false);
            ExpectContinue(peer, 1);
            ExpectContinue(peer, 3);
            peer.Data(3, 5, true).ExpectResponse(3, 200, "5");
            peer.Data(1, 5, true).ExpectResponse(1, 200, "5").HoldsNothing();
        }

        private static FieldBlock Asking(string path)
        {
            return FieldBlock.Request("POST", path).Add("expect", "100-continue");
        }

        private static void ExpectContinue(Http2Peer peer, int stream)
        {
            PeerFrame frame = peer.Next(FrameType.Headers);
            Assert.AreEqual(stream, frame.Stream);
            Assert.AreEqual(":status: 100\n", frame.Fields);
            Assert.IsFalse(frame.EndStream, "END_STREAM");
        }
    }
}
