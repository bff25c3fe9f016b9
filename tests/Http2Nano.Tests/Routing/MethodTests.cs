using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class MethodTests
    {
        [TestMethod]
        public void Each_method_has_its_handler()
        {
            Router router = new Router();
            router.MapGet("/x", Say);
            router.MapPost("/x", Say);
            router.MapPut("/x", Say);
            router.MapDelete("/x", Say);
            router.MapPatch("/x", Say);
            router.Map(HttpMethod.Options, "/x", Say);
            RouterPeer peer = new RouterPeer(router);
            string[] methods = { "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" };
            for (int i = 0; i < methods.Length; i++)
            {
                Assert.AreEqual(methods[i], peer.Ask(methods[i], "/x", string.Empty, string.Empty).BodyText);
            }
        }

        [TestMethod]
        public void HEAD_is_answered_by_the_route_for_GET()
        {
            RouterPeer peer = Peer();
            Http1Reply reply = peer.Ask("HEAD", "/get", string.Empty, string.Empty);
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("4", reply.Field("content-length"));
            Assert.AreEqual("GET", peer.Get("/get").BodyText);
        }

        [TestMethod]
        [DataRow("/get", "GET, HEAD, OPTIONS")]
        [DataRow("/post", "POST, OPTIONS")]
        [DataRow("/all", "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH")]
        [DataRow("*", "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH")]
        public void OPTIONS_is_answered_by_the_router(string target, string allow)
        {
            Http1Reply reply = Peer().Ask("OPTIONS", target, string.Empty, string.Empty);
            Assert.AreEqual(204, reply.Status);
            Assert.AreEqual(allow, reply.Field("allow"));
            Assert.IsNull(reply.Field("content-length"), "content-length");
        }

        [TestMethod]
        [DataRow("DELETE", "/get", 405)]
        [DataRow("POST", "/get", 405)]
        [DataRow("HEAD", "/post", 405)]
        [DataRow("GET", "/post", 405)]
        [DataRow("DELETE", "/nowhere", 404)]
        [DataRow("OPTIONS", "/nowhere", 404)]
        [DataRow("BREW", "/get", 501)]
        [DataRow("get", "/get", 501)]
        [DataRow("BREW", "/nowhere", 501)]
        public void Other_methods(string method, string target, int status)
        {
            Http1Reply reply = Peer().Ask(method, target, string.Empty, string.Empty);
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual(status == 405, reply.Field("allow") != null, "allow");
        }

        [TestMethod]
        [DataRow("GET", "/nowhere", "{\"title\":\"Not Found\",\"status\":404}")]
        [DataRow("PUT", "/get", "{\"title\":\"Method Not Allowed\",\"status\":405}")]
        [DataRow("GET", "/%", "{\"title\":\"Bad Request\",\"status\":400}")]
        public void Errors_are_plain_problems(string method, string target, string body)
        {
            Http1Reply reply = Peer().Ask(method, target, string.Empty, string.Empty);
            Assert.AreEqual("application/problem+json", reply.Field("content-type"));
            Assert.AreEqual(body, reply.BodyText);
        }

        [TestMethod]
        public void A_problem_without_a_phrase()
        {
            Router router = new Router();
            router.MapGet("/", Teapot);
            Assert.AreEqual("{\"status\":418}", new RouterPeer(router).Get("/").BodyText);
        }

        [TestMethod]
        public void Fields_for_all_responses()
        {
            Router router = new Router();
            router.AddField(FieldName.XContentTypeOptions, RouterPeer.Octets("nosniff"));
            router.MapGet("/", Say);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("nosniff", peer.Get("/").Field("x-content-type-options"));
            Assert.AreEqual("nosniff", peer.Get("/nowhere").Field("x-content-type-options"));
        }

        private static RouterPeer Peer()
        {
            Router router = new Router();
            router.MapGet("/get", Say);
            router.MapPost("/post", Say);
            router.MapGet("/all", Say);
            router.MapPost("/all", Say);
            router.MapPut("/all", Say);
            router.MapDelete("/all", Say);
            router.MapPatch("/all", Say);
            return new RouterPeer(router);
        }

        private static void Say(HttpRequest request, HttpResponse response)
        {
            response.Write(request.MethodName);
        }

        private static void Teapot(HttpRequest request, HttpResponse response)
        {
            Problem.Write(response, 418);
        }
    }
}
