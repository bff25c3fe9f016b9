using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 6.3 to 6.8: PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING and GOAWAY.</summary>
    [TestClass]
    public class ControlFrameTests
    {
        // RFC 9113 6.3
        [TestMethod]
        public void PRIORITY_on_stream_0_is_a_PROTOCOL_ERROR()
        {
            Ways.Play(peer => peer.Priority(0, 1, 16).ExpectGoAway(ErrorCode.ProtocolError, 0));
        }

        [TestMethod]
        public void PRIORITY_of_another_length_than_5_is_a_FRAME_SIZE_ERROR_of_the_stream()
        {
            Ways.Play(peer =>
            {
                int stream = 1;
                for (int length = 0; length < 9; length++, stream += 2)
                {
                    if (length != 5)
                    {
                        peer.Post(stream, "/gather").Frame(FrameType.Priority, 0, stream, new byte[length]);
                        peer.ExpectReset(stream, ErrorCode.FrameSizeError).HoldsNothing();
                    }
                }

                peer.ExpectAlive();
            });
        }

        // RFC 9113 6.3: in any state of the stream.
        [TestMethod]
        public void PRIORITY_may_come_for_idle_open_and_closed_streams()
        {
            Ways.Play(peer =>
            {
                peer.Priority(1, 0, 256).Priority(9, 7, 1).Post(1, "/gather").Priority(1, 3, 1).Data(1, "ab", true).ExpectResponse(1, 200, "2");
                peer.Priority(1, 0, 16).Priority(2, 1, 1).Priority(int.MaxValue, 1, 1).ExpectAlive();

                // RFC 9113 5.1.1: prioritising an idle stream does not open it.
                peer.Get(3, "/").ExpectResponse(3, 200, "hello");
            });
        }

        // RFC 7540 5.3.1
        [TestMethod]
        public void A_stream_that_depends_on_itself_is_a_PROTOCOL_ERROR_of_the_stream()
        {
            Ways.Play(peer =>
            {
                peer.Post(1, "/gather").Priority(1, 1, 16).ExpectReset(1, ErrorCode.ProtocolError);
                peer.Headers(3, FieldBlock.Get("/"), true).ExpectResponse(3, 200, "hello");
                byte[] block = FieldBlock.Get("/").ToArray();
                byte[] payload = new byte[5 + block.Length];
                payload[3] = 5;
                System.Array.Copy(block, 0, payload, 5, block.Length);
                peer.Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream | FrameFlags.Priority, 5, payload);
                peer.ExpectReset(5, ErrorCode.ProtocolError).HoldsNothing().ExpectAlive();
            });
        }

        // RFC 9113 6.4
        [TestMethod]
        public void RST_STREAM_on_stream_0_or_an_idle_stream_is_a_PROTOCOL_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.Reset(0, ErrorCode.Cancel).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Reset(1, ErrorCode.Cancel).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Reset(2, ErrorCode.Cancel).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Get(3, "/").ExpectResponse(3, 200, "hello").Reset(5, ErrorCode.Cancel).ExpectGoAway(ErrorCode.ProtocolError, 3);
            });
        }

        [TestMethod]
        public void RST_STREAM_of_another_length_than_4_is_a_FRAME_SIZE_ERROR()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int length = 0; length < 9; length++)
            {
                if (length != 4)
                {
                    peer.Post(1, "/gather").Frame(FrameType.RstStream, 0, 1, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 1);
                }
            }
        }

        // RFC 9113 6.4 and 7: unknown codes are as good as known ones; RST_STREAM is not answered.
        [TestMethod]
        public void RST_STREAM_with_any_code_ends_the_stream_and_gives_everything_back()
        {
            Ways.PlayAll(peer =>
            {
                int[] codes = { 0, 1, 8, 13, 14, 255, int.MaxValue, -1 };
                int stream = 1;
                for (int i = 0; i < codes.Length; i++, stream += 2)
                {
                    peer.Get(stream, "/defer").Reset(stream, codes[i]).Nothing().HoldsNothing();
                    peer.Routes.Deferred.Complete();
                }

                peer.Get(stream, "/").ExpectResponse(stream, 200, "hello");
            });
        }

        [TestMethod]
        public void RST_STREAM_reaches_a_stream_in_every_state()
        {
            Ways.PlayAll(peer =>
            {
                // While its body is gathered, streamed, sent, waited for; and when it is closed.
                peer.Post(1, "/gather").Data(1, "abc", false).Reset(1, 8).HoldsNothing();
                peer.Post(3, "/sinkdefer").Data(3, 10, false).Reset(3, 8).HoldsNothing();
                Assert.IsFalse(peer.Routes.Sink.Complete);
                peer.Routes.Deferred.Complete();
                peer.Get(5, "/bytes/100000").Reset(5, 8).HoldsNothing();
                Assert.IsFalse(peer.Routes.Source.Complete);
                peer.Routes.Source.StallAt = 10;
                peer.Get(7, "/unknown/50").Reset(7, 8).HoldsNothing();
                peer.Reset(7, 8);
                peer.Get(9, "/").Reset(9, 8).HoldsNothing();
                peer.ExpectAlive();
            });
        }

        // RFC 9113 6.5
        [TestMethod]
        public void SETTINGS_on_a_stream_is_a_PROTOCOL_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.Frame(FrameType.Settings, 0, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Frame(FrameType.Settings, FrameFlags.Ack, 2).ExpectGoAway(ErrorCode.ProtocolError, 0);
            });
        }

        [TestMethod]
        public void SETTINGS_of_a_wrong_length_is_a_FRAME_SIZE_ERROR()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int length = 1; length < 20; length++)
            {
                if (length % 6 != 0)
                {
                    peer.Frame(FrameType.Settings, 0, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                }

                peer.Frame(FrameType.Settings, FrameFlags.Ack, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
            }
        }

        // RFC 9113 6.5.2, RFC 8441 3, RFC 9218 2.1
        [TestMethod]
        public void Every_setting_takes_its_extremes_or_names_the_error()
        {
            int[] values = { 0, 1, 2, 3, 100, 4095, 4096, 4097, 16383, 16384, 16385, 65535, 65536, 0xFFFFFF, 0x1000000, int.MaxValue, int.MinValue, -1 };
            Http2Peer peer = Http2Peer.Open();
            for (int identifier = 0; identifier < 24; identifier++)
            {
                for (int i = 0; i < values.Length; i++)
                {
                    CheckSetting(peer, identifier, values[i]);
                }
            }

            for (int shift = 5; shift < 16; shift++)
            {
                CheckSetting(peer, 1 << shift, -1);
            }
        }

        private static void CheckSetting(Http2Peer peer, int identifier, int value)
        {
            int error = ErrorCode.NoError;
            switch (identifier)
            {
                case Setting.EnablePush:
                case Setting.EnableConnectProtocol:
                case Setting.NoRfc7540Priorities:
                    error = value == 0 || value == 1 ? error : ErrorCode.ProtocolError;
                    break;
                case Setting.InitialWindowSize:
                    error = value >= 0 ? error : ErrorCode.FlowControlError;
                    break;
                case Setting.MaxFrameSize:
                    error = value >= 16384 && value <= 0xFFFFFF ? error : ErrorCode.ProtocolError;
                    break;
            }

            peer.Reconnect().Greet().Settings(identifier, value);
            if (error != ErrorCode.NoError)
            {
                peer.ExpectGoAway(error, 0);
                return;
            }

            Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Settings).Flags);
            peer.Get(1, "/");
            if (identifier == Setting.InitialWindowSize && value < 5)
            {
                peer.WindowUpdate(1, 5);
            }

            peer.ExpectResponse(1, 200, "hello").HoldsNothing();
        }

        // RFC 9113 6.5.3
        [TestMethod]
        public void Each_SETTINGS_is_acknowledged_once_and_in_order()
        {
            Ways.PlayAll(peer =>
            {
                peer.Hold().Settings().Settings(1, 0, 3, 5, 0x7777, 1).Settings().Ping().Release();
                for (int i = 0; i < 3; i++)
                {
                    PeerFrame frame = peer.Next(FrameType.Settings);
                    Assert.AreEqual(FrameFlags.Ack, frame.Flags);
                    Assert.AreEqual(0, frame.Payload.Length);
                }

                peer.Next(FrameType.Ping);
                peer.Nothing();
            });
        }

        [TestMethod]
        public void An_acknowledgement_that_nobody_asked_for_is_ignored()
        {
            Ways.Play(peer => peer.Frame(FrameType.Settings, FrameFlags.Ack, 0).ExpectAlive().Nothing());
        }

        [TestMethod]
        public void SETTINGS_that_are_not_acknowledged_are_a_SETTINGS_TIMEOUT()
        {
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
            peer.Begin().Settings().Next(FrameType.Settings);
            peer.Next(FrameType.Settings);
            peer.Elapse(peer.Limits.SettingsTimeout - 1000);
            peer.Nothing();
            peer.Get(1, "/").ExpectResponse(1, 200, "hello");
            peer.Elapse(1500);
            peer.ExpectGoAway(ErrorCode.SettingsTimeout, 1);
        }

        // RFC 9113 6.5.2, RFC 8441 3, RFC 9218 2.1
        [TestMethod]
        public void The_servers_SETTINGS_say_what_its_limits_are()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 1;
            limits.MaximumPushes = 0;
            limits.InitialWindowSize = 777;
            limits.DecoderTableSize = 2048;
            limits.MaximumFieldSectionSize = 3000;
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), limits);
            PeerFrame frame = peer.Begin().Next(FrameType.Settings);
            Assert.AreEqual(2048, Value(frame, Setting.HeaderTableSize));
            Assert.AreEqual(limits.MaximumStreams, Value(frame, Setting.MaxConcurrentStreams));
            Assert.AreEqual(777, Value(frame, Setting.InitialWindowSize));
            Assert.AreEqual(3000, Value(frame, Setting.MaxHeaderListSize));
            Assert.AreEqual(0, Value(frame, Setting.EnableConnectProtocol));
            Assert.AreEqual(1, Value(frame, Setting.NoRfc7540Priorities));

            // RFC 9113 6.5.2: a server sends no ENABLE_PUSH but 0, and here none at all.
            Assert.AreEqual(-1, Value(frame, Setting.EnablePush));
        }

        // RFC 9113 6.6 and 8.4
        [TestMethod]
        public void PUSH_PROMISE_from_a_client_is_a_PROTOCOL_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.Frame(FrameType.PushPromise, FrameFlags.EndHeaders, 1, 0, 0, 0, 2, 0x82).ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Post(1, "/gather").Frame(FrameType.PushPromise, FrameFlags.EndHeaders, 1, 0, 0, 0, 2, 0x82).ExpectGoAway(ErrorCode.ProtocolError, 1);
                peer.Frame(FrameType.PushPromise, 0, 0).ExpectGoAway(ErrorCode.ProtocolError, 0);
            });
        }

        // RFC 9113 6.7
        [TestMethod]
        public void PING_is_answered_with_the_same_octets()
        {
            Ways.PlayAll(peer =>
            {
                peer.Frame(FrameType.Ping, 0, 0, 0xFF, 0, 0x80, 1, 2, 3, 4, 0x7F);
                PeerFrame frame = peer.Next(FrameType.Ping);
                Assert.AreEqual(FrameFlags.Ack, frame.Flags);
                Assert.AreEqual(0, frame.Stream);
                Assert.AreEqual(unchecked((int)0xFF008001), frame.Int32(0));
                Assert.AreEqual(0x0203047F, frame.Int32(4));
                peer.Frame(FrameType.Ping, FrameFlags.Ack, 0, 1, 2, 3, 4, 5, 6, 7, 8).Nothing();
            });
        }

        // RFC 9113 6.7: before all other frames, so a body under way does not hold it up.
        [TestMethod]
        public void PING_does_not_wait_for_a_body()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.WindowUpdate(0, 1000000).Settings(Setting.InitialWindowSize, 1000000).Next();
            peer.ReadLimit = 3000;
            peer.Get(1, "/bytes/1000000").Ping();
            peer.ReadLimit = 4000;
            peer.Pump();
            bool found = false;
            for (PeerFrame frame = peer.Next(); frame != null; frame = peer.Next())
            {
                found |= frame.Type == FrameType.Ping;
            }

            Assert.IsTrue(found, "PING within the next buffer");
        }

        [TestMethod]
        public void PING_on_a_stream_or_of_another_length_is_an_error()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Frame(FrameType.Ping, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8).ExpectGoAway(ErrorCode.ProtocolError, 0);
            for (int length = 0; length < 17; length++)
            {
                if (length != 8)
                {
                    peer.Frame(FrameType.Ping, 0, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                    peer.Frame(FrameType.Ping, FrameFlags.Ack, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                }
            }
        }

        // RFC 9113 6.8
        [TestMethod]
        public void GOAWAY_on_a_stream_is_a_PROTOCOL_ERROR_and_a_short_one_a_FRAME_SIZE_ERROR()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Frame(FrameType.GoAway, 0, 1, new byte[8]).ExpectGoAway(ErrorCode.ProtocolError, 0);
            for (int length = 0; length < 8; length++)
            {
                peer.Frame(FrameType.GoAway, 0, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
            }
        }

        // RFC 9113 6.8: what is open is finished, with debug data or without, whatever the code.
        [TestMethod]
        public void After_a_clients_GOAWAY_its_requests_are_still_answered()
        {
            Ways.PlayAll(peer =>
            {
                peer.Get(1, "/defer").Frame(FrameType.GoAway, 0, 0, new byte[200]).GoAway(0, -1);
                peer.Routes.Deferred.Write("late");
                peer.Routes.Deferred.Complete();
                peer.ExpectAlive().ExpectResponse(1, 200, "late");
            });
        }

        private static int Value(PeerFrame settings, int identifier)
        {
            int value = -1;
            for (int i = 0; i < settings.Payload.Length; i += 6)
            {
                if ((settings.Payload[i] << 8 | settings.Payload[i + 1]) == identifier)
                {
                    value = settings.Int32(i + 2);
                }
            }

            return value;
        }
    }
}
