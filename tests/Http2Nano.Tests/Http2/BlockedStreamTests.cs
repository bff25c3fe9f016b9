using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>Streams that wait for their client: each has its own time, and the end of a body needs no window.</summary>
    [TestClass]
    public class BlockedStreamTests
    {
        private const int Second = 1000;

        // CVE-2016-1546: the answer to PING moves nothing of the stream.
        [TestMethod]
        public void A_stream_that_its_window_blocks_is_reset_whatever_else_the_client_does()
        {
            Http2Peer peer = Narrow(100);
            peer.Get(1, "/bytes/600").ExpectPart(1, 100);
            int other = 3;
            for (int i = Second; i < peer.Limits.WriteTimeout; i += Second, other += 2)
            {
                peer.Elapse(Second);
                peer.ExpectAlive().Get(other, "/bytes/50").ExpectBody(other, 50);
            }

            peer.Nothing();
            peer.Elapse(2 * Second);
            peer.ExpectReset(1, ErrorCode.InternalError).HoldsNothing().ExpectAlive();
        }

        [TestMethod]
        public void A_stream_that_goes_on_now_and_then_is_not_cancelled()
        {
            Http2Peer peer = Narrow(100);
            peer.Get(1, "/bytes/110").ExpectPart(1, 100);
            for (int i = 1; i < 10; i++)
            {
                peer.Elapse(peer.Limits.WriteTimeout - Second);
                peer.WindowUpdate(1, 1).ExpectPart(1, 100 + i);
            }

            peer.WindowUpdate(1, 1).ExpectBody(1, 110);
            peer.HoldsNothing();
        }

        // It is not its turn as long as others have theirs.
        [TestMethod]
        public void A_stream_that_waits_for_the_connections_window_is_reset_only_when_nothing_goes_on()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/bytes/100000").WindowUpdate(1, 100000).PriorityUpdate(1, "u=1");
            peer.Get(3, "/bytes/50000").PriorityUpdate(3, "u=6").ExpectPart(1, 65535);
            for (int i = 0; i < 25; i++)
            {
                peer.Elapse(Second);
                peer.WindowUpdate(0, 100).ExpectAlive();
            }

            peer.Response(1);
            peer.Response(3);
            peer.Elapse(peer.Limits.WriteTimeout - Second);
            peer.Nothing();
            peer.Elapse(2 * Second);
            peer.ExpectReset(1, ErrorCode.InternalError).ExpectReset(3, ErrorCode.InternalError).HoldsNothing();
        }

        [TestMethod]
        public void A_source_that_has_nothing_is_not_held_against_the_client()
        {
            Http2Peer peer = Narrow(100);
            peer.Routes.Source.StallAt = 90;
            peer.Get(1, "/unknown/1000").ExpectPart(1, 90);
            peer.Elapse(3 * peer.Limits.WriteTimeout);
            peer.Routes.Source.StallAt = 100;
            peer.Pump();
            peer.ExpectPart(1, 100);
            peer.Elapse(3 * peer.Limits.WriteTimeout);
            peer.Routes.Source.StallAt = 1000;
            peer.Pump();
            peer.Elapse(peer.Limits.WriteTimeout - Second);
            peer.ExpectPart(1, 100);
            peer.Nothing();
            peer.Elapse(2 * Second);
            peer.ExpectReset(1, ErrorCode.InternalError).HoldsNothing();
        }

        // One upload that dribbles keeps nothing but itself.
        [TestMethod]
        public void A_body_that_does_not_come_is_given_up_though_another_one_comes()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 3;
            limits.IdleTimeout = 100 * Second;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Data(1, 10, false).Post(3, "/sinkdefer").Data(3, 10, false).Post(5, "/gather");
            int sent = 0;
            for (int i = Second; i < limits.BodyTimeout; i += Second, sent++)
            {
                peer.Elapse(Second);
                peer.Data(5, sent, 1, false);
            }

            peer.Nothing();
            peer.Elapse(2 * Second);
            peer.ExpectResponse(1, 408, string.Empty);
            peer.ExpectReset(3, ErrorCode.Cancel).ExpectReset(1, ErrorCode.NoError);
            peer.Data(5, sent, 10, true).ExpectResponse(5, 200, (sent + 10).ToString()).HoldsNothing();
            peer.Routes.Deferred.Complete();
        }

        [TestMethod]
        public void A_sink_that_has_no_room_is_not_held_against_the_client()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.IdleTimeout = 100 * Second;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Routes.Sink.Capacity = limits.InitialWindowSize;
            peer.Post(1, "/sink").Data(1, limits.InitialWindowSize, false).ExpectResponse(1, 200, "taken");
            peer.Elapse(3 * limits.BodyTimeout);
            peer.Nothing();
            peer.Routes.Sink.Capacity = 100;
            peer.Pump();
            peer.Elapse(limits.BodyTimeout - Second);
            peer.Nothing();
            peer.Elapse(2 * Second);
            peer.ExpectReset(1, ErrorCode.Cancel).HoldsNothing();
        }

        // RFC 9113 6.9.1
        [TestMethod]
        public void A_body_of_unknown_length_that_ends_where_its_window_does_is_ended()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
                peer.Get(1, "/unknown/100").ExpectBody(1, 100);
                peer.Settings(Setting.InitialWindowSize, 0).Next(FrameType.Settings);
                peer.Get(3, "/unknown/0").ExpectBody(3, 0);
                peer.Settings(Setting.InitialWindowSize, 200000).Next(FrameType.Settings);
                peer.Get(5, "/unknown/65435").ExpectBody(5, 65435);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void The_octet_that_is_read_before_there_is_a_window_for_it_comes_when_there_is()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
                peer.Get(1, "/unknown/103").ExpectPart(1, 100);
                peer.WindowUpdate(1, 1).ExpectPart(1, 101);
                peer.WindowUpdate(1, 2).ExpectBody(1, 103);
                peer.Get(3, "/unknown/101").ExpectPart(3, 100);
                peer.WindowUpdate(3, 50).ExpectBody(3, 101);
                peer.Get(5, "/unknown/700").ExpectPart(5, 100);
                peer.WindowUpdate(5, 1000).ExpectBody(5, 700);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void A_source_that_ends_fails_or_throws_behind_the_window_does_so_once()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
                peer.Routes.Source.FailAt = 100;
                peer.Get(1, "/unknown/1000").ExpectPart(1, 100);
                peer.ExpectReset(1, ErrorCode.InternalError).HoldsNothing();
                peer.Routes.Source.FailAt = 101;
                peer.Get(3, "/unknown/1000").ExpectPart(3, 100);
                peer.WindowUpdate(3, 5).Response(3);
                peer.ExpectReset(3, ErrorCode.InternalError).HoldsNothing();
                peer.Routes.Source.FailAt = int.MaxValue;
                peer.Get(5, "/unknown/101").ExpectPart(5, 100);
                peer.Reset(5, ErrorCode.Cancel).HoldsNothing().ExpectAlive();
            });
        }

        private static Http2Peer Narrow(int window)
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Settings(Setting.InitialWindowSize, window).Next(FrameType.Settings);
            return peer;
        }
    }
}
