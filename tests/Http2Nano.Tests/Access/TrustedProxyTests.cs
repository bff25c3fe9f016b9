using Http2Nano.Access;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Access
{
    /// <summary>What trusted proxies say of their clients counts, and what anybody else says does not.</summary>
    [TestClass]
    public class TrustedProxyTests
    {
        private const string Proxy = "10.0.0.1";
        private const string Stranger = "192.0.2.66";

        private static TrustedProxies _proxies;

        [TestMethod]
        [DataRow("203.0.113.9", "203.0.113.9")]
        [DataRow("203.0.113.9:4711", "203.0.113.9")]
        [DataRow("2001:db8::9", "2001:db8::9")]
        [DataRow("[2001:db8::9]", "2001:db8::9")]
        [DataRow("[2001:db8::9]:4711", "2001:db8::9")]
        [DataRow("198.51.100.7, 203.0.113.9", "203.0.113.9")]
        [DataRow("203.0.113.9, 10.0.0.2", "203.0.113.9")]
        [DataRow("198.51.100.7,203.0.113.9 ,\t10.0.0.3,10.0.0.2", "203.0.113.9")]
        [DataRow("203.0.113.9,,10.0.0.2,", "203.0.113.9")]
        [DataRow("10.0.0.9, 10.0.0.2", "10.0.0.9")]
        [DataRow("203.0.113.9\r\nX-Forwarded-For: 10.0.0.2", "203.0.113.9")]
        [DataRow("198.51.100.7\r\nX-Forwarded-For: 203.0.113.9", "203.0.113.9")]
        [DataRow("unknown", Proxy)]
        [DataRow("203.0.113.9, unknown", Proxy)]
        [DataRow("203.0.113.9, unknown, 10.0.0.2", "10.0.0.2")]
        [DataRow("", Proxy)]
        public void The_client_is_the_last_address_that_is_not_trusted(string value, string client)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(client, peer.Get("/who", "X-Forwarded-For: " + value + "\r\n").BodyText);
            Assert.AreEqual(0, _proxies.Ignored);
            Assert.AreEqual(Stranger, From(peer, Stranger).Get("/who", "X-Forwarded-For: " + value + "\r\n").BodyText, "forged");
        }

        [TestMethod]
        [DataRow("203.0.113.256", Proxy)]
        [DataRow("client.example", Proxy)]
        [DataRow("203.0.113.9:http", Proxy)]
        [DataRow("203.0.113.9:123456", Proxy)]
        [DataRow("[203.0.113.9]", Proxy)]
        [DataRow("[2001:db8::9", Proxy)]
        [DataRow("[2001:db8::9]x", Proxy)]
        [DataRow("203.0.113.9, nonsense", Proxy)]
        [DataRow("203.0.113.9, nonsense, 10.0.0.2", "10.0.0.2")]
        [DataRow("unknowing", Proxy)]
        public void A_malformed_address_is_ignored_and_counted_with_all_before_it(string value, string client)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(client, peer.Get("/who", "X-Forwarded-For: " + value + "\r\n").BodyText);
            Assert.AreEqual(1, _proxies.Ignored);
            From(peer, Stranger);
            Assert.AreEqual(Stranger, peer.Get("/who", "X-Forwarded-For: " + value + "\r\n").BodyText);
            Assert.AreEqual(1, _proxies.Ignored, "forged ones are not even looked at");
        }

        [TestMethod]
        public void A_value_that_is_too_long_is_ignored_and_counted()
        {
            RouterPeer peer = Peer(Proxy);
            string value = new string('1', 250) + ", 203.0.113.9";
            Assert.AreEqual(Proxy, peer.Get("/who", "X-Forwarded-For: " + value + "\r\n").BodyText);
            Assert.AreEqual(Proxy, peer.Get("/who", "Forwarded: for=203.0.113.9;by=" + value + "\r\n").BodyText);
            Assert.AreEqual("()", peer.Get("/host", "X-Forwarded-Host: " + value + "\r\n").BodyText);
            Assert.AreEqual(3, _proxies.Ignored);
        }

        // RFC 7239 4, 6
        [TestMethod]
        [DataRow("for=203.0.113.9", "203.0.113.9")]
        [DataRow("For=203.0.113.9;proto=http;by=203.0.113.43", "203.0.113.9")]
        [DataRow("for=\"203.0.113.9:4711\"", "203.0.113.9")]
        [DataRow("for=203.0.113.9:4711", "203.0.113.9")]
        [DataRow("for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17")]
        [DataRow("for=\"[2001:db8:cafe::17]\"", "2001:db8:cafe::17")]
        [DataRow("for=\"203.0.113.\\9\"", "203.0.113.9")]
        [DataRow("for=\"203.0.113.9:_port\"", "203.0.113.9")]
        [DataRow("for=198.51.100.7, for=203.0.113.9", "203.0.113.9")]
        [DataRow("for=203.0.113.9;host=a, for=10.0.0.2;host=b", "203.0.113.9")]
        [DataRow("for=203.0.113.9\r\nForwarded: for=10.0.0.2", "203.0.113.9")]
        [DataRow("by=\"a,b;c\";for=203.0.113.9", "203.0.113.9")]
        [DataRow(";for=203.0.113.9;", "203.0.113.9")]
        [DataRow(" , for=203.0.113.9 , ", "203.0.113.9")]
        [DataRow("for=_hidden", Proxy)]
        [DataRow("for=203.0.113.9, for=_SEVKISEK", Proxy)]
        [DataRow("for=unknown", Proxy)]
        [DataRow("for=\"unknown:4711\"", Proxy)]
        [DataRow("for=203.0.113.9, proto=https", Proxy)]
        public void Forwarded_names_the_client(string value, string client)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(client, peer.Get("/who", "Forwarded: " + value + "\r\n").BodyText);
            Assert.AreEqual(0, _proxies.Ignored);
            Assert.AreEqual(Stranger, From(peer, Stranger).Get("/who", "Forwarded: " + value + "\r\n").BodyText, "forged");
        }

        [TestMethod]
        [DataRow("203.0.113.9", Proxy)]
        [DataRow("for", Proxy)]
        [DataRow("for=", Proxy)]
        [DataRow("for =203.0.113.9", Proxy)]
        [DataRow("=203.0.113.9", Proxy)]
        [DataRow("for=\"203.0.113.9", Proxy)]
        [DataRow("for=\"203.0.113.9\\", Proxy)]
        [DataRow("for=203.0.113.9 proto=http", Proxy)]
        [DataRow("for=203.0.113.9;for=203.0.113.10", Proxy)]
        [DataRow("for=nonsense", Proxy)]
        [DataRow("for=203.0.113.9, nonsense", Proxy)]
        [DataRow("nonsense, for=203.0.113.9", "203.0.113.9")]
        public void A_malformed_element_of_Forwarded_is_ignored_and_counted(string value, string client)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(client, peer.Get("/who", "Forwarded: " + value + "\r\n").BodyText);
            Assert.AreEqual(1, _proxies.Ignored);
        }

        [TestMethod]
        [DataRow("X-Forwarded-Proto: https\r\n", "https")]
        [DataRow("X-Forwarded-Proto: HTTPS\r\n", "https")]
        [DataRow("X-Forwarded-Proto: wss\r\n", "https")]
        [DataRow("X-Forwarded-Proto: ws\r\n", "http")]
        [DataRow("X-Forwarded-Proto: http\r\n", "http")]
        [DataRow("X-Forwarded-Proto: https, http\r\n", "http")]
        [DataRow("X-Forwarded-For: 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https, http\r\n", "https")]
        [DataRow("X-Forwarded-For: 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https\r\n", "https")]
        [DataRow("X-Forwarded-For: 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Proto: http\r\n", "https")]
        [DataRow("X-Forwarded-For: 203.0.113.9\r\n", "http")]
        [DataRow("Forwarded: proto=https\r\n", "https")]
        [DataRow("Forwarded: for=203.0.113.9;proto=https, for=10.0.0.2;proto=http\r\n", "https")]
        [DataRow("Forwarded: for=203.0.113.9;proto=https, for=203.0.113.10\r\n", "http")]
        [DataRow("X-Forwarded-For: 203.0.113.9\r\nForwarded: proto=https\r\n", "http")]
        public void The_scheme_is_the_clients(string fields, string scheme)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(scheme, peer.Get("/scheme", fields).BodyText);
            Assert.AreEqual(0, _proxies.Ignored);
            Assert.AreEqual("http", From(peer, Stranger).Get("/scheme", fields).BodyText, "forged");
        }

        [TestMethod]
        [DataRow("X-Forwarded-Host: fleet.example\r\n", "(fleet.example)")]
        [DataRow("X-Forwarded-Host: [2001:db8::1]:8443\r\n", "([2001:db8::1]:8443)")]
        [DataRow("X-Forwarded-Host: forged, fleet.example\r\n", "(fleet.example)")]
        [DataRow("Forwarded: host=\"fleet.example:8443\"\r\n", "(fleet.example:8443)")]
        [DataRow("Forwarded: for=203.0.113.9;host=fleet.example, for=10.0.0.2;host=inner\r\n", "(fleet.example)")]
        [DataRow("X-Forwarded-For: 203.0.113.9\r\n", "()")]
        public void The_host_is_the_one_that_the_client_has_asked(string fields, string host)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(host, peer.Get("/host", fields).BodyText);
            Assert.AreEqual(0, _proxies.Ignored);
            Assert.AreEqual("()", From(peer, Stranger).Get("/host", fields).BodyText, "forged");
        }

        [TestMethod]
        [DataRow("X-Forwarded-Proto: gopher\r\n")]
        [DataRow("X-Forwarded-Proto: https2\r\n")]
        [DataRow("X-Forwarded-Proto: wsx\r\n")]
        [DataRow("X-Forwarded-Proto: w\r\n")]
        [DataRow("X-Forwarded-Proto: \r\n")]
        [DataRow("X-Forwarded-Host: user@fleet.example\r\n")]
        [DataRow("X-Forwarded-Host: fleet.example/x\r\n")]
        [DataRow("X-Forwarded-Host: :80\r\n")]
        [DataRow("X-Forwarded-Host: a b\r\n")]
        [DataRow("Forwarded: proto=gopher\r\n")]
        [DataRow("Forwarded: host=\"a b\"\r\n")]
        [DataRow("X-Forwarded-Prefix: device\r\n")]
        public void A_malformed_value_is_ignored_and_counted(string fields)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual("http", peer.Get("/scheme", fields).BodyText);
            Assert.AreEqual(1, _proxies.Ignored);
            Assert.AreEqual("()", peer.Get("/host", fields).BodyText);
            Assert.AreEqual("()", peer.Get("/prefix", fields).BodyText);
            Assert.AreEqual(3, _proxies.Ignored);
            From(peer, Stranger);
            Assert.AreEqual("http", peer.Get("/scheme", fields).BodyText);
            Assert.AreEqual(3, _proxies.Ignored);
        }

        [TestMethod]
        [DataRow("/device", "(/device)")]
        [DataRow("/device/", "(/device)")]
        [DataRow("/api/hassio_ingress/AbC-_1", "(/api/hassio_ingress/AbC-_1)")]
        [DataRow("/caf%C3%A9/@x:y!$&'()*+=~", "(/caf%C3%A9/@x:y!$&'()*+=~)")]
        [DataRow("/..x/.y", "(/..x/.y)")]
        [DataRow("/", "()")]
        [DataRow("", "()")]
        [DataRow("device", "()")]
        [DataRow("//evil.example", "()")]
        [DataRow("/a//b", "()")]
        [DataRow("/a/..", "()")]
        [DataRow("/./a", "()")]
        [DataRow("/a/%2e%2E", "()")]
        [DataRow("/a%2fb", "()")]
        [DataRow("/a\\b", "()")]
        [DataRow("/a%5Cb", "()")]
        [DataRow("/a;b", "()")]
        [DataRow("/a, /b", "()")]
        [DataRow("/a b", "()")]
        [DataRow("/a?b", "()")]
        [DataRow("/a#b", "()")]
        [DataRow("/a%", "()")]
        [DataRow("/a%0", "()")]
        [DataRow("/a%0d%0a", "()")]
        [DataRow("/a\"b", "()")]
        [DataRow("/a\r\nX-Forwarded-Prefix: /a", "()")]
        public void A_prefix_is_a_path_or_nothing(string value, string prefix)
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual(prefix, peer.Get("/prefix", "X-Forwarded-Prefix: " + value + "\r\n").BodyText);
            bool malformed = prefix == "()" && value != "/" && value != string.Empty;
            Assert.AreEqual(malformed ? 1 : 0, _proxies.Ignored);
            Assert.AreEqual("()", From(peer, Stranger).Get("/prefix", "X-Forwarded-Prefix: " + value + "\r\n").BodyText, "forged");
        }

        [TestMethod]
        public void Home_Assistant_has_a_name_of_its_own_for_the_prefix()
        {
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual("(/api/hassio_ingress/x)", peer.Get("/prefix", "X-Ingress-Path: /api/hassio_ingress/x\r\n").BodyText);
            Assert.AreEqual("(/device)", peer.Get("/prefix", "X-Ingress-Path: /other\r\nX-Forwarded-Prefix: /device\r\n").BodyText);
            Assert.AreEqual("()", From(peer, Stranger).Get("/prefix", "X-Ingress-Path: /forged\r\n").BodyText);
        }

        [TestMethod]
        public void X_Forwarded_fields_can_be_left_to_the_clients()
        {
            string fields = "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: forged\r\nForwarded: for=203.0.113.9;proto=https;host=fleet.example\r\n";
            RouterPeer peer = Peer(Proxy);
            Assert.AreEqual("198.51.100.7", peer.Get("/who", fields).BodyText);
            Assert.AreEqual("http", peer.Get("/scheme", fields).BodyText);
            _proxies.OnlyForwarded = true;
            Assert.AreEqual("203.0.113.9", peer.Get("/who", fields).BodyText);
            Assert.AreEqual("https", peer.Get("/scheme", fields).BodyText);
            Assert.AreEqual("(fleet.example)", peer.Get("/host", fields).BodyText);
        }

        [TestMethod]
        [DataRow("10.0.0.1", true)]
        [DataRow("::ffff:10.0.0.1", true)]
        [DataRow("fd00::1%3", true)]
        [DataRow("fe80::1%3", false)]
        [DataRow("11.0.0.1", false)]
        [DataRow("", false)]
        [DataRow("proxy", false)]
        public void Only_peers_of_the_networks_are_believed(string address, bool trusted)
        {
            Assert.AreEqual(trusted ? "203.0.113.9" : address, Peer(address).Get("/who", "X-Forwarded-For: 203.0.113.9\r\n").BodyText);
        }

        [TestMethod]
        public void Without_trusted_proxies_nobody_is_believed()
        {
            Router router = Routes();
            RouterPeer peer = new RouterPeer(router);
            peer.Session.Peer = new NamedPeer(Proxy);
            string fields = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: fleet.example\r\nForwarded: for=203.0.113.9;proto=https\r\n";
            Assert.AreEqual(Proxy, peer.Get("/who", fields).BodyText);
            Assert.AreEqual("http", peer.Get("/scheme", fields).BodyText);
            Assert.AreEqual(403, peer.Ask("POST", "/who", fields + "Origin: https://fleet.example\r\n", string.Empty).Status);
            Assert.AreEqual(421, peer.Get("https://device/who", fields).Status);
        }

        private RouterPeer Peer(string address)
        {
            _proxies = new TrustedProxies(new string[] { "10.0.0.0/8", "fd00::/8" });
            Router router = Routes();
            router.Proxies = _proxies;
            RouterPeer peer = new RouterPeer(router);
            peer.Session.Peer = new NamedPeer(address);
            return peer;
        }

        private static RouterPeer From(RouterPeer peer, string address)
        {
            peer.Session.Peer = new NamedPeer(address);
            return peer;
        }

        private Router Routes()
        {
            Router router = new Router();
            router.MapGet("/who", SayClient);
            router.MapPost("/who", SayClient);
            router.MapGet("/scheme", SayScheme);
            router.MapGet("/host", SayHost);
            router.MapGet("/prefix", SayPrefix);
            return router;
        }

        private void SayClient(HttpRequest request, HttpResponse response)
        {
            response.Write(request.PeerAddress);
        }

        private void SayScheme(HttpRequest request, HttpResponse response)
        {
            response.Write(request.IsSecure ? "https" : "http");
        }

        private void SayHost(HttpRequest request, HttpResponse response)
        {
            response.Write("(" + _proxies.GetHost(request) + ")");
        }

        private void SayPrefix(HttpRequest request, HttpResponse response)
        {
            byte[] copy = new byte[64];
            Assert.AreEqual(_proxies.GetPrefix(request).Length, _proxies.CopyPrefix(request, copy, 0));
            response.Write("(" + _proxies.GetPrefix(request) + ")");
        }
    }
}
