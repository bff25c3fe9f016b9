using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 4.1, 4.2 and 5.5: frames as such, of known and unknown types, with all flags.</summary>
    [TestClass]
    public class FrameFormatTests
    {
        // RFC 9113 4.1 and 5.5: PRIORITY_UPDATE is known, ALTSVC (0x0a) and ORIGIN (0x0c) are not.
        [TestMethod]
        public void Frames_of_every_unknown_type_are_ignored()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int type = 0x0A; type < 256; type++)
            {
                if (type == FrameType.PriorityUpdate)
                {
                    continue;
                }

                peer.Reconnect().Greet();
                peer.Frame(type, 0xFF, 0).Frame(type, 0, 1, 1, 2, 3).Frame(type, 0xFF, int.MaxValue, new byte[300]).Frame(type, 0, 2);
                peer.Get(1, "/").ExpectResponse(1, 200, "hello").Frame(type, 0, 1, 9).ExpectAlive().Nothing();
            }
        }

        // RFC 9113 6.10: extension frames may not come between the frames of a field block.
        [TestMethod]
        public void Frames_of_every_other_type_within_a_field_block_are_a_PROTOCOL_ERROR()
        {
            byte[] block = FieldBlock.Get("/").ToArray();
            Http2Peer peer = Http2Peer.Open();
            for (int type = 0; type < 256; type++)
            {
                if (type != FrameType.Continuation)
                {
                    peer.Frame(FrameType.Headers, FrameFlags.EndStream, 1, block);
                    peer.Frame(type, 0, 1, 0, 0, 0, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
                }
            }
        }

        // RFC 9113 4.1: flags without a meaning are ignored, in all combinations.
        [TestMethod]
        public void Every_flag_value_of_HEADERS_makes_a_request_or_a_named_error()
        {
            byte[] block = FieldBlock.Request("POST", "/").ToArray();
            Http2Peer peer = Http2Peer.Open();
            for (int flags = 0; flags < 256; flags++)
            {
                int prefix = ((flags & FrameFlags.Padded) != 0 ? 1 : 0) + ((flags & FrameFlags.Priority) != 0 ? 5 : 0);
                int padding = (flags & FrameFlags.Padded) != 0 ? 3 : 0;
                byte[] payload = new byte[prefix + block.Length + padding];
                if (padding != 0)
                {
                    payload[0] = (byte)padding;
                }

                System.Array.Copy(block, 0, payload, prefix, block.Length);
                peer.Reconnect().Greet().Frame(FrameType.Headers, flags, 1, payload);
                if ((flags & FrameFlags.EndHeaders) == 0)
                {
                    peer.Nothing();
                    peer.Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1);
                }

                if ((flags & FrameFlags.EndStream) == 0)
                {
                    peer.Nothing();
                    peer.Data(1, string.Empty, true);
                }

                peer.ExpectResponse(1, 200, "hello").HoldsNothing();
            }
        }

        [TestMethod]
        public void Every_flag_value_of_DATA_is_a_body()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int flags = 0; flags < 256; flags++)
            {
                peer.Reconnect().Greet().Post(1, "/repeat");
                if ((flags & FrameFlags.Padded) != 0)
                {
                    peer.Frame(FrameType.Data, flags, 1, 2, (byte)'a', (byte)'b', 0, 0);
                }
                else
                {
                    peer.Frame(FrameType.Data, flags, 1, (byte)'a', (byte)'b');
                }

                if ((flags & FrameFlags.EndStream) == 0)
                {
                    peer.Nothing();
                    peer.Data(1, string.Empty, true);
                }

                peer.ExpectResponse(1, 200, "ab").HoldsNothing();
            }
        }

        [TestMethod]
        public void Every_flag_value_of_CONTINUATION_carries_on_or_ends_the_block()
        {
            byte[] block = FieldBlock.Get("/").ToArray();
            Http2Peer peer = Http2Peer.Open();
            for (int flags = 0; flags < 256; flags++)
            {
                peer.Reconnect().Greet().Frame(FrameType.Headers, FrameFlags.EndStream, 1).Frame(FrameType.Continuation, flags, 1, block);
                if ((flags & FrameFlags.EndHeaders) == 0)
                {
                    peer.Nothing();
                    peer.Frame(FrameType.Continuation, FrameFlags.EndHeaders, 1);
                }

                peer.ExpectResponse(1, 200, "hello");
            }
        }

        [TestMethod]
        public void Every_flag_value_of_the_other_types_is_as_good_as_none()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int flags = 0; flags < 256; flags++)
            {
                bool ack = (flags & FrameFlags.Ack) != 0;
                peer.Reconnect().Greet();
                peer.Frame(FrameType.Priority, flags, 1, 0, 0, 0, 0, 15).Nothing();
                peer.Frame(FrameType.PriorityUpdate, flags, 0, 0, 0, 0, 1, (byte)'i').Nothing();
                peer.Frame(FrameType.WindowUpdate, flags, 0, 0, 0, 0, 9).Nothing();
                peer.Frame(FrameType.Settings, flags, 0);
                if (!ack)
                {
                    Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Settings).Flags);
                }

                peer.Frame(FrameType.Ping, flags, 0, 1, 2, 3, 4, 5, 6, 7, 8);
                if (!ack)
                {
                    Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Ping).Flags);
                }

                peer.Nothing();
                peer.Post(1, "/").Frame(FrameType.RstStream, flags, 1, 0, 0, 0, 8).Nothing().HoldsNothing();
                peer.Frame(FrameType.GoAway, flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2).Nothing();
                peer.Get(3, "/").ExpectResponse(3, 200, "hello");
                peer.Frame(FrameType.PushPromise, flags, 3, 0, 0, 0, 4, 0).ExpectGoAway(ErrorCode.ProtocolError, 3);
            }
        }

        // RFC 9113 4.1: the reserved bit is ignored.
        [TestMethod]
        public void The_reserved_bit_of_a_stream_identifier_is_ignored()
        {
            Ways.Play(peer =>
            {
                peer.Headers(unchecked((int)0x80000001), FieldBlock.Get("/"), true).ExpectResponse(1, 200, "hello");
                peer.Frame(FrameType.Ping, 0, unchecked((int)0x80000000), 1, 2, 3, 4, 5, 6, 7, 8).Next(FrameType.Ping);
                peer.WindowUpdate(unchecked((int)0x80000000), unchecked((int)0x80000001)).ExpectAlive();
            });
        }

        // RFC 9113 4.2: 16,384 octets are always allowed.
        [TestMethod]
        public void The_largest_frames_are_accepted_by_the_smallest_buffers()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                peer.Routes.Sink.Taken = 0;
                Assert.IsTrue(peer.Granted(1) >= 16384, "granted");
                peer.Data(1, 16384, true).ExpectAlive();
                Assert.AreEqual(16384, peer.Routes.Sink.Taken);
                Assert.IsTrue(peer.Routes.Sink.Right);
                peer.HoldsNothing();
                peer.Long(16384, 0, 0x0B, 0, 0).Settings(FullSettings()).Next(FrameType.Settings);
            });
        }

        [TestMethod]
        public void Larger_frames_are_a_FRAME_SIZE_ERROR_of_the_connection()
        {
            // RFC 9113 4.2: whatever changes the state of the connection. For DATA see the test below.
            Http2Peer peer = Http2Peer.Open();
            for (int type = 1; type < 256; type++)
            {
                peer.Frame(16385, type, 0, type == FrameType.Headers ? 1 : 0, new byte[4]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
            }

            peer.Post(1, "/gather").Frame(0xFFFFFF, FrameType.Headers, 0, 1, new byte[10]).ExpectGoAway(ErrorCode.FrameSizeError, 1);
        }

        [TestMethod]
        public void Larger_DATA_is_a_FRAME_SIZE_ERROR_of_its_stream()
        {
            Ways.PlayAll(peer =>
            {
                peer.Post(1, "/sink").ExpectResponse(1, 200, "taken");
                peer.Get(3, "/defer").Long(16385, 0, FrameType.Data, 0, 1).ExpectReset(1, ErrorCode.FrameSizeError);
                Assert.IsFalse(peer.Routes.Sink.Complete);
                peer.Routes.Deferred.Write("still here");
                peer.Routes.Deferred.Complete();
                peer.ExpectAlive().ExpectResponse(3, 200, "still here").HoldsNothing();
            });
        }

        [TestMethod]
        public void DATA_of_impossible_length_is_a_FRAME_SIZE_ERROR_of_the_connection()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Post(1, "/gather").Frame(0xFFFFFF, FrameType.Data, 0, 1, new byte[10]).ExpectGoAway(ErrorCode.FrameSizeError, 1);
        }

        // RFC 9113 4.3: a block must end where its frames end.
        [TestMethod]
        public void A_field_block_that_cannot_be_decoded_is_a_COMPRESSION_ERROR()
        {
            Ways.Play(peer =>
            {
                peer.Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, 0x00, 0x05, (byte)'x').ExpectGoAway(ErrorCode.CompressionError, 0);
                peer.Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, 0x80).ExpectGoAway(ErrorCode.CompressionError, 0);
                peer.Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, 0xFF, 0x80, 0x01).ExpectGoAway(ErrorCode.CompressionError, 0);

                // RFC 7541 6.3: a table larger than 4,096 was never announced.
                peer.Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, 0x3F, 0xE2, 0x1F).ExpectGoAway(ErrorCode.CompressionError, 0);

                // RFC 9113 4.3: blocks that nobody wants are decoded too.
                peer.Get(1, "/defer").Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, 0x80).ExpectGoAway(ErrorCode.CompressionError, 1);
                peer.Post(1, "/gather").Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 1, 0x80).ExpectGoAway(ErrorCode.CompressionError, 1);
            });
        }

        private static int[] FullSettings()
        {
            int[] settings = new int[16384 / 6 / 20 * 2];
            for (int i = 0; i < settings.Length; i += 2)
            {
                settings[i] = 0x7777;
            }

            return settings;
        }
    }
}
