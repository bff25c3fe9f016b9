using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class AssetTests
    {
        [TestMethod]
        public void Files_have_type_tag_and_length()
        {
            RouterPeer peer = TestSite.Peer();
            Http1Reply reply = peer.Get("/style.css");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("body{}", reply.BodyText);
            Assert.AreEqual("text/css", reply.Field("content-type"));
            Assert.AreEqual("6", reply.Field("content-length"));
            Assert.AreEqual(TestSite.Quoted("style.css"), reply.Field("etag"));
            Assert.AreEqual("no-cache", reply.Field("cache-control"));
            Assert.AreEqual("bytes", reply.Field("accept-ranges"));
            Assert.IsNull(reply.Field("vary"), "vary");
            Assert.IsNull(reply.Field("content-security-policy"), "policy");
        }

        [TestMethod]
        public void Folders_have_their_index_page()
        {
            RouterPeer peer = TestSite.Peer();
            Assert.AreEqual(TestSite.Page, peer.Get("/").BodyText);
            Assert.AreEqual(TestSite.Page, peer.Get("/index.html").BodyText);
            Assert.AreEqual("default-src 'self'", peer.Get("/").Field("content-security-policy"));
        }

        [TestMethod]
        [DataRow("/nothing")]
        [DataRow("/style.cs")]
        [DataRow("/style.css/")]
        [DataRow("/style.css/x")]
        [DataRow("/Style.css")]
        [DataRow("//style.css")]
        [DataRow("/./style.css")]
        [DataRow("/x/../style.css")]
        [DataRow("/deep%2Ffile.js")]
        public void Other_paths_are_missing(string target)
        {
            Http1Reply reply = TestSite.Peer().Get(target);
            Assert.AreEqual(404, reply.Status);
            Assert.AreEqual("application/problem+json", reply.Field("content-type"));
        }

        [TestMethod]
        public void Encoded_paths_are_decoded()
        {
            Assert.AreEqual("body{}", TestSite.Peer().Get("/styl%65.css").BodyText);
            Assert.AreEqual("umlaut", TestSite.Peer().Get("/gr%C3%BC%20n.txt").BodyText);
        }

        [TestMethod]
        public void A_file_that_was_refused_is_not_the_one_before_it()
        {
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(TestSite.Pack()));
            router.Guard("/style.css", new Turnstile());
            RouterPeer peer = new RouterPeer(router);
            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(TestSite.Page, peer.Get("/").BodyText);
                Assert.AreEqual(403, peer.Get("/style.css").Status);
                Http1Reply reply = peer.Get("/style.css");
                Assert.AreEqual("body{}", reply.BodyText);
                Assert.AreEqual(TestSite.Quoted("style.css"), reply.Field("etag"));

                // What was refused in between has left its fields where those of the file were.
                Assert.AreEqual(403, peer.Get("/style.css").Status);
                reply = peer.Get("/style.css");
                Assert.AreEqual("body{}", reply.BodyText);
                Assert.AreEqual("text/css", reply.Field("content-type"));
            }
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void A_file_that_is_asked_for_again_has_the_fields_that_hold_now(bool keeps)
        {
            StaticAssets assets = new StaticAssets(TestSite.Pack());
            assets.KeepsAnswer = keeps;
            assets.AddPageField(FieldName.ReferrerPolicy, "same-origin");
            Assert.AreEqual(keeps, assets.KeepsAnswer);
            Router router = new Router();
            router.MapAssets("/", assets);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual("no-cache", peer.Get("/style.css").Field("cache-control"));
            Assert.AreEqual("no-cache", peer.Get("/style.css").Field("cache-control"));
            assets.CacheControl = RouterPeer.Octets("max-age=9");
            Assert.AreEqual("max-age=9", peer.Get("/style.css").Field("cache-control"));
            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(304, peer.Get("/style.css", "If-None-Match: " + TestSite.Quoted("style.css") + "\r\n").Status);
            }

            for (int i = 0; i < 2; i++)
            {
                Http1Reply part = peer.Get("/style.css", "Range: bytes=1-2\r\n");
                Assert.AreEqual(206, part.Status);
                Assert.AreEqual("od", part.BodyText);
                Assert.AreEqual("bytes 1-2/6", part.Field("content-range"));
            }
        }

        [TestMethod]
        public void Empty_files_are_files()
        {
            Http1Reply reply = TestSite.Peer().Get("/empty.txt");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("0", reply.Field("content-length"));
        }

        [TestMethod]
        public void HEAD_has_the_fields_of_GET()
        {
            Http1Reply reply = TestSite.Peer().Ask("HEAD", "/style.css", string.Empty, string.Empty);
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("6", reply.Field("content-length"));
            Assert.AreEqual(TestSite.Quoted("style.css"), reply.Field("etag"));
        }

        [TestMethod]
        public void Other_methods()
        {
            RouterPeer peer = TestSite.Peer();
            Http1Reply reply = peer.Ask("POST", "/style.css", string.Empty, "x");
            Assert.AreEqual(405, reply.Status);
            Assert.AreEqual("GET, HEAD, OPTIONS", reply.Field("allow"));
            Assert.AreEqual(404, peer.Ask("POST", "/nothing", string.Empty, "x").Status);
            Assert.AreEqual(204, peer.Ask("OPTIONS", "/style.css", string.Empty, string.Empty).Status);
            Assert.AreEqual(404, peer.Ask("OPTIONS", "/nothing", string.Empty, string.Empty).Status);
        }

        [TestMethod]
        public void Immutable_files_are_kept()
        {
            Assert.AreEqual("public, max-age=31536000, immutable", TestSite.Peer().Get("/a.12345678.js").Field("cache-control"));
        }

        [TestMethod]
        public void A_fallback_page_for_navigations()
        {
            StaticAssets assets = new StaticAssets(TestSite.Pack());
            assets.FallbackPage = "index.html";
            assets.CacheControl = RouterPeer.Octets("max-age=60");
            Router router = new Router();
            router.MapAssets("/", assets);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Get("/settings/network", "Sec-Fetch-Mode: navigate\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(TestSite.Page, reply.BodyText);
            Assert.AreEqual("max-age=60", reply.Field("cache-control"));
            Assert.AreEqual(404, peer.Get("/settings/network").Status);
            Assert.AreEqual(404, peer.Get("/x.js", "Sec-Fetch-Mode: no-cors\r\n").Status);
        }

        // Browsers send Sec-Fetch-Mode to secure origins only (fetch metadata 2), so Accept decides where it is missing.
        [TestMethod]
        [DataRow("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200)]
        [DataRow("Text/HTML", 200)]
        [DataRow("image/png, text/html;level=1;q=0.4", 200)]
        [DataRow("text/plain;x=\"a,b\", text/html", 200)]
        [DataRow("*/*", 404)]
        [DataRow("text/*", 404)]
        [DataRow("*", 404)]
        [DataRow("text/html;q=0", 404)]
        [DataRow("text/htmlx, xtext/html", 404)]
        [DataRow("text/plain;x=\"a,text/html,b\"", 404)]
        [DataRow("application/json", 404)]
        [DataRow("", 404)]
        public void A_fallback_page_for_who_accepts_HTML(string accept, int status)
        {
            StaticAssets assets = new StaticAssets(TestSite.Pack());
            assets.FallbackPage = "index.html";
            Router router = new Router();
            router.MapAssets("/", assets);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(status, peer.Get("/settings/network", "Accept: " + accept + "\r\n").Status);
            Assert.AreEqual(404, peer.Get("/settings/network", "Sec-Fetch-Mode: cors\r\nAccept: " + accept + "\r\n").Status);
        }

        [TestMethod]
        public void A_page_for_navigations_to_what_is_missing()
        {
            StaticAssets assets = new StaticAssets(TestSite.Pack());
            assets.MissingPage = "index.html";
            assets.CacheControl = RouterPeer.Octets("max-age=60");
            Router router = new Router();
            router.MapAssets("/", assets);
            RouterPeer peer = new RouterPeer(router);
            string navigate = "Sec-Fetch-Mode: navigate\r\n";
            string tag = peer.Get("/").Field("etag");
            for (int time = 0; time < 2; time++)
            {
                // No condition, no range and no cache applies to a file that was not asked for.
                Http1Reply reply = peer.Get("/nothing", navigate + "If-None-Match: " + tag + "\r\nRange: bytes=0-1\r\n");
                Assert.AreEqual(404, reply.Status);
                Assert.AreEqual(TestSite.Page, reply.BodyText);
                Assert.AreEqual("no-cache", reply.Field("cache-control"));
                Assert.AreEqual(null, reply.Field("etag"));
                Assert.AreEqual(200, peer.Get("/", navigate).Status);
            }

            Assert.AreEqual("application/problem+json", peer.Get("/nothing", "Sec-Fetch-Mode: cors\r\n").Field("content-type"));
            Assert.ThrowsException(typeof(System.ArgumentException), () => assets.MissingPage = "nicht-da-\u00FC.html");
            assets.MissingPage = "not in the pack.html";
            Assert.AreEqual("application/problem+json", peer.Get("/nothing", navigate).Field("content-type"));
        }

        [TestMethod]
        public void Other_routes_go_first_and_a_prefix_is_one()
        {
            Router router = new Router();
            router.MapAssets("/files/", new StaticAssets(TestSite.Pack()));
            router.MapGet("/files/style.css", TestRoutes.Body);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(string.Empty, peer.Get("/files/style.css").BodyText);
            Assert.AreEqual(TestSite.Page, peer.Get("/files/").BodyText);
            Assert.AreEqual(404, peer.Get("/files").Status);
            Assert.AreEqual(404, peer.Get("/app.js").Status);
            Assert.AreEqual("sub%20dir/", peer.Get("/files/sub%20dir").Field("location"));
        }

        [TestMethod]
        public void A_folder_is_asked_for_with_a_solidus()
        {
            RouterPeer peer = TestSite.Peer();
            Http1Reply reply = peer.Get("/sub%20dir");
            Assert.AreEqual(301, reply.Status);
            Assert.AreEqual("sub%20dir/", reply.Field("location"));
            Assert.AreEqual("sub%20dir/?a=%20b&c", peer.Get("/sub%20dir?a=%20b&c").Field("location"));
            Assert.AreEqual(301, peer.Ask("HEAD", "/sub%20dir", string.Empty, string.Empty).Status);
            Assert.AreEqual("below", peer.Get("/sub%20dir/").BodyText);
            Assert.AreEqual(404, peer.Get("/style.css/").Status);
            Assert.AreEqual(404, peer.Get("//sub%20dir").Status);
            Assert.AreEqual(404, peer.Get("/sub").Status);
        }

        // Lets every second request pass.
        private sealed class Turnstile : RequestGuard
        {
            private bool _open = true;

            public override bool Admit(HttpRequest request, HttpResponse response)
            {
                _open = !_open;
                if (!_open)
                {
                    Problem.Write(response, 403);
                }

                return _open;
            }
        }
    }
}
