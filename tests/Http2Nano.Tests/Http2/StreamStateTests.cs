using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 5.1 and 5.4: which frames may come in which state of a stream, and how errors end.</summary>
    [TestClass]
    public class StreamStateTests
    {
        // RFC 9113 5.1: idle.
        [TestMethod]
        public void On_an_idle_stream_only_HEADERS_and_PRIORITY_may_come()
        {
            Ways.Play(peer =>
            {
                peer.Data(1, "x", true).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.WindowUpdate(1, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Reset(1, ErrorCode.Cancel).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Get(1, "/").ExpectResponse(1, 200, "hello").Data(3, "x", true).ExpectGoAway(ErrorCode.ProtocolError, 1);

                // So are promised streams that were not promised.
                peer.Data(2, "x", true).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.WindowUpdate(2, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
            });
        }

        // RFC 9113 5.1: open.
        [TestMethod]
        public void On_an_open_stream_all_frames_may_come()
        {
            Ways.PlayAll(peer => peer.Post(1, "/repeat").WindowUpdate(1, 10).Priority(1, 3, 5).Data(1, "a", false).Data(1, string.Empty, false)
                .Frame(0x55, 0xFF, 1, 1, 2).Data(1, "b", true).ExpectResponse(1, 200, "ab").HoldsNothing());
        }

        // RFC 9113 5.1: half-closed (remote).
        [TestMethod]
        public void On_a_half_closed_stream_DATA_and_HEADERS_are_STREAM_CLOSED()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/defer").WindowUpdate(1, 10).Priority(1, 3, 5).Nothing();
                peer.Data(1, "x", true).ExpectReset(1, ErrorCode.StreamClosed).HoldsNothing();
                peer.Routes.Deferred.Complete();
                peer.Get(3, "/defer").Headers(3, FieldBlock.Get("/"), true).ExpectReset(3, ErrorCode.StreamClosed).HoldsNothing();
                peer.Routes.Deferred.Complete();
                peer.Get(5, "/bytes/70000").Headers(5, new FieldBlock().Add("x-late", "trailer"), true);
                peer.Response(5);
                peer.ExpectReset(5, ErrorCode.StreamClosed).HoldsNothing();
                peer.Get(7, "/defer").Frame(FrameType.Continuation, FrameFlags.EndHeaders, 7).ExpectGoAway(ErrorCode.ProtocolError, 7);
            });
        }

        // RFC 9113 5.1: half-closed (local) and the rest of an upload.
        [TestMethod]
        public void A_response_that_is_complete_leaves_its_upload_open()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges");
                peer.Data(1, 400, false).Nothing();
                peer.Routes.Sink.Taken = 0;
                peer.Data(1, 400, false).WindowUpdate(1, 5).Data(1, string.Empty, true).Nothing().HoldsNothing();
                Assert.IsTrue(peer.Routes.Sink.Complete && peer.Routes.Sink.Right);
            });
        }

        // RFC 9113 5.1: closed, by END_STREAM of both sides.
        [TestMethod]
        public void On_an_ended_stream_late_frames_are_errors_of_the_named_scope()
        {
            Ways.Play(peer =>
            {
                peer.Get(1, "/").ExpectResponse(1, 200, "hello").Reset(1, ErrorCode.Cancel).WindowUpdate(1, 9).Priority(1, 3, 1).ExpectAlive().Nothing();
                peer.Headers(1, FieldBlock.Get("/"), true).ExpectGoAway(ErrorCode.StreamClosed, 1);
                peer.Get(1, "/").ExpectResponse(1, 200, "hello").Data(1, "x", true).ExpectReset(1, ErrorCode.StreamClosed).ExpectAlive();

                // Once told, a client that goes on is not told again.
                peer.Data(1, "x", true).ExpectAlive().Nothing();
            });
        }

        // RFC 9113 5.1: closed, by RST_STREAM of the client.
        [TestMethod]
        public void On_a_stream_that_the_client_reset_late_frames_are_STREAM_CLOSED()
        {
            Ways.Play(peer =>
            {
                peer.Post(1, "/gather").Reset(1, ErrorCode.Cancel).Data(1, "x", false).ExpectReset(1, ErrorCode.StreamClosed);
                peer.Post(3, "/gather").Reset(3, ErrorCode.Cancel).Headers(3, new FieldBlock().Add("x-late", "trailer"), true).ExpectReset(3, ErrorCode.StreamClosed);
                peer.Post(5, "/gather").Reset(5, ErrorCode.Cancel).Reset(5, ErrorCode.Cancel).WindowUpdate(5, 1).Priority(5, 1, 1).ExpectAlive().Nothing();
                peer.HoldsNothing();
            });
        }

        // RFC 9113 5.1: closed, by RST_STREAM of the server, which the client may not have seen yet.
        [TestMethod]
        public void On_a_stream_that_the_server_reset_late_frames_are_ignored()
        {
            Ways.Play(peer =>
            {
                peer.Headers(1, new FieldBlock().Raw(0x20).Add(":method", "GET"), false).ExpectReset(1, ErrorCode.ProtocolError);
                peer.Data(1, "x", false).WindowUpdate(1, 0).Reset(1, 8).Priority(1, 3, 1).Headers(1, new FieldBlock().Add("x-late", "trailer"), true);
                peer.ExpectAlive().Nothing();

                // Their field blocks still count for the dynamic table (RFC 9113 4.3), and their DATA for the connection's window.
                FieldBlock block = FieldBlock.WithTable("/").Raw(0x40, 2, (byte)'x', (byte)'y', 2, (byte)'z', (byte)'z');
                peer.Headers(1, block, true);
                peer.Headers(3, FieldBlock.WithTable("/fields").Raw(0xBE), true);
                Assert.IsTrue(peer.ExpectResponse(3, 200).Text.IndexOf("xy: zz\n") > 0);
                for (int i = 0; i < 5; i++)
                {
                    peer.Data(1, 16000, false);
                }

                Assert.IsTrue(peer.Granted(0) >= 48000, "granted");
                peer.ExpectAlive().Nothing();
            });
        }

        // RFC 9113 5.1: reserved (local), and half-closed (remote) of a promised stream.
        [TestMethod]
        public void On_a_promised_stream_a_client_sends_no_DATA_or_HEADERS()
        {
            Ways.Play(peer =>
            {
                peer.WindowUpdate(0, 500000).Get(1, "/pushbytes/70000").Next(FrameType.PushPromise);
                peer.Response(2);
                peer.ExpectResponse(1, 200, "page").WindowUpdate(2, 5).Priority(2, 1, 5).ExpectAlive();
                peer.Data(2, "x", true).Response(2);
                peer.ExpectReset(2, ErrorCode.StreamClosed).HoldsNothing();
                peer.Get(3, "/pushbytes/70000").Next(FrameType.PushPromise);
                peer.Headers(4, FieldBlock.Get("/"), true).Response(4);
                peer.ExpectResponse(3, 200, "page").ExpectReset(4, ErrorCode.StreamClosed).HoldsNothing();
                peer.Headers(4, FieldBlock.Get("/"), true).ExpectAlive().Nothing();
            });
        }

        // RFC 9113 5.1.1
        [TestMethod]
        public void Stream_identifiers_are_odd_and_grow()
        {
            Ways.Play(peer =>
            {
                peer.Get(2, "/").ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Get(0, "/").ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Get(5, "/").ExpectResponse(5, 200, "hello").Get(3, "/").ExpectGoAway(ErrorCode.ProtocolError, 5);
                peer.Get(9, "/").ExpectResponse(9, 200, "hello").Get(1001, "/").ExpectResponse(1001, 200, "hello").Get(7, "/").ExpectGoAway(ErrorCode.ProtocolError, 1001);

                // Identifiers that were skipped are closed.
                peer.Get(5, "/").ExpectResponse(5, 200, "hello").Data(3, "x", true).ExpectReset(3, ErrorCode.StreamClosed).Reset(1, 8).ExpectAlive();
            });
        }

        [TestMethod]
        public void When_identifiers_have_run_out_GOAWAY_asks_for_a_new_connection()
        {
            Ways.Play(peer =>
            {
                peer.Get(int.MaxValue - 2, "/").ExpectResponse(int.MaxValue - 2, 200, "hello").ExpectAlive();
                peer.Get(int.MaxValue, "/").ExpectResponse(int.MaxValue, 200, "hello").ExpectGracefulGoAway(int.MaxValue);
                Assert.IsTrue(peer.Closed);
            });
        }

        // RFC 9113 5.1.2
        [TestMethod]
        public void A_stream_above_the_limit_is_refused_and_may_be_retried()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 2;
            limits.Exchanges = 4;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Post(3, "/gather").Get(5, "/").ExpectReset(5, ErrorCode.RefusedStream);
            peer.Post(7, "/gather").ExpectReset(7, ErrorCode.RefusedStream).Data(7, "x", true);
            Assert.AreEqual(2, peer.Counters.Refused);
            peer.Data(1, "abc", true).ExpectResponse(1, 200, "3").Get(9, "/").ExpectResponse(9, 200, "hello").Data(3, "ab", true).ExpectResponse(3, 200, "2");
            peer.HoldsNothing();
        }

        // RFC 9113 5.4.1 and 6.8: the last stream that was processed, not one that was refused.
        [TestMethod]
        public void GOAWAY_names_the_last_stream_that_was_processed()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 1;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Post(1, "/gather").Get(3, "/").ExpectReset(3, ErrorCode.RefusedStream).Ping().Next(FrameType.Ping);
            peer.Frame(FrameType.Settings, 0, 1).ExpectGoAway(ErrorCode.ProtocolError, 1);
            peer.Headers(1, new FieldBlock().Add("x", "y"), true).ExpectReset(1, ErrorCode.ProtocolError);
            peer.Frame(FrameType.Settings, 0, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
        }

        // RFC 9113 5.4.1: whatever was under way is given back.
        [TestMethod]
        public void A_connection_error_gives_everything_back()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 3;
            Scenario scenario = peer =>
            {
                peer.Post(1, "/sinkdefer").Data(1, 10, false).Get(3, "/bytes/100000").Post(5, "/gather").Data(5, 10, false);
                peer.Response(3);
                peer.Headers(7, FieldBlock.Get("/bytes/5000"), true);
                peer.Response(7);
                peer.Frame(FrameType.Headers, 0, 9, 0x82).Data(0, "x", false).ExpectGoAway(ErrorCode.ProtocolError, 7);
                Assert.IsFalse(peer.Routes.Sink.Complete);
                Assert.IsFalse(peer.Routes.Source.Complete);
                peer.Routes.Deferred.Complete();
            };
            Ways.PlayAll(scenario, limits);
        }

        // RFC 9113 5.4.2: a stream error leaves the others alone.
        [TestMethod]
        public void A_stream_error_concerns_its_stream_only()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/repeat").Data(1, "before ", false).Post(3, "/repeat").WindowUpdate(3, 0).ExpectReset(3, ErrorCode.ProtocolError);
                peer.Data(1, "and after", true).ExpectResponse(1, 200, "before and after").HoldsNothing();
            });
        }

        // RFC 9113 5.4.3: a connection that breaks off without a word.
        [TestMethod]
        public void A_connection_that_is_lost_gives_everything_back()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").Get(3, "/bytes/100000").Post(5, "/gather").Frame(FrameType.Headers, 0, 7, 0x82);
                peer.Disconnect();
                peer.HoldsNothing();
                peer.Reconnect().Greet().Get(1, "/").ExpectResponse(1, 200, "hello");
            });
        }
    }
}
