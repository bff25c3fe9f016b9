using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 6.8 and 9.1: how connections end by themselves, by the server's will and by the clock.</summary>
    [TestClass]
    public class EndTests
    {
        // RFC 9113 6.8
        [TestMethod]
        public void A_graceful_end_finishes_what_is_open_and_begins_nothing()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/gather").Data(1, 10, false).Get(3, "/defer");
                Stop(peer);
                peer.ExpectGracefulGoAway(3);

                // Later requests are ignored with all that belongs to them, and may be retried on another connection.
                peer.Post(5, "/gather").Data(5, 10, false).WindowUpdate(5, 10).Data(5, 10, true).Reset(5, 8).Nothing();
                peer.Get(7, "/").Priority(7, 3, 5).PriorityUpdate(7, "u=1").ExpectAlive().Nothing();

                // An upload under way is gathered and answered.
                peer.Data(1, 300, false).Data(1, 10, true).ExpectResponse(1, 200, "320");
                peer.Routes.Deferred.Write("the last one");
                peer.Routes.Deferred.Complete();
                peer.Pump();
                peer.ExpectResponse(3, 200, "the last one");
                Assert.IsTrue(peer.Closed);
                peer.HoldsNothing();
                Assert.AreEqual("/gather /defer ", peer.Routes.Seen);
            });
        }

        [TestMethod]
        public void A_field_block_that_was_under_way_when_GOAWAY_was_sent_is_not_processed()
        {
            Ways.Play(peer =>
            {
                byte[] block = FieldBlock.Get("/").ToArray();
                peer.Get(1, "/defer").Frame(FrameType.Headers, FrameFlags.EndStream, 3, block);
                Stop(peer);
                peer.ExpectGracefulGoAway(1).Frame(FrameType.Continuation, FrameFlags.EndHeaders, 3).Nothing();
                peer.Routes.Deferred.Complete();
                peer.Pump();
                peer.ExpectResponse(1, 200);
                Assert.IsTrue(peer.Closed);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void A_graceful_end_has_a_deadline()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/defer");
            Stop(peer);
            peer.ExpectGracefulGoAway(1);
            peer.Elapse(peer.Limits.DrainTimeout - 500);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1000);
            Assert.IsTrue(peer.Closed);
            peer.HoldsNothing();
        }

        // RFC 9113 9.1
        [TestMethod]
        public void An_idle_connection_ends_with_GOAWAY()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/").ExpectResponse(1, 200, "hello");
            peer.Elapse(peer.Limits.IdleTimeout - 1000);
            peer.Get(3, "/").ExpectResponse(3, 200, "hello");
            peer.Elapse(peer.Limits.IdleTimeout - 1000);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(2000);
            peer.ExpectGracefulGoAway(3);
            Assert.IsTrue(peer.Closed);
        }

        // Slowloris; VU#421644
        [TestMethod]
        public void A_field_block_without_end_is_not_waited_for()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Frame(20, FrameType.Headers, FrameFlags.EndHeaders, 1, new byte[] { 0x82 });
            peer.Elapse(peer.Limits.FieldsTimeout + 1000);
            peer.ExpectGoAway(ErrorCode.EnhanceYourCalm, 0);
            peer.Frame(FrameType.Headers, 0, 1, 0x82);
            peer.Elapse(peer.Limits.FieldsTimeout + 1000);
            peer.ExpectGoAway(ErrorCode.EnhanceYourCalm, 0);
        }

        [TestMethod]
        public void A_body_that_does_not_come_is_408_or_a_reset()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 3;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Data(1, 10, false).Post(3, "/sinkdefer").Data(3, 10, false).Post(5, "/answered");
            peer.Elapse(peer.Limits.BodyTimeout - 1000);
            peer.Nothing();
            peer.Elapse(2000);
            peer.ExpectResponse(1, 408, string.Empty).ExpectResponse(5, 404, "not here");
            peer.ExpectReset(3, ErrorCode.Cancel).ExpectReset(1, ErrorCode.NoError).ExpectReset(5, ErrorCode.NoError);
            Assert.IsFalse(peer.Routes.Sink.Complete);
            peer.HoldsNothing().ExpectAlive();
            peer.Routes.Deferred.Complete();
        }

        [TestMethod]
        public void Trailers_under_way_do_not_meet_the_bodys_deadline()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.FieldsTimeout = 60000;
            limits.IdleTimeout = 100000;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Data(1, 10, false).Frame(FrameType.Headers, FrameFlags.EndStream, 1, new FieldBlock().Add("x-sum", "1").ToArray());
            peer.Elapse(limits.BodyTimeout * 2);
            peer.Nothing();
            peer.Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1).ExpectResponse(1, 200, "10").HoldsNothing();
            Assert.AreEqual("x-sum: 1\n", peer.Routes.Trailers);
        }

        [TestMethod]
        public void A_client_that_has_ended_its_side_gets_what_it_asked_for()
        {
            Ways.PlayAll(peer =>
            {
                peer.Hold().Get(1, "/bytes/5000").Post(3, "/gather").Release();
                peer.Session.EndOfStream(peer.Now);
                peer.Pump();
                peer.ExpectBody(1, 5000);
                Assert.IsTrue(peer.Closed);
                peer.HoldsNothing();
            });
        }

        // What has arrived is read to its end before the rest is given up: there is room for one response at a time, or storage
        // for two requests.
        [TestMethod]
        public void A_client_that_has_ended_its_side_gets_what_it_asked_for_and_was_not_read_yet()
        {
            Ways.PlayAll(peer =>
            {
                peer.Hold();
                for (int stream = 1; stream < 11; stream += 2)
                {
                    peer.Get(stream, "/text/300");
                }

                peer.Post(11, "/gather").Data(11, 20, true).Get(13, "/bytes/600").Post(15, "/gather").Data(15, 10, false);
                peer.EndSending();
                for (int stream = 1; stream < 11; stream += 2)
                {
                    peer.ExpectBody(stream, 300);
                }

                peer.ExpectResponse(11, 200, "20").ExpectBody(13, 600);
                Assert.IsTrue(peer.Closed);
                peer.HoldsNothing();
            });
        }

        // RFC 9113 8.1: nobody will open the window any more.
        [TestMethod]
        public void A_response_that_no_window_can_finish_is_reset_when_the_client_has_ended_its_side()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
                peer.Get(1, "/bytes/600").ExpectPart(1, 100);
                peer.EndSending();
                peer.ExpectReset(1, ErrorCode.InternalError);
                Assert.IsTrue(peer.Closed);
                peer.HoldsNothing();
            });
        }

        private static void Stop(Http2Peer peer)
        {
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
        }
    }
}
