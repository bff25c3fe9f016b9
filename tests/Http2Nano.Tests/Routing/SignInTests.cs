using System;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class SignInTests
    {
        private const string Form = "Content-Type: application/x-www-form-urlencoded\r\n";
        private const string Page = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
        private const string Right = "user=anna&password=se+cret%26";
        private const string Wrong = "user=anna&password=secret";

        [TestMethod]
        public void A_script_signs_in_and_out()
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            Http1Reply reply = peer.Ask("POST", "/sign-in", Form, Right);
            Assert.AreEqual(204, reply.Status);
            Assert.AreEqual("no-store", reply.Field("cache-control"));
            string cookie = reply.Field("set-cookie");
            Assert.AreEqual("session=", cookie.Substring(0, 8));
            Assert.AreEqual("; Path=/; HttpOnly; SameSite=Lax", cookie.Substring(40));

            cookie = Cookie(reply);
            Assert.AreEqual(200, peer.Get("/private/x", cookie).Status);
            Assert.AreEqual(200, peer.Ask("PUT", "/private/x", cookie, string.Empty).Status);
            Assert.AreEqual("{\"signedIn\":true}", peer.Get("/state", cookie).BodyText);
            reply = peer.Ask("DELETE", "/sign-in", cookie, string.Empty);
            Assert.AreEqual(204, reply.Status);
            Assert.AreEqual("session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0", reply.Field("set-cookie"));
            Assert.AreEqual(401, peer.Get("/private/x", cookie).Status);
            Assert.AreEqual("{\"signedIn\":false}", peer.Get("/state", cookie).BodyText);
            Assert.AreEqual("{\"signedIn\":false}", peer.Get("/state").BodyText);
        }

        [TestMethod]
        public void Over_HTTP2_too()
        {
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Application(new TestClock())).Greet();
            peer.Headers(1, FieldBlock.Request("POST", "/sign-in").Add("content-type", "application/x-www-form-urlencoded"), false);
            peer.Data(1, Right, true);
            string cookie = peer.ExpectResponse(1, 204).Field("set-cookie");
            Assert.AreEqual("session=", cookie.Substring(0, 8));
            peer.Headers(3, FieldBlock.Get("/private/x").Add("cookie", "a=b").Add("cookie", cookie.Substring(0, 40)), true);
            peer.ExpectResponse(3, 200);
            peer.Headers(5, FieldBlock.Get("/private/x").Add("cookie", cookie.Substring(0, 39) + "_"), true);
            Assert.AreEqual("Cookie realm=\"lab\"", peer.ExpectResponse(5, 401).Field("www-authenticate"));
        }

        // A browser sends the cookies of all ports of a host.
        [TestMethod]
        public void A_session_is_found_among_more_cookies_than_there_is_room_for()
        {
            HttpLimits limits = Http2Peer.Usual();
            Router application = Application(new TestClock());
            application.Keep(limits.Kept);
            Http2Peer peer = new Http2Peer(limits, application).Greet();
            peer.Headers(1, FieldBlock.Request("POST", "/sign-in").Add("content-type", "application/x-www-form-urlencoded"), false);
            peer.Data(1, Right, true);
            string cookie = peer.ExpectResponse(1, 204).Field("set-cookie").Substring(0, 40);
            string foreign = "other=" + new string('x', 500);
            peer.Headers(3, FieldBlock.Get("/private/x").Add("cookie", foreign + "; " + cookie + "; " + foreign), true);
            peer.ExpectResponse(3, 200);
        }

        // RFC 6265bis 4.1.3.2
        [TestMethod]
        public void Over_TLS_the_cookie_is_secure_and_the_hosts_own()
        {
            Router router = Application(new TestClock());
            RouterPeer peer = new RouterPeer(router);
            peer.Connect(true);
            string cookie = peer.Ask("POST", "/sign-in", Form, Right).Field("set-cookie");
            Assert.AreEqual("__Host-session=", cookie.Substring(0, 15));
            Assert.AreEqual("; Path=/; HttpOnly; SameSite=Lax; Secure", cookie.Substring(47));
            Assert.AreEqual(200, peer.Get("/private/x", "Cookie: " + cookie.Substring(0, 47) + "\r\n").Status);
            Assert.AreEqual(401, peer.Get("/private/x", "Cookie: " + cookie.Substring(7, 40) + "\r\n").Status, "the name of plain HTTP");
        }

        [TestMethod]
        public void Who_has_not_signed_in_is_answered_by_what_it_is()
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            Refused(peer, string.Empty, "Basic realm=\"lab\", charset=\"UTF-8\"");
            Refused(peer, "Accept: */*\r\n", "Basic realm=\"lab\", charset=\"UTF-8\"");
            Refused(peer, "Sec-Fetch-Site: same-origin\r\n", "Cookie realm=\"lab\"");
            Refused(peer, "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n" + Page, "Cookie realm=\"lab\"");
            Refused(peer, "Origin: http://device\r\n", "Cookie realm=\"lab\"");
            Refused(peer, "Cookie: session=\r\n", "Cookie realm=\"lab\"");
            Assert.AreEqual(200, peer.Get("/private/x", Basic("anna:se cret&")).Status);
            Refused(peer, Basic("anna:x") + "Origin: http://device\r\n", "Basic realm=\"lab\", charset=\"UTF-8\"");
        }

        [TestMethod]
        [DataRow("/private/x", "../sign-in?next=%2fprivate%2fx")]
        [DataRow("/private/x?a=b&c=%20", "../sign-in?next=%2fprivate%2fx%3fa%3db%26c%3d%2520")]
        [DataRow("/priv%61te/%78%20y%2B", "../sign-in?next=%2fprivate%2fx%2520y%252b")]
        [DataRow("/private/nowhere", "../sign-in?next=%2fprivate%2fnowhere")]
        public void A_browser_is_led_to_the_page_and_back(string target, string location)
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            Http1Reply reply = peer.Get(target, Page);
            Assert.AreEqual(303, reply.Status);
            Assert.AreEqual(location, reply.Field("location"));
            Assert.AreEqual("no-store", reply.Field("cache-control"));
            location = location.Substring(2);
            reply = peer.Get(location, Page);
            Assert.AreEqual(200, reply.Status);
            Assert.IsTrue(reply.BodyText.IndexOf("<form method=\"post\">") > 0);

            reply = peer.Ask("POST", location, Form + Page, Right);
            Assert.AreEqual(303, reply.Status);
            string next = reply.Field("location");
            Assert.IsTrue(next.IndexOf("./private/") == 0, next);
            Assert.AreNotEqual(401, peer.Get(next.Substring(1), Cookie(reply)).Status);
        }

        [TestMethod]
        public void What_is_led_to_the_page_without_a_way_back()
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            Http1Reply reply = peer.Ask("PUT", "/private/x", Page, "x");
            Assert.AreEqual(303, reply.Status, "a form whose session has ended");
            Assert.AreEqual("../sign-in", reply.Field("location"));
            reply = peer.Get("/private/" + new string('x', 300), Page);
            Assert.AreEqual(303, reply.Status, "a long target");
            Assert.AreEqual("../sign-in", reply.Field("location"));
        }

        [TestMethod]
        [DataRow("/sign-in", "./")]
        [DataRow("/sign-in?next=", "./")]
        [DataRow("/sign-in?next=x", "./")]
        [DataRow("/sign-in?next=//evil.example", "./")]
        [DataRow("/sign-in?next=%2F%2Fevil.example", "./")]
        [DataRow("/sign-in?next=/%5Cevil.example", "./")]
        [DataRow("/sign-in?next=https://evil.example", "./")]
        [DataRow("/sign-in?next=/a%0d%0aset-cookie:x=y", "./")]
        [DataRow("/sign-in?next=/a+b", "./")]
        [DataRow("/sign-in?next=/%09/evil.example", "./")]
        [DataRow("/sign-in?next=/a%2520b?c=d%26e", "./a%20b?c=d&e")]
        [DataRow("/sign-in?next=/", "./")]
        public void Nobody_is_led_elsewhere(string target, string location)
        {
            Http1Reply reply = new RouterPeer(Application(new TestClock())).Ask("POST", target, Form + Page, Right);
            Assert.AreEqual(303, reply.Status);
            Assert.AreEqual(location, reply.Field("location"));
        }

        [TestMethod]
        public void The_page_tells_what_is_wrong()
        {
            TestClock clock = new TestClock();
            RouterPeer peer = new RouterPeer(Application(clock));
            string page = peer.Get("/sign-in", Page).BodyText;
            Http1Reply reply = peer.Ask("POST", "/sign-in?next=%2Fx", Form + Page, Wrong);
            Assert.AreEqual(401, reply.Status);
            Assert.AreEqual("Cookie realm=\"lab\"", reply.Field("www-authenticate"));
            Assert.IsTrue(page.IndexOf("alert") < 0 && reply.BodyText.IndexOf("<p role=\"alert\">The name or the password is wrong.</p><form") > 0);
            for (int i = 0; i < 4; i++)
            {
                Assert.AreEqual(401, peer.Ask("POST", "/sign-in", Form + Page, "user=x&password=").Status);
            }

            reply = peer.Ask("POST", "/sign-in", Form + Page, Right);
            Assert.AreEqual(429, reply.Status);
            Assert.IsTrue(reply.BodyText.IndexOf("<p role=\"alert\">Too many wrong passwords.") > 0);
        }

        [TestMethod]
        [DataRow("user=anna", 401)]
        [DataRow("password=se+cret%26", 401)]
        [DataRow("user=anna&password=se+cret%26%00", 400)]
        [DataRow("user=anna&password=%", 400)]
        [DataRow("user=&password=", 401)]
        [DataRow("user=anna&password=se+cret%26+", 401)]
        [DataRow("user=Anna&password=se+cret%26", 401)]
        [DataRow("user=b&password=c&user=anna&password=se+cret%26", 401)]
        public void Forms_that_open_nothing(string form, int status)
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            Http1Reply reply = peer.Ask("POST", "/sign-in", Form, form);
            Assert.AreEqual(status, reply.Status);
            Assert.IsNull(reply.Field("set-cookie"));
            Assert.AreEqual(415, peer.Ask("POST", "/sign-in", "Content-Type: text/plain\r\n", Right).Status);
            Assert.AreEqual(415, peer.Ask("POST", "/sign-in", string.Empty, Right).Status);
        }

        [TestMethod]
        public void Guesses_count_on_the_page_and_in_requests_together()
        {
            TestClock clock = new TestClock();
            RouterPeer peer = new RouterPeer(Application(clock));
            string cookie = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(401, peer.Ask("POST", "/sign-in", Form, Wrong).Status);
            }

            Assert.AreEqual(401, peer.Get("/private/x", Basic("anna:x")).Status);
            Assert.AreEqual(401, peer.Get("/private/x", Basic("anna:y")).Status);
            Http1Reply reply = peer.Ask("POST", "/sign-in", Form, Right);
            Assert.AreEqual(429, reply.Status);
            Assert.AreEqual("1", reply.Field("retry-after"));
            Assert.AreEqual(429, peer.Get("/private/x", Basic("anna:se cret&")).Status);
            Assert.AreEqual(200, peer.Get("/private/x", cookie).Status, "who is signed in");
            clock.Time += 1000;
            Assert.AreEqual(204, peer.Ask("POST", "/sign-in", Form, Right).Status);
        }

        // A browser sends the cookie whichever page makes the request.
        [TestMethod]
        [DataRow("Origin: http://evil.example\r\n")]
        [DataRow("Sec-Fetch-Site: cross-site\r\n")]
        [DataRow("Sec-Fetch-Site: same-site\r\n")]
        public void Other_pages_cannot_use_a_session(string origin)
        {
            TestClock clock = new TestClock();
            Router router = Application(clock);
            router.AllowChangesFromOtherOrigins = true;
            RouterPeer peer = new RouterPeer(router);
            string cookie = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            Assert.AreEqual(403, peer.Ask("PUT", "/private/x", cookie + origin, string.Empty).Status);
            Assert.AreEqual(200, peer.Ask("PUT", "/private/x", origin + Basic("anna:se cret&"), string.Empty).Status, "credentials that the request itself has");
            Assert.AreEqual(200, peer.Get("/private/x", cookie + origin).Status, "reading");
            Assert.AreEqual(403, peer.Ask("POST", "/sign-in", Form + origin, Right).Status, "signing a visitor in");
            Assert.AreEqual(403, peer.Ask("DELETE", "/sign-in", cookie + origin, string.Empty).Status, "signing a visitor out");
            Assert.AreEqual(200, peer.Get("/private/x", cookie).Status);
        }

        [TestMethod]
        public void A_session_ends_when_it_is_not_used_and_at_the_end_of_its_life()
        {
            TestClock clock = new TestClock();
            SignIn signIn = Guard(clock, 4);
            signIn.IdleTimeout = 60;
            signIn.Lifetime = 150;
            RouterPeer peer = new RouterPeer(Application(signIn));
            string cookie = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            clock.Time += 59999;
            Assert.AreEqual(200, peer.Get("/private/x", cookie).Status);
            clock.Time += 59000;
            Assert.AreEqual(200, peer.Get("/private/x", cookie).Status);
            clock.Time += 31000;
            Assert.AreEqual(1, signIn.Sessions);
            clock.Time += 2;
            Assert.AreEqual(401, peer.Get("/private/x", cookie).Status, "150 seconds");
            Assert.AreEqual(0, signIn.Sessions);

            cookie = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            clock.Time += 60000;
            Assert.AreEqual(401, peer.Get("/private/x", cookie).Status, "60 seconds without use");
        }

        [TestMethod]
        public void All_sessions_can_be_ended()
        {
            SignIn signIn = Guard(new TestClock(), 4);
            RouterPeer peer = new RouterPeer(Application(signIn));
            string one = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            string other = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            signIn.EndSessions();
            Assert.AreEqual(0, signIn.Sessions);
            Assert.AreEqual(401, peer.Get("/private/x", one).Status);
            Assert.AreEqual(401, peer.Get("/private/x", other).Status);
        }

        [TestMethod]
        public void When_all_are_in_use_the_one_that_was_not_used_the_longest_makes_way()
        {
            TestClock clock = new TestClock();
            SignIn signIn = Guard(clock, 2);
            RouterPeer peer = new RouterPeer(Application(signIn));
            string first = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            clock.Time += 1000;
            string second = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            clock.Time += 1000;
            Assert.AreEqual(200, peer.Get("/private/x", first).Status);
            clock.Time += 1000;
            string third = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            Assert.AreEqual(2, signIn.Sessions);
            Assert.AreEqual(200, peer.Get("/private/x", first).Status);
            Assert.AreEqual(401, peer.Get("/private/x", second).Status);
            Assert.AreEqual(200, peer.Get("/private/x", third).Status);
            Assert.AreEqual(204, peer.Ask("POST", "/sign-in", Form + third, Right).Status);
            Assert.AreEqual(401, peer.Get("/private/x", third).Status, "signing in again ends the session before");
            Assert.AreEqual(200, peer.Get("/private/x", first).Status);
        }

        [TestMethod]
        public void All_end_when_a_password_changes()
        {
            TestClock clock = new TestClock();
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("anna:se cret&");
            RouterPeer peer = new RouterPeer(Application(new SignIn("/sign-in", "lab", users, clock)));
            string cookie = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            users.Clear();
            users.Add("anna:new");
            Assert.AreEqual(401, peer.Get("/private/x", cookie).Status);
            Assert.AreEqual(401, peer.Ask("POST", "/sign-in", Form, Right).Status);
            cookie = Cookie(peer.Ask("POST", "/sign-in", Form, "user=anna&password=new"));
            Assert.AreEqual(200, peer.Get("/private/x", cookie).Status);
        }

        [TestMethod]
        public void Tokens_differ()
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            string[] cookies = new string[12];
            for (int i = 0; i < cookies.Length; i++)
            {
                cookies[i] = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
                for (int j = 0; j < i; j++)
                {
                    Assert.AreNotEqual(cookies[j].Substring(16, 16), cookies[i].Substring(16, 16));
                    Assert.AreNotEqual(cookies[j].Substring(32, 16), cookies[i].Substring(32, 16));
                }
            }
        }

        [TestMethod]
        public void A_form_of_a_page_signs_out()
        {
            RouterPeer peer = new RouterPeer(Application(new TestClock()));
            string cookie = Cookie(peer.Ask("POST", "/sign-in", Form, Right));
            Http1Reply reply = peer.Ask("POST", "/sign-in/out", Form + Page + cookie, string.Empty);
            Assert.AreEqual(303, reply.Status);
            Assert.AreEqual("../sign-in", reply.Field("location"));
            Assert.AreEqual(401, peer.Get("/private/x", cookie).Status);
        }

        // RFC 6265 5.1.4: the board has the path /device/ of a host that others share.
        [TestMethod]
        public void Behind_a_proxy_with_a_prefix_the_cookie_is_for_that_prefix()
        {
            Router router = Application(new TestClock());
            router.Proxies = new TrustedProxies(new string[] { "10.0.0.1" });
            RouterPeer peer = new RouterPeer(router);
            peer.Session.Peer = new NamedPeer("10.0.0.1");
            string prefix = "X-Forwarded-Prefix: /device\r\nX-Forwarded-Proto: https\r\n";
            Http1Reply reply = peer.Ask("POST", "/sign-in?next=/private/x", prefix + Form + Page, Right);
            Assert.AreEqual("./private/x", reply.Field("location"));
            string cookie = reply.Field("set-cookie");
            Assert.AreEqual("session=", cookie.Substring(0, 8), "__Host- demands the path /");
            Assert.AreEqual("; Path=/device/; HttpOnly; SameSite=Lax; Secure", cookie.Substring(40));
            Assert.AreEqual(200, peer.Get("/private/x", prefix + "Cookie: " + cookie.Substring(0, 40) + "\r\n").Status);
            cookie = peer.Ask("DELETE", "/sign-in", prefix + "Cookie: " + cookie.Substring(0, 40) + "\r\n", string.Empty).Field("set-cookie");
            Assert.AreEqual("session=; Path=/device/; HttpOnly; SameSite=Lax; Secure; Max-Age=0", cookie);

            cookie = peer.Ask("POST", "/sign-in", "X-Forwarded-Proto: https\r\n" + Form, Right).Field("set-cookie");
            Assert.AreEqual("__Host-session=", cookie.Substring(0, 15), "no prefix");
            peer.Session.Peer = new NamedPeer("192.0.2.66");
            cookie = peer.Ask("POST", "/sign-in", prefix + Form, Right).Field("set-cookie");
            Assert.AreEqual("; Path=/; HttpOnly; SameSite=Lax", cookie.Substring(40), "forged");
        }

        [TestMethod]
        public void Wrong_options_are_refused()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => new SignIn("sign-in", "lab", new HashedSecrets(string.Empty), new TestClock()));
            Assert.ThrowsException(typeof(ArgumentException), () => new SignIn("/sign-in", "lab", new HashedSecrets(string.Empty), new TestClock(), 0));
            Assert.ThrowsException(typeof(ArgumentException), () => Guard(new TestClock(), 1).IdleTimeout = 0);
            Assert.ThrowsException(typeof(ArgumentException), () => Guard(new TestClock(), 1).Lifetime = -1);
            Assert.ThrowsException(typeof(ArgumentException), () => Guard(new TestClock(), 1).CookieName = "a b");
            Assert.ThrowsException(typeof(ArgumentException), () => Guard(new TestClock(), 1).CookieName = string.Empty);
        }

        [TestMethod]
        public void The_cookie_can_have_another_name()
        {
            SignIn signIn = Guard(new TestClock(), 1);
            signIn.CookieName = "lab-2";
            Assert.AreEqual("lab-2", signIn.CookieName);
            RouterPeer peer = new RouterPeer(Application(signIn));
            string cookie = peer.Ask("POST", "/sign-in", Form, Right).Field("set-cookie");
            Assert.AreEqual("lab-2=", cookie.Substring(0, 6));
            Assert.AreEqual(200, peer.Get("/private/x", "Cookie: session=1; " + cookie.Substring(0, 38) + "\r\n").Status);
        }

        private static SignIn Guard(TestClock clock, int sessions)
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("anna:se cret&");
            return new SignIn("/sign-in", "lab", users, clock, sessions);
        }

        private static Router Application(TestClock clock)
        {
            return Application(Guard(clock, 8));
        }

        private static Router Application(SignIn signIn)
        {
            Router router = new Router();
            router.MapGet("/private/{*x}", TestRoutes.Nothing);
            router.MapPut("/private/{*x}", TestRoutes.Nothing);
            router.MapGet("/state", signIn.GetState);
            router.MapSignIn(signIn);
            router.Guard("/private", signIn);
            router.Guard("/sign-in", signIn);
            return router;
        }

        private static void Refused(RouterPeer peer, string fields, string challenge)
        {
            Http1Reply reply = peer.Get("/private/x", fields);
            Assert.AreEqual(401, reply.Status, fields);
            Assert.AreEqual(challenge, reply.Field("www-authenticate"), fields);
        }

        private static string Cookie(Http1Reply reply)
        {
            return "Cookie: " + reply.Field("set-cookie").Substring(0, 40) + "\r\n";
        }

        private static string Basic(string credentials)
        {
            return "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)) + "\r\n";
        }
    }
}
