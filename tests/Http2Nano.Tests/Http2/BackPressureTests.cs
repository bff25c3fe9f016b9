using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 5.1.2 and 8.7: more requests than there is storage for.</summary>
    [TestClass]
    public class BackPressureTests
    {
        // A request waits rather than being refused where nothing but room in the transmit buffer is missing.
        [TestMethod]
        public void Sixteen_requests_at_once_share_one_exchange()
        {
            HttpLimits limits = Ways.Small();
            limits.MaximumStreams = 16;
            limits.MaximumPushes = 0;
            limits.Exchanges = 1;
            limits.ExchangeSize = 832;
            Http2Peer peer = Http2Peer.Open(limits);
            for (int piece = 0; piece < 2; piece++)
            {
                peer.Piece = piece == 0 ? int.MaxValue : 1;
                string[] kinds = { "/", "/text/700", "/bytes/700", "/array/700", "/unknown/700" };
                for (int kind = 0; kind < kinds.Length; kind++)
                {
                    peer.Reconnect().Greet().Hold();
                    for (int stream = 1; stream < 33; stream += 2)
                    {
                        peer.Get(stream, kinds[kind]);
                    }

                    peer.Release();
                    for (int stream = 1; stream < 33; stream += 2)
                    {
                        Assert.AreEqual(kind == 0 ? 5 : 700, peer.ExpectResponse(stream, 200).Length);
                    }

                    peer.Nothing().HoldsNothing();
                    Assert.AreEqual(0, peer.Counters.Refused);
                }
            }
        }

        // RFC 9113 8.7: what cannot be stored is not begun.
        [TestMethod]
        public void A_request_is_refused_when_what_would_make_room_for_it_lies_behind_it()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 2;
            Http2Peer peer = Http2Peer.Open(limits);

            // The application may make room before the rest of the upload does, but not for ever.
            peer.Get(1, "/defer").Post(3, "/gather").Get(5, "/").Nothing().Elapse(1000);
            peer.ExpectReset(5, ErrorCode.RefusedStream);
            peer.Data(3, 10, true).ExpectResponse(3, 200, "10").Get(7, "/").ExpectResponse(7, 200, "hello");
            peer.Routes.Deferred.Complete();
            peer.Pump();
            peer.ExpectResponse(1, 200, string.Empty);
            peer.HoldsNothing();
        }

        [TestMethod]
        public void A_short_body_whose_window_is_closed_does_not_keep_others_waiting()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 1;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Settings(Setting.InitialWindowSize, 0).Next(FrameType.Settings);
            peer.Get(1, "/text/50").ExpectPart(1, 0);
            peer.Get(3, "/").ExpectReset(3, ErrorCode.RefusedStream);
            peer.WindowUpdate(1, 50).ExpectBody(1, 50);
            peer.Get(5, "/nothing").ExpectResponse(5, 200, string.Empty).HoldsNothing();
        }

        // RFC 9113 5.2: large downloads, an upload and small requests progress together.
        [TestMethod]
        public void Small_responses_finish_while_large_ones_run()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 12;
            limits.MaximumPushes = 0;
            limits.ExchangeSize = 512;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Settings(Setting.InitialWindowSize, 10000000).WindowUpdate(0, 100000000).Next(FrameType.Settings);
            peer.ReadLimit = 0;
            for (int stream = 1; stream < 21; stream += 2)
            {
                peer.Get(stream, "/bytes/1000000");
            }

            peer.Post(21, "/sink").Data(21, 900, false);
            int finished = 0;
            for (int i = 0; i < 60; i++)
            {
                int stream = 23 + (i * 2);
                peer.Get(stream, "/");
                peer.ReadLimit = 3000;
                peer.Pump();
                finished += peer.Response(stream).Ended ? 1 : 0;
            }

            Assert.IsTrue(finished > 55, finished.ToString());
            Assert.AreEqual(900, peer.Routes.Sink.Taken);
            for (int stream = 1; stream < 21; stream += 2)
            {
                Assert.IsTrue(peer.Response(stream).Length > 8000, "progress of " + stream.ToString());
            }
        }

        // RFC 9113 5.2.1: one stream that is stalled stalls no other.
        [TestMethod]
        public void A_stalled_response_stalls_nobody()
        {
            Ways.PlayAll(peer =>
            {
                peer.Settings(Setting.InitialWindowSize, 0).Next(FrameType.Settings);
                peer.Get(1, "/bytes/100").Get(3, "/unknown/100").Get(5, "/array/100");
                for (int stream = 7; stream < 47; stream += 2)
                {
                    peer.Get(stream, "/bytes/20").WindowUpdate(stream, 20).ExpectBody(stream, 20);
                }

                peer.WindowUpdate(1, 100).WindowUpdate(3, 101).WindowUpdate(5, 100);
                peer.ExpectBody(1, 100);
                peer.ExpectBody(3, 100);
                peer.ExpectBody(5, 100);
                peer.HoldsNothing();
            });
        }

        // RFC 7541 4.2: tables of all sizes on both sides.
        [TestMethod]
        public void Table_sizes_are_agreed_on()
        {
            int[] sizes = { 0, 1, 32, 100, 512, 4095, 4096 };
            for (int i = 0; i < sizes.Length; i++)
            {
                CheckTables(sizes[i], sizes);
            }
        }

        private static void CheckTables(int server, int[] client)
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 1;
            limits.MaximumPushes = 0;
            limits.Exchanges = 1;
            limits.ExchangeSize = 512;
            limits.DecoderTableSize = server;
            limits.EncoderTableSize = server;
            Http2Peer peer = Http2Peer.Open(limits);
            for (int i = 0; i < client.Length; i++)
            {
                peer.Settings(Setting.HeaderTableSize, 0, Setting.HeaderTableSize, client[i]).Next(FrameType.Settings);

                // RFC 7541 4.2: the client has to signal a smaller table before its next field.
                int stream = (i * 4) + 1;
                FieldBlock block = new FieldBlock();
                if (i == 0 && server < 4096)
                {
                    block.Raw(Update(server));
                }

                peer.Headers(stream, block.Raw(0x82, 0x86, 0x84).Add(":authority", "device"), true).ExpectResponse(stream, 200, "hello");
                peer.Get(stream + 2, "/").ExpectResponse(stream + 2, 200, "hello");
            }
        }

        // RFC 7541 4.2
        [TestMethod]
        public void A_client_that_keeps_a_larger_table_than_it_acknowledged_is_a_COMPRESSION_ERROR()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.DecoderTableSize = 100;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Headers(1, new FieldBlock().Raw(0x40, 1, (byte)'x', 1, (byte)'y'), true).Next(FrameType.GoAway);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void Octets_saved_by_compression_are_counted()
        {
            Http2Peer peer = Http2Peer.Open();
            int before = peer.Counters.FieldBytesSaved;
            peer.Headers(1, new FieldBlock().Raw(0x82, 0x86, 0x84).Add(":authority", "device"), true).ExpectResponse(1, 200, "hello");
            Assert.IsTrue(peer.Counters.FieldBytesSaved > before);
        }

        private static byte[] Update(int size)
        {
            if (size < 31)
            {
                return new byte[] { (byte)(0x20 | size) };
            }

            size -= 31;
            return size < 128 ? new byte[] { 0x3F, (byte)size } : new byte[] { 0x3F, (byte)(size | 0x80), (byte)(size >> 7) };
        }
    }
}
