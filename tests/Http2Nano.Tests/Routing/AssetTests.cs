using System;
using System.IO;
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
        private const string Page = "<p>0123456789</p>";

        private static byte[] s_chunks;

        [TestMethod]
        public void Files_have_type_tag_and_length()
        {
            RouterPeer peer = Peer();
            Http1Reply reply = peer.Get("/style.css");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("body{}", reply.BodyText);
            Assert.AreEqual("text/css", reply.Field("content-type"));
            Assert.AreEqual("6", reply.Field("content-length"));
            Assert.AreEqual(Quoted("style.css"), reply.Field("etag"));
            Assert.AreEqual("no-cache", reply.Field("cache-control"));
            Assert.AreEqual("bytes", reply.Field("accept-ranges"));
            Assert.IsNull(reply.Field("vary"), "vary");
            Assert.IsNull(reply.Field("content-security-policy"), "policy");
        }

        [TestMethod]
        public void Folders_have_their_index_page()
        {
            RouterPeer peer = Peer();
            Assert.AreEqual(Page, peer.Get("/").BodyText);
            Assert.AreEqual(Page, peer.Get("/index.html").BodyText);
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
            Http1Reply reply = Peer().Get(target);
            Assert.AreEqual(404, reply.Status);
            Assert.AreEqual("application/problem+json", reply.Field("content-type"));
        }

        [TestMethod]
        public void Encoded_paths_are_decoded()
        {
            Assert.AreEqual("body{}", Peer().Get("/styl%65.css").BodyText);
            Assert.AreEqual("umlaut", Peer().Get("/gr%C3%BC%20n.txt").BodyText);
        }

        [TestMethod]
        public void A_file_that_was_refused_is_not_the_one_before_it()
        {
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(Pack()));
            router.Guard("/style.css", new Turnstile());
            RouterPeer peer = new RouterPeer(router);
            for (int i = 0; i < 2; i++)
            {
                Assert.AreEqual(Page, peer.Get("/").BodyText);
                Assert.AreEqual(403, peer.Get("/style.css").Status);
                Http1Reply reply = peer.Get("/style.css");
                Assert.AreEqual("body{}", reply.BodyText);
                Assert.AreEqual(Quoted("style.css"), reply.Field("etag"));

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
            StaticAssets assets = new StaticAssets(Pack());
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
                Assert.AreEqual(304, peer.Get("/style.css", "If-None-Match: " + Quoted("style.css") + "\r\n").Status);
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
            Http1Reply reply = Peer().Get("/empty.txt");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("0", reply.Field("content-length"));
        }

        [TestMethod]
        public void HEAD_has_the_fields_of_GET()
        {
            Http1Reply reply = Peer().Ask("HEAD", "/style.css", string.Empty, string.Empty);
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("6", reply.Field("content-length"));
            Assert.AreEqual(Quoted("style.css"), reply.Field("etag"));
        }

        [TestMethod]
        public void Other_methods()
        {
            RouterPeer peer = Peer();
            Http1Reply reply = peer.Ask("POST", "/style.css", string.Empty, "x");
            Assert.AreEqual(405, reply.Status);
            Assert.AreEqual("GET, HEAD, OPTIONS", reply.Field("allow"));
            Assert.AreEqual(404, peer.Ask("POST", "/nothing", string.Empty, "x").Status);
            Assert.AreEqual(204, peer.Ask("OPTIONS", "/style.css", string.Empty, string.Empty).Status);
            Assert.AreEqual(404, peer.Ask("OPTIONS", "/nothing", string.Empty, string.Empty).Status);
        }

        [TestMethod]
        [DataRow("gzip", true)]
        [DataRow("gzip, deflate, br", true)]
        [DataRow("br;q=1, GZIP;q=0.5", true)]
        [DataRow("*", true)]
        [DataRow("br,*;q=0.1", true)]
        [DataRow("identity", false)]
        [DataRow("gzip;q=0", false)]
        [DataRow("gzip; q=0.000", false)]
        [DataRow("*;q=0", false)]
        [DataRow("*, gzip;q=0", false)]
        [DataRow("xgzip, gzipx", false)]
        [DataRow("", false)]
        [DataRow(";;,,=,q", false)]
        public void Gzip_where_accepted(string accept, bool coded)
        {
            Http1Reply reply = Peer().Get("/app.js", "Accept-Encoding: " + accept + "\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(coded ? "CODED" : "uncoded script", reply.BodyText);
            Assert.AreEqual(coded ? "gzip" : null, reply.Field("content-encoding"));
            Assert.AreEqual("accept-encoding", reply.Field("vary"));
            Assert.AreEqual(coded ? "\"" + TestPack.Tag("app.js") + "-gz\"" : Quoted("app.js"), reply.Field("etag"));
        }

        [TestMethod]
        public void Only_the_coded_form()
        {
            RouterPeer peer = Peer();
            Assert.AreEqual("ONLY", peer.Get("/only.js", "Accept-Encoding: gzip\r\n").BodyText);
            Assert.AreEqual("ONLY", peer.Get("/only.js").BodyText, "any coding will do");
            Assert.AreEqual(406, peer.Get("/only.js", "Accept-Encoding: br\r\n").Status);
            Assert.AreEqual("NL", peer.Get("/only.js", "Range: bytes=1-2\r\n").BodyText);
        }

        [TestMethod]
        [DataRow("\"{0}\"", 304)]
        [DataRow("W/\"{0}\"", 304)]
        [DataRow("\"x\", \"{0}\"", 304)]
        [DataRow("\"x\",W/\"{0}\" , \"y\"", 304)]
        [DataRow("*", 304)]
        [DataRow("\"{0}-gz\"", 200)]
        [DataRow("{0}", 200)]
        [DataRow("\"x{0}\"", 200)]
        [DataRow("\"\"", 200)]
        [DataRow("\"", 200)]
        public void Conditional_requests(string value, int status)
        {
            value = Fill(value, TestPack.Tag("style.css"));
            Http1Reply reply = Peer().Get("/style.css", "If-None-Match: " + value + "\r\n");
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual(Quoted("style.css"), reply.Field("etag"));
            Assert.AreEqual("no-cache", reply.Field("cache-control"));
            Assert.AreEqual(status == 200, reply.Field("content-type") != null, "content-type");
            Assert.AreEqual(status == 200 ? "6" : null, reply.Field("content-length"));
        }

        [TestMethod]
        public void The_coded_form_has_a_tag_of_its_own()
        {
            RouterPeer peer = Peer();
            string coded = "If-None-Match: \"" + TestPack.Tag("app.js") + "-gz\"\r\n";
            Http1Reply reply = peer.Get("/app.js", "Accept-Encoding: gzip\r\n" + coded);
            Assert.AreEqual(304, reply.Status);
            Assert.AreEqual("accept-encoding", reply.Field("vary"));
            Assert.AreEqual(200, peer.Get("/app.js", coded).Status);
        }

        [TestMethod]
        [DataRow("bytes=0-3", "<p>0", "bytes 0-3/17")]
        [DataRow("bytes=3-5", "012", "bytes 3-5/17")]
        [DataRow("bytes=13-", "</p>", "bytes 13-16/17")]
        [DataRow("bytes=13-99", "</p>", "bytes 13-16/17")]
        [DataRow("bytes=16-99999999999999999999", ">", "bytes 16-16/17")]
        [DataRow("bytes=-4", "</p>", "bytes 13-16/17")]
        [DataRow("bytes=-99", Page, "bytes 0-16/17")]
        [DataRow("BYTES=0-0", "<", "bytes 0-0/17")]
        public void Ranges(string range, string body, string contentRange)
        {
            Http1Reply reply = Peer().Get("/index.html", "Accept-Encoding: gzip\r\nRange: " + range + "\r\n");
            Assert.AreEqual(206, reply.Status);
            Assert.AreEqual(body, reply.BodyText);
            Assert.AreEqual(contentRange, reply.Field("content-range"));
            Assert.AreEqual("text/html; charset=utf-8", reply.Field("content-type"));
            Assert.IsNull(reply.Field("content-encoding"), "content-encoding");
        }

        [TestMethod]
        [DataRow("bytes=17-")]
        [DataRow("bytes=99-100")]
        [DataRow("bytes=99999999999999999999-")]
        [DataRow("bytes=-0")]
        public void Ranges_behind_the_end(string range)
        {
            Http1Reply reply = Peer().Get("/index.html", "Range: " + range + "\r\n");
            Assert.AreEqual(416, reply.Status);
            Assert.AreEqual("bytes */17", reply.Field("content-range"));
        }

        [TestMethod]
        [DataRow("bytes=")]
        [DataRow("bytes=-")]
        [DataRow("bytes=5-3")]
        [DataRow("bytes=0-1,3-4")]
        [DataRow("bytes=a-b")]
        [DataRow("bytes=0x1-2")]
        [DataRow("bytes 0-1")]
        [DataRow("lines=0-1")]
        [DataRow("b")]
        public void Other_ranges_are_ignored(string range)
        {
            Http1Reply reply = Peer().Get("/index.html", "Range: " + range + "\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(Page, reply.BodyText);
        }

        [TestMethod]
        public void A_range_of_what_is_still_there()
        {
            RouterPeer peer = Peer();
            string range = "Range: bytes=0-1\r\nIf-Range: ";
            Assert.AreEqual(206, peer.Get("/style.css", range + Quoted("style.css") + "\r\n").Status);
            Assert.AreEqual(200, peer.Get("/style.css", range + "\"other\"\r\n").Status);
            Assert.AreEqual(200, peer.Get("/style.css", range + "W/" + Quoted("style.css") + "\r\n").Status);
            Assert.AreEqual(200, peer.Get("/style.css", range + "Sat, 29 Oct 1994 19:43:31 GMT\r\n").Status);
        }

        [TestMethod]
        public void HEAD_has_no_ranges()
        {
            Assert.AreEqual(200, Peer().Ask("HEAD", "/style.css", "Range: bytes=0-1\r\n", string.Empty).Status);
        }

        [TestMethod]
        public void Immutable_files_are_kept()
        {
            Assert.AreEqual("public, max-age=31536000, immutable", Peer().Get("/a.12345678.js").Field("cache-control"));
        }

        [TestMethod]
        public void A_fallback_page_for_navigations()
        {
            StaticAssets assets = new StaticAssets(Pack());
            assets.FallbackPage = "index.html";
            assets.CacheControl = RouterPeer.Octets("max-age=60");
            Router router = new Router();
            router.MapAssets("/", assets);
            RouterPeer peer = new RouterPeer(router);
            Http1Reply reply = peer.Get("/settings/network", "Sec-Fetch-Mode: navigate\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(Page, reply.BodyText);
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
            StaticAssets assets = new StaticAssets(Pack());
            assets.FallbackPage = "index.html";
            Router router = new Router();
            router.MapAssets("/", assets);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(status, peer.Get("/settings/network", "Accept: " + accept + "\r\n").Status);
            Assert.AreEqual(404, peer.Get("/settings/network", "Sec-Fetch-Mode: cors\r\nAccept: " + accept + "\r\n").Status);
        }

        [TestMethod]
        public void Other_routes_go_first_and_a_prefix_is_one()
        {
            Router router = new Router();
            router.MapAssets("/files/", new StaticAssets(Pack()));
            router.MapGet("/files/style.css", TestRoutes.Body);
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(string.Empty, peer.Get("/files/style.css").BodyText);
            Assert.AreEqual(Page, peer.Get("/files/").BodyText);
            Assert.AreEqual(404, peer.Get("/files").Status);
            Assert.AreEqual(404, peer.Get("/app.js").Status);
            Assert.AreEqual("sub%20dir/", peer.Get("/files/sub%20dir").Field("location"));
        }

        [TestMethod]
        public void A_folder_is_asked_for_with_a_solidus()
        {
            RouterPeer peer = Peer();
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

        [TestMethod]
        [DataRow("{0}", 200)]
        [DataRow("\"other\", {0}", 200)]
        [DataRow("*", 200)]
        [DataRow("\"other\"", 412)]
        [DataRow("W/{0}", 412)]
        [DataRow("W/\"other\", {0}", 200)]
        [DataRow("", 412)]
        public void If_Match_compares_strongly(string field, int status)
        {
            RouterPeer peer = Peer();
            string value = Fill(field, Quoted("style.css"));
            Assert.AreEqual(status, peer.Get("/style.css", "If-Match: " + value + "\r\n").Status);

            // RFC 9110 13.2.2: it goes before If-None-Match.
            Assert.AreEqual(status == 200 ? 304 : 412, peer.Get("/style.css", "If-None-Match: *\r\nIf-Match: " + value + "\r\n").Status);
        }

        [TestMethod]
        public void A_store_that_gives_chunks()
        {
            s_chunks = Build();
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new ChunkAssetStore(Chunk))));
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(Page, peer.Get("/").BodyText);

            // One that gives less than it was asked for has failed.
            s_chunks = null;
            Assert.AreEqual(404, new RouterPeer(router).Get("/").Status);
        }

        [TestMethod]
        public void A_stream_that_gives_little_at_a_time()
        {
            MemoryStream stream = new MemoryStream();
            byte[] bytes = Build();
            stream.Write(bytes, 0, bytes.Length);
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new ReluctantStore(new StreamAssetStore(stream)))));
            RouterPeer peer = new RouterPeer(router);
            Assert.AreEqual(Page, peer.Get("/").BodyText);
            Assert.AreEqual("uncoded script", peer.Get("/app.js").BodyText);
        }

        [TestMethod]
        public void Damaged_packs_are_refused()
        {
            byte[] pack = Build();
            Refused(new byte[0]);
            Refused(new byte[3]);
            Refused(Change(pack, 0, 'x'));
            Refused(Change(pack, 4, 1));
            Refused(Change(pack, 4, 2));
            Refused(Change(pack, 6, 0xFF));
            Refused(Change(pack, 8, 1));
            Refused(Change(pack, 9, 0xFF));
            Refused(Change(pack, AssetPackFormat.HeaderSize + 7, 0xFF));

            // Contents outside the pack: the offset and the length of the first record's plain form, and of the coded one.
            int record = BitConverter.ToInt32(pack, AssetPackFormat.HeaderSize + 4);
            Refused(Change(pack, record + 7, 0x7F));
            Refused(Change(pack, record + 10, 1));
            Refused(Change(pack, record + 15, 0x80));
            Refused(Change(pack, record + 19, 0x7F));
            for (int length = 0; length < AssetPackFormat.HeaderSize + 20; length++)
            {
                byte[] cut = new byte[length];
                Array.Copy(pack, 0, cut, 0, length);
                Refused(cut);
            }
        }

        [TestMethod]
        public void A_file_cut_short_breaks_off_the_response()
        {
            byte[] pack = Build();
            byte[] cut = new byte[pack.Length];
            Array.Copy(pack, 0, cut, 0, pack.Length);
            Router router = new Router();
            router.MapAssets("/", new StaticAssets(new AssetPack(new CutStore(cut, pack.Length - AssetPackFormat.ChecksumSize - 3))));
            RouterPeer peer = new RouterPeer(router);
            peer.Send("GET /last.txt HTTP/1.1\r\nHost: device\r\n\r\n");
            Assert.IsTrue(peer.Closed, "closed");
        }

        private static byte[] Chunk(int position, int count)
        {
            Assert.IsTrue(count > 0 && count <= 1024, "count");
            byte[] chunk = new byte[s_chunks == null ? 1 : count];
            if (s_chunks != null)
            {
                Array.Copy(s_chunks, position, chunk, 0, count);
            }

            return chunk;
        }

        private static AssetPack Pack()
        {
            return new AssetPack(new MemoryAssetStore(Build()));
        }

        private static byte[] Build()
        {
            TestPack pack = new TestPack();
            byte[] page = RouterPeer.Octets(Page);
            pack.Add(string.Empty, "text/html; charset=utf-8", page, RouterPeer.Octets("PAGE"), AssetPackFormat.Page);
            pack.Add("index.html", "text/html; charset=utf-8", page, RouterPeer.Octets("PAGE"), AssetPackFormat.Page);
            pack.Add("style.css", "text/css", RouterPeer.Octets("body{}"), null, 0);
            pack.Add("app.js", "text/javascript", RouterPeer.Octets("uncoded script"), RouterPeer.Octets("CODED"), 0);
            pack.Add("only.js", "text/javascript", null, RouterPeer.Octets("ONLY"), 0);
            pack.Add("empty.txt", "text/plain", new byte[0], null, 0);
            pack.Add("deep/file.js", "text/javascript", page, null, 0);
            pack.Add("a.12345678.js", "text/javascript", page, null, AssetPackFormat.Immutable);
            pack.Add("grü n.txt", "text/plain", RouterPeer.Octets("umlaut"), null, 0);
            pack.Add("sub dir/", "text/plain", RouterPeer.Octets("below"), null, 0);
            pack.Add("last.txt", "text/plain", RouterPeer.Octets("last"), null, 0);
            return pack.Build();
        }

        private static RouterPeer Peer()
        {
            StaticAssets assets = new StaticAssets(Pack());
            assets.AddPageField(FieldName.ContentSecurityPolicy, RouterPeer.Octets("default-src 'self'"));
            Router router = new Router();
            router.MapAssets("/", assets);
            return new RouterPeer(router);
        }

        private static string Quoted(string path)
        {
            return "\"" + TestPack.Tag(path) + "\"";
        }

        private static string Fill(string text, string value)
        {
            int at = text.IndexOf("{0}");
            return at < 0 ? text : text.Substring(0, at) + value + text.Substring(at + 3);
        }

        private static byte[] Change(byte[] pack, int offset, int value)
        {
            byte[] changed = new byte[pack.Length];
            Array.Copy(pack, 0, changed, 0, pack.Length);
            changed[offset] = (byte)value;
            return changed;
        }

        private static void Refused(byte[] pack)
        {
            bool thrown = false;
            try
            {
                new AssetPack(new MemoryAssetStore(pack));
            }
            catch (ArgumentException)
            {
                thrown = true;
            }

            Assert.IsTrue(thrown, "A damaged pack was taken.");
        }

        private class ReluctantStore : AssetStore
        {
            private readonly AssetStore _store;

            internal ReluctantStore(AssetStore store)
            {
                _store = store;
            }

            public override int Read(int position, byte[] buffer, int offset, int count)
            {
                return _store.Read(position, buffer, offset, count < 3 ? count : 3);
            }
        }

        private class CutStore : AssetStore
        {
            private readonly byte[] _bytes;
            private readonly int _end;

            internal CutStore(byte[] bytes, int end)
            {
                _bytes = bytes;
                _end = end;
            }

            public override int Read(int position, byte[] buffer, int offset, int count)
            {
                count = count < _end - position ? count : _end - position;
                if (count > 0)
                {
                    Array.Copy(_bytes, position, buffer, offset, count);
                }

                return count;
            }
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
