using Http2Nano.Access;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Access
{
    /// <summary>What depends on who the client is, where it comes through a trusted proxy.</summary>
    [TestClass]
    public class BehindProxyTests
    {
        private const string Right = "Authorization: Basic YTpi\r\n";
        private const string Wrong = "Authorization: Basic YTpj\r\n";

        // One guesser does not lock out the others who come through the same proxy.
        [TestMethod]
        public void Wrong_passwords_are_counted_for_each_client()
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("a:b");
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            router.Guard("/", Authentication.Basic("lab", users, new TestClock()));
            RouterPeer peer = Behind(router);
            for (int i = 0; i < 5; i++)
            {
                Assert.AreEqual(401, peer.Get("/", "X-Forwarded-For: 198.51.100.7, 203.0.113.9\r\n" + Wrong).Status);
            }

            Assert.AreEqual(429, peer.Get("/", "X-Forwarded-For: 203.0.113.9\r\n" + Right).Status);
            Assert.AreEqual(429, peer.Get("/", "X-Forwarded-For: 192.0.2.1, 203.0.113.9\r\n" + Right).Status, "an address of the client's own making");
            Assert.AreEqual(200, peer.Get("/", "X-Forwarded-For: 203.0.113.10\r\n" + Right).Status);
        }

        // One who is no trusted proxy has one count, whatever it says.
        [TestMethod]
        public void A_guesser_cannot_change_its_address()
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("a:b");
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            router.Guard("/", Authentication.Basic("lab", users, new TestClock()));
            RouterPeer peer = Behind(router);
            peer.Session.Peer = new NamedPeer("192.0.2.66");
            for (int i = 0; i < 5; i++)
            {
                Assert.AreEqual(401, peer.Get("/", "X-Forwarded-For: 203.0.113." + i + "\r\nForwarded: for=203.0.113." + i + "\r\n" + Wrong).Status);
            }

            Assert.AreEqual(429, peer.Get("/", "X-Forwarded-For: 203.0.113.9\r\n" + Right).Status);
        }

        // The page comes from https://fleet.example:8443; the proxy asks the board for http://device.
        [TestMethod]
        [DataRow("X-Forwarded-Proto: https\r\nX-Forwarded-Host: fleet.example:8443\r\nOrigin: https://fleet.example:8443\r\n", 200)]
        [DataRow("Forwarded: proto=https;host=\"fleet.example:8443\"\r\nOrigin: https://FLEET.example:8443\r\n", 200)]
        [DataRow("X-Forwarded-Proto: https\r\nX-Forwarded-Host: fleet.example:8443\r\nOrigin: http://fleet.example:8443\r\n", 403)]
        [DataRow("X-Forwarded-Proto: https\r\nX-Forwarded-Host: fleet.example:8443\r\nOrigin: https://fleet.example\r\n", 403)]
        [DataRow("X-Forwarded-Proto: https\r\nX-Forwarded-Host: fleet.example:8443\r\nOrigin: https://evil.example\r\n", 403)]
        [DataRow("X-Forwarded-Host: fleet.example\r\nOrigin: http://fleet.example\r\n", 200)]
        [DataRow("X-Forwarded-Host: fleet.example\r\nOrigin: http://device\r\n", 403)]
        [DataRow("X-Forwarded-Proto: https\r\nOrigin: https://device\r\n", 200)]
        [DataRow("X-Forwarded-Proto: https\r\nOrigin: http://device\r\n", 403)]
        [DataRow("X-Forwarded-For: 203.0.113.9\r\nOrigin: http://device\r\n", 200)]
        [DataRow("X-Forwarded-Host: fleet.example\r\nSec-Fetch-Site: cross-site\r\nOrigin: http://fleet.example\r\n", 403)]
        public void A_change_is_the_pages_own_as_the_client_sees_it(string fields, int status)
        {
            Router router = new Router();
            router.MapPut("/x", TestRoutes.Nothing);
            RouterPeer peer = Behind(router);
            Assert.AreEqual(status, peer.Ask("PUT", "/x", fields, string.Empty).Status);
        }

        [TestMethod]
        public void A_forged_host_makes_no_change_the_pages_own()
        {
            Router router = new Router();
            router.MapPut("/x", TestRoutes.Nothing);
            RouterPeer peer = Behind(router);
            peer.Session.Peer = new NamedPeer("192.0.2.66");
            string forged = "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nForwarded: proto=https;host=evil.example\r\nOrigin: ";
            Assert.AreEqual(403, peer.Ask("PUT", "/x", forged + "https://evil.example\r\n", string.Empty).Status);
            Assert.AreEqual(403, peer.Ask("PUT", "/x", forged + "http://evil.example\r\n", string.Empty).Status);
            Assert.AreEqual(200, peer.Ask("PUT", "/x", forged + "http://device\r\n", string.Empty).Status);
        }

        [TestMethod]
        public void Host_names_are_those_that_the_client_asks_for()
        {
            Router router = new Router();
            router.Hosts = new HostAllowList(new string[] { "device", "fleet.example" });
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = Behind(router);
            Assert.AreEqual(200, peer.Get("/").Status);
            Assert.AreEqual(200, peer.Get("/", "X-Forwarded-Host: fleet.example:8443\r\n").Status);
            Assert.AreEqual(421, peer.Get("/", "X-Forwarded-Host: evil.example\r\n").Status);
            peer.Session.Peer = new NamedPeer("192.0.2.66");
            Assert.AreEqual(200, peer.Get("/", "X-Forwarded-Host: evil.example\r\n").Status, "forged, and ignored");
        }

        // RFC 6797 7.2
        [TestMethod]
        public void Strict_transport_security_is_for_clients_that_use_TLS()
        {
            Router router = new Router();
            router.RequireTls(60);
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = Behind(router);
            Assert.AreEqual("max-age=60", peer.Get("/", "X-Forwarded-Proto: https\r\n").Field("strict-transport-security"));
            Assert.IsNull(peer.Get("/", "X-Forwarded-Proto: http\r\n").Field("strict-transport-security"), "http");
            Assert.IsNull(peer.Get("/").Field("strict-transport-security"), "not told");
        }

        // What was known of the client stays known when its connection is gone, and another one has come.
        [TestMethod]
        public void A_deferred_request_keeps_its_client()
        {
            Router router = new Router();
            router.MapGet("/defer", Defer);
            RouterPeer peer = Behind(router);
            peer.Send("GET /defer HTTP/1.1\r\nHost: device\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n");
            Assert.AreEqual("203.0.113.9", s_deferred.PeerAddress);
            Assert.IsTrue(s_deferred.IsSecure, "https");
            peer.Disconnect();
            peer.Connect(false);
            peer.Session.Peer = new NamedPeer("192.0.2.66");
            Assert.AreEqual("203.0.113.9", s_deferred.PeerAddress);
            Assert.IsTrue(s_deferred.IsSecure, "https still");
            Assert.IsNull(router.Proxies.GetHost(s_deferred), "nobody is there to be believed");

            // It holds the server, for which a small heap has room once.
            s_deferred = null;
        }

        private static HttpRequest s_deferred;

        private static void Defer(HttpRequest request, HttpResponse response)
        {
            s_deferred = request;
            response.Defer();
        }

        // RFC 9113 8.3.1: HAProxy says https of what it brings without TLS.
        [TestMethod]
        [DataRow("10.0.0.1", "https", 200)]
        [DataRow("10.0.0.1", "HTTPS", 200)]
        [DataRow("10.0.0.1", "http", 200)]
        [DataRow("10.0.0.1", "ftp", 400)]
        [DataRow("192.0.2.66", "https", 421)]
        [DataRow("192.0.2.66", "http", 200)]
        public void A_proxy_names_the_scheme_of_its_client(string address, string scheme, int status)
        {
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            router.Proxies = new TrustedProxies(new string[] { "10.0.0.0/8" });
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), router);
            peer.Session.Peer = new NamedPeer(address);
            peer.Greet();
            FieldBlock block = new FieldBlock().Raw(0x20).Add(":method", "GET").Add(":scheme", scheme).Add(":path", "/").Add(":authority", "device");
            peer.Headers(1, block, true).ExpectResponse(1, status);
            peer.Headers(3, block, true).ExpectResponse(3, status);
        }

        // RFC 9112 3.2.2
        [TestMethod]
        [DataRow("10.0.0.1", "https", 200)]
        [DataRow("10.0.0.1", "http", 200)]
        [DataRow("192.0.2.66", "https", 421)]
        public void Over_HTTP_1_too(string address, string scheme, int status)
        {
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = Behind(router);
            peer.Session.Peer = new NamedPeer(address);
            peer.Send("GET " + scheme + "://device/ HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.AreEqual(status, peer.Next(false).Status);
        }

        // RFC 9110 10.1.1, 15.5.14: the other rules stay.
        [TestMethod]
        public void Other_refusals_stay()
        {
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = Behind(router);
            peer.Send("GET https://device/ HTTP/1.1\r\nHost: device\r\nExpect: wonders\r\n\r\n");
            Assert.AreEqual(417, peer.Next(false).Status);
            peer.Send("TRACE https://device/ HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.AreEqual(501, peer.Next(false).Status);
        }

        [TestMethod]
        public void Malformed_values_are_in_the_metrics()
        {
            MetricsRoute metrics = new MetricsRoute();
            Router router = new Router();
            router.MapGet("/metrics", metrics.Handle);
            RouterPeer peer = Behind(router);
            peer.Get("/", "X-Forwarded-For: nonsense\r\n");
            peer.Get("/", "X-Forwarded-Proto: nonsense\r\n");
            peer.Get("/", "X-Forwarded-For: 203.0.113.9\r\n");
            string text = peer.Get("/metrics").BodyText;
            Assert.IsTrue(text.IndexOf("\nhttp2nano_forwarded_values_ignored_total                    2\n") > 0, text);
        }

        // RFC 8297: some proxies take the first response for the last one.
        [TestMethod]
        public void Early_hints_can_be_turned_off()
        {
            Router router = new Router();
            router.MapGet("/", Hint);
            Assert.AreEqual(103, new RouterPeer(router).Get("/").Status);
            router = new Router();
            router.SendsEarlyHints = false;
            router.MapGet("/", Hint);
            Http1Reply reply = new RouterPeer(router).Get("/");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("False", reply.BodyText, "the handler is told");
        }

        private static void Hint(HttpRequest request, HttpResponse response)
        {
            bool sent = response.EarlyHints(RouterPeer.Octets("</style.css>; rel=preload; as=style"));
            response.Write(sent ? "True" : "False");
        }

        private static RouterPeer Behind(Router router)
        {
            router.Proxies = new TrustedProxies(new string[] { "10.0.0.0/8" });
            RouterPeer peer = new RouterPeer(router);
            peer.Session.Peer = new NamedPeer("10.0.0.1");
            return peer;
        }
    }
}
