using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    // DATA frames of a tunnel: their windows, and what stands between them.
    public partial class ExtendedConnectTests
    {
        private const int Messages = 400;
        private const int FrameLength = 106;

        // RFC 9113 6.9: an update costs as much as a short message.
        [TestMethod]
        public void The_window_is_opened_again_when_half_of_it_is_used()
        {
            Play((peer, endpoint) =>
            {
                endpoint.Echoes = false;
                Open(peer);
                int window = peer.Limits.InitialWindowSize + peer.Granted(1);
                Assert.AreEqual(peer.Limits.MaximumWindowSize, window);
                int updates = 0;
                int granted = peer.Granted(1);
                string text = new string('x', 100);
                for (int i = 0; i < Messages; i++)
                {
                    Says(peer, 1, 0x81, text);
                    Assert.AreEqual(i == 0 ? "open, text 100" : "text 100", endpoint.Notes);
                    endpoint.Notes = string.Empty;
                    window -= FrameLength;
                    if (peer.Granted(1) != granted)
                    {
                        window += peer.Granted(1) - granted;
                        granted = peer.Granted(1);
                        Assert.IsTrue(window >= peer.Limits.MaximumWindowSize - FrameLength, "window " + window);
                        updates++;
                    }

                    Assert.IsTrue(window > peer.Limits.MaximumWindowSize / 2, "window " + window);
                }

                Assert.AreEqual(Messages * FrameLength / (peer.Limits.MaximumWindowSize / 2), updates);
                Assert.IsTrue(peer.Granted(0) > 0, "the window of the connection");
                peer.ExpectAlive();
            });
        }

        // What a frame takes of the windows it takes once, though it could not be taken at once.
        [TestMethod]
        public void A_frame_for_which_there_is_little_room_is_taken_bit_by_bit()
        {
            Play((peer, endpoint) =>
            {
                endpoint.Echoes = false;
                endpoint.Capacity = 40;
                Open(peer);
                string text = new string('x', 100);
                for (int window = peer.Limits.InitialWindowSize; window >= FrameLength; window -= FrameLength)
                {
                    Says(peer, 1, 0x81, text);
                }

                Assert.AreEqual("open, text 100, text 100, text 100, text 100", endpoint.Notes);
                peer.ExpectAlive();
            });
        }

        [TestMethod]
        public void What_the_application_throws_ends_its_stream_alone()
        {
            Play((peer, endpoint) =>
            {
                endpoint.Hurts = 4;
                Open(peer);
                Says(peer, 1, 0x81, "one");
                Gets(peer, 1, 0x81, "one");
                endpoint.Echoes = false;
                Says(peer, 1, 0x81, "hurt");
                peer.ExpectReset(1, ErrorCode.Cancel);
                Assert.AreEqual("open, text 3, closed 1006", endpoint.Notes);
                peer.Get(3, "/page").ExpectResponse(3, 200, "page");
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            });
        }

        // RFC 9113 6.1: neither is the application's.
        [TestMethod]
        public void Padding_is_no_message_and_the_last_frame_may_have_one()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x81, "one");
                Gets(peer, 1, 0x81, "one");
                peer.Frame(FrameType.Data, FrameFlags.Padded, 1, 3, 0x81, 0x82, 0, 0, 0, 0, (byte)'h', (byte)'i', 0, 0, 0);
                Gets(peer, 1, 0x81, "hi");
                endpoint.Echoes = false;
                peer.Frame(FrameType.Data, FrameFlags.EndStream, 1, 0x81, 0x82, 0, 0, 0, 0, (byte)'o', (byte)'k');
                Gets(peer, 1, 0x88, "\u0003\u00E9");
                Assert.AreEqual("open, text 3, text 2, text 2, closed 1006", endpoint.Notes);
                peer.ExpectAlive();
            });
        }

        // RFC 9113 6.10.
        [TestMethod]
        public void No_message_stands_in_a_field_block()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x81, "one");
                Gets(peer, 1, 0x81, "one");
                peer.Frame(FrameType.Headers, 0, 3, 0x82);
                Says(peer, 1, 0x81, "two");
                Assert.AreEqual("open, text 3, closed 1006", endpoint.Notes);
                PeerFrame frame = peer.Next(FrameType.RstStream);
                Assert.AreEqual(1, frame.Stream);
                Assert.AreEqual(ErrorCode.ProtocolError, peer.Next(FrameType.GoAway).Int32(4));
            });
        }

        [TestMethod]
        public void Who_watches_the_frames_sees_those_of_tunnels()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x81, "one");
                Gets(peer, 1, 0x81, "one");
                Counting counting = new Counting();
                peer.Server.Reader.Observer = counting;
                Says(peer, 1, 0x81, "two");
                Gets(peer, 1, 0x81, "two");
                Assert.AreEqual(1, counting.Received);
            });
        }

        // RFC 9113 5.1: what is late for a tunnel is not for the one that has its place.
        [TestMethod]
        public void A_tunnel_in_the_place_of_another_does_not_get_its_frames()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x81, "one");
                Gets(peer, 1, 0x81, "one");
                peer.Reset(1, ErrorCode.Cancel);
                peer.Headers(3, Asking(), false);
                Assert.AreEqual(200, peer.Response(3).Status);
                Says(peer, 3, 0x81, "two");
                Gets(peer, 3, 0x81, "two");
                Says(peer, 1, 0x81, "late");
                peer.ExpectReset(1, ErrorCode.StreamClosed);
                Says(peer, 3, 0x81, "four");
                Gets(peer, 3, 0x81, "four");
                Assert.AreEqual("open, text 3, closed 1006, open, text 3, text 4", endpoint.Notes);
            });
        }

        // RFC 9113 4.1: all but the first of its 32 bits say which stream it is, and nobody has opened these.
        [TestMethod]
        [DataRow(0x00000101)]
        [DataRow(0x00010001)]
        [DataRow(0x01000001)]
        [DataRow(0x00000003)]
        public void Frames_of_other_streams_are_not_the_tunnels(int other)
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x81, "one");
                Gets(peer, 1, 0x81, "one");
                Says(peer, 1, 0x81, "two");
                Gets(peer, 1, 0x81, "two");
                Says(peer, other, 0x81, "another's");
                peer.Next(FrameType.RstStream);
                Assert.AreEqual(ErrorCode.ProtocolError, peer.Next(FrameType.GoAway).Int32(4));
                Assert.AreEqual("open, text 3, text 3, closed 1006", endpoint.Notes);
            });
        }

        // RFC 9113 4.1: the reserved bit is ignored.
        [TestMethod]
        [DataRow(0x01020305)]
        [DataRow(0x7EFFFEFD)]
        public void A_tunnel_may_have_any_number_and_the_reserved_bit(int stream)
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(stream, Asking(), false);
                peer.Next(FrameType.Headers);
                Says(peer, stream, 0x81, "one");
                Gets(peer, stream, 0x81, "one");
                Says(peer, stream | int.MinValue, 0x81, "two");
                Gets(peer, stream, 0x81, "two");
                Assert.AreEqual("open, text 3, text 3", endpoint.Notes);
            });
        }

        private class Counting : FrameObserver
        {
            internal int Received;

            internal override void Observe(byte[] bytes, int offset, int end, bool sent)
            {
                Received += sent ? 0 : 1;
            }
        }
    }
}
