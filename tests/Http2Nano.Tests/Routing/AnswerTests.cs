using System;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    /// <summary>What a response is made of besides its handler's text: redirects, problems, fields that all have.</summary>
    [TestClass]
    public class AnswerTests
    {
        [TestMethod]
        [DataRow(301)]
        [DataRow(302)]
        [DataRow(303)]
        [DataRow(307)]
        [DataRow(308)]
        public void Redirects_name_a_place(int status)
        {
            Router router = new Router();
            router.MapGet("/{status}/text", RedirectText);
            router.MapGet("/{status}/octets", RedirectOctets);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Get("/" + status + "/text");
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual("/there?a=%20", reply.Field("location"));
            Assert.AreEqual("0", reply.Field("content-length"));
            reply = peer.Get("/" + status + "/octets");
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual("/there", reply.Field("location"));
        }

        [TestMethod]
        [DataRow("200")]
        [DataRow("300")]
        [DataRow("304")]
        [DataRow("400")]
        public void Other_statuses_are_no_redirects(string status)
        {
            Router router = new Router();
            router.MapGet("/{status}/text", RedirectText);
            Assert.AreEqual(500, new RouterPeer(router).Get("/" + status + "/text").Status);
        }

        [TestMethod]
        public void A_location_cannot_end_its_field()
        {
            Router router = new Router();
            router.MapGet("/", RedirectBroken);
            Http1Reply reply = new RouterPeer(router).Get("/");
            Assert.AreEqual(500, reply.Status);
            Assert.IsNull(reply.Field("set-cookie"), "injected");
        }

        [TestMethod]
        public void A_handler_that_defers_and_throws_leaves_the_response_to_its_thread()
        {
            HttpResponse deferred = null;
            int failures = 0;
            Router router = new Router();
            router.OnFailed = (request, exception) => failures++;
            router.MapGet("/", (request, response) =>
            {
                deferred = response;
                response.Defer();
                throw new InvalidOperationException();
            });
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(500, peer.Get("/").Status);
            Assert.AreEqual(1, failures);
            deferred.AddHeader("x-late", "1");
            deferred.Write("late");
            Assert.AreEqual(ExchangePool.TakenBack, peer.Session.Exchanges[0].Owner);
            deferred.Complete();
            Assert.AreEqual(ExchangePool.Free, peer.Session.Exchanges[0].Owner);
        }

        [TestMethod]
        public void A_problem_may_have_a_detail()
        {
            Router router = new Router();
            router.MapGet("/{status}", SayProblem);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Get("/404");
            Assert.AreEqual(404, reply.Status);
            Assert.AreEqual("application/problem+json", reply.Field("content-type"));
            Assert.AreEqual("{\"title\":\"Not Found\",\"status\":404,\"detail\":\"no such valve\"}", reply.BodyText);
            Assert.AreEqual("{\"status\":499,\"detail\":\"no such valve\"}", peer.Get("/499").BodyText);
        }

        [TestMethod]
        public void A_detail_for_which_there_is_no_room_is_left_out()
        {
            Router router = new Router();
            router.MapGet("/", SayLongProblem);
            Assert.AreEqual("{\"status\":499}", new RouterPeer(router).Get("/").BodyText);
        }

        // RFC 8297
        [TestMethod]
        public void Early_hints_come_without_the_fields_of_all_responses()
        {
            Router router = new Router();
            router.AddField(FieldName.Server, RouterPeer.Octets("s"));
            router.MapGet("/", Hint);
            PeerResponse response = new Http2Peer(Http2Peer.Usual(), router).Greet().Get(1, "/").ExpectResponse(1, 200);
            Assert.AreEqual(":status: 103\nlink: </style.css>\n", response.Informational);
            Assert.AreEqual("s", response.Field("server"));
            Assert.AreEqual("nosniff", response.Field("x-content-type-options"));
            Assert.AreEqual("1", response.Field("x-early"));
            Assert.IsNull(response.Field("link"));
        }

        [TestMethod]
        public void A_handler_that_throws_is_a_problem_and_no_more()
        {
            Router router = new Router();
            router.AddField(FieldName.Server, RouterPeer.Octets("s"));
            router.MapGet("/", Throw);
            Http1Reply reply = new RouterPeer(router).Get("/");
            Assert.AreEqual(500, reply.Status);
            Assert.AreEqual("{\"title\":\"Internal Server Error\",\"status\":500}", reply.BodyText);
            Assert.AreEqual("s", reply.Field("server"));
            Assert.IsNull(reply.Field("etag"), "what the handler began");
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), router).Greet();
            peer.Get(1, "/").ExpectResponse(1, 500, "{\"title\":\"Internal Server Error\",\"status\":500}");
        }

        [TestMethod]
        public void What_tells_of_a_failure_may_fail_as_well()
        {
            Router router = new Router();
            router.OnFailed = ThrowAgain;
            router.MapGet("/", Throw);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Get("/");
            Assert.AreEqual(500, reply.Status);
            Assert.AreEqual(string.Empty, reply.BodyText);
            Assert.AreEqual(500, peer.Get("/").Status);
        }

        [TestMethod]
        public void Types_are_not_to_be_guessed()
        {
            Router router = new Router();
            router.MapGet("/", TestRoutes.Nothing);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("nosniff", peer.Get("/").Field("x-content-type-options"));
            Assert.AreEqual("nosniff", peer.Get("/nowhere").Field("x-content-type-options"));
        }

        [TestMethod]
        public void A_gathered_body_leaves_the_fields_of_all_in_place()
        {
            Router router = new Router();
            router.Cors = new CorsPolicy(new string[] { "http://panel.example" }, "PUT", string.Empty);
            router.MapPut("/", TestRoutes.Body);
            string origin = "Origin: http://panel.example\r\n";
            Http1Reply reply = new RouterPeer(router).Ask("PUT", "/", origin, "hello");
            Assert.AreEqual("hello", reply.BodyText);
            Assert.AreEqual("nosniff", reply.Field("x-content-type-options"));
            Assert.AreEqual("http://panel.example", reply.Field("access-control-allow-origin"));
            Assert.AreEqual(reply.Head.IndexOf("nosniff"), reply.Head.LastIndexOf("nosniff"), "once");

            // Without a body they are there already.
            reply = new RouterPeer(router).Ask("PUT", "/", origin, string.Empty);
            Assert.AreEqual("http://panel.example", reply.Field("access-control-allow-origin"));
            Assert.AreEqual(reply.Head.IndexOf("nosniff"), reply.Head.LastIndexOf("nosniff"), "once");

            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), router).Greet();
            peer.Headers(1, FieldBlock.Request("PUT", "/").Add("origin", "http://panel.example"), false).Data(1, "hello", true);
            PeerResponse response = peer.ExpectResponse(1, 200);
            Assert.AreEqual("hello", response.Text);
            Assert.AreEqual("http://panel.example", response.Field("access-control-allow-origin"));
        }

        [TestMethod]
        public void A_field_of_all_replaces_the_one_before()
        {
            Router router = new Router();
            router.AddField(FieldName.ReferrerPolicy, RouterPeer.Octets("same-origin"));
            router.AddField(FieldName.XContentTypeOptions, null);
            router.AddField(FieldName.Server, RouterPeer.Octets("one"));
            router.AddField(FieldName.ReferrerPolicy, RouterPeer.Octets("no-referrer"));
            router.MapGet("/", TestRoutes.Nothing);
            Http1Reply reply = new RouterPeer(router).Get("/");
            Assert.IsNull(reply.Field("x-content-type-options"), "removed");
            Assert.AreEqual("one", reply.Field("server"));
            Assert.AreEqual("no-referrer", reply.Field("referrer-policy"));
            Assert.AreEqual(reply.Head.IndexOf("referrer-policy"), reply.Head.LastIndexOf("referrer-policy"), "once");
        }

        // Over HTTP/1.1 a line's end would begin another field.
        [TestMethod]
        [DataRow("default-src 'self';\r\n script-src 'none'")]
        [DataRow("a\n")]
        [DataRow("a\u0001b")]
        public void A_field_of_all_or_of_pages_with_control_characters_is_refused(string value)
        {
            string refused = string.Empty;
            StaticAssets assets = new StaticAssets(TestSite.Pack());
            byte[] octets = RouterPeer.Octets(value);
            for (int i = 0; i < 3; i++)
            {
                try
                {
                    switch (i)
                    {
                        case 0: new Router().AddField(FieldName.ContentSecurityPolicy, octets); break;
                        case 1: assets.AddPageField(FieldName.ContentSecurityPolicy, octets); break;
                        default: assets.CacheControl = octets; break;
                    }
                }
                catch (System.ArgumentException)
                {
                    refused += i.ToString();
                }
            }

            Assert.AreEqual("012", refused);
            Assert.IsNull(assets.CacheControl);
        }

        [TestMethod]
        public void Fields_compare_as_text_too()
        {
            Router router = new Router();
            router.MapGet("/", CompareText);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("yes", peer.Get("/", "Accept: text/html\r\nX-Own: 1\r\n").BodyText);
            Assert.AreEqual("no", peer.Get("/", "Accept: text/htm\r\nX-Own: 1\r\n").BodyText);
            Assert.AreEqual("no", peer.Get("/", "Accept: text/html\r\n").BodyText);
        }

        private static void Hint(HttpRequest request, HttpResponse response)
        {
            response.AddHeader("x-early", "1");
            response.EarlyHints(RouterPeer.Octets("</style.css>"));
            response.Write("page");
        }

        private static void CompareText(HttpRequest request, HttpResponse response)
        {
            response.Write(request.HeaderEquals("accept", "text/html") && request.HeaderEquals("x-own", "1") ? "yes" : "no");
        }

        private static void RedirectText(HttpRequest request, HttpResponse response)
        {
            response.Redirect(request.GetRouteInt(0), "/there?a=%20");
        }

        private static void RedirectOctets(HttpRequest request, HttpResponse response)
        {
            response.Redirect(request.GetRouteInt(0), RouterPeer.Octets("/there"));
        }

        private static void RedirectBroken(HttpRequest request, HttpResponse response)
        {
            response.Redirect(302, "/\r\nset-cookie: a=b");
        }

        private static void SayProblem(HttpRequest request, HttpResponse response)
        {
            Problem.Write(response, request.GetRouteInt(0), RouterPeer.Octets("no such valve"));
        }

        private static void SayLongProblem(HttpRequest request, HttpResponse response)
        {
            Problem.Write(response, 499, new byte[2048]);
        }

        private static void Throw(HttpRequest request, HttpResponse response)
        {
            response.AddHeader("etag", "\"x\"");
            response.Write("half of an answer");
            throw new InvalidOperationException("secret");
        }

        private static void ThrowAgain(HttpRequest request, Exception exception)
        {
            throw new InvalidOperationException("again");
        }
    }
}
