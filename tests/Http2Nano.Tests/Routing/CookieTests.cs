using System;
using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class CookieTests
    {
        private static readonly byte[] Session = { 0x73, 0x69, 0x64 };
        private static readonly byte[] Secret = { 0x61, 0x62, 0x63 };

        [TestMethod]
        [DataRow("sid=abc", "abc", true)]
        [DataRow("a=1; sid=abc; b=2", "abc", true)]
        [DataRow("a=1;sid=abc", "abc", true)]
        [DataRow("sid=abcd", "abcd", false)]
        [DataRow("sid=ab", "ab", false)]
        [DataRow("sid=ABC", "ABC", false)]
        [DataRow("sid=\"abc\"", "\"abc\"", false)]
        [DataRow("sid=a=c", "a=c", false)]
        [DataRow("sid=", "", false)]
        [DataRow("sid=1; sid=abc", "1", false)]
        [DataRow("SID=abc", "none", false)]
        [DataRow("xsid=abc; sidx=abc; sid", "none", false)]
        [DataRow(";;; ;sid", "none", false)]
        public void One_of_a_field(string field, string value, bool equal)
        {
            RouterPeer peer = new RouterPeer(Application());
            Assert.AreEqual(value + (equal ? " equal" : " other"), peer.Get("/", "Cookie: " + field + "\r\n").BodyText);
        }

        [TestMethod]
        public void None_at_all()
        {
            Assert.AreEqual("none other", new RouterPeer(Application()).Get("/").BodyText);
        }

        // RFC 9113 8.2.3: over HTTP/2 each pair may be a field of its own.
        [TestMethod]
        public void One_of_several_fields()
        {
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Application()).Greet();
            peer.Headers(1, FieldBlock.Get("/").Add("cookie", "a=1").Add("cookie", "sid=abc").Add("cookie", "b=2"), true);
            peer.ExpectResponse(1, 200, "abc equal");
        }

        [TestMethod]
        public void Not_once_the_body_is_begun()
        {
            Router router = new Router();
            router.MapGet("/", LookTooLate);
            Assert.AreEqual("late", new RouterPeer(router).Get("/", "Cookie: sid=abc\r\n").BodyText);
        }

        private static void LookTooLate(HttpRequest request, HttpResponse response)
        {
            response.Write("late");
            try
            {
                request.CookieEquals(Session, Secret);
            }
            catch (InvalidOperationException)
            {
                return;
            }

            response.Write(" and found");
        }

        private static Router Application()
        {
            Router router = new Router();
            router.MapGet("/", Say);
            return router;
        }

        private static void Say(HttpRequest request, HttpResponse response)
        {
            bool equal = request.CookieEquals(Session, Secret);
            string value = request.GetCookie("sid");
            response.Write((value ?? "none") + (equal ? " equal" : " other"));
        }
    }
}
