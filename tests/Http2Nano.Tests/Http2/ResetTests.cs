using Http2Nano.Framing;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// RFC 9113 8.7: which requests may be repeated. Each reset that the server sends for a reason of its own has the code of the table
    /// over <see cref="Resets"/>, which says what clients make of it.
    /// </summary>
    [TestClass]
    public class ResetTests
    {
        [TestMethod]
        public void A_request_for_which_there_is_no_place_is_REFUSED_and_no_handler_runs()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 1;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Get(3, "/").ExpectReset(3, ErrorCode.RefusedStream);
            Assert.AreEqual(0, peer.Routes.Handled);
        }

        [TestMethod]
        public void A_stream_beyond_the_most_is_REFUSED_and_no_handler_runs()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 2;
            limits.Exchanges = 3;
            limits.ExchangeSize = 512;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Post(3, "/gather").Get(5, "/").ExpectReset(5, ErrorCode.RefusedStream);
            Assert.AreEqual(0, peer.Routes.Handled);
        }

        // Node.js takes a response that is cut with CANCEL or NO_ERROR for a complete one.
        [TestMethod]
        public void A_response_that_breaks_off_is_INTERNAL_ERROR()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Source.FailAt = 100;
                peer.Get(1, "/bytes/700").ExpectPart(1, 100);
                peer.ExpectReset(1, ErrorCode.InternalError);
                peer.Get(3, "/unknown/700").ExpectPart(3, 100);
                peer.ExpectReset(3, ErrorCode.InternalError);
                peer.Routes.Source.FailAt = int.MaxValue;
                peer.Routes.Source.ThrowAt = 0;
                peer.Get(5, "/bytes/700").ExpectPart(5, 0);
                peer.ExpectReset(5, ErrorCode.InternalError);
                peer.Routes.Source.ThrowAt = int.MaxValue;
                peer.Routes.Source.EndAt = 50;
                peer.Get(7, "/bytes/700").ExpectPart(7, 50);
                peer.ExpectReset(7, ErrorCode.InternalError);
                peer.Routes.Source.EndAt = int.MaxValue;
                Assert.AreEqual(4, peer.Routes.Handled);
            });
        }

        [TestMethod]
        public void A_request_whose_response_has_not_begun_when_its_sink_throws_is_CANCEL()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Sink.Throws = true;
                peer.Post(1, "/sinkdefer").Data(1, 10, false).ExpectReset(1, ErrorCode.Cancel).HoldsNothing();
                peer.Routes.Deferred.Complete();
                Assert.AreEqual(1, peer.Routes.Handled);
            });
        }

        [TestMethod]
        public void A_client_that_is_too_slow_is_told_whether_it_has_part_of_a_response()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 3;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
            peer.Get(1, "/bytes/600").Post(3, "/sinkdefer").Data(3, 10, false);
            peer.Elapse(peer.Limits.WriteTimeout + 1000);
            peer.ExpectPart(1, 100);
            peer.ExpectReset(1, ErrorCode.InternalError).ExpectReset(3, ErrorCode.Cancel).HoldsNothing();
            peer.Routes.Deferred.Complete();
            Assert.AreEqual(2, peer.Routes.Handled);
        }

        [TestMethod]
        public void Behind_a_complete_response_the_rest_of_a_request_is_NO_ERROR()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, FieldBlock.Request("POST", "/gather").Add("content-length", "5000"), false);
                peer.ExpectResponse(1, 413, string.Empty).ExpectReset(1, ErrorCode.NoError);
                peer.Post(3, "/ignore").ExpectResponse(3, 200, "hello").ExpectReset(3, ErrorCode.NoError).HoldsNothing();
            });
        }

        // curl 7.88 loses a response that it reads together with RST_STREAM.
        [TestMethod]
        public void Behind_a_complete_response_the_reset_is_held_back_for_a_moment()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/ignore").ExpectResponse(1, 200, "hello").Nothing();

                // What comes meanwhile is dropped, gets no window for more, and lengthens nothing.
                int granted = peer.Granted(1);
                peer.Data(1, 100, false).Nothing().Elapse(90);
                peer.Data(1, 100, false).Nothing().Elapse(260);
                Assert.AreEqual(granted, peer.Granted(1), "granted");
                PeerFrame frame = peer.Next(FrameType.RstStream);
                Assert.AreEqual(ErrorCode.NoError, frame.Int32(0));
                peer.HoldsNothing().ExpectAlive();
            });
        }

        // Others may wait for the connection.
        [TestMethod]
        public void A_connection_on_which_all_is_answered_is_idle_and_ends_at_once()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/ignore").ExpectResponse(1, 200, "hello");
                peer.Headers(3, FieldBlock.Request("POST", "/ignore").Add("expect", "100-continue"), false).ExpectResponse(3, 200, "hello");
                Assert.IsTrue(peer.Session.IsBetweenRequests, "idle");
                peer.Session.Shutdown(peer.Now);
                peer.Pump();
                peer.ExpectGracefulGoAway(3).ExpectReset(1, ErrorCode.NoError).ExpectReset(3, ErrorCode.NoError).HoldsNothing();
                Assert.IsTrue(peer.Closed, "closed");
            });
        }

        [TestMethod]
        public void A_client_that_ends_its_request_behind_the_response_is_not_reset()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, FieldBlock.Request("POST", "/ignore").Add("content-length", "300"), false).ExpectResponse(1, 200, "hello");
                peer.Data(1, 300, true).HoldsNothing();
                peer.Headers(3, FieldBlock.Request("POST", "/ignore").Add("content-length", "300"), false).ExpectResponse(3, 200, "hello");
                peer.Data(3, 0, true).HoldsNothing();
                peer.Post(5, "/ignore").ExpectResponse(5, 200, "hello").Headers(5, new FieldBlock().Add("x-sum", "1"), true).HoldsNothing();
                peer.Elapse(500);
                peer.Nothing().ExpectAlive();
            });
        }

        [TestMethod]
        public void A_client_may_reset_what_is_answered_as_often_as_it_likes()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int i = 0; i < 500; i++)
            {
                int stream = (i * 2) + 1;
                peer.Post(stream, "/ignore").ExpectResponse(stream, 200, "hello").Reset(stream, ErrorCode.Cancel).Nothing();
            }

            peer.HoldsNothing().ExpectAlive();
        }

        // RFC 9113 6.8: GOAWAY names the last of them all. A request that a handler may have acted on must not be sent again on a new
        // connection.
        [TestMethod]
        public void Before_a_connection_ends_with_an_error_requests_that_a_handler_has_seen_are_reset()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 3;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
            peer.Get(1, "/defer").Get(3, "/bytes/70000").Post(5, "/gather").Post(7, "/sink").ExpectPart(3, 100);
            peer.ExpectResponse(7, 200, "taken");
            peer.Data(0, "x", false).ExpectReset(1, ErrorCode.Cancel).ExpectReset(3, ErrorCode.InternalError);
            peer.ExpectGoAway(ErrorCode.ProtocolError, 7);
            peer.Routes.Deferred.Complete();
        }

        [TestMethod]
        public void When_a_server_that_stops_waits_no_longer_each_request_is_told_whether_it_may_be_repeated()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/defer").Post(3, "/gather");
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            peer.ExpectGracefulGoAway(3);
            peer.Elapse(peer.Limits.DrainTimeout + 1000);
            peer.ExpectReset(1, ErrorCode.Cancel).ExpectReset(3, ErrorCode.RefusedStream);
            Assert.IsTrue(peer.Closed);
            peer.Routes.Deferred.Complete();
            peer.HoldsNothing();
        }

        // Firefox 153 sends a request of any method again after INTERNAL_ERROR and ENHANCE_YOUR_CALM, unless part of the response
        // has come.
        [TestMethod]
        public void No_reset_has_a_code_after_which_a_client_repeats_what_a_handler_has_done()
        {
            int[] codes = { Resets.BrokenOff, Resets.TooSlow, Resets.NotNeeded };
            for (int i = 0; i < codes.Length; i++)
            {
                Assert.IsTrue(codes[i] == ErrorCode.Cancel || codes[i] == ErrorCode.NoError, codes[i].ToString());
            }
        }
    }
}
