using Http2Nano.Framing;
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

        // RFC 7540 3.2.1: the client sends its preface when it has seen 101. The timeouts say how long that may take, and nothing that
        // was heard of another client.
        [TestMethod]
        public void The_preface_is_waited_for_after_a_client_that_has_closed_its_connection()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Get(1, "/").ExpectResponse(1, 200, "hello");
            peer.EndSending();
            Assert.IsTrue(peer.Closed, "the first connection");

            peer.Reconnect().Send(Request("GET / ", "AAMAAABkAAQAAP__"));
            peer.ExpectUpgrade();
            peer.Next(FrameType.Settings);
            peer.ExpectResponse(1, 200, "hello");
            peer.Elapse(peer.Limits.SettingsTimeout - 1000);
            Assert.IsFalse(peer.Closed, "the preface was not waited for");
            Continue(peer);
            peer.Get(3, "/").ExpectResponse(3, 200, "hello").HoldsNothing();
        }

        // RFC 9112 9.6: the end of the client's side is told once, to whichever protocol has the connection then.
        [TestMethod]
        public void A_client_that_ends_its_side_while_101_has_no_room_is_known_to_have_ended_it()
        {
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
            peer.ReadLimit = 0;
            peer.Send("GET /array/700 HTTP/1.1\r\nHost: device\r\n\r\n");
            peer.Send("GET /array/200 HTTP/1.1\r\nHost: device\r\n\r\n");
            peer.Send(Request("GET / ", "AAMAAABkAAQAAP__"));
            peer.EndSending();
            Assert.IsFalse(peer.Closed);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            Assert.Contains("HTTP/1.1 101 ", peer.Text);
            Assert.IsTrue(peer.Closed, "closed");
            Assert.AreEqual(0, peer.Session.Exchanges.InUse);
        }

        private static Http2Peer Upgrade(string start, string settings, int piece)
        {
            Http2Peer peer = new Http2Peer(new ScriptedDispatcher(), Http2Peer.Usual());
            peer.Piece = piece;
            peer.Send(Request(start, settings));
            return peer;
        }

        private static string Request(string start, string settings)
        {
            return start + "HTTP/1.1\r\nHost: device\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: " + settings + "\r\n\r\n";
        }

        private static void Continue(Http2Peer peer)
        {
            peer.Begin().Settings();
            Assert.AreEqual(FrameFlags.Ack, peer.Next(FrameType.Settings).Flags);
            peer.Frame(FrameType.Settings, FrameFlags.Ack, 0).ExpectAlive();
        }
    }
}
