using System;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class RouteMatchingTests
    {
        [TestMethod]
        public void Literals_are_compared_as_they_are()
        {
            RouterPeer peer = Peer("/", "/a", "/api/status", "/api/state", "/api/stat", "/apis", "/api/");
            Expect(peer, "/", "A");
            Expect(peer, "/a", "B");
            Expect(peer, "/api/status", "C");
            Expect(peer, "/api/state", "D");
            Expect(peer, "/api/stat", "E");
            Expect(peer, "/apis", "F");
            Expect(peer, "/api/", "G");
            Missing(peer, "/api");
            Missing(peer, "/ap");
            Missing(peer, "/api/sta");
            Missing(peer, "/api/status/");
            Missing(peer, "/api/statusx");
            Missing(peer, "/API/status");
            Missing(peer, "//");
            Missing(peer, "//a");
        }

        [TestMethod]
        public void Queries_are_no_part_of_the_path()
        {
            RouterPeer peer = Peer("/a", "/b/{x}", "/c/{*y}");
            Expect(peer, "/a?x=1", "A");
            Expect(peer, "/a?", "A");
            Expect(peer, "/b/1?/2", "B[1]");
            Expect(peer, "/c/1/2?q", "C[1/2]");
        }

        [TestMethod]
        public void Parameters_take_one_segment()
        {
            RouterPeer peer = Peer("/led/{id}", "/led/{id}/on", "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}");
            Expect(peer, "/led/3", "A[3]");
            Expect(peer, "/led/3/on", "B[3]");
            Expect(peer, "/led/a.b-c~d", "A[a.b-c~d]");
            Expect(peer, "/1/2/3/4/5/6/7/8", "C[1][2][3][4][5][6][7][8]");
            Expect(peer, "/led/2/3/4/5/6/7/8", "C[led][2][3][4][5][6][7][8]");
            Missing(peer, "/led/");
            Missing(peer, "/led//on");
            Missing(peer, "/led/3/");
            Missing(peer, "/led/3/off");
            Missing(peer, "/1/2/3/4/5/6/7/8/9");
        }

        [TestMethod]
        public void The_rest_takes_everything()
        {
            RouterPeer peer = Peer("/files/{*path}", "/files/list", "/{*all}");
            Expect(peer, "/files/", "A[]");
            Expect(peer, "/files/a", "A[a]");
            Expect(peer, "/files/a/b//c/", "A[a/b//c/]");
            Expect(peer, "/files/list", "B");
            Expect(peer, "/files/lists", "A[lists]");
            Expect(peer, "/files", "C[files]");
            Expect(peer, "/", "C[]");
        }

        [TestMethod]
        public void Literal_before_parameter_before_rest()
        {
            RouterPeer peer = Peer("/a/b/c", "/a/{x}/d", "/{y}/b/e", "/a/{*z}", "/{p}/{q}/{r}", "/a/{x}");
            Expect(peer, "/a/b/c", "A");
            Expect(peer, "/a/b/d", "B[b]");
            Expect(peer, "/a/b/e", "D[b/e]");
            Expect(peer, "/x/b/e", "C[x]");
            Expect(peer, "/x/b/f", "E[x][b][f]");
            Expect(peer, "/a/q", "F[q]");
            Expect(peer, "/a/", "D[]");
            Missing(peer, "/x/b");
        }

        [TestMethod]
        public void Many_routes_in_any_order()
        {
            string[] patterns = new string[26];
            for (int i = 0; i < patterns.Length; i++)
            {
                // Long common beginnings, so that nodes are split again and again.
                patterns[i] = "/" + new string('a', 1 + ((i * 7) % 26)) + (i % 2 == 0 ? "/{id}" : "/z");
            }

            RouterPeer peer = new RouterPeer(TestRoutes.Of(patterns));
            for (int i = 0; i < patterns.Length; i++)
            {
                string name = ((char)('A' + i)).ToString();
                if (i % 2 == 0)
                {
                    Expect(peer, "/" + new string('a', 1 + ((i * 7) % 26)) + "/q", name + "[q]");
                }
                else
                {
                    Expect(peer, patterns[i], name);
                }
            }

            Missing(peer, "/" + new string('a', 27) + "/z");
        }

        [TestMethod]
        public void Names_belong_to_the_route_that_matched()
        {
            Router router = new Router();
            router.MapGet("/x/{first}/{second}", SayNames);
            router.MapPost("/x/{one}/{two}", SayNames);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("a,12,-1,-1", peer.Get("/x/a/12").BodyText);
            Assert.AreEqual(",-1,a,12", peer.Ask("POST", "/x/a/12", string.Empty, string.Empty).BodyText);
        }

        [TestMethod]
        [DataRow("0", 0)]
        [DataRow("007", 7)]
        [DataRow("2147483647", 2147483647)]
        [DataRow("2147483648", -1)]
        [DataRow("99999999999999999999", -1)]
        [DataRow("-1", -1)]
        [DataRow("+1", -1)]
        [DataRow("1x", -1)]
        [DataRow("0x10", -1)]
        [DataRow("%31", 1)]
        public void Numbers_in_the_path(string text, int expected)
        {
            Router router = new Router();
            router.MapGet("/n/{n}", SayNumber);
            Assert.AreEqual(expected.ToString(), new RouterPeer(router).Get("/n/" + text).BodyText);
        }

        private static void SayNames(HttpRequest request, HttpResponse response)
        {
            response.Write((request.GetRouteValue("first") ?? string.Empty) + "," + request.GetRouteInt("second") + ",");
            response.Write((request.GetRouteValue("one") ?? "-1") + "," + request.GetRouteInt("two"));
        }

        private static void SayNumber(HttpRequest request, HttpResponse response)
        {
            Assert.AreEqual(request.GetRouteInt("n"), request.GetRouteInt(0));
            string value = request.GetRouteValue(0);
            Assert.IsTrue(request.RouteValueEquals(0, RouterPeer.Octets(value)));
            Assert.IsFalse(request.RouteValueEquals(0, RouterPeer.Octets(value + "x")));
            response.Write(request.GetRouteInt(0));
        }

        private static RouterPeer Peer(params string[] patterns)
        {
            return new RouterPeer(TestRoutes.Of(patterns));
        }

        private static void Expect(RouterPeer peer, string target, string expected)
        {
            Http1Reply reply = peer.Get(target);
            Assert.AreEqual(200, reply.Status, target);
            Assert.AreEqual(expected, reply.BodyText, target);
        }

        private static void Missing(RouterPeer peer, string target)
        {
            Assert.AreEqual(404, peer.Get(target).Status, target);
        }
    }
}
