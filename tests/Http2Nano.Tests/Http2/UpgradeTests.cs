using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 7540 3.2: the upgrade from HTTP/1.1, which old clients still ask for.</summary>
    [TestClass]
    public class UpgradeTests
    {
        [TestMethod]
        public void The_request_that_asked_becomes_stream_1()
        {
            Http2Peer peer = Upgrade("GET / ", "AAMAAABkAAQAAP__", int.MaxValue);
            peer.ExpectUpgrade();
            Assert.AreEqual(0, peer.Next(FrameType.Settings).Flags);
            peer.ExpectResponse(1, 200, "hello");
            Continue(peer);
            peer.Get(3, "/").ExpectResponse(3, 200, "hello").HoldsNothing();
            peer.Get(1, "/").ExpectGoAway(ErrorCode.StreamClosed, 3);
        }

        [TestMethod]
        public void Octet_by_octet_too()
        {
            Http2Peer peer = Upgrade("GET / ", "AAMAAABkAAQAAP__", 1);
            peer.ExpectUpgrade();
            peer.Next(FrameType.Settings);
            peer.ExpectResponse(1, 200, "hello");
            Continue(peer);
            peer.HoldsNothing();
        }

        // RFC 7540 3.2.1: the settings in the field hold from the beginning.
        [TestMethod]
        public void HTTP2_Settings_hold_for_stream_1()
        {
            // SETTINGS_INITIAL_WINDOW_SIZE 3.
            Http2Peer peer = Upgrade("GET / ", "AAQAAAAD", int.MaxValue);
            peer.ExpectUpgrade();
            peer.Next(FrameType.Settings);
            Assert.AreEqual("hel", peer.Response(1).Text);
            Continue(peer);
            peer.WindowUpdate(1, 2).ExpectResponse(1, 200, "hello");
        }

        // SETTINGS_ENABLE_PUSH 2.
        [TestMethod]
        public void Impossible_settings_end_the_connection_behind_the_servers_preface()
        {
            Http2Peer peer = Upgrade("GET / ", "AAIAAAAC", int.MaxValue);
            peer.ExpectUpgrade();
            peer.Next(FrameType.Settings);
            PeerFrame frame = peer.Next(FrameType.GoAway);
            Assert.AreEqual(ErrorCode.ProtocolError, frame.Int32(4));
            Assert.IsTrue(peer.Closed);
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        // Some clients keep no more behind 101 than one small buffer, and RFC 7540 3.2 obliges them to send the preface.
        [TestMethod]
        public void A_long_body_of_stream_1_waits_for_the_preface()
        {
            Http2Peer peer = Upgrade("GET /bytes/30000 ", "AAMAAABkAAQAAP__", int.MaxValue);
            Assert.IsTrue(peer.ReceivedCount < 1000);
            peer.ExpectUpgrade();
            peer.Next(FrameType.Settings);
            peer.Begin().ExpectBody(1, 30000);
            peer.Settings();
            Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Settings).Flags);
            peer.Frame(FrameType.Settings, FrameFlags.Ack, 0).ExpectAlive();
        }

        [TestMethod]
        public void Something_else_than_the_preface_is_a_PROTOCOL_ERROR()
        {
            Http2Peer peer = Upgrade("GET / ", "AAMAAABkAAQAAP__", int.MaxValue);
            peer.ExpectUpgrade();
            peer.Next(FrameType.Settings);
            peer.ExpectResponse(1, 200, "hello");
            peer.Send("GET / HTTP/1.1\r\nHost: device\r\n\r\n");
            PeerFrame frame = peer.Next(FrameType.GoAway);
            Assert.AreEqual(ErrorCode.ProtocolError, frame.Int32(4));
            Assert.AreEqual(1, frame.Int32(0));
            Assert.IsTrue(peer.Closed);
        }

        private static Http2Peer Upgrade(string start, string settings, int piece)
        {
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
            peer.Piece = piece;
            peer.Send(start + "HTTP/1.1\r\nHost: device\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: " + settings + "\r\n\r\n");
            return peer;
        }

        private static void Continue(Http2Peer peer)
        {
            peer.Begin().Settings();
            Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Settings).Flags);
            peer.Frame(FrameType.Settings, FrameFlags.Ack, 0).ExpectAlive();
        }
    }
}
