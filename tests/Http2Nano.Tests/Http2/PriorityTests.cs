using Http2Nano.Framing;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9218: who goes first; and RFC 7540 5.3 where a client says nothing newer.</summary>
    [TestClass]
    public class PriorityTests
    {
        // RFC 9218 4.1 and 10
        [TestMethod]
        public void An_urgent_response_is_complete_before_a_tenth_of_another_is_sent()
        {
            Http2Peer peer = Slow();
            Ask(peer, 1, "u=6", 1000000);
            Ask(peer, 3, "u=1", 1000000);
            Read(peer, 2000, 3, 1000000);
            Assert.IsTrue(peer.Response(1).Length < 100000, "the other has " + peer.Response(1).Length.ToString());
        }

        // RFC 9218 4.2
        [TestMethod]
        public void Incremental_responses_share_evenly()
        {
            Share(0);
            Share(777);
            Share(4096);
        }

        // RFC 9218 4.2
        [TestMethod]
        public void Other_responses_of_an_urgency_go_one_after_the_other()
        {
            Http2Peer peer = Slow();
            Ask(peer, 1, "u=3", 200000);
            Ask(peer, 3, "u=3", 200000);
            Ask(peer, 5, "u=3, i", 200000);
            Read(peer, 2000, 1, 200000);
            Assert.IsTrue(peer.Response(3).Length < 30000, "the second");
            Read(peer, 2000, 3, 200000);
            Assert.IsTrue(peer.Response(5).Length < 60000, "the incremental one");
        }

        // RFC 9218 10
        [TestMethod]
        public void No_response_starves()
        {
            Http2Peer peer = Slow();
            Ask(peer, 1, "u=0", 1000000);
            Ask(peer, 3, "u=7", 8000);
            Read(peer, 2000, 3, 8000);
            int length = peer.Response(1).Length;
            Assert.IsTrue(length > 100000 && length < 1000000, "the urgent one has " + length.ToString());
        }

        // RFC 9218 7
        [TestMethod]
        public void PRIORITY_UPDATE_changes_an_open_stream_and_prepares_an_idle_one()
        {
            Http2Peer peer = Slow();
            Ask(peer, 1, "u=5", 200000);
            Ask(peer, 3, "u=6", 200000);
            peer.PriorityUpdate(3, "u=0");
            Read(peer, 2000, 3, 200000);
            Assert.IsTrue(peer.Response(1).Length < 60000);

            peer = Slow();
            Ask(peer, 1, "u=2", 200000);
            peer.PriorityUpdate(3, "u=1");
            Ask(peer, 3, "u=7", 200000);
            Read(peer, 2000, 3, 200000);
            Assert.IsTrue(peer.Response(1).Length < 60000, "the frame goes before the field");
        }

        // RFC 9218 7: and of promised streams.
        [TestMethod]
        public void PRIORITY_UPDATE_reaches_promised_streams()
        {
            Http2Peer peer = Slow();
            peer.Get(1, "/pushbytes/200000").PriorityUpdate(2, "u=0");
            Ask(peer, 3, "u=1", 200000);
            Read(peer, 2000, 2, 200000);
            Assert.IsTrue(peer.Response(3).Length < 60000);
        }

        // RFC 9218 7.1
        [TestMethod]
        public void PRIORITY_UPDATE_that_is_wrong_is_an_error_of_the_connection()
        {
            Ways.Play(peer =>
            {
                peer.PriorityUpdate(0, "u=1").ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.PriorityUpdate(2, "u=1").ExpectGoAway(ErrorCode.ProtocolError, 0);
                peer.Frame(FrameType.PriorityUpdate, 0, 1, 0, 0, 0, 1).ExpectGoAway(ErrorCode.ProtocolError, 0);
                for (int length = 0; length < 4; length++)
                {
                    peer.Frame(FrameType.PriorityUpdate, 0, 0, new byte[length]).ExpectGoAway(ErrorCode.FrameSizeError, 0);
                }

                // Whatever it holds, and whatever has become of the stream.
                peer.PriorityUpdate(1, string.Empty).PriorityUpdate(1, "u=9, \u00fc;;=").Get(1, "/").ExpectResponse(1, 200, "hello").PriorityUpdate(1, "u=1").ExpectAlive();
                peer.Long(16384, 0, FrameType.PriorityUpdate, 0, 0, 0, 0, 0, 3).Get(3, "/").ExpectResponse(3, 200, "hello").Nothing();
            });
        }

        // RFC 9218 8
        [TestMethod]
        public void The_handler_has_the_last_word()
        {
            Http2Peer peer = Slow();
            Ask(peer, 1, "u=2", 200000);
            peer.Headers(3, FieldBlock.Get("/urgent/0").Add("priority", "u=7"), true).PriorityUpdate(3, "u=7");
            Read(peer, 1000, 3, 20000);
            Assert.IsTrue(peer.Response(1).Length < 10000);
        }

        // RFC 9218 10: a response that is as short as can be overtakes none that is more urgent and has come with it.
        [TestMethod]
        public void A_short_array_waits_for_its_turn()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Hold().Headers(1, FieldBlock.Get("/array/100").Add("priority", "u=6"), true);
            peer.Headers(3, FieldBlock.Get("/array/100").Add("priority", "u=1"), true).Release();
            ExpectOrder(peer, 1, 3, 3, 1);

            // It has come last, and a more urgent body is under way.
            peer.Hold().Headers(5, FieldBlock.Get("/bytes/100").Add("priority", "u=1"), true);
            peer.Headers(7, FieldBlock.Get("/array/100").Add("priority", "u=6"), true).Release();
            ExpectOrder(peer, 5, 7, 5, 7);
        }

        // RFC 9113 8.1
        [TestMethod]
        public void A_short_array_that_is_alone_is_one_frame_with_its_fields_before()
        {
            Http2Peer peer = Http2Peer.Open();
            for (int stream = 1; stream < 9; stream += 2)
            {
                peer.Get(stream, "/array/100");
                Assert.IsFalse(peer.Next(FrameType.Headers).EndStream);
                PeerFrame data = peer.Next(FrameType.Data);
                Assert.AreEqual(100, data.Octets.Length);
                Assert.IsTrue(data.EndStream);
                peer.Nothing();
            }

            // Whatever the windows are.
            peer.Settings(Setting.InitialWindowSize, 99).Next(FrameType.Settings);
            peer.Get(9, "/array/100").ExpectPart(9, 99);
            peer.WindowUpdate(9, 1).ExpectBody(9, 100);
        }

        private static void ExpectOrder(Http2Peer peer, int first, int second, int third, int fourth)
        {
            Assert.AreEqual(first, peer.Next(FrameType.Headers).Stream);
            Assert.AreEqual(second, peer.Next(FrameType.Headers).Stream);
            Assert.AreEqual(third, peer.Next(FrameType.Data).Stream);
            Assert.AreEqual(fourth, peer.Next(FrameType.Data).Stream);
            peer.Nothing();
        }

        // RFC 7540 5.3.2, which clients send that know nothing newer.
        [TestMethod]
        public void Weights_count_where_nothing_newer_is_said()
        {
            Http2Peer peer = Slow();
            peer.Get(1, "/bytes/200000").Priority(1, 0, 1).Get(3, "/bytes/200000").Priority(3, 0, 256);
            Read(peer, 2000, 3, 200000);
            Assert.IsTrue(peer.Response(1).Length < 60000);

            // RFC 9218 2.1: not from a client that says it does not use them.
            peer = Slow(Setting.NoRfc7540Priorities, 1);
            peer.Get(1, "/bytes/200000").Priority(1, 0, 1).Get(3, "/bytes/200000").Priority(3, 0, 256);
            Read(peer, 2000, 3, 200000);
            Assert.IsTrue(peer.Response(1).Length > 150000);

            // Nor for a stream with a priority of RFC 9218.
            peer = Slow();
            Ask(peer, 1, "u=1", 200000);
            Ask(peer, 3, "u=2", 200000);
            peer.Priority(3, 0, 256).Priority(1, 0, 1);
            Read(peer, 2000, 1, 200000);
            Assert.IsTrue(peer.Response(3).Length < 60000);
        }

        // RFC 9218 4 and 5
        [TestMethod]
        public void Parameters_are_read_leniently_and_the_last_one_counts()
        {
            Check("u=0", 0, false);
            Check("u=7,i", 7, true);
            Check("u=5, i", 5, true);
            Check("u=8, i", 3, true);
            Check("u=5, j", 5, false);
            Check("u=5; i", 5, false);
            Check("x=5, i", 3, true);
            Check("i", 3, true);
            Check("i=?1, u=2", 2, true);
            Check("i=?0", 3, false);
            Check("i, i=?0", 3, false);
            Check("u=1, u=5", 5, false);
            Check("u=8", 3, false);
            Check("u=-1", 3, false);
            Check("u=1.0", 3, false);
            Check("u=\"1\"", 3, false);
            Check("u", 3, false);
            Check("i=1", 3, false);
            Check("ux=1, ix", 3, false);
            Check("x=9;u=1, u=2;p=3 ,\t i;q", 2, true);
            Check(" u=1", 1, false);
            Check(",,,", 3, false);
            Check(string.Empty, 3, false);
            Check("a=\"u=1, i\"", 3, false);
            Check("a=(u=1 i), u=4", 4, false);

            // RFC 8941 3.3.3: a comma in a string separates nothing, and a string that does not end spoils the field (4.2).
            Check("a=\"x,u=1\", u=4", 4, false);
            Check("u=4, a=\"x,u=1\"", 4, false);
            Check("a=\"x\\\",u=1,\", i", 3, true);
            Check("a=1;p=\"x,u=1\", u=4;q=\",u=0\"", 4, false);
            Check("a=(\"x,u=1\" \"u=2\"), u=4", 4, false);
            Check("u=4, a=\"x,u=1", 3, false);
        }

        private static void Check(string value, int urgency, bool incremental)
        {
            byte[] bytes = ScriptedDispatcher.Bytes(value);
            Assert.AreEqual(incremental ? urgency | 8 : urgency, StreamPriority.Parse(bytes, 0, bytes.Length), value);
        }

        private static void Share(int piece)
        {
            Http2Peer peer = Slow();
            for (int stream = 1; stream < 9; stream += 2)
            {
                Ask(peer, stream, "u=3, i", 1000000);
            }

            int[] sizes = { 700, 3000, 1500, 2048, 100, 9000 };
            for (int i = 0; i < 300; i++)
            {
                peer.ReadLimit = piece != 0 ? piece : sizes[i % 6];
                peer.Pump();
                peer.Response(1);
            }

            int least = int.MaxValue;
            int most = 0;
            for (int stream = 1; stream < 9; stream += 2)
            {
                int length = peer.Response(stream).Length;
                least = length < least ? length : least;
                most = length > most ? length : most;
            }

            Assert.IsTrue(most - least <= (most / 10) + 8192 && (most < 200000 || most - least <= most / 10), least.ToString() + " to " + most.ToString());
        }

        private static Http2Peer Slow(params int[] settings)
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Exchanges = 4;
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), limits).Greet(settings);
            peer.Settings(Setting.InitialWindowSize, int.MaxValue).WindowUpdate(0, 2000000000).Next(FrameType.Settings);
            peer.ReadLimit = 0;
            return peer;
        }

        private static void Ask(Http2Peer peer, int stream, string priority, int length)
        {
            peer.Headers(stream, FieldBlock.Get("/bytes/" + length.ToString()).Add("priority", priority), true);
        }

        // Reads a little at a time until a body is complete.
        private static void Read(Http2Peer peer, int step, int stream, int length)
        {
            PeerResponse response = null;
            for (int i = 0; i < 10000; i++)
            {
                peer.ReadLimit = step;
                peer.Pump();
                response = peer.Response(stream);
                if (response.Ended)
                {
                    break;
                }
            }

            Assert.AreEqual(length, response.Length, "length of body");
            peer.ReadLimit = 0;
        }
    }
}
