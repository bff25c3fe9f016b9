using Http2Nano.Framing;
using Http2Nano.Routing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>RFC 8441: a WebSocket as a stream of HTTP/2.</summary>
    [TestClass]
    public partial class ExtendedConnectTests
    {
        private const int EnableConnectProtocol = 8;

        [TestMethod]
        public void The_setting_is_one_where_a_route_wants_it()
        {
            Assert.AreEqual(1, ConnectSetting(new Http2Peer(Http2Peer.Usual(), Sockets(new TestEndpoint()))));
            Router router = new Router();
            router.MapGet("/", (request, response) => response.Write("hello"));
            Assert.AreEqual(0, ConnectSetting(new Http2Peer(Http2Peer.Usual(), router)));
        }

        [TestMethod]
        public void Messages_come_and_go_on_a_stream()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, Asking(), false);
                PeerFrame head = peer.Next(FrameType.Headers);
                Assert.AreEqual("200", head.Field(":status"));
                Assert.IsNull(head.Field("sec-websocket-accept"));
                Assert.IsNull(head.Field("content-length"));
                Assert.IsNull(head.Field("upgrade"));
                Assert.IsFalse(head.EndStream);
                Says(peer, 1, 0x81, "Hello");
                Gets(peer, 1, 0x81, "Hello");
                Says(peer, 1, 0x89, "ping");
                Gets(peer, 1, 0x8A, "ping");

                // Others have their turn beside it.
                peer.Get(3, "/page").ExpectResponse(3, 200, "page");
                Assert.IsTrue(endpoint.Send(endpoint.Last, "news"));
                peer.Pump();
                Gets(peer, 1, 0x81, "news");
            });
        }

        [TestMethod]
        public void The_closing_handshake_ends_the_stream_on_both_sides()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x88, "\u0003\u00E8");
                PeerFrame frame = peer.Next(FrameType.Data);
                Assert.AreEqual(4, frame.Octets.Length, "a Close frame");
                if (!frame.EndStream)
                {
                    Assert.IsTrue(peer.Next(FrameType.Data).EndStream);
                }

                peer.Frame(FrameType.Data, FrameFlags.EndStream, 1);
                Assert.AreEqual(0, endpoint.Sockets);
                Assert.AreEqual("open, closed 1000", endpoint.Notes);
                peer.ExpectAlive();
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            });
        }

        // RFC 8441 5: an orderly end without a Close frame, and an abrupt one.
        [TestMethod]
        public void The_end_of_the_stream_ends_the_socket()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                peer.Frame(FrameType.Data, FrameFlags.EndStream, 1);
                Gets(peer, 1, 0x88, "\u0003\u00E9");
                Assert.AreEqual("open, closed 1006", endpoint.Notes);
                peer.ExpectAlive();
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            });
            Play((peer, endpoint) =>
            {
                Open(peer);
                peer.Reset(1, ErrorCode.Cancel);
                Assert.AreEqual("open, closed 1006", endpoint.Notes);
                peer.ExpectAlive();
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            });
        }

        // RFC 9113 8.5: on a tunnel there is nothing but DATA.
        [TestMethod]
        public void A_tunnel_has_no_trailers()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                peer.Headers(1, new FieldBlock().Add("x-sum", "1"), true).ExpectReset(1, ErrorCode.ProtocolError);
                Assert.AreEqual("open, closed 1006", endpoint.Notes);
                peer.Get(3, "/page").ExpectResponse(3, 200, "page");
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            });
        }

        [TestMethod]
        public void A_request_that_ends_at_once_opens_a_socket_that_ends()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, Asking(), true);
                Assert.AreEqual("200", peer.Next(FrameType.Headers).Field(":status"));
                Gets(peer, 1, 0x88, "\u0003\u00E9");
                Assert.AreEqual("open, closed 1006", endpoint.Notes);
                peer.ExpectAlive();
                Assert.AreEqual(0, peer.Session.Exchanges.InUse, "exchanges in use");
            });
        }

        [TestMethod]
        public void An_endpoint_that_answers_before_it_opens_loses_no_socket()
        {
            Play((peer, endpoint) =>
            {
                endpoint.AnswersAtOnce = true;
                peer.Headers(1, Asking(), true);
                Assert.AreEqual(500, peer.Response(1).Status);
                Assert.AreEqual(0, endpoint.Sockets);
                Assert.AreEqual(string.Empty, endpoint.Notes);
            });
        }

        // A body that is due has a deadline; a socket may be silent for as long as its Pings are answered.
        [TestMethod]
        public void A_silent_socket_is_not_a_body_that_is_late()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                for (int i = 0; i < 8; i++)
                {
                    peer.Elapse(5000);
                }

                Says(peer, 1, 0x81, "back");
                Gets(peer, 1, 0x81, "back");
            });
        }

        [TestMethod]
        public void A_silent_client_is_asked_and_then_given_up()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                Says(peer, 1, 0x81, "Hello");
                Gets(peer, 1, 0x81, "Hello");
                Wait(peer, endpoint, 19900);
                peer.Nothing();
                Wait(peer, endpoint, 200);
                Gets(peer, 1, 0x89, string.Empty);
                Says(peer, 1, 0x8A, string.Empty);
                Wait(peer, endpoint, 19900);
                peer.Nothing();
                Wait(peer, endpoint, 200);
                Gets(peer, 1, 0x89, string.Empty);
                Wait(peer, endpoint, 20100);
                peer.ExpectReset(1, ErrorCode.Cancel);
                Assert.AreEqual("open, text 5, closed 1006", endpoint.Notes);
            });
        }

        // Nobody who is refused waits for the end of a request that never ends.
        [TestMethod]
        public void Who_is_refused_is_told_at_once()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, Asking().Add("origin", "http://elsewhere"), false);
                Assert.AreEqual(403, peer.Response(1).Status);
                peer.Headers(3, Asking("/page"), false);
                Assert.AreEqual(405, peer.Response(3).Status);
                peer.Headers(5, Asking("/nowhere"), false);
                Assert.AreEqual(404, peer.Response(5).Status);
                Assert.AreEqual(string.Empty, endpoint.Notes);
            });
        }

        [TestMethod]
        public void More_sockets_than_there_are_get_503()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, Asking(), false).Headers(3, Asking(), false).Headers(5, Asking(), false);
                Assert.AreEqual(200, peer.Response(1).Status);
                Assert.AreEqual(200, peer.Response(3).Status);
                Assert.AreEqual(503, peer.Response(5).Status);
                Assert.AreEqual(2, endpoint.Sockets);
                peer.Reset(1, ErrorCode.Cancel);
                peer.Headers(7, Asking(), false);
                Assert.AreEqual(200, peer.Response(7).Status);
            });
        }

        [TestMethod]
        public void Another_protocol_is_not_implemented()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, Asking("/socket", "connect-udp"), false);
                Assert.AreEqual(501, peer.Response(1).Status);
            });
        }

        // RFC 8441 4; RFC 9113 8.3.
        [TestMethod]
        public void Protocol_is_for_CONNECT_and_once_and_in_front()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, FieldBlock.Get("/socket").Add(":protocol", "websocket"), true).ExpectReset(1, ErrorCode.ProtocolError);
                peer.Headers(3, FieldBlock.Request("CONNECT", "/socket").Add(":protocol", "websocket").Add(":protocol", "websocket"), false);
                peer.ExpectReset(3, ErrorCode.ProtocolError);
                peer.Headers(5, FieldBlock.Request("CONNECT", "/socket").Add("accept", "x").Add(":protocol", "websocket"), false);
                peer.ExpectReset(5, ErrorCode.ProtocolError);
                peer.Headers(7, FieldBlock.Request("CONNECT", "/socket"), false).ExpectReset(7, ErrorCode.ProtocolError);
                peer.ExpectAlive();
            });
        }

        // RFC 8441 3: only behind the setting.
        [TestMethod]
        public void Without_the_setting_it_is_malformed()
        {
            Http2Peer peer = Http2Peer.Open();
            peer.Headers(1, Asking("/"), false).ExpectReset(1, ErrorCode.ProtocolError);
            peer.Get(3, "/").ExpectResponse(3, 200, "hello");
        }

        [TestMethod]
        public void Another_version_is_refused()
        {
            Play((peer, endpoint) =>
            {
                peer.Headers(1, FieldBlock.Request("CONNECT", "/socket").Add(":protocol", "websocket").Add("sec-websocket-version", "8"), false);
                PeerResponse response = peer.Response(1);
                Assert.AreEqual(400, response.Status);
                Assert.AreEqual("13", response.Field("sec-websocket-version"));
            });
        }

        [TestMethod]
        public void A_frame_that_is_wrong_ends_its_stream_alone()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                peer.Frame(FrameType.Data, 0, 1, 0xC1, 0x80, 0, 0, 0, 0);
                PeerFrame frame = peer.Next(FrameType.Data);
                Assert.AreEqual(4, frame.Octets.Length, "a Close frame");
                endpoint.Time.Time += 300;
                peer.Elapse(300);
                peer.Get(3, "/page").ExpectResponse(3, 200, "page");
            });
        }

        [TestMethod]
        public void A_connection_that_ends_says_going_away()
        {
            Play((peer, endpoint) =>
            {
                Open(peer);
                peer.Session.Shutdown(peer.Now);
                peer.Pump();
                peer.ExpectGracefulGoAway(1);
                Gets(peer, 1, 0x88, "\u0003\u00E9");
                Assert.AreEqual("open, closed 1006", endpoint.Notes);
            });
        }

        private delegate void StreamScenario(Http2Peer peer, TestEndpoint endpoint);

        private static void Play(StreamScenario scenario)
        {
            Play(scenario, int.MaxValue);
            Play(scenario, 1);
        }

        private static void Play(StreamScenario scenario, int piece)
        {
            TestEndpoint endpoint = new TestEndpoint();
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Sockets(endpoint));
            peer.Piece = piece;
            scenario(peer.Greet(), endpoint);
        }

        private static Router Sockets(TestEndpoint endpoint)
        {
            Router router = new Router();
            router.MapWebSocket("/socket", endpoint.Handle);
            router.MapGet("/page", (request, response) => response.Write("page"));
            return router;
        }

        private static FieldBlock Asking()
        {
            return Asking("/socket");
        }

        private static FieldBlock Asking(string path)
        {
            return Asking(path, "websocket");
        }

        private static FieldBlock Asking(string path, string protocol)
        {
            return FieldBlock.Request("CONNECT", path).Add(":protocol", protocol).Add("sec-websocket-version", "13");
        }

        private static void Open(Http2Peer peer)
        {
            peer.Headers(1, Asking(), false);
            Assert.AreEqual("200", peer.Next(FrameType.Headers).Field(":status"));
        }

        private static void Wait(Http2Peer peer, TestEndpoint endpoint, int milliseconds)
        {
            endpoint.Time.Time += milliseconds;
            peer.Elapse(milliseconds);
        }

        // A masked frame, each of whose characters is an octet.
        private static void Says(Http2Peer peer, int stream, int first, string payload)
        {
            byte[] frame = new byte[6 + payload.Length];
            frame[0] = (byte)first;
            frame[1] = (byte)(0x80 | payload.Length);
            frame[3] = 0x55;
            for (int i = 0; i < payload.Length; i++)
            {
                frame[6 + i] = (byte)(payload[i] ^ frame[2 + (i & 3)]);
            }

            peer.Frame(FrameType.Data, 0, stream, frame);
        }

        // A message in whichever frames, and nothing behind it.
        private static void Gets(Http2Peer peer, int stream, int first, string payload)
        {
            PeerOctets got = new PeerOctets();
            int at = 0;
            int count = 0;
            int octet = 0;
            while (octet < 0x80)
            {
                while (got.Length == at)
                {
                    PeerFrame frame = peer.Next(FrameType.Data);
                    Assert.AreEqual(stream, frame.Stream);
                    got.Add(frame.Octets);
                }

                octet = got.At(at);
                Assert.AreEqual(at == 0 ? first & 0x7F : 0, octet & 0x7F, "opcode");
                int length = got.At(at + 1);
                for (int i = 0; i < length; i++)
                {
                    Assert.AreEqual((int)payload[count + i], (int)got.At(at + 2 + i));
                }

                count += length;
                at += 2 + length;
            }

            Assert.AreEqual(payload.Length, count, "length of the message");
            Assert.AreEqual(at, got.Length, "octets behind it");
        }

        private static int ConnectSetting(Http2Peer peer)
        {
            peer.Begin();
            byte[] settings = peer.Next(FrameType.Settings).Payload;
            for (int i = 0; i < settings.Length; i += 6)
            {
                if (((settings[i] << 8) | settings[i + 1]) == EnableConnectProtocol)
                {
                    return settings[i + 5];
                }
            }

            return -1;
        }
    }
}
