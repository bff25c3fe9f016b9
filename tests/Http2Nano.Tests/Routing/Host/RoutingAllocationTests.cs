using System;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing.Host
{
    /// <summary>What the routing room does per request allocates nothing. The host can measure that.</summary>
    [TestClass]
    public class RoutingAllocationTests
    {
        private const int WarmUp = 200;
        private const int Rounds = 2000;

        // The runtime of the host allocates by itself now and then, when it replaces a method by a faster one.
        private const int Attempts = 3;

        [TestMethod]
        public void A_route_with_two_parameters()
        {
            Router router = new Router();
            router.MapGet("/a/{x}/b/{y}", TestRoutes.Nothing);
            AllocatesNothing(router, "GET /a/12/b/some-text HTTP/1.1\r\nHost: device\r\n\r\n", "200");
            AllocatesNothing(router, "GET /a/%41%20/b/2?q=%41 HTTP/1.1\r\nHost: device\r\n\r\n", "200");
        }

        [TestMethod]
        public void An_asset()
        {
            AllocatesNothing(Assets(100000), "GET /x HTTP/1.1\r\nHost: device\r\nAccept-Encoding: gzip, br\r\n\r\n", "200");
        }

        [TestMethod]
        public void An_unchanged_asset()
        {
            string tag = "If-None-Match: W/\"other\", \"" + TestPack.Tag("x") + "\"\r\n";
            AllocatesNothing(Assets(1000), "GET /x HTTP/1.1\r\nHost: device\r\n" + tag + "\r\n", "304");
        }

        [TestMethod]
        public void A_part_of_an_asset()
        {
            AllocatesNothing(Assets(1000), "GET /x HTTP/1.1\r\nHost: device\r\nRange: bytes=100-199\r\n\r\n", "206");
        }

        [TestMethod]
        public void Errors()
        {
            Router router = new Router();
            router.MapPost("/a", TestRoutes.Nothing);
            AllocatesNothing(router, "GET /nowhere HTTP/1.1\r\nHost: device\r\n\r\n", "404");
            AllocatesNothing(router, "GET /a HTTP/1.1\r\nHost: device\r\n\r\n", "405");
            AllocatesNothing(router, "GET /%zz HTTP/1.1\r\nHost: device\r\n\r\n", "400");
        }

        [TestMethod]
        public void A_signed_in_request()
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("a:b");
            Router router = new Router();
            router.MapGet("/a", TestRoutes.Nothing);
            router.Hosts = new HostAllowList(new string[] { "device" });
            router.Guard("/", Authentication.Basic("lab", users, new TestClock()));
            AllocatesNothing(router, "GET /a HTTP/1.1\r\nHost: device\r\nAuthorization: Basic YTpi\r\n\r\n", "200");
        }

        [TestMethod]
        public void A_request_of_a_session()
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("a:b");
            SignIn signIn = new SignIn("/sign-in", "lab", users, new TestClock());
            Router router = new Router();
            router.MapGet("/a", TestRoutes.Nothing);
            router.MapSignIn(signIn);
            router.Guard("/", signIn);
            string form = "POST /sign-in HTTP/1.1\r\nHost: device\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 17\r\n\r\nuser=a&password=b";
            string cookie = new RouterPeer(router).Ask("POST", "/sign-in", "Content-Type: application/x-www-form-urlencoded\r\n", "user=a&password=b").Field("set-cookie").Substring(0, 40);
            AllocatesNothing(router, "GET /a HTTP/1.1\r\nHost: device\r\nCookie: a=b; " + cookie + "\r\n\r\n", "200");
            AllocatesNothing(router, "GET /a?b=c HTTP/1.1\r\nHost: device\r\nAccept: text/html\r\n\r\n", "303");
            AllocatesNothing(router, "GET /sign-in HTTP/1.1\r\nHost: device\r\nAccept: text/html\r\n\r\n", "200");
            AllocatesNothing(router, form, "204");
        }

        [TestMethod]
        public void A_request_through_a_trusted_proxy()
        {
            string chain = "X-Forwarded-For: 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https, http\r\nX-Forwarded-Host: fleet.example:8443\r\n";
            string standard = "Forwarded: for=203.0.113.9;proto=https;host=\"fleet.example:8443\", for=10.0.0.2\r\n";
            AllocatesNothing(Proxied(), "POST /a HTTP/1.1\r\nHost: device\r\nOrigin: https://fleet.example:8443\r\nX-Forwarded-Prefix: /device\r\n" + chain + "\r\n", "200", "10.0.0.1");
            AllocatesNothing(Proxied(), "POST /a HTTP/1.1\r\nHost: device\r\nOrigin: https://fleet.example:8443\r\n" + standard + "\r\n", "200", "10.0.0.1");
            AllocatesNothing(Proxied(), "POST https://device/a HTTP/1.1\r\nHost: device\r\nX-Forwarded-For: nonsense\r\n\r\n", "200", "10.0.0.1");
        }

        [TestMethod]
        public void An_event_to_ten_subscribers()
        {
            EventStream events = new EventStream(10, 1024, new TestClock());
            int status = events.AddType("status", true);
            Router router = new Router();
            router.MapGet("/events", events.Handle);
            for (int i = 0; i < 10; i++)
            {
                RouterPeer peer = new RouterPeer(router);
                peer.Send("GET /events HTTP/1.1\r\nHost: device\r\n\r\n");
            }

            byte[] data = RouterPeer.Octets("{\"temperature\":21.50}");
            byte[] buffer = new byte[256];
            AllocatesNothing(round =>
            {
                events.Publish(status, data, 0, data.Length);
                for (int i = 0; i < 10; i++)
                {
                    if (events.Read(i, 100, buffer, 0, buffer.Length) < data.Length)
                    {
                        throw new InvalidOperationException("An event did not arrive.");
                    }
                }
            });
        }

        private static Router Assets(int length)
        {
            TestPack pack = new TestPack();
            pack.Add("x", "text/plain", new byte[length], null, 0);
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new MemoryAssetStore(pack.Build()))));
            return router;
        }

        private static Router Proxied()
        {
            Router router = new Router();
            router.Proxies = new TrustedProxies(new string[] { "10.0.0.0/8" });
            router.Hosts = new HostAllowList(new string[] { "device", "fleet.example" });
            router.RequireTls(60);
            router.MapPost("/a", TestRoutes.Nothing);
            return router;
        }

        private static void AllocatesNothing(Router router, string request, string status, string address = "")
        {
            HttpSession session = new HttpSession(new HttpLimits(), router, new ServerCounters());
            session.Begin(0, false);
            session.Peer = new NamedPeer(address);
            byte[] octets = Encoding.UTF8.GetBytes(request);
            byte[] expected = Encoding.UTF8.GetBytes(status);
            AllocatesNothing(round =>
            {
                session.Receive.MakeRoom();
                Array.Copy(octets, 0, session.Receive.Bytes, session.Receive.End, octets.Length);
                session.Receive.End += octets.Length;
                session.Advance(round);
                for (int i = 0; i < 3; i++)
                {
                    // Behind "HTTP/1.1 ".
                    if (session.Transmit.Bytes[session.Transmit.Start + 9 + i] != expected[i])
                    {
                        throw new InvalidOperationException("The status is another one.");
                    }
                }

                while (session.Transmit.Length != 0)
                {
                    session.Transmit.Sent(session.Transmit.Length);
                    session.Advance(round);
                }
            });
        }

        private static void AllocatesNothing(Action<int> work)
        {
            int round = 0;
            for (; round < WarmUp; round++)
            {
                work(round);
            }

            long allocated = 1;
            for (int attempt = 0; attempt < Attempts && allocated != 0; attempt++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < Rounds; i++, round++)
                {
                    work(round);
                }

                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.AreEqual(0L, allocated);
        }
    }
}
