using System.Text;
using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using Http2Nano.Tracing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Tracing
{
    /// <summary>What a trace keeps of a connection: its frames, but for those of whoever asks, and no secrets.</summary>
    [TestClass]
    public class FrameTraceTests
    {
        private sealed class Watched
        {
            public readonly TestClock Clock = new TestClock();
            public readonly FrameTrace Trace;
            public readonly Http2Peer Peer;
            private readonly byte[] _push = Encoding.UTF8.GetBytes("/leaf");
            private readonly byte[] _body = new byte[300];
            private int _asked = 1;

            public Watched(int frames)
            {
                Trace = new FrameTrace(frames, Clock);
                Router router = new Router();
                router.MapGet("/watch", Watch);
                router.MapGet("/leaf", Leaf);
                router.MapGet("/branch", Branch);
                Peer = new Http2Peer(Http2Peer.Usual(), router);
                Peer.Connect(false);
                Peer.Greet();
            }

            public bool Followed { get; private set; }

            // An odd number of its own for each request, above those of the tests.
            public void Ask()
            {
                _asked += 100;
                Peer.Get(_asked, "/watch").ExpectResponse(_asked, 200);
            }

            private void Watch(HttpRequest request, HttpResponse response)
            {
                Followed = Trace.Follow(request);
                response.Write("seen");
            }

            private void Leaf(HttpRequest request, HttpResponse response)
            {
                response.AddHeader("x-kind", "leaf");
                response.SetBody(_body, 0, _body.Length);
            }

            private void Branch(HttpRequest request, HttpResponse response)
            {
                response.Push(_push);
                response.Write("branch");
            }

            // All frames from one on, each as s or r for its direction, its type and its stream.
            public string Frames(int from)
            {
                string frames = string.Empty;
                for (int i = from; i < Trace.Next; i++)
                {
                    int kind = Trace.Get(i, FrameTrace.Kind);
                    frames += ((kind & FrameTrace.Sent) != 0 ? "s" : "r") + (kind & 0xFF).ToString() + "/" + Trace.Get(i, FrameTrace.Stream).ToString() + " ";
                }

                return frames;
            }
        }

        [TestMethod]
        public void It_has_nothing_until_somebody_asks()
        {
            Watched watched = new Watched(32);
            watched.Peer.Get(1, "/leaf").ExpectResponse(1, 200);
            Assert.IsFalse(watched.Trace.IsOn);
            Assert.AreEqual(0, watched.Trace.Next);
            Assert.AreEqual(0, watched.Trace.Get(0, FrameTrace.Length));
        }

        [TestMethod]
        public void Frames_of_both_directions_are_kept_in_their_order()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            Assert.IsTrue(watched.Followed);
            watched.Peer.Get(103, "/leaf").ExpectResponse(103, 200);
            Assert.AreEqual("r1/103 s1/103 s0/103 ", watched.Frames(0));
            Assert.AreEqual(300, watched.Trace.Get(2, FrameTrace.Length));
            Assert.AreEqual(FrameFlags.EndStream, watched.Trace.Get(2, FrameTrace.Kind) >> 8 & 0xFF);
        }

        [TestMethod]
        public void The_frames_of_whoever_asks_are_left_out_and_counted()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            watched.Ask();
            watched.Ask();
            Assert.AreEqual(string.Empty, watched.Frames(0));

            // Its own HEADERS, and two frames of each answer.
            Assert.AreEqual(8, watched.Trace.Hidden);
        }

        [TestMethod]
        public void A_request_that_asks_takes_no_frame_away_from_a_trace_that_is_full()
        {
            Watched watched = new Watched(16);
            watched.Ask();
            string frames = string.Empty;
            for (int stream = 103; stream < 115; stream += 2)
            {
                watched.Peer.Get(stream, "/leaf").ExpectResponse(stream, 200);
                frames += "r1/" + stream + " s1/" + stream + " s0/" + stream + " ";
            }

            watched.Ask();
            Assert.AreEqual(18, watched.Trace.Next);
            Assert.AreEqual(2, watched.Trace.First);
            Assert.AreEqual(frames.Substring("r1/103 s1/103 ".Length), watched.Frames(2));
        }

        [TestMethod]
        public void Error_codes_increments_and_promises_are_told()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            watched.Peer.WindowUpdate(0, 4711);
            watched.Peer.Reset(101, ErrorCode.Cancel);
            watched.Peer.Get(103, "/branch").ExpectResponse(103, 200);
            int promise = -1;
            for (int i = 0; i < watched.Trace.Next; i++)
            {
                int type = watched.Trace.Get(i, FrameTrace.Kind) & 0xFF;
                if (type == FrameType.WindowUpdate)
                {
                    Assert.AreEqual(4711, watched.Trace.Get(i, FrameTrace.Value));
                }
                else if (type == FrameType.PushPromise)
                {
                    promise = watched.Trace.Get(i, FrameTrace.Value);
                    Assert.IsTrue(watched.Trace.Get(i, FrameTrace.Second) > watched.Trace.Get(i, FrameTrace.Length));
                }
            }

            Assert.AreEqual(2, promise);
            watched.Peer.Get(105, "/leaf").ExpectResponse(105, 200);
            watched.Peer.GoAway(0, ErrorCode.EnhanceYourCalm);
            Assert.AreEqual(ErrorCode.EnhanceYourCalm, watched.Trace.Get(watched.Trace.Next - 1, FrameTrace.Value));
        }

        [TestMethod]
        public void Both_blocks_of_a_request_tell_what_they_were_before_compression()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            watched.Peer.Get(103, "/leaf").ExpectResponse(103, 200);

            // :method GET, :scheme http, :authority device, :path /leaf.
            Assert.AreEqual(10 + 11 + 16 + 10, watched.Trace.Get(0, FrameTrace.Second));

            // :status 200, x-kind leaf, x-content-type-options nosniff, content-length 300; a date where the clock is set.
            int before = watched.Trace.Get(1, FrameTrace.Second);
            Assert.IsTrue(before == 10 + 10 + 29 + 17 || before == 10 + 10 + 29 + 17 + 33, before.ToString());
            byte[] path = new byte[FrameTrace.LongestPath];
            Assert.AreEqual(103, watched.Trace.PathStream(0));
            Assert.AreEqual("/leaf", Encoding.UTF8.GetString(path, 0, watched.Trace.CopyPath(0, path, 0)));
        }

        [TestMethod]
        public void Data_that_is_sent_tells_the_windows_behind_it()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            watched.Peer.Get(103, "/leaf").ExpectResponse(103, 200);
            int first = watched.Trace.Get(2, FrameTrace.Value);

            // RFC 9113 6.9.2: 65,535 to begin with, less the answer to whoever asked.
            Assert.AreEqual(65535 - 4 - 300, first);
            watched.Peer.Get(105, "/leaf").ExpectResponse(105, 200);
            Assert.AreEqual(300, first - watched.Trace.Get(5, FrameTrace.Value));
            Assert.AreEqual(watched.Trace.Get(2, FrameTrace.Second), watched.Trace.Get(5, FrameTrace.Second));
        }

        [TestMethod]
        public void The_newest_frames_replace_the_oldest()
        {
            Watched watched = new Watched(16);
            watched.Ask();
            for (int i = 0; i < 10; i++)
            {
                watched.Peer.Get(103 + (2 * i), "/leaf").ExpectResponse(103 + (2 * i), 200);
            }

            Assert.AreEqual(30, watched.Trace.Next);
            Assert.AreEqual(14, watched.Trace.First);
            Assert.AreEqual(121, watched.Trace.Get(29, FrameTrace.Stream));
            Assert.AreEqual(0, watched.Trace.Get(13, FrameTrace.Stream));
        }

        [TestMethod]
        public void It_ends_when_nobody_asks_any_more()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            watched.Clock.Time += FrameTrace.Patience + 1;
            watched.Peer.Get(103, "/leaf").ExpectResponse(103, 200);
            Assert.IsFalse(watched.Trace.IsOn);
            Assert.AreEqual(0, watched.Trace.Get(0, FrameTrace.Stream));
        }

        [TestMethod]
        public void It_ends_with_the_connection()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            Assert.AreEqual(1, watched.Trace.Connection);
            watched.Peer.Reconnect();
            Assert.IsFalse(watched.Trace.IsOn);
            watched.Peer.Greet().Get(1, "/watch").ExpectResponse(1, 200);
            Assert.AreEqual(2, watched.Trace.Connection);
            Assert.AreEqual(string.Empty, watched.Frames(0));
        }

        [TestMethod]
        public void Of_the_tables_no_secret_is_told()
        {
            Watched watched = new Watched(32);
            watched.Ask();
            FieldBlock block = FieldBlock.WithTable("/leaf");

            // RFC 7541 6.2.1: literals that go into the table, with names of the static one and a new one.
            block.Raw(0x40 | 23, 3, (byte)'a', (byte)'b', (byte)'c');
            block.Raw(0x40 | 32, 3, (byte)'d', (byte)'=', (byte)'e');
            block.Raw(0x40 | 58, 3, (byte)'f', (byte)'o', (byte)'x');
            block.Raw(0x40, 5, (byte)'x', (byte)'-', (byte)'k', (byte)'e', (byte)'y', 2, (byte)'4', (byte)'2');
            watched.Peer.Headers(103, block, true).ExpectResponse(103, 200);
            TableView view = new TableView(watched.Trace);
            Assert.AreEqual(4, view.Count(TableView.OfRequests));
            Assert.AreEqual("x-key(withheld) user-agent=fox cookie(withheld) authorization(withheld) ", Text(view, TableView.OfRequests));
            Assert.IsTrue(view.Select(TableView.OfRequests, 1));
            Assert.AreEqual(10 + 3 + 32, view.Size);
            Assert.IsFalse(view.Select(TableView.OfRequests, 4));
            Assert.IsTrue(view.Count(TableView.OfResponses) > 0);
            watched.Peer.Reconnect();
            Assert.AreEqual(0, view.Count(TableView.OfRequests));
        }

        private static string Text(TableView view, int table)
        {
            string text = string.Empty;
            byte[] octets = new byte[64];
            for (int i = 0; view.Select(table, i); i++)
            {
                view.CopyName(octets, 0);
                text += Encoding.UTF8.GetString(octets, 0, view.NameLength);
                text += view.ValueLength == TableView.Withheld ? "(withheld) " : "=" + Encoding.UTF8.GetString(octets, 0, Value(view, octets)) + " ";
            }

            return text;
        }

        private static int Value(TableView view, byte[] octets)
        {
            return view.CopyValue(octets, 0);
        }
    }
}
