using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// What honest clients send beside their requests is no flood, however fast they are: no time goes by here, so nothing comes back
    /// to the budget meanwhile. Thousands of requests each, which an interpreter would take long for.
    /// </summary>
    [TestClass]
    public class CourtesyTests
    {
        private const int Requests = 2000;

        // A letter for each frame that a client sends with a request and behind the complete answer: w and W are WINDOW_UPDATE of the
        // stream and of the connection, R and r are RST_STREAM with CANCEL and NO_ERROR, P is PING, p is PRIORITY, u is
        // PRIORITY_UPDATE. Then the glitches that 2,000 requests may cost. Counted in front of the host board over TLS, but for the last
        // three, which are what documentation says of them.
        private static readonly string[] s_clients =
        {
            "curl 7.88, h2load 1.52, Java 17 HttpClient", "/bytes/1000", string.Empty, string.Empty, "0",
            "nghttp 1.52, long answers", "/bytes/3000", string.Empty, "wwW", "0",
            "Node 20 http2, long answers", "/bytes/3000", string.Empty, "wwWWW", "0",
            "got 14 on Node 20", "/bytes/1000", string.Empty, "r", "0",
            ".NET 10 HttpClient, which measures the round trip", "/bytes/1000", string.Empty, "WP", "0",
            ".NET 10 HttpClient, long answers", "/bytes/3000", string.Empty, "wwwWP", "0",
            "Go 1.19 net/http, long answers", "/bytes/3000", string.Empty, "wwwwwwwww", "0",
            "Firefox 153", "/bytes/1000", "w", string.Empty, "1",
            "Chromium 156, revalidating", "/status/304", string.Empty, "R", "0",
            "Chromium, with a priority that changes", "/bytes/1000", string.Empty, "uR", "0",
            "gRPC, which probes the bandwidth with each answer", "/bytes/1000", string.Empty, "PwW", "0",
            "a client of RFC 7540 with a tree of priorities", "/bytes/1000", "p", "wWR", "1",
        };

        [TestMethod]
        public void No_client_is_thrown_out_for_its_courtesy_in_two_thousand_requests()
        {
            for (int row = 0; row < s_clients.Length; row += 5)
            {
                Http2Peer peer = Http2Peer.Open();
                peer.WindowUpdate(0, int.MaxValue - 65535);
                int before = peer.Counters.Glitches;
                int stream = 1;
                for (int i = 0; i < Requests; i++, stream += 2)
                {
                    Courtesy(peer.Get(stream, s_clients[row + 1]), stream, s_clients[row + 2]);
                    Assert.IsTrue(peer.Response(stream).Ended, s_clients[row]);
                    Courtesy(peer, stream, s_clients[row + 3]);
                }

                peer.ExpectAlive();
                int cost = peer.Counters.Glitches - before;
                Assert.IsTrue(cost <= int.Parse(s_clients[row + 4]), s_clients[row] + ": " + cost.ToString() + " glitches");
            }
        }

        // h2load -w4 -W10, nghttp -w7 and -w1: each update lets something through.
        [TestMethod]
        public void A_window_of_any_size_lets_a_body_through()
        {
            int[] windows = { 1, 15, 127 };
            for (int i = 0; i < windows.Length; i++)
            {
                Http2Peer peer = Http2Peer.Open();
                int window = windows[i];
                peer.Settings(Setting.InitialWindowSize, window).Next(FrameType.Settings);
                for (int stream = 1; stream < 20; stream += 2)
                {
                    peer.Get(stream, "/bytes/2000");
                    for (int granted = window; granted < 2000; granted += window)
                    {
                        peer.WindowUpdate(stream, window).WindowUpdate(0, window);
                    }

                    peer.ExpectBody(stream, 2000);
                }

                peer.HoldsNothing().ExpectAlive();
            }
        }

        // Ten downloads are reset with all that was under way for them: the client answers each frame with updates of both windows, and
        // those behind its reset with another reset, as python-h2 does.
        [TestMethod]
        public void A_page_that_is_left_does_not_end_its_connection()
        {
            Http2Peer peer = Http2Peer.Open(Pages());
            for (int run = 0; run < 1000; run++)
            {
                for (int stream = 1; stream < 20; stream += 2)
                {
                    peer.Get(stream, "/bytes/25000").WindowUpdate(0, 25000);
                }

                peer.Hold();
                for (int stream = 1; stream < 20; stream += 2)
                {
                    int frames = peer.Response(stream).Length / 1000;
                    for (int i = 0; i < frames; i++)
                    {
                        peer.WindowUpdate(0, 1000);
                        if (i < frames / 2)
                        {
                            peer.WindowUpdate(stream, 1000);
                        }
                        else
                        {
                            peer.Reset(stream, i == frames / 2 ? ErrorCode.Cancel : ErrorCode.StreamClosed);
                        }
                    }
                }

                peer.Release();
                Assert.IsFalse(peer.Closed, run.ToString());

                // The next page.
                peer.Get(21, "/bytes/5000").WindowUpdate(0, 5000).ExpectBody(21, 5000);
                peer.HoldsNothing().Reconnect().Greet();
            }
        }

        // All of them at once, each in small frames: those for which there is no place are refused, or told that they are too large,
        // and what was under way for them is dropped. None may cost the others their connection.
        [TestMethod]
        public void A_hundred_uploads_in_small_frames_do_not_end_their_connection()
        {
            HttpLimits limits = Pages();
            limits.MaximumStreams = 100;
            limits.Exchanges = 4;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Hold();
            for (int stream = 1; stream < 200; stream += 2)
            {
                peer.Post(stream, "/gather");
            }

            // Round and round, 100 octets each time and 3 at the end: nothing has been heard of the server yet.
            for (int i = 0; i < 5; i++)
            {
                for (int stream = 1; stream < 200; stream += 2)
                {
                    peer.Data(stream, i * 100, i == 4 ? 3 : 100, i == 4);
                }
            }

            peer.Release();
            Assert.IsFalse(peer.Closed, "closed");

            // Each refusal is one; what follows it is none.
            Assert.IsTrue(peer.Counters.Glitches <= 100, peer.Counters.Glitches.ToString());
            int answered = 0;
            int refused = 0;
            for (PeerFrame frame = peer.Next(); frame != null; frame = peer.Next())
            {
                answered += frame.Type == FrameType.Headers ? 1 : 0;
                refused += frame.Type == FrameType.RstStream ? 1 : 0;
                Assert.IsFalse(frame.Type == FrameType.RstStream && frame.Int32(0) != ErrorCode.RefusedStream, frame.ToString());
            }

            Assert.AreEqual(100, answered + refused);
            Assert.IsTrue(answered >= 4, "answered");
            peer.HoldsNothing().ExpectAlive();
        }

        // CVE-2023-44487: its answer was never waited for.
        [TestMethod]
        public void A_reset_that_comes_with_its_request_is_no_courtesy()
        {
            Http2Peer peer = Http2Peer.Open();
            int before = peer.Counters.Glitches;
            peer.Hold().Get(1, "/").Reset(1, ErrorCode.Cancel).Release();
            Assert.AreEqual(before + 1, peer.Counters.Glitches);
            peer.Response(1);
            peer.Get(3, "/").ExpectResponse(3, 200, "hello").Reset(3, ErrorCode.Cancel).Reset(1, ErrorCode.Cancel);
            Assert.AreEqual(before + 1, peer.Counters.Glitches);
        }

        // RFC 9113 8.4: nobody has asked for it.
        [TestMethod]
        public void A_promise_may_be_declined()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.WindowUpdate(0, int.MaxValue - 65535).ExpectPlaces(100);
            int before = peer.Counters.Glitches;
            int promised = 2;
            for (int stream = 1; stream < 2000; stream += 2, promised += 2)
            {
                peer.Get(stream, "/pushbytes/70000").Next(FrameType.PushPromise);
                peer.Response(promised);
                peer.ExpectResponse(stream, 200, "page").Reset(promised, ErrorCode.Cancel).HoldsNothing();
            }

            Assert.AreEqual(before, peer.Counters.Glitches);
        }

        private static HttpLimits Pages()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumStreams = 16;
            return limits;
        }

        private static void Courtesy(Http2Peer peer, int stream, string frames)
        {
            for (int i = 0; i < frames.Length; i++)
            {
                switch (frames.Substring(i, 1))
                {
                    case "w":
                        peer.WindowUpdate(stream, 1000);
                        break;
                    case "W":
                        // The connection's window is as wide as it can be but for what was sent.
                        peer.WindowUpdate(0, 1000);
                        break;
                    case "R":
                        peer.Reset(stream, ErrorCode.Cancel);
                        break;
                    case "r":
                        peer.Reset(stream, ErrorCode.NoError);
                        break;
                    case "P":
                        peer.ExpectAlive();
                        break;
                    case "p":
                        peer.Priority(stream, 0, 32);
                        break;
                    default:
                        peer.PriorityUpdate(stream, "u=2");
                        break;
                }
            }
        }
    }
}
