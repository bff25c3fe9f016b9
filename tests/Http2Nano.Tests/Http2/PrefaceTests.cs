using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9113 3.3 and 3.4: prior knowledge and the connection preface.</summary>
    [TestClass]
    public class PrefaceTests
    {
        // RFC 9113 3.4
        [TestMethod]
        public void The_server_preface_is_a_SETTINGS_frame_and_the_first_frame()
        {
            Http2Peer peer = New();
            peer.Begin();
            PeerFrame frame = peer.Next(FrameType.Settings);
            Assert.AreEqual(0, frame.Flags);
            Assert.AreEqual(0, frame.Stream);
            Assert.AreEqual(0, frame.Payload.Length % 6);
            peer.Nothing();
        }

        // RFC 9113 3.4: the server may send before the client's SETTINGS came, and does as soon as the protocol is known.
        [TestMethod]
        public void The_preface_may_come_octet_by_octet()
        {
            Http2Peer peer = New();
            peer.Piece = 1;
            peer.Greet().Get(1, "/").ExpectResponse(1, 200, "hello");
        }

        // RFC 9113 3.4: requests may follow the client's preface at once.
        [TestMethod]
        public void A_request_need_not_wait_for_the_servers_SETTINGS()
        {
            Http2Peer peer = New();
            peer.Hold().Begin().Settings().Get(1, "/").Release();
            peer.Next(FrameType.Settings);
            Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Settings).Flags);
            peer.ExpectResponse(1, 200, "hello");
        }

        // RFC 9113 3.4: the preface includes SETTINGS, possibly empty.
        [TestMethod]
        public void A_first_frame_other_than_SETTINGS_is_a_PROTOCOL_ERROR()
        {
            Http2Peer peer = New();
            for (int type = 0; type < 256; type++)
            {
                if (type == FrameType.Settings)
                {
                    continue;
                }

                peer.Reconnect().Begin().Next(FrameType.Settings);
                peer.Frame(type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).ExpectGoAway(ErrorCode.ProtocolError, 0);
            }
        }

        [TestMethod]
        public void An_acknowledgement_is_not_the_SETTINGS_of_a_preface()
        {
            Http2Peer peer = New();
            peer.Begin().Next(FrameType.Settings);
            peer.Frame(FrameType.Settings, FrameFlags.Ack, 0).ExpectGoAway(ErrorCode.ProtocolError, 0);
        }

        // RFC 9113 3.4: what is no preface is another protocol. Here HTTP/1.1 answers it.
        [TestMethod]
        public void An_invalid_preface_gets_no_HTTP2_and_the_next_client_is_served()
        {
            string[] starts = { "PRI * HTTP/2.0\r\n\r\nSM\r\n\rx", "PRI * HTTP/2.1\r\n\r\n", "PRI x HTTP/2.0\r\n\r\nSM\r\n\r\n", "XRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" };
            Http2Peer peer = New();
            for (int i = 0; i < starts.Length; i++)
            {
                peer.Reconnect().Send(starts[i]);
                peer.Elapse(30000);
                Assert.IsTrue(peer.Closed, starts[i]);
                Assert.IsTrue(peer.ReceivedCount == 0 || peer.Text.StartsWith("HTTP/1.1 "), peer.Text);
                Assert.AreEqual(0, peer.Session.Exchanges.InUse);
                peer.Reconnect().Greet().Get(1, "/").ExpectResponse(1, 200, "hello");
            }
        }

        // RFC 9113 3.4 and 6.5.3: a preface without end.
        [TestMethod]
        public void A_client_that_stops_after_the_magic_octets_is_dropped()
        {
            Http2Peer peer = New();
            peer.Begin().Next(FrameType.Settings);
            peer.Elapse(peer.Limits.SettingsTimeout + 300);
            peer.ExpectGoAway(ErrorCode.SettingsTimeout, 0);
        }

        [TestMethod]
        public void A_stop_before_anything_is_sent_is_still_the_servers_preface_first()
        {
            Http2Peer peer = New();
            peer.Begin();
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            Assert.AreEqual(0, peer.Next(FrameType.Settings).Flags);
            peer.ExpectGracefulGoAway(0);
            Assert.IsTrue(peer.Closed);
        }

        private static Http2Peer New()
        {
            return new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
        }
    }
}
