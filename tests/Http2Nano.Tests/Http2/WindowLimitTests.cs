using Http2Nano.Framing;
using Http2Nano.Http2;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 6.9.1: no window exceeds 2^31-1, and no increment does, however much room there is.</summary>
    [TestClass]
    public class WindowLimitTests
    {
        [TestMethod]
        public void A_sink_of_any_size_takes_what_comes_before_and_behind_the_clients_acknowledgement()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumWindowSize = int.MaxValue;
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), limits);
            peer.Begin().Settings();
            peer.Post(1, "/sink").Frame(FrameType.Settings, FrameFlags.Ack, 0);
            peer.Data(1, 0, 1000, false).Data(1, 1000, 1000, true).ExpectAlive();
            Assert.AreEqual(2000, peer.Routes.Sink.Taken);
            Assert.IsTrue(peer.Routes.Sink.Complete && peer.Routes.Sink.Right);
            peer.Next(FrameType.Settings);
            peer.Next(FrameType.Settings);
            peer.ExpectResponse(1, 200, "taken").HoldsNothing();
        }

        [TestMethod]
        public void A_window_below_zero_grows_by_no_more_than_an_increment_can_say()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumWindowSize = int.MaxValue;
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), limits);
            peer.Begin().Settings();

            // So much comes while the client goes by the default, and then there is all the room that can be.
            const int First = 60000;
            peer.Routes.Sink.Capacity = First;
            peer.Post(1, "/sink");
            for (int sent = 0; sent < First; sent += 15000)
            {
                peer.Data(1, sent, 15000, false);
            }

            Assert.AreEqual(0, peer.Granted(1));
            int window = limits.InitialWindowSize - First;
            peer.Routes.Sink.Capacity = int.MaxValue;
            peer.Frame(FrameType.Settings, FrameFlags.Ack, 0);
            // The sum of both increments wraps here as it must not do there.
            Assert.AreEqual(int.MaxValue, window + peer.Granted(1));
            peer.Data(1, First, 500, false);
            peer.Data(1, First + 500, 500, true).ExpectAlive();
            Assert.AreEqual(First + 1000, peer.Routes.Sink.Taken);
            Assert.IsTrue(peer.Routes.Sink.Complete && peer.Routes.Sink.Right);
        }

        [TestMethod]
        public void A_body_that_nobody_wants_is_drained_however_much_that_may_be()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumDrain = int.MaxValue;
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), limits);
            peer.Begin().Settings();
            peer.Post(1, "/answered").Data(1, 16000, false).Data(1, 16000, false).Frame(FrameType.Settings, FrameFlags.Ack, 0);
            peer.Data(1, 16000, false).Data(1, 16000, true).Next(FrameType.Settings);
            peer.Next(FrameType.Settings);
            peer.ExpectResponse(1, 404, "not here").HoldsNothing().ExpectAlive();
        }

        [TestMethod]
        public void Nothing_is_added_that_would_exceed_the_limit()
        {
            FlowControl windows = new FlowControl(1);
            windows.Begin();
            Open(windows, 0, int.MaxValue - 10, int.MaxValue);
            Assert.IsFalse(windows.Grow(0, 11));
            Assert.AreEqual(int.MaxValue - 10, windows.Streams[0]);
            Assert.IsTrue(windows.Grow(0, 10));
            Assert.IsFalse(windows.Grow(0, 1));
            Open(windows, 0, -5, 0);
            Assert.IsTrue(windows.Grow(0, int.MaxValue));
            Assert.AreEqual(int.MaxValue - 5, windows.Streams[0]);
            Assert.IsFalse(windows.GrowConnection(int.MaxValue - FlowControl.DefaultWindow + 1));
            Assert.IsTrue(windows.GrowConnection(int.MaxValue - FlowControl.DefaultWindow));
        }

        [TestMethod]
        public void Grants_are_increments_of_31_bits()
        {
            FlowControl windows = new FlowControl(1);
            windows.Begin();
            Open(windows, 0, 0, 0);
            Assert.AreEqual(int.MaxValue, windows.Grant(0, int.MaxValue));
            Open(windows, 0, 0, -100);
            Assert.AreEqual(int.MaxValue, windows.Grant(0, int.MaxValue));
            Assert.AreEqual(int.MaxValue - 100, windows.ReceiveOf(0));
            Assert.AreEqual(100, windows.Grant(0, int.MaxValue));
            Assert.AreEqual(int.MaxValue, windows.ReceiveOf(0));
            Open(windows, 0, 0, -100);
            Assert.AreEqual(150, windows.Grant(0, 50));
        }

        [TestMethod]
        public void What_a_client_had_no_window_for_is_not_taken()
        {
            FlowControl windows = new FlowControl(1);
            windows.Begin();
            Open(windows, 0, 0, 10);
            Assert.IsFalse(windows.Take(0, 11, 0));
            Assert.IsTrue(windows.Take(0, 10, 0));
            Assert.IsTrue(windows.Take(0, 0, 0));
            Assert.IsFalse(windows.Take(0, 1, 0));
            Assert.IsTrue(windows.Take(0, 20, 20));
            Assert.AreEqual(-20, windows.ReceiveOf(0));
            Open(windows, 0, 0, int.MaxValue);
            Assert.IsTrue(windows.Take(0, 16384, 65535));
            Assert.IsFalse(windows.TakeConnection(FlowControl.DefaultWindow + 1));
            Assert.IsTrue(windows.TakeConnection(40000));
            Assert.AreEqual(40000, windows.GrantConnection());
            Assert.AreEqual(0, windows.GrantConnection());
        }

        private static void Open(FlowControl windows, int slot, int send, int receive)
        {
            windows.Streams[slot << 1] = send;
            windows.Streams[(slot << 1) + 1] = receive;
        }
    }
}
