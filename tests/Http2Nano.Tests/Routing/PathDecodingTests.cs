using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class PathDecodingTests
    {
        [TestMethod]
        [DataRow("/p/a%20b", "A[a b]")]
        [DataRow("/p/%C3%A4", "A[ä]")]
        [DataRow("/p/%c3%A4%E2%82%ac%F0%9F%98%80", "A[ä€\U0001F600]")]
        [DataRow("/p/%25", "A[%]")]
        [DataRow("/p/%2541", "A[%41]")]
        [DataRow("/p/%3F%23", "A[?#]")]
        [DataRow("/p/+", "A[+]")]
        [DataRow("/%70/x", "A[x]")]
        [DataRow("/p%2Fx", "404")]
        [DataRow("/p/a%2fb", "404")]
        [DataRow("/p/a%5Cb", "404")]
        [DataRow("/p/a\\b", "404")]
        [DataRow("/gr%C3%B6%C3%9Fe/1", "B[1]")]
        [DataRow("/r/a%20b/%63", "C[a b/c]")]
        [DataRow("/r/a%2Fb", "404")]
        public void Decoded_once(string target, string expected)
        {
            Expect(target, expected);
        }

        [TestMethod]
        [DataRow("/p/%")]
        [DataRow("/p/%4")]
        [DataRow("/p/%4g")]
        [DataRow("/p/%G4")]
        [DataRow("/p/%%41")]
        [DataRow("/p/%00")]
        [DataRow("/p/a%00b")]
        [DataRow("/p/%0A")]
        [DataRow("/p/%0d%0aX:1")]
        [DataRow("/p/%7F")]
        [DataRow("/p/%80")]
        [DataRow("/p/%BF")]
        [DataRow("/p/%C0%AF")]
        [DataRow("/p/%C0%80")]
        [DataRow("/p/%C1%BF")]
        [DataRow("/p/%E0%80%AF")]
        [DataRow("/p/%E0%9F%BF")]
        [DataRow("/p/%F0%80%80%AF")]
        [DataRow("/p/%F0%8F%BF%BF")]
        [DataRow("/p/%ED%A0%80")]
        [DataRow("/p/%ED%BF%BF")]
        [DataRow("/p/%F4%90%80%80")]
        [DataRow("/p/%F5%80%80%80")]
        [DataRow("/p/%FF")]
        [DataRow("/p/%C3")]
        [DataRow("/p/%C3a")]
        [DataRow("/p/%E2%82")]
        [DataRow("/nowhere/%C0%AF")]
        [DataRow("/%c0%ae%c0%ae/")]
        public void Broken_encoding_is_refused(string target)
        {
            Expect(target, "400");
        }

        [TestMethod]
        [DataRow("/p/.")]
        [DataRow("/p/..")]
        [DataRow("/p/%2e")]
        [DataRow("/p/%2E%2e")]
        [DataRow("/p/.%2E")]
        [DataRow("/r/../p/x")]
        [DataRow("/r/a/../../b")]
        [DataRow("/r/a/..")]
        [DataRow("/r/./a")]
        [DataRow("/r/%2e%2E/a")]
        [DataRow("/../p/x")]
        [DataRow("/p/../p/x")]
        public void Dot_segments_never_match(string target)
        {
            Expect(target, "404");
        }

        [TestMethod]
        [DataRow("/p/...", "A[...]")]
        [DataRow("/p/.a", "A[.a]")]
        [DataRow("/p/a.", "A[a.]")]
        [DataRow("/r/.../..a/a..", "C[.../..a/a..]")]
        public void Other_dots_do(string target, string expected)
        {
            Expect(target, expected);
        }

        [TestMethod]
        public void Query_and_body_stay_where_they_are()
        {
            Router router = new Router();
            router.MapPost("/q/{x}", SayAll);
            Http1Reply reply = new RouterPeer(router).Ask("POST", "/q/a%20b%21?k=%41", string.Empty, "the body");
            Assert.AreEqual("/q/a b!|k=%41|the body", reply.BodyText);
        }

        [TestMethod]
        [DataRow("/p/x?%", 400)]
        [DataRow("/p/x?a=%zz", 400)]
        [DataRow("/p/x?a=%00", 400)]
        [DataRow("/p/x?a=%C0%AF", 400)]
        [DataRow("/p/x?a=%0A%2F..%5C", 200)]
        [DataRow("/p/x?a=%C3%A4&b", 200)]
        public void Queries_are_checked(string target, int expected)
        {
            Assert.AreEqual(expected, Peer().Get(target).Status);
        }

        private static void SayAll(HttpRequest request, HttpResponse response)
        {
            response.Write(request.Bytes, request.PathStart, request.PathCount);
            response.Write("|");
            response.Write(request.Bytes, request.QueryStart, request.QueryCount);
            response.Write("|");
            response.Write(request.Bytes, request.BodyStart, request.BodyCount);
        }

        private static RouterPeer Peer()
        {
            return new RouterPeer(TestRoutes.Of(new string[] { "/p/{x}", "/größe/{n}", "/r/{*rest}" }));
        }

        private static void Expect(string target, string expected)
        {
            Http1Reply reply = Peer().Get(target);
            Assert.AreEqual(expected, reply.Status == 200 ? reply.BodyText : reply.Status.ToString(), target);
        }
    }
}
