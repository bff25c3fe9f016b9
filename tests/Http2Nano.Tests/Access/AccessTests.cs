using System;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Access
{
    [TestClass]
    public class AccessTests
    {
        [TestMethod]
        [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
        [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
        [DataRow("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
        [DataRow("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu", "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
        public void Hashes_of_the_standard(string text, string expected)
        {
            Assert.AreEqual(expected, new HashedSecrets(string.Empty).HashOf(text));
            Assert.AreEqual(expected, new HashedSecrets(text).HashOf(string.Empty));
        }

        [TestMethod]
        public void Passwords_open()
        {
            TestClock clock = new TestClock();
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("anna:secret");
            users.AddHash(new HashedSecrets("salt").HashOf("bert:geheim:ä"));
            RouterPeer peer = new RouterPeer(Guarded(Authentication.Basic("lab", users, clock)));
            Http1Reply reply = peer.Get("/private/x");
            Assert.AreEqual(401, reply.Status);
            Assert.AreEqual("Basic realm=\"lab\", charset=\"UTF-8\"", reply.Field("www-authenticate"));
            Assert.AreEqual(200, peer.Get("/private/x", Basic("anna:secret")).Status);
            Assert.AreEqual(200, peer.Get("/private/x", Basic("bert:geheim:ä")).Status);
            Assert.AreEqual(200, peer.Get("/open").Status);
            string[] wrong = { "Basic", "Basic ", "Basic !!!!", "Bearer YW5uYTpzZWNyZXQ=", "YW5uYTpzZWNyZXQ=", "Basic YW5uYTpzZWNyZXQ=x" };
            for (int i = 0; i < wrong.Length; i++)
            {
                Assert.AreEqual(401, peer.Get("/private/x", "Authorization: " + wrong[i] + "\r\n").Status, wrong[i]);
                clock.Time += 10000;
            }

            Assert.AreEqual(401, peer.Get("/private/x", Basic("anna:Secret")).Status);
            Assert.AreEqual(401, peer.Get("/private/x", Basic("anna:secret ")).Status);
            Assert.AreEqual(401, peer.Get("/private/x", Basic("anna")).Status);
            Assert.AreEqual(200, peer.Get("/private/x", "authorization: bASIC  " + Convert.ToBase64String(RouterPeer.Octets("anna:secret")) + "\r\n").Status);
        }

        [TestMethod]
        public void Tokens_open()
        {
            HashedSecrets tokens = new HashedSecrets("salt");
            tokens.Add("0123456789abcdef");
            RouterPeer peer = new RouterPeer(Guarded(Authentication.Bearer("lab", tokens, new TestClock())));
            Http1Reply reply = peer.Get("/private/x");
            Assert.AreEqual(401, reply.Status);
            Assert.AreEqual("Bearer realm=\"lab\"", reply.Field("www-authenticate"));
            Assert.AreEqual(200, peer.Get("/private/x", "Authorization: Bearer 0123456789abcdef\r\n").Status);
            Assert.AreEqual(401, peer.Get("/private/x", "Authorization: Bearer 0123456789abcdeF\r\n").Status);
        }

        [TestMethod]
        [DataRow("the \"shed\"")]
        [DataRow("a\\b")]
        [DataRow("a\r\nb")]
        public void A_realm_that_no_challenge_can_name_is_refused(string realm)
        {
            HashedSecrets users = new HashedSecrets("salt");
            int refused = 0;
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    object made = i == 0 ? Authentication.Basic(realm, users, new TestClock())
                        : i == 1 ? Authentication.Bearer(realm, users, new TestClock()) : (object)new SignIn("/", realm, users, new TestClock());
                }
                catch (ArgumentException)
                {
                    refused++;
                }
            }

            Assert.AreEqual(3, refused);
        }

        [TestMethod]
        public void Authentication_needs_a_realm_secrets_and_a_clock()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => Authentication.Basic(null, new HashedSecrets("salt"), new TestClock()));
            Assert.ThrowsException(typeof(ArgumentException), () => Authentication.Basic("shed", null, new TestClock()));
            Assert.ThrowsException(typeof(ArgumentException), () => Authentication.Bearer("shed", new HashedSecrets("salt"), null));
        }

        [TestMethod]
        public void Guessing_is_slow()
        {
            TestClock clock = new TestClock();
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("anna:secret");
            RouterPeer peer = new RouterPeer(Guarded(Authentication.Basic("lab", users, clock)));
            for (int i = 0; i < 5; i++)
            {
                Assert.AreEqual(401, peer.Get("/private/x", Basic("anna:" + i)).Status);
            }

            Http1Reply reply = peer.Get("/private/x", Basic("anna:secret"));
            Assert.AreEqual(429, reply.Status);
            Assert.AreEqual("1", reply.Field("retry-after"));
            Assert.AreEqual(401, peer.Get("/private/x").Status, "who does not guess is asked");
            clock.Time += 1000;
            Assert.AreEqual(401, peer.Get("/private/x", Basic("anna:x")).Status);
            Assert.AreEqual(429, peer.Get("/private/x", Basic("anna:y")).Status);
            clock.Time += 1000;
            Assert.AreEqual(200, peer.Get("/private/x", Basic("anna:secret")).Status);
        }

        [TestMethod]
        [DataRow("/private", 401)]
        [DataRow("/private/", 401)]
        [DataRow("/private/nowhere", 401)]
        [DataRow("/priv%61te/x", 401)]
        [DataRow("/private/%78", 401)]
        [DataRow("/privateer", 404)]
        [DataRow("/Private/x", 404)]
        [DataRow("/open", 200)]
        public void Guards_stand_before_all_below_a_prefix(string target, int status)
        {
            HashedSecrets users = new HashedSecrets("salt");
            Assert.AreEqual(status, new RouterPeer(Guarded(Authentication.Basic("lab", users, new TestClock()))).Get(target).Status);
        }

        [TestMethod]
        public void Changes_can_be_guarded_alone()
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("a:b");
            Router router = new Router();
            router.MapGet("/x", TestRoutes.Nothing);
            router.MapPut("/x", TestRoutes.Body);
            router.GuardChanges("/", Authentication.Basic("lab", users, new TestClock()));
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(200, peer.Get("/x").Status);
            Assert.AreEqual(204, peer.Ask("OPTIONS", "/x", string.Empty, string.Empty).Status);
            Assert.AreEqual(401, peer.Ask("PUT", "/x", string.Empty, "v").Status);
            Assert.AreEqual("v", peer.Ask("PUT", "/x", Basic("a:b"), "v").BodyText);
        }

        [TestMethod]
        [DataRow("", 200)]
        [DataRow("Sec-Fetch-Site: same-origin\r\n", 200)]
        [DataRow("Sec-Fetch-Site: none\r\n", 200)]
        [DataRow("Sec-Fetch-Site: same-site\r\n", 403)]
        [DataRow("Sec-Fetch-Site: cross-site\r\n", 403)]
        [DataRow("Sec-Fetch-Site: cross-site\r\nOrigin: http://device\r\n", 403)]
        [DataRow("Origin: http://device\r\n", 200)]
        [DataRow("Origin: HTTP://device\r\n", 403)]
        [DataRow("Origin: http://DEVICE\r\n", 200)]
        [DataRow("Origin: https://device\r\n", 403)]
        [DataRow("Origin: http://device:81\r\n", 403)]
        [DataRow("Origin: http://device.evil.example\r\n", 403)]
        [DataRow("Origin: http://evil.example\r\n", 403)]
        [DataRow("Origin: null\r\n", 403)]
        [DataRow("Origin: \r\n", 403)]
        public void Changes_from_other_origins_are_refused(string fields, int status)
        {
            Router router = new Router();
            router.MapPost("/x", TestRoutes.Nothing);
            router.MapGet("/x", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(status, peer.Ask("POST", "/x", fields, string.Empty).Status);
            Assert.AreEqual(200, peer.Get("/x", fields).Status, "reading is no change");

            router = new Router();
            router.AllowChangesFromOtherOrigins = true;
            router.MapPost("/x", TestRoutes.Nothing);
            Assert.AreEqual(200, new RouterPeer(router).Ask("POST", "/x", fields, string.Empty).Status);
        }

        [TestMethod]
        [DataRow("device", 200)]
        [DataRow("DEVICE:8080", 200)]
        [DataRow("device.local", 200)]
        [DataRow("192.168.4.1", 200)]
        [DataRow("192.168.4.1:80", 200)]
        [DataRow("[fe80::1]:80", 200)]
        [DataRow("device.local.", 200)]
        [DataRow("Device.:8080", 200)]
        [DataRow("device..", 421)]
        [DataRow(".", 421)]
        [DataRow("evil.example.", 421)]
        [DataRow("evil.example", 421)]
        [DataRow("device.evil.example", 421)]
        [DataRow("evil.example:80", 421)]
        public void Other_names_are_misdirected(string host, int status)
        {
            Router router = new Router();
            router.Hosts = new HostAllowList(new string[] { "device", "device.local" });
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            peer.Send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            Assert.AreEqual(status, peer.Next(false).Status);
        }

        [TestMethod]
        public void Addresses_can_be_refused_too()
        {
            Router router = new Router();
            HostAllowList hosts = new HostAllowList(new string[] { "device" });
            hosts.AllowAddresses = false;
            router.Hosts = hosts;
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            peer.Send("GET / HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\nGET / HTTP/1.1\r\nHost: [::1]\r\n\r\nGET / HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.AreEqual(421, peer.Next(false).Status);
            Assert.AreEqual(421, peer.Next(false).Status);
            Assert.AreEqual(200, peer.Next(false).Status);
        }

        [TestMethod]
        public void Other_origins_are_off_unless_named()
        {
            Router router = new Router();
            router.MapPut("/x", TestRoutes.Nothing);
            Http1Reply reply = new RouterPeer(router).Ask("OPTIONS", "/x", Preflight("https://panel.example"), string.Empty);
            Assert.AreEqual(204, reply.Status);
            Assert.IsNull(reply.Field("access-control-allow-origin"), "allow-origin");
        }

        [TestMethod]
        public void Named_origins_are_allowed()
        {
            HashedSecrets tokens = new HashedSecrets("salt");
            tokens.Add("t");
            Router router = new Router();
            router.Cors = new CorsPolicy(new string[] { "https://panel.example", "https://other.example:8443" }, "PUT", "authorization");
            router.GuardChanges("/", Authentication.Bearer("lab", tokens, new TestClock()));
            router.MapPut("/x", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Ask("OPTIONS", "/x", Preflight("https://panel.example"), string.Empty);
            Assert.AreEqual(204, reply.Status);
            Assert.AreEqual("https://panel.example", reply.Field("access-control-allow-origin"));
            Assert.AreEqual("PUT", reply.Field("access-control-allow-methods"));
            Assert.AreEqual("authorization", reply.Field("access-control-allow-headers"));
            Assert.AreEqual("600", reply.Field("access-control-max-age"));
            Assert.AreEqual("origin", reply.Field("vary"));

            string other = "Origin: https://other.example:8443\r\nSec-Fetch-Site: cross-site\r\n";
            Assert.AreEqual(401, peer.Ask("PUT", "/x", other, string.Empty).Status);
            reply = peer.Ask("PUT", "/x", other + "Authorization: Bearer t\r\n", string.Empty);
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("https://other.example:8443", reply.Field("access-control-allow-origin"));

            reply = peer.Ask("OPTIONS", "/x", Preflight("https://evil.example"), string.Empty);
            Assert.IsNull(reply.Field("access-control-allow-origin"), "allow-origin");
            Assert.AreEqual("origin", reply.Field("vary"));
            Assert.AreEqual(403, peer.Ask("PUT", "/x", "Origin: https://evil.example\r\nAuthorization: Bearer t\r\n", string.Empty).Status);
        }

        [TestMethod]
        public void Any_origin_can_be_allowed_but_never_with_credentials()
        {
            HashedSecrets tokens = new HashedSecrets("salt");
            tokens.Add("t");
            Router router = new Router();
            router.Cors = new CorsPolicy(new string[] { "*" }, "PUT", "authorization");
            router.MapGet("/x", TestRoutes.Nothing);
            router.MapPut("/x", TestRoutes.Nothing);
            router.MapPut("/guarded", TestRoutes.Nothing);
            router.GuardChanges("/guarded", Authentication.Bearer("lab", tokens, new TestClock()));
            RouterPeer peer = new RouterPeer(router);
            string other = "Origin: https://any.example\r\nSec-Fetch-Site: cross-site\r\n";
            Http1Reply reply = peer.Ask("OPTIONS", "/x", Preflight("https://any.example"), string.Empty);
            Assert.AreEqual("*", reply.Field("access-control-allow-origin"));
            Assert.AreEqual("PUT", reply.Field("access-control-allow-methods"));
            Assert.IsNull(reply.Field("access-control-allow-credentials"), "credentials");
            Assert.AreEqual("*", peer.Get("/x", other).Field("access-control-allow-origin"));
            Assert.AreEqual("*", peer.Get("/x").Field("access-control-allow-origin"), "the same for all, as caches keep it");
            Assert.IsNull(peer.Get("/x").Field("vary"), "vary");
            Assert.AreEqual(200, peer.Ask("PUT", "/x", other, string.Empty).Status);
            Assert.AreEqual(403, peer.Ask("PUT", "/x", other + "Cookie: session=1\r\n", string.Empty).Status);
            Assert.AreEqual(403, peer.Ask("PUT", "/x", other + "Authorization: Basic YTpi\r\n", string.Empty).Status);
            Assert.AreEqual(403, peer.Ask("PUT", "/guarded", other + "Authorization: Bearer t\r\nCookie: session=1\r\n", string.Empty).Status);
            Assert.AreEqual(200, peer.Ask("PUT", "/guarded", other + "Authorization: BEARER t\r\n", string.Empty).Status);
            Assert.AreEqual(200, peer.Ask("PUT", "/x", "Cookie: session=1\r\n", string.Empty).Status, "no browser");
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("panel.example")]
        [DataRow("https://")]
        [DataRow("https://panel.example/")]
        [DataRow("https://panel.example/x")]
        [DataRow("HTTPS://panel.example")]
        [DataRow("https://Panel.example")]
        [DataRow("https://panel.example:443")]
        [DataRow("http://panel.example:80")]
        [DataRow("http://panel.example:")]
        [DataRow("https://*.example")]
        [DataRow("null")]
        [DataRow("*")]
        public void An_origin_that_cannot_match_is_refused_by_name(string origin)
        {
            string message = null;
            try
            {
                new CorsPolicy(new string[] { "https://panel.example", "http://10.0.0.7:443", "https://[2001:db8::1]:80", "capacitor://localhost", origin }, string.Empty, string.Empty);
            }
            catch (ArgumentException exception)
            {
                message = exception.Message;
            }

            Assert.IsNotNull(message, origin);
            Assert.IsTrue(message.IndexOf("'" + origin + "'") == 0, message);
        }

        [TestMethod]
        public void OnlyNamedOriginsMayUseThePrivateNetwork()
        {
            Router router = new Router();
            router.Cors = new CorsPolicy(new string[] { "https://panel.example" }, "PUT", string.Empty);
            router.MapPut("/x", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            string asks = "Access-Control-Request-Private-Network: true\r\n";
            Assert.AreEqual("true", peer.Ask("OPTIONS", "/x", Preflight("https://panel.example") + asks, string.Empty).Field("access-control-allow-private-network"));
            Assert.IsNull(peer.Ask("OPTIONS", "/x", Preflight("https://panel.example"), string.Empty).Field("access-control-allow-private-network"), "not asked for");
            Assert.IsNull(peer.Ask("OPTIONS", "/x", Preflight("https://evil.example") + asks, string.Empty).Field("access-control-allow-private-network"), "not allowed");
        }

        [TestMethod]
        [DataRow("Device.local")]
        [DataRow("device.local.")]
        [DataRow("device:8080")]
        [DataRow("http://device")]
        [DataRow("my device")]
        [DataRow("")]
        public void A_host_name_that_could_never_match_is_refused(string name)
        {
            Assert.ThrowsException(typeof(ArgumentException), () => new HostAllowList(new string[] { "device", name }));
        }

        [TestMethod]
        public void A_preflight_is_kept_for_a_day_at_most()
        {
            CorsPolicy policy = new CorsPolicy(new string[] { "*" }, string.Empty, string.Empty);
            Assert.AreEqual(600, policy.PreflightAge);
            policy.PreflightAge = 86400;
            Assert.AreEqual(86400, policy.PreflightAge);
            Assert.ThrowsException(typeof(ArgumentException), () => policy.PreflightAge = 86401);
            Assert.ThrowsException(typeof(ArgumentException), () => policy.PreflightAge = -1);
        }

        // Without it a page cannot read why it was refused.
        [TestMethod]
        public void Every_response_names_the_origin_and_says_nosniff()
        {
            Router router = new Router();
            router.Cors = new CorsPolicy(new string[] { "https://panel.example" }, "PUT", string.Empty);
            router.Hosts = new HostAllowList(new string[] { "device" });
            router.MapPut("/body", TestRoutes.Body);
            router.MapGet("/throw", Throw);
            RouterPeer peer = new RouterPeer(router);
            Named(peer, "PUT", "/body", string.Empty, "x", 200);
            Named(peer, "GET", "/throw", string.Empty, string.Empty, 500);
            Named(peer, "PUT", "/body", string.Empty, new string('x', 3000), 413);
            Named(peer, "PUT", "/body", "Transfer-Encoding: chunked\r\n\r\nBB8\r\n" + new string('x', 3000) + "\r\n0\r\n", string.Empty, 413);
            Named(peer, "PUT", "/body", "Expect: wonders\r\n", string.Empty, 417);
            Named(peer, "GET", "/nothing", string.Empty, string.Empty, 404);
            Named(peer, "GET", "/body", string.Empty, string.Empty, 405);
            Named(peer, "GET", "/%zz", string.Empty, string.Empty, 400);
            Named(peer, "BREW", "/body", string.Empty, string.Empty, 501);
            Named(peer, "TRACE", "/body", string.Empty, string.Empty, 501);
            Named(peer, "GET", "http://other/body", string.Empty, string.Empty, 421);
            Named(peer, "GET", "https://device/body", string.Empty, string.Empty, 421);
        }

        private static void Named(RouterPeer peer, string method, string target, string fields, string body, int status)
        {
            Http1Reply reply = peer.Ask(method, target, "Origin: https://panel.example\r\n" + fields, body);
            Assert.AreEqual(status, reply.Status, target);
            Assert.AreEqual("https://panel.example", reply.Field("access-control-allow-origin"), target);
            Assert.AreEqual("nosniff", reply.Field("x-content-type-options"), target);
        }

        private static void Throw(HttpRequest request, HttpResponse response)
        {
            throw new InvalidOperationException();
        }

        // RFC 6797 7.2
        [TestMethod]
        public void Strict_transport_security_is_said_over_TLS_and_only_where_it_is_asked_for()
        {
            Router router = new Router();
            router.MapGet("/open", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            peer.Connect(true);
            Assert.IsNull(peer.Get("/open").Field("strict-transport-security"));

            router = new Router();
            router.RequireTls(31536000);
            router.MapGet("/open", TestRoutes.Nothing);
            Assert.IsNull(new RouterPeer(router).Get("/open").Field("strict-transport-security"));
            peer = new RouterPeer(router);
            peer.Connect(true);
            Assert.AreEqual("max-age=31536000", peer.Get("/open").Field("strict-transport-security"));
            Assert.AreEqual("max-age=31536000", peer.Get("/nothing").Field("strict-transport-security"));
        }

        private static string Preflight(string origin)
        {
            return "Origin: " + origin + "\r\nAccess-Control-Request-Method: PUT\r\n";
        }

        private static string Basic(string credentials)
        {
            return "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)) + "\r\n";
        }

        private static Router Guarded(RequestGuard guard)
        {
            Router router = new Router();
            router.MapGet("/private/x", TestRoutes.Nothing);
            router.MapGet("/open", TestRoutes.Nothing);
            router.Guard("/private", guard);
            return router;
        }
    }
}
