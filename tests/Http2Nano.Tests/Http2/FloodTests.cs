using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 10.5: what costs a client little and the server much is stopped, and honest clients are not.</summary>
    [TestClass]
    public class FloodTests
    {
        // Sends one unit of a flood.
        private delegate void Unit(Http2Peer peer, int number);

        // CVE-2019-9512
        [TestMethod]
        public void A_flood_of_PING_is_stopped()
        {
            Stopped((peer, number) => peer.Ping(), false);
        }

        // CVE-2019-9515
        [TestMethod]
        public void A_flood_of_SETTINGS_is_stopped()
        {
            Stopped((peer, number) => peer.Settings(), false);
            Stopped((peer, number) => peer.Settings(1, number & 0xFFF, 0x4444, 1, 0x4445, 2), false);
            Stopped((peer, number) => peer.Frame(FrameType.Settings, FrameFlags.Ack, 0), false);
        }

        // CVE-2019-9518
        [TestMethod]
        public void A_flood_of_frames_without_content_is_stopped()
        {
            Stopped((peer, number) => peer.Data(1, string.Empty, false), true);
            Stopped((peer, number) => peer.Frame(FrameType.Data, FrameFlags.Padded, 1, 0), true);
            Stopped((peer, number) => peer.Frame(FrameType.Data, FrameFlags.Padded, 1, 1, 0), true);
            Stopped((peer, number) => peer.Frame(0x42, 0, 0), false);
            Stopped((peer, number) => peer.Frame(number == 0 ? FrameType.Headers : FrameType.Continuation, 0, 3), false);
        }

        // VU#421644
        [TestMethod]
        public void A_flood_of_CONTINUATION_is_stopped()
        {
            byte[] field = new FieldBlock().Add("x-flood", "a value that is as long as it pleases to be").ToArray();
            Stopped((peer, number) => peer.Frame(number == 0 ? FrameType.Headers : FrameType.Continuation, 0, 3, field), false);
        }

        // CVE-2016-6581, CVE-2026-47774, CVE-2026-49975: each block is answered 431, and costs more than it may.
        [TestMethod]
        public void A_flood_of_blocks_that_are_too_large_is_stopped()
        {
            Stopped((peer, number) => peer.Long(4000, 0x82, FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, (number * 2) + 1), false);

            // A literal of 2^28 octets, which are skipped as they come.
            byte[] endless = { 0x00, 0x01, (byte)'x', 0x7F, 0x80, 0xFF, 0xFF, 0x7F };
            Stopped((peer, number) => peer.Long(number == 0 ? endless.Length : 4000, 0x82, number == 0 ? FrameType.Headers : FrameType.Continuation, 0, 1, number == 0 ? endless : new byte[0]), false);
        }

        // CVE-2019-9518
        [TestMethod]
        public void A_body_that_comes_octet_by_octet_is_stopped_and_a_slow_one_is_not()
        {
            Stopped((peer, number) => peer.Data(1, "x", false), true);
            Http2Peer slow = Http2Peer.Open();
            slow.Post(1, "/sink");
            for (int i = 0; i < 1000; i++)
            {
                slow.Data(1, "x", false);
                slow.Elapse(20);
            }

            slow.Data(1, "x", true).ExpectResponse(1, 200);
        }

        // CVE-2019-9513
        [TestMethod]
        public void A_flood_of_priority_signals_is_stopped()
        {
            Stopped((peer, number) => peer.Priority((number * 2) + 1, 0, 1), false);
            Stopped((peer, number) => peer.PriorityUpdate(1, "u=1"), true);
        }

        // CVE-2019-9514, CVE-2023-44487
        [TestMethod]
        public void A_flood_of_RST_STREAM_is_stopped()
        {
            Stopped((peer, number) => peer.Get((number * 2) + 1, "/").Reset((number * 2) + 1, ErrorCode.Cancel), false);
            Stopped((peer, number) => peer.Post((number * 2) + 1, "/gather").Reset((number * 2) + 1, ErrorCode.Cancel), false);
        }

        // CVE-2025-8671
        [TestMethod]
        public void A_flood_of_resets_that_the_client_provokes_is_stopped()
        {
            Stopped((peer, number) => peer.Post((number * 2) + 1, "/gather").WindowUpdate((number * 2) + 1, 0), false);
            Stopped((peer, number) => peer.Get((number * 2) + 1, "/").Data((number * 2) + 1, "x", false), false);
            Stopped((peer, number) => peer.Headers((number * 2) + 1, new FieldBlock().Add("X", "y"), true), false);
            Stopped((peer, number) => peer.Post((number * 2) + 1, "/gather").Priority((number * 2) + 1, (number * 2) + 1, 1), false);
        }

        // CVE-2019-9516
        [TestMethod]
        public void A_flood_of_empty_names_is_stopped()
        {
            Stopped((peer, number) => peer.Headers((number * 2) + 1, FieldBlock.Get("/").Add(string.Empty, string.Empty), true), false);
        }

        // CVE-2019-9511: an update that lets something through is work asked for; one that moves nothing is not.
        [TestMethod]
        public void A_flood_of_WINDOW_UPDATE_that_moves_nothing_is_stopped()
        {
            Stopped((peer, number) => peer.WindowUpdate(0, 1), false);
            Stopped((peer, number) => peer.WindowUpdate(1, 1), true);
            Stopped(
                (peer, number) =>
                {
                    if (number == 0)
                    {
                        peer.Settings(Setting.InitialWindowSize, 0).Get(1, "/bytes/60000");
                    }

                    peer.WindowUpdate(0, 1);
                },
                false);
        }

        // What is dropped because the server has ended its stream is bounded too.
        [TestMethod]
        public void A_flood_of_frames_on_a_stream_that_the_server_has_reset_is_stopped()
        {
            Stopped((peer, number) => AfterReset(peer, number).Data(1, string.Empty, true), false);
            Stopped((peer, number) => AfterReset(peer, number).Headers(1, new FieldBlock().Add("x-late", "trailer"), true), false);
            Stopped((peer, number) => AfterReset(peer, number).Reset(1, ErrorCode.Cancel), false);
        }

        // CVE-2019-9517: the windows are open, and nothing is read.
        [TestMethod]
        public void A_client_that_takes_nothing_is_dropped()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.ReadLimit = 0;
            peer.Get(1, "/bytes/60000").Get(3, "/bytes/60000");
            peer.Elapse(peer.Limits.WriteTimeout - 1000);
            Assert.IsFalse(peer.Session.Finished);
            peer.Elapse(1500);
            Assert.IsTrue(peer.Closed);
            peer.HoldsNothing();
        }

        // The same with the last words of a connection.
        [TestMethod]
        public void A_client_that_does_not_take_GOAWAY_is_dropped()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.ReadLimit = 0;
            peer.Data(3, 10, false);
            Assert.IsTrue(peer.Session.Finished);
            peer.Elapse(peer.Limits.WriteTimeout - 1000);
            Assert.IsFalse(peer.Closed);
            peer.ReadLimit = 5;
            peer.Pump();
            peer.Elapse(peer.Limits.WriteTimeout - 1000);
            Assert.IsFalse(peer.Closed);
            peer.Elapse(1000);
            Assert.IsTrue(peer.Closed);
        }

        // CVE-2016-1546: the connection is read, and a window stays closed.
        [TestMethod]
        public void A_stream_that_is_never_let_through_is_reset()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Settings(Setting.InitialWindowSize, 100).Next(FrameType.Settings);
            peer.Get(1, "/bytes/600").Get(3, "/text/600");
            peer.Elapse(peer.Limits.WriteTimeout + 1000);
            peer.ExpectPart(1, 100);
            peer.ExpectPart(3, 100);
            peer.ExpectReset(1, ErrorCode.InternalError).ExpectReset(3, ErrorCode.InternalError).HoldsNothing().ExpectAlive();
        }

        // RFC 7541 2.3 and CVE-2016-6581: one octet stands for a large field.
        [TestMethod]
        public void References_to_a_large_field_do_not_add_up()
        {
            Ways.Play(peer =>
            {
                byte[] large = new byte[FieldBlock.TableSize - 100];
                for (int i = 0; i < large.Length; i++)
                {
                    large[i] = (byte)'v';
                }

                byte[] literal = new FieldBlock().Add(new byte[] { (byte)'x' }, large).ToArray();
                literal[0] = 0x40;
                peer.Headers(1, FieldBlock.WithTable("/").Raw(literal), true).ExpectResponse(1, 200, "hello");
                byte[] start = FieldBlock.WithTable("/").ToArray();
                peer.Long(start.Length + 5000, 0xBE, FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, 3, start);
                peer.ExpectResponse(3, 431, string.Empty).HoldsNothing();
            });
        }

        [TestMethod]
        public void An_honest_client_never_meets_the_budget()
        {
            Http2Peer peer = Http2Peer.Open();

            // What a browser sends at the beginning.
            for (int stream = 3; stream < 13; stream += 2)
            {
                peer.Priority(stream, 0, 201);
            }

            int next = 13;
            for (int i = 0; i < 1000; i++, next += 2)
            {
                peer.Get(next, "/bytes/3000").ExpectBody(next, 3000);

                // Both windows after each body, and a reset of something that was not needed after all, now and then.
                peer.WindowUpdate(0, 3000);
                peer.Elapse(20);
                if (i % 20 == 0)
                {
                    next += 2;
                    peer.Get(next, "/bytes/50000").Reset(next, ErrorCode.Cancel).Response(next);
                    peer.WindowUpdate(0, 50000).ExpectAlive();
                }
            }

            Assert.IsFalse(peer.Closed);
        }

        // The budget comes back with time.
        [TestMethod]
        public void A_steady_PING_is_no_flood()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int i = 0; i < 1000; i++)
            {
                peer.ExpectAlive();
                peer.Elapse(20);
            }
        }

        private static Http2Peer AfterReset(Http2Peer peer, int number)
        {
            return number == 0 ? peer.Headers(1, new FieldBlock().Raw(0x20).Add(":method", "GET"), false) : peer;
        }

        private static void Stopped(Unit unit, bool open)
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Hold();
            if (open)
            {
                peer.Post(1, "/gather");
            }

            PeerFrame last = null;
            for (int i = 0; i < peer.Limits.GlitchBudget + 10; i++)
            {
                unit(peer, i);

                // What is held is in the heap of the device, and that is smaller than a flood.
                if (i % 64 == 63 || peer.Unsent > peer.Limits.ReceiveBufferSize)
                {
                    last = Last(peer.Release(), last);
                    if (peer.Closed)
                    {
                        break;
                    }

                    peer.Hold();
                }
            }

            last = Last(peer.Release(), last);
            Assert.IsTrue(peer.Closed, "closed");
            Assert.AreEqual(FrameType.GoAway, last.Type, last.ToString());
            Assert.AreEqual(ErrorCode.EnhanceYourCalm, last.Int32(4), "code of GOAWAY");
            peer.HoldsNothing();
            peer.Reconnect().Greet().Get(1, "/").ExpectResponse(1, 200, "hello");
        }

        // The last frame that has come; the others are forgotten.
        private static PeerFrame Last(Http2Peer peer, PeerFrame last)
        {
            for (PeerFrame frame = peer.Next(); frame != null; frame = peer.Next())
            {
                last = frame;
            }

            return last;
        }
    }
}
