using Http2Nano.Framing;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 5.2, 6.1, 6.9: windows on both levels and in both directions.</summary>
    [TestClass]
    public class FlowControlTests
    {
        // RFC 9113 6.9.2
        [TestMethod]
        public void A_body_stops_at_the_initial_windows_and_goes_on_with_credit()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/bytes/70000").ExpectPart(1, 65535);
                peer.WindowUpdate(1, 5000).ExpectPart(1, 65535);
                peer.WindowUpdate(0, 1000).ExpectPart(1, 66535);
                peer.WindowUpdate(0, 100000).ExpectBody(1, 70000);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void The_streams_window_holds_its_body_and_no_other()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 10).Next(FrameType.Settings);
                peer.Get(1, "/bytes/1000").Get(3, "/bytes/10").Get(5, "/text/30");
                peer.ExpectPart(1, 10);
                peer.ExpectBody(3, 10);
                peer.ExpectPart(5, 10);
                peer.WindowUpdate(5, 19).ExpectPart(5, 29);
                peer.WindowUpdate(5, 1).ExpectBody(5, 30);
                peer.WindowUpdate(1, 990).ExpectBody(1, 1000);
                peer.HoldsNothing();
            });
        }

        // RFC 9113 6.9.1: frames without DATA need no window.
        [TestMethod]
        public void Field_sections_and_empty_bodies_need_no_window()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 0).Next(FrameType.Settings);
                peer.Get(1, "/nothing").ExpectResponse(1, 200, string.Empty);
                peer.Get(3, "/bytes/0").ExpectResponse(3, 200, string.Empty);
                peer.Get(5, "/bytes/5").ExpectPart(5, 0);
                peer.Get(7, "/trailers/0").ExpectResponse(7, 200, string.Empty);
                peer.WindowUpdate(5, 1).ExpectPart(5, 1);
                peer.WindowUpdate(5, 1).ExpectPart(5, 2);
                peer.WindowUpdate(5, 9).ExpectBody(5, 5);
                peer.HoldsNothing();
            });
        }

        // RFC 9113 6.9.2
        [TestMethod]
        public void A_change_of_the_initial_window_moves_all_streams_and_may_make_them_negative()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 100).Get(1, "/bytes/1000").Next(FrameType.Settings);
                peer.ExpectPart(1, 100);
                peer.Settings(Setting.InitialWindowSize, 30).Next(FrameType.Settings);
                peer.WindowUpdate(1, 70).ExpectPart(1, 100);
                peer.WindowUpdate(1, 1).ExpectPart(1, 101);
                peer.Settings(Setting.InitialWindowSize, 50).Next(FrameType.Settings);
                peer.ExpectPart(1, 121);
                peer.Settings(Setting.InitialWindowSize, 0, Setting.InitialWindowSize, 2000).Next(FrameType.Settings);
                peer.ExpectBody(1, 1000);

                // The connection's window is not moved by it.
                peer.Get(3, "/bytes/64536").ExpectPart(3, 2000);
                peer.Settings(Setting.InitialWindowSize, 65535).Next(FrameType.Settings);
                peer.ExpectPart(3, 64535);
                peer.WindowUpdate(0, 1).ExpectBody(3, 64536);
            });
        }

        [TestMethod]
        public void A_change_of_the_initial_window_beyond_the_limit_is_a_FLOW_CONTROL_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.Get(1, "/defer").WindowUpdate(1, int.MaxValue - 65535).Settings(Setting.InitialWindowSize, 65536).ExpectGoAway(ErrorCode.FlowControlError, 1);
                peer.Routes.Deferred.Complete();
                peer.Settings(Setting.InitialWindowSize, unchecked((int)0x80000000)).ExpectGoAway(ErrorCode.FlowControlError, 0);
                peer.Settings(Setting.InitialWindowSize, int.MaxValue).Next(FrameType.Settings);
                peer.Get(1, "/").ExpectResponse(1, 200, "hello");
            });
        }

        // RFC 9113 6.9.1
        [TestMethod]
        public void A_window_beyond_the_limit_is_a_FLOW_CONTROL_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.WindowUpdate(0, int.MaxValue - 65535).ExpectPlaces(100).ExpectAlive().WindowUpdate(0, 1).ExpectGoAway(ErrorCode.FlowControlError, 0);
                peer.WindowUpdate(0, int.MaxValue).ExpectGoAway(ErrorCode.FlowControlError, 0);
                peer.Get(1, "/defer").WindowUpdate(1, int.MaxValue).ExpectReset(1, ErrorCode.FlowControlError).HoldsNothing().ExpectAlive();
                peer.Routes.Deferred.Complete();
                peer.Post(3, "/gather").WindowUpdate(3, int.MaxValue - 65535).ExpectAlive().WindowUpdate(3, 1).ExpectReset(3, ErrorCode.FlowControlError).HoldsNothing();
            });
        }

        // RFC 9113 6.9
        [TestMethod]
        public void An_increment_of_0_is_a_PROTOCOL_ERROR_of_its_scope()
        {
            Ways.Play(peer =>
            {
                peer.Post(1, "/gather").WindowUpdate(1, 0).ExpectReset(1, ErrorCode.ProtocolError).HoldsNothing().ExpectAlive();
                peer.WindowUpdate(0, 0).ExpectGoAway(ErrorCode.ProtocolError, 1);
            });
        }

        [TestMethod]
        public void WINDOW_UPDATE_of_another_length_than_4_is_a_FRAME_SIZE_ERROR()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int length = 0; length < 9; length++)
            {
                if (length != 4)
                {
                    peer.Frame(FrameType.WindowUpdate, 0, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                    peer.Post(1, "/gather").Frame(FrameType.WindowUpdate, 0, 1, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 1);
                }
            }
        }

        // RFC 9113 6.9.1: more than the window allows.
        [TestMethod]
        public void DATA_beyond_a_streams_window_is_a_FLOW_CONTROL_ERROR_of_the_stream()
        {
            Ways.Play(peer =>
            {
                peer.Post(1, "/gather").Data(1, peer.Limits.InitialWindowSize, false).Nothing();
                int left = peer.Granted(1);
                peer.Data(1, left + 1, false).ExpectReset(1, ErrorCode.FlowControlError).HoldsNothing().ExpectAlive();
            });
        }

        [TestMethod]
        public void The_connections_window_is_refilled_and_never_exceeded_by_an_honest_client()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                int sent = 0;
                for (int i = 0; i < 20; i++)
                {
                    peer.Routes.Sink.Taken = 0;
                    Assert.IsTrue(peer.Granted(0) + 65535 - sent >= 16384, "the connection's window");
                    Assert.IsTrue(peer.Granted(1) + peer.Limits.InitialWindowSize - sent >= 16384, "the stream's window");
                    peer.Data(1, 16384, i == 19);
                    Assert.IsTrue(peer.Routes.Sink.Right);
                    sent += 16384;
                }

                peer.ExpectAlive().HoldsNothing();
            });
        }

        // RFC 9113 6.9.1
        [TestMethod]
        public void DATA_beyond_the_connections_window_is_a_FLOW_CONTROL_ERROR_of_the_connection()
        {
            // The window is refilled as frames begin, so only a frame that is too large by itself can exceed it.
            Http2Peer peer = Http2Peer.Open();
            peer.Post(1, "/gather").Reset(1, ErrorCode.Cancel);
            peer.Data(1, 16384, false).ExpectReset(1, ErrorCode.StreamClosed).Data(1, 16384, false);
            Assert.IsTrue(65535 - (2 * 16384) + peer.Granted(0) >= 16384);
            peer.Frame(49152, FrameType.Data, 0, 1, new byte[9]).ExpectGoAway(ErrorCode.FrameSizeError, 1);
        }

        // What a sink has no room for keeps all frames behind it waiting, so its stream gives way in the end.
        [TestMethod]
        public void A_sink_that_takes_nothing_for_long_is_given_up()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.InitialWindowSize = 65535;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Routes.Sink.Capacity = 0;
            peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
            int length = peer.Limits.ReceiveBufferSize * 4;
            peer.Hold().Data(1, length, false).Data(1, length, false).Get(3, "/").Release();
            Assert.IsTrue(peer.Session.AwaitsApplication);
            peer.Elapse(RequestBodies.SinkPatience - 500);
            peer.Nothing();
            peer.Elapse(1000);
            peer.ExpectReset(1, ErrorCode.Cancel).ExpectResponse(3, 200, "hello").HoldsNothing().ExpectAlive();
            Assert.IsFalse(peer.Routes.Sink.Complete);
        }

        // RFC 9113 6.1 and 6.9: padding counts, its length octet too.
        [TestMethod]
        public void Padding_counts_and_is_granted_again()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                int before = peer.Granted(1);
                byte[] payload = new byte[600];
                payload[0] = 255;
                for (int i = 0; i < 344; i++)
                {
                    payload[i + 1] = ScriptedSource.At(i);
                }

                peer.Frame(FrameType.Data, FrameFlags.Padded, 1, payload);
                Assert.AreEqual(344, peer.Routes.Sink.Taken);
                Assert.IsTrue(peer.Routes.Sink.Right);
                Assert.IsTrue(peer.Granted(1) - before >= 500, "granted");
                peer.Frame(FrameType.Data, FrameFlags.Padded | FrameFlags.EndStream, 1, 0).HoldsNothing();
            });
        }

        [TestMethod]
        public void A_client_that_pads_every_octet_still_gets_through()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, FieldBlock.Request("POST", "/gather").Add("content-length", "20"), false);
                int window = peer.Limits.InitialWindowSize;
                for (int i = 0; i < 20; i++)
                {
                    byte[] payload = new byte[102];
                    payload[0] = 100;
                    window -= 102;
                    Assert.IsTrue(window + peer.Granted(1) >= 0, "window");
                    peer.Frame(FrameType.Data, i == 19 ? FrameFlags.Padded | FrameFlags.EndStream : FrameFlags.Padded, 1, payload);
                }

                peer.ExpectResponse(1, 200, "20").HoldsNothing();
            });
        }

        // RFC 9113 6.1
        [TestMethod]
        public void Padding_as_long_as_the_payload_is_a_PROTOCOL_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.Post(1, "/gather").Frame(FrameType.Data, FrameFlags.Padded, 1, 4, 0, 0, 0).ExpectGoAway(ErrorCode.ProtocolError, 1);
                peer.Post(1, "/gather").Frame(FrameType.Data, FrameFlags.Padded, 1, 255).ExpectGoAway(ErrorCode.ProtocolError, 1);
                peer.Post(1, "/gather").Frame(FrameType.Data, FrameFlags.Padded, 1).ExpectGoAway(ErrorCode.FrameSizeError, 1);
                peer.Post(1, "/gather").Frame(FrameType.Data, FrameFlags.Padded | FrameFlags.EndStream, 1, 3, 0, 0, 0).ExpectResponse(1, 200, "0");
                peer.Frame(FrameType.Headers, FrameFlags.Padded | FrameFlags.EndHeaders, 3, 2, 0x82).ExpectGoAway(ErrorCode.ProtocolError, 1);
                peer.Frame(FrameType.Headers, FrameFlags.Padded | FrameFlags.EndHeaders, 1).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                peer.Frame(FrameType.Headers, FrameFlags.Priority | FrameFlags.EndHeaders, 1, 0, 0, 0, 0).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                peer.Frame(FrameType.Headers, FrameFlags.Padded | FrameFlags.Priority | FrameFlags.EndHeaders, 1, 0, 0, 0, 0, 0).ExpectGoAway(ErrorCode.FrameSizeError, 0);
            });
        }

        [TestMethod]
        public void DATA_on_stream_0_is_a_PROTOCOL_ERROR()
        {
            Ways.Play(peer => peer.Data(0, "x", false).ExpectGoAway(ErrorCode.ProtocolError, 0));
        }

        // RFC 9113 5.2.2: a grant is a promise of room.
        [TestMethod]
        public void Grants_never_exceed_the_room_of_a_sink()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Sink.Capacity = 5000;
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                Assert.AreEqual(5000, peer.Limits.InitialWindowSize + peer.Granted(1));
                peer.Data(1, 5000, false);
                Assert.AreEqual(0, peer.Routes.Sink.Capacity);
                Assert.AreEqual(5000, peer.Limits.InitialWindowSize + peer.Granted(1));
                peer.Routes.Sink.Taken = 0;
                peer.Routes.Sink.Capacity = 700;
                peer.Pump();
                Assert.AreEqual(5700, peer.Limits.InitialWindowSize + peer.Granted(1));
                peer.Data(1, 700, true).ExpectAlive().HoldsNothing();
                Assert.IsTrue(peer.Routes.Sink.Right && peer.Routes.Sink.Complete);
            });
        }

        [TestMethod]
        public void A_gathered_body_is_granted_what_fits()
        {
            Ways.PlayAll(peer =>
            {
                int window = peer.Limits.InitialWindowSize;
                string length = (window + 76).ToString();
                peer.Headers(1, FieldBlock.Request("POST", "/gather").Add("content-length", length), false);
                peer.Data(1, window, false).Data(1, 76, true).ExpectResponse(1, 200, length).HoldsNothing();
            });
        }

        [TestMethod]
        public void A_body_too_large_to_gather_is_413()
        {
            Ways.PlayAll(peer =>
            {
                peer.Headers(1, FieldBlock.Request("POST", "/gather").Add("content-length", "5000"), false);
                peer.ExpectResponse(1, 413, string.Empty).ExpectReset(1, ErrorCode.NoError).HoldsNothing();
                peer.Headers(3, FieldBlock.Request("POST", "/gather").Add("content-length", "99999999999999999999"), false);
                peer.ExpectResponse(3, 413, string.Empty).ExpectReset(3, ErrorCode.NoError).HoldsNothing();
                peer.Post(5, "/gather").Data(5, peer.Limits.InitialWindowSize, false);
                peer.Data(5, peer.Granted(5), false).ExpectResponse(5, 413, string.Empty).ExpectReset(5, ErrorCode.NoError).HoldsNothing();
                Assert.AreEqual(0, peer.Routes.Handled);
            });
        }

        // RFC 9113 5.2.1: what was sent before the client knew the windows, through a sink that is full.
        [TestMethod]
        public void An_eager_upload_goes_on_as_a_slow_sink_takes_it()
        {
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
            peer.Begin().Settings();
            peer.Routes.Sink.Capacity = 100;
            int length = 4 * peer.Limits.InitialWindowSize;
            peer.Post(1, "/sink").Data(1, length, true);
            for (int i = 0; i < length && !peer.Routes.Sink.Complete; i += 500)
            {
                Assert.AreEqual(100 + i, peer.Routes.Sink.Taken);
                Assert.IsTrue(peer.Session.AwaitsApplication, "waits");
                peer.Elapse(400);
                peer.Routes.Sink.Capacity += 500;
                peer.Pump();
            }

            Assert.IsTrue(peer.Routes.Sink.Complete && peer.Routes.Sink.Right);
            peer.HoldsNothing();
        }

        [TestMethod]
        public void A_sink_that_throws_ends_its_stream_only()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Sink.Throws = true;
                peer.Post(1, "/sinkdefer").Data(1, 10, false).ExpectReset(1, ErrorCode.Cancel).HoldsNothing();
                peer.Routes.Deferred.Complete();
                peer.Routes.Sink.ThrowsOnRoom = true;
                peer.Post(3, "/sink").ExpectResponse(3, 200, "taken");
                peer.ExpectReset(3, ErrorCode.Cancel).HoldsNothing().ExpectAlive();
            });
        }

        // Without a window the client cannot send what would show that the sink has failed.
        [TestMethod]
        public void A_sink_that_fails_while_the_window_is_closed_ends_its_stream()
        {
            Ways.PlayAll(peer =>
            {
                peer.Routes.Sink.Capacity = 2000;
                peer.Post(1, "/sinkdefer").Data(1, 2000, false).Nothing();
                peer.Routes.Sink.ThrowsOnRoom = true;
                peer.Elapse(500);
                peer.ExpectReset(1, ErrorCode.Cancel).ExpectAlive();
                peer.Routes.Deferred.Complete();
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        public void An_echo_keeps_pace_with_a_reader_of_any_speed()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 50).Next(FrameType.Settings);
                peer.Post(1, "/echo");
                int sent = 0;
                int window = peer.Limits.InitialWindowSize;
                for (int i = 0; i < 100; i++)
                {
                    int room = window + peer.Granted(1) - sent;
                    int count = room > 200 ? 200 : room;
                    if (count > 0 && sent < 3000)
                    {
                        peer.Data(1, sent, count, sent + count >= 3000);
                        sent += count;
                    }

                    peer.WindowUpdate(1, 300);
                }

                peer.ExpectBody(1, sent);
                peer.HoldsNothing();
            });
        }
    }
}
