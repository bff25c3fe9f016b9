using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    /// <summary>What of a file is sent, and whether: codings, conditions and ranges (RFC 9110 12.5.3, 13 and 14).</summary>
    [TestClass]
    public class AssetSelectionTests
    {
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
            Http1Reply reply = TestSite.Peer().Get("/app.js", "Accept-Encoding: " + accept + "\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(coded ? "CODED" : "uncoded script", reply.BodyText);
            Assert.AreEqual(coded ? "gzip" : null, reply.Field("content-encoding"));
            Assert.AreEqual("accept-encoding", reply.Field("vary"));
            Assert.AreEqual(coded ? "\"" + TestPack.Tag("app.js") + "-gz\"" : TestSite.Quoted("app.js"), reply.Field("etag"));
        }

        [TestMethod]
        public void Only_the_coded_form()
        {
            RouterPeer peer = TestSite.Peer();
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
            Http1Reply reply = TestSite.Peer().Get("/style.css", "If-None-Match: " + value + "\r\n");
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual(TestSite.Quoted("style.css"), reply.Field("etag"));
            Assert.AreEqual("no-cache", reply.Field("cache-control"));
            Assert.AreEqual(status == 200, reply.Field("content-type") != null, "content-type");
            Assert.AreEqual(status == 200 ? "6" : null, reply.Field("content-length"));
        }

        [TestMethod]
        public void The_coded_form_has_a_tag_of_its_own()
        {
            RouterPeer peer = TestSite.Peer();
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
        [DataRow("bytes=-99", TestSite.Page, "bytes 0-16/17")]
        [DataRow("BYTES=0-0", "<", "bytes 0-0/17")]
        public void Ranges(string range, string body, string contentRange)
        {
            Http1Reply reply = TestSite.Peer().Get("/index.html", "Accept-Encoding: gzip\r\nRange: " + range + "\r\n");
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
            Http1Reply reply = TestSite.Peer().Get("/index.html", "Range: " + range + "\r\n");
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
            Http1Reply reply = TestSite.Peer().Get("/index.html", "Range: " + range + "\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(TestSite.Page, reply.BodyText);
        }

        [TestMethod]
        public void A_range_of_what_is_still_there()
        {
            RouterPeer peer = TestSite.Peer();
            string range = "Range: bytes=0-1\r\nIf-Range: ";
            Assert.AreEqual(206, peer.Get("/style.css", range + TestSite.Quoted("style.css") + "\r\n").Status);
            Assert.AreEqual(200, peer.Get("/style.css", range + "\"other\"\r\n").Status);
            Assert.AreEqual(200, peer.Get("/style.css", range + "W/" + TestSite.Quoted("style.css") + "\r\n").Status);
            Assert.AreEqual(200, peer.Get("/style.css", range + "Sat, 29 Oct 1994 19:43:31 GMT\r\n").Status);
        }

        [TestMethod]
        public void HEAD_has_no_ranges()
        {
            Assert.AreEqual(200, TestSite.Peer().Ask("HEAD", "/style.css", "Range: bytes=0-1\r\n", string.Empty).Status);
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
            RouterPeer peer = TestSite.Peer();
            string value = Fill(field, TestSite.Quoted("style.css"));
            Assert.AreEqual(status, peer.Get("/style.css", "If-Match: " + value + "\r\n").Status);

            // RFC 9110 13.2.2: it goes before If-None-Match.
            Assert.AreEqual(status == 200 ? 304 : 412, peer.Get("/style.css", "If-None-Match: *\r\nIf-Match: " + value + "\r\n").Status);
        }

        private static string Fill(string text, string value)
        {
            int at = text.IndexOf("{0}");
            return at < 0 ? text : text.Substring(0, at) + value + text.Substring(at + 3);
        }
    }
}
