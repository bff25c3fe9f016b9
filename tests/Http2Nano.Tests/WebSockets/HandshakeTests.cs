using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.WebSockets;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>RFC 6455 4.2: the opening handshake over HTTP/1.1.</summary>
    [TestClass]
    public class HandshakeTests
    {
        private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        private const string Version = "Sec-WebSocket-Version: 13\r\n";
        private const string Upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

        // The example of RFC 6455 1.3.
        [TestMethod]
        public void The_key_is_answered()
        {
            Http1Reply reply = SocketPeer.Connect().Ask(SocketPeer.Asking);
            Assert.AreEqual(101, reply.Status);
            Assert.AreEqual("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", reply.Field("sec-websocket-accept"));
            Assert.AreEqual("websocket", reply.Field("upgrade"));
            Assert.AreEqual("upgrade", reply.Field("connection"));
            Assert.IsNull(reply.Field("content-length"));
            Assert.IsNull(reply.Field("transfer-encoding"));
        }

        [TestMethod]
        public void Upgrade_is_a_list_in_any_case()
        {
            Assert.AreEqual(101, SocketPeer.Connect().Ask("Upgrade: foo/1, WebSocket\r\nConnection: keep-alive, UPGRADE\r\n" + Version + Key).Status);
        }

        // RFC 7692 is declined, as any extension is.
        [TestMethod]
        public void Extensions_are_declined()
        {
            Http1Reply reply = SocketPeer.Connect().Ask(SocketPeer.Asking + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
            Assert.AreEqual(101, reply.Status);
            Assert.IsNull(reply.Field("sec-websocket-extensions"));
        }

        [TestMethod]
        public void A_subprotocol_is_chosen_where_it_is_offered()
        {
            SocketPeer peer = SocketPeer.Connect();
            Assert.IsNull(peer.Ask(SocketPeer.Asking + "Sec-WebSocket-Protocol: mqtt\r\n").Field("sec-websocket-protocol"));
            peer.Disconnect();
            peer.Endpoint.Subprotocol = "mqtt";
            Assert.AreEqual("mqtt", peer.Ask(SocketPeer.Asking + "Sec-WebSocket-Protocol: soap, mqtt\r\n").Field("sec-websocket-protocol"));
            peer.Disconnect();
            Assert.AreEqual("mqtt", peer.Ask(SocketPeer.Asking + "Sec-WebSocket-Protocol: soap\r\nSec-WebSocket-Protocol: mqtt\r\n").Field("sec-websocket-protocol"));
            peer.Disconnect();
            Http1Reply reply = peer.Ask(SocketPeer.Asking + "Sec-WebSocket-Protocol: mqtt5, MQTT\r\n");
            Assert.AreEqual(101, reply.Status);
            Assert.IsNull(reply.Field("sec-websocket-protocol"));
            Assert.ThrowsException(typeof(System.ArgumentException), () => peer.Endpoint.Subprotocol = "two words");
        }

        [TestMethod]
        public void Another_version_is_told_which_there_is()
        {
            SocketPeer peer = SocketPeer.Connect();
            Http1Reply reply = peer.Ask(Upgrade + Key + "Sec-WebSocket-Version: 8\r\n");
            Assert.AreEqual(426, reply.Status);
            Assert.AreEqual("13", reply.Field("sec-websocket-version"));
            Assert.AreEqual("websocket", reply.Field("upgrade"));
            Assert.AreEqual("upgrade", reply.Field("connection"));
            Assert.AreEqual(101, peer.Ask(SocketPeer.Asking).Status, "the connection goes on");
        }

        // RFC 9110 15.5.22
        [TestMethod]
        public void Without_upgrade_it_is_required()
        {
            SocketPeer peer = SocketPeer.Connect();
            Http1Reply reply = peer.Ask(Version + Key);
            Assert.AreEqual(426, reply.Status);
            Assert.AreEqual("websocket", reply.Field("upgrade"));
            Assert.AreEqual(426, peer.Ask("Upgrade: websocket\r\n" + Version + Key).Status, "Connection does not name it");
            Assert.AreEqual(426, peer.Ask("Upgrade: h3\r\nConnection: Upgrade\r\n" + Version + Key).Status);
            Assert.AreEqual(405, peer.Ask("POST /socket HTTP/1.1", SocketPeer.Asking).Status);
            Assert.AreEqual("GET, HEAD, OPTIONS", peer.Head.Field("allow"));
            Assert.AreEqual("open", peer.Endpoint.Notes + "open", "nothing was opened");
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=\r\n")]
        [DataRow("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ===\r\n")]
        [DataRow("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q==\r\n")]
        [DataRow("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQxx\r\n")]
        [DataRow("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")]
        public void A_key_is_sixteen_octets_in_base_64(string key)
        {
            SocketPeer peer = SocketPeer.Connect();
            Assert.AreEqual(400, peer.Ask(Upgrade + Version + key).Status);
            Assert.AreEqual(string.Empty, peer.Endpoint.Notes);
            Assert.AreEqual(101, peer.Ask(SocketPeer.Asking).Status);
        }

        [TestMethod]
        public void A_version_is_needed()
        {
            SocketPeer peer = SocketPeer.Connect();
            Assert.AreEqual(400, peer.Ask(Upgrade + Key).Status);
            Assert.AreEqual(400, peer.Ask(Upgrade + Key + Version + Version).Status);
        }

        // RFC 9110 7.8: HTTP/1.0 knows no upgrade.
        [TestMethod]
        public void Not_over_HTTP_1_0()
        {
            Assert.AreEqual(426, SocketPeer.Connect().Ask("GET /socket HTTP/1.0", SocketPeer.Asking).Status);
        }

        [TestMethod]
        public void A_route_for_something_else_ignores_the_upgrade()
        {
            Router router = new Router();
            router.MapGet("/page", (request, response) => response.Write("page"));
            Http2Nano.Tests.Routing.RouterPeer peer = new Http2Nano.Tests.Routing.RouterPeer(router);
            Assert.AreEqual("page", peer.Get("/page", SocketPeer.Asking).BodyText);
            Assert.AreEqual(404, peer.Get("/other", SocketPeer.Asking).Status);
        }

        // The rule that changes have (RFC 6455 10.2).
        [TestMethod]
        [DataRow("Origin: http://device\r\n", 101)]
        [DataRow("Origin: http://elsewhere\r\n", 403)]
        [DataRow("Origin: https://device\r\n", 403)]
        [DataRow("Origin: null\r\n", 403)]
        [DataRow("Sec-Fetch-Site: same-origin\r\nOrigin: http://device\r\n", 101)]
        [DataRow("Sec-Fetch-Site: cross-site\r\nOrigin: http://elsewhere\r\n", 403)]
        [DataRow("", 101)]
        public void Other_origins_are_refused(string fields, int status)
        {
            Assert.AreEqual(status, SocketPeer.Connect().Ask(SocketPeer.Asking + fields).Status);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(101)]
        public void Sockets_that_cannot_be_are_refused(int sockets)
        {
            Assert.ThrowsException(typeof(System.ArgumentException), () => new SizedEndpoint(sockets, 64));
        }

        [TestMethod]
        [DataRow(63)]
        [DataRow(32768)]
        public void Queues_that_cannot_be_are_refused(int size)
        {
            Assert.ThrowsException(typeof(System.ArgumentException), () => new SizedEndpoint(1, size));
        }

        private sealed class SizedEndpoint : QueuedWebSocketEndpoint
        {
            internal SizedEndpoint(int sockets, int size)
                : base(sockets, size, new Clock())
            {
            }

            public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
            {
            }
        }
    }
}
