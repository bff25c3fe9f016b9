using System;
using Http2Nano.Drives;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Drives
{
    [TestClass]
    public class FolderRouteTests
    {
        // Sun, 06 Nov 1994 08:49:37 GMT
        private const long Then = 784111777;
        private const string Tag = "\"b-2ebc98a1\"";

        [TestMethod]
        public void A_file_as_it_lies()
        {
            RouterPeer peer = Connect();
            Http1Reply reply = peer.Get("/files/a.txt");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("hello world", reply.BodyText);
            Assert.AreEqual("text/plain; charset=utf-8", reply.Field("content-type"));
            Assert.AreEqual("11", reply.Field("content-length"));
            Assert.AreEqual("bytes", reply.Field("accept-ranges"));
            Assert.AreEqual(Tag, reply.Field("etag"));
            Assert.AreEqual("Sun, 06 Nov 1994 08:49:37 GMT", reply.Field("last-modified"));
            Assert.AreEqual("no-cache", reply.Field("cache-control"));
            Assert.AreEqual("sandbox", reply.Field("content-security-policy"));
            reply = peer.Ask("HEAD", "/files/a.txt", string.Empty, string.Empty);
            Assert.AreEqual("11", reply.Field("content-length"));
            Assert.AreEqual(405, peer.Ask("PUT", "/files/a.txt", string.Empty, "x").Status);
            Assert.AreEqual("text/csv; charset=utf-8", peer.Get("/files/logs/B.CSV").Field("content-type"));
            Assert.AreEqual("application/octet-stream", peer.Get("/files/logs/none").Field("content-type"));
            Assert.AreEqual(string.Empty, peer.Get("/files/logs/none").BodyText, "an empty file");
        }

        [TestMethod]
        public void Over_HTTP2_too()
        {
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Application(Drive(), true)).Greet();
            peer.Headers(1, FieldBlock.Get("/files/a.txt").Add("range", "bytes=6-"), true);
            Assert.AreEqual("bytes 6-10/11", peer.ExpectResponse(1, 206).Field("content-range"));
        }

        [TestMethod]
        [DataRow("bytes=0-4", 206, "hello", "bytes 0-4/11")]
        [DataRow("bytes=6-", 206, "world", "bytes 6-10/11")]
        [DataRow("bytes=-5", 206, "world", "bytes 6-10/11")]
        [DataRow("bytes=6-99", 206, "world", "bytes 6-10/11")]
        [DataRow("bytes=11-", 416, "", "bytes */11")]
        [DataRow("bytes=0-1,3-4", 200, "hello world", "")]
        [DataRow("lines=0-1", 200, "hello world", "")]
        public void A_range_of_it(string range, int status, string body, string contentRange)
        {
            Http1Reply reply = Connect().Get("/files/a.txt", "Range: " + range + "\r\n");
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual(contentRange, reply.Field("content-range") ?? string.Empty);
            if (status != 416)
            {
                Assert.AreEqual(body, reply.BodyText);
            }
        }

        // RFC 9110 13.1
        [TestMethod]
        [DataRow("If-None-Match: \"b-2ebc98a1\"", 304)]
        [DataRow("If-None-Match: \"x\", W/\"b-2ebc98a1\"", 304)]
        [DataRow("If-None-Match: *", 304)]
        [DataRow("If-None-Match: \"b-2ebc98a2\"", 200)]
        [DataRow("If-None-Match: \"x\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 200)]
        [DataRow("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 304)]
        [DataRow("If-Modified-Since: Tue, 29 Feb 2000 00:00:00 GMT", 304)]
        [DataRow("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 200)]
        [DataRow("If-Modified-Since: yesterday", 200)]
        [DataRow("If-Match: \"b-2ebc98a1\"", 200)]
        [DataRow("If-Match: *", 200)]
        [DataRow("If-Match: W/\"b-2ebc98a1\"", 412)]
        [DataRow("If-Match: \"x\"", 412)]
        [DataRow("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 200)]
        [DataRow("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 412)]
        [DataRow("Range: bytes=0-0\r\nIf-Range: \"b-2ebc98a1\"", 206)]
        [DataRow("Range: bytes=0-0\r\nIf-Range: \"x\"", 200)]
        [DataRow("Range: bytes=0-0\r\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT", 206)]
        [DataRow("Range: bytes=0-0\r\nIf-Range: Sun, 06 Nov 1994 08:49:38 GMT", 200)]
        public void On_conditions(string fields, int status)
        {
            FolderRoute route = new FolderRoute(Drive(), string.Empty, 2);
            Http1Reply reply = new RouterPeer(Application(route)).Get("/files/a.txt", fields + "\r\n");
            Assert.AreEqual(status, reply.Status);
            Assert.AreEqual(status == 412 ? null : Tag, reply.Field("etag"));
            Assert.AreEqual(0, route.OpenFiles);
        }

        [TestMethod]
        public void A_file_that_may_change_within_the_second_has_a_weak_tag()
        {
            MemoryDrive drive = Drive();
            drive.Put("now.txt", RouterPeer.Octets("hello"), (DateTime.UtcNow.Ticks - new DateTime(1970, 1, 1).Ticks) / 10000000);
            RouterPeer peer = new RouterPeer(Application(drive, false));
            string tag = peer.Get("/files/now.txt").Field("etag");
            Assert.AreEqual("W/\"5-", tag.Substring(0, 5));
            Assert.AreEqual(304, peer.Get("/files/now.txt", "If-None-Match: " + tag + "\r\n").Status);
            Assert.AreEqual(412, peer.Get("/files/now.txt", "If-Match: " + tag + "\r\n").Status);
            Assert.AreEqual(200, peer.Get("/files/now.txt", "Range: bytes=0-0\r\nIf-Range: " + tag.Substring(2) + "\r\n").Status);
        }

        [TestMethod]
        public void Without_times_nothing_is_kept()
        {
            MemoryDrive drive = Drive();
            drive.HasTimes = false;
            RouterPeer peer = new RouterPeer(Application(drive, false));
            Http1Reply reply = peer.Get("/files/a.txt");
            Assert.IsNull(reply.Field("etag"), "etag");
            Assert.IsNull(reply.Field("last-modified"), "last-modified");
            Assert.AreEqual(206, peer.Get("/files/a.txt", "Range: bytes=0-0\r\n").Status);
            Assert.AreEqual(200, peer.Get("/files/a.txt", "Range: bytes=0-0\r\nIf-Range: " + Tag + "\r\n").Status);
            Assert.AreEqual(200, peer.Get("/files/a.txt", "If-Modified-Since: Tue, 29 Feb 2000 00:00:00 GMT\r\n").Status);
            Assert.AreEqual(200, peer.Get("/files/a.txt", "If-None-Match: " + Tag + "\r\n").Status);
            Assert.AreEqual(412, peer.Get("/files/a.txt", "If-Match: " + Tag + "\r\n").Status);
        }

        [TestMethod]
        [DataRow("nothing")]
        [DataRow("a.txt/")]
        [DataRow("a.txt/x")]
        [DataRow(".secret")]
        [DataRow("logs/.secret")]
        [DataRow(".git/config")]
        [DataRow("%2Esecret")]
        [DataRow("../a.txt")]
        [DataRow("logs/../a.txt")]
        [DataRow("logs/%2e%2e/a.txt")]
        [DataRow("logs%2F..%2Fa.txt")]
        [DataRow("..%5Ca.txt")]
        [DataRow("logs%5CB.CSV")]
        [DataRow("./a.txt")]
        [DataRow("logs//B.CSV")]
        [DataRow("//a.txt")]
        [DataRow("a.txt%00")]
        [DataRow("a.txt%20")]
        [DataRow("a.txt.")]
        [DataRow("I:%5Ca.txt")]
        [DataRow("a.txt::$DATA")]
        [DataRow("www.pack.part")]
        [DataRow("www.pack.WHOLE")]
        [DataRow("%252e%252e/a.txt")]
        public void What_is_not_there(string path)
        {
            MemoryDrive drive = Drive();
            FolderRoute route = new FolderRoute(drive, string.Empty, 2);
            int status = new RouterPeer(Application(route)).Get("/files/" + path).Status;
            Assert.IsTrue(status == 404 || status == 400, path + ": " + status);
            Assert.AreEqual(0, route.OpenFiles);
            Assert.AreEqual(0, drive.OpenFiles);
        }

        [TestMethod]
        public void Names_are_decoded_once()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("%41 ä&.txt", RouterPeer.Octets("x"));
            drive.Put("A.txt", RouterPeer.Octets("other"));
            Assert.AreEqual("x", new RouterPeer(Application(drive, false)).Get("/files/%2541%20%C3%A4&.txt").BodyText);
        }

        [TestMethod]
        public void A_folder_is_its_page_and_is_listed_only_if_it_is_asked_for()
        {
            MemoryDrive drive = Drive();
            RouterPeer peer = new RouterPeer(Application(drive, false));
            Assert.AreEqual("site", peer.Get("/files/site/").BodyText);
            Http1Reply reply = peer.Get("/files/site");
            Assert.AreEqual(301, reply.Status);
            Assert.AreEqual("site/", reply.Field("location"));
            Assert.AreEqual(404, peer.Get("/files/logs/").Status);
            Assert.AreEqual(404, peer.Get("/files/logs").Status);
            Assert.AreEqual(404, peer.Get("/files/").Status);
        }

        [TestMethod]
        public void A_list_names_what_may_be_seen()
        {
            MemoryDrive drive = Drive();
            drive.Put("logs/b&c \"<d>.txt", RouterPeer.Octets("x"));
            drive.Put("logs/a'&ä.txt", RouterPeer.Octets("x"));
            drive.Put("logs/old/x", RouterPeer.Octets("x"));
            RouterPeer peer = new RouterPeer(Application(drive, true));
            Http1Reply reply = peer.Get("/files/logs/");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("text/html; charset=utf-8", reply.Field("content-type"));
            Assert.AreEqual("default-src 'none'", reply.Field("content-security-policy"));
            string list = reply.BodyText;
            Assert.AreEqual(
                "<li><a href=\"../\">../</a><li><a href=\"./old/\">old/</a><li><a href=\"./B.CSV\">B.CSV</a>"
                    + "<li><a href=\"./a%27%26%c3%a4.txt\">a'&amp;ä.txt</a><li><a href=\"./none\">none</a></ul>",
                list.Substring(list.IndexOf("<li>")));
            list = peer.Get("/files/").BodyText;
            Assert.IsTrue(list.IndexOf("..") < 0 && list.IndexOf("secret") < 0 && list.IndexOf("pack") < 0 && list.IndexOf("\"./logs/\"") > 0, list);
            Assert.AreEqual("logs/", peer.Get("/files/logs").Field("location"));
            Assert.AreEqual("site", peer.Get("/files/site/").BodyText, "a page goes before the list");
            Assert.AreEqual(404, peer.Get("/files/nothing/").Status);
        }

        [TestMethod]
        public void A_folder_of_the_drive()
        {
            FolderRoute route = new FolderRoute(Drive(), "logs", 1);
            route.Lists = true;
            RouterPeer peer = new RouterPeer(Application(route));
            Assert.AreEqual(200, peer.Get("/files/B.CSV").Status);
            Assert.AreEqual(404, peer.Get("/files/a.txt").Status);
            string list = peer.Get("/files/").BodyText;
            Assert.IsTrue(list.IndexOf("../") < 0 && list.IndexOf("B.CSV") > 0, list);
        }

        [TestMethod]
        public void As_many_as_may_be_open()
        {
            MemoryDrive drive = Drive();
            drive.Put("long", new byte[1500]);
            FolderRoute route = new FolderRoute(drive, string.Empty, 1);
            Router router = Application(route);
            RouterPeer slow = new RouterPeer(router);
            RouterPeer peer = new RouterPeer(router);
            slow.ReadLimit = 300;
            slow.Send("GET /files/long HTTP/1.1\r\nHost: device\r\n\r\n");
            Http1Reply reply = peer.Get("/files/a.txt");
            Assert.AreEqual(503, reply.Status);
            Assert.AreEqual("1", reply.Field("retry-after"));
            slow.Disconnect();
            Assert.AreEqual(0, drive.OpenFiles);
            Assert.AreEqual(200, peer.Get("/files/a.txt").Status);
        }

        [TestMethod]
        [DataRow(true)]
        [DataRow(false)]
        public void What_changes_or_vanishes_meanwhile_does_not_look_complete(bool vanishes)
        {
            MemoryDrive drive = new MemoryDrive();
            drive.HasTimes = true;
            drive.Put("long", new byte[1500], Then);
            FolderRoute route = new FolderRoute(drive, string.Empty, 1);
            RouterPeer peer = new RouterPeer(Application(route));
            peer.ReadLimit = 300;
            peer.Send("GET /files/long HTTP/1.1\r\nHost: device\r\n\r\n");
            if (vanishes)
            {
                drive.Lose("long");
            }
            else
            {
                drive.Put("long", new byte[1500], Then + 1);
            }

            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            Assert.IsTrue(peer.Closed && peer.ReceivedCount < 1500, "closed");
            Assert.AreEqual(0, route.OpenFiles);
        }

        [TestMethod]
        public void Wrong_options_are_refused()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => new FolderRoute(null, string.Empty, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new FolderRoute(new MemoryDrive(), null, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new FolderRoute(new MemoryDrive(), string.Empty, 0));
            Assert.ThrowsException(typeof(ArgumentException), () => new FolderRoute(new MemoryDrive(), string.Empty, 17));
        }

        private static MemoryDrive Drive()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.HasTimes = true;
            drive.Put("a.txt", RouterPeer.Octets("hello world"), Then);
            drive.Put(".secret", RouterPeer.Octets("x"), Then);
            drive.Put("logs/.secret", RouterPeer.Octets("x"), Then);
            drive.Put("logs/B.CSV", RouterPeer.Octets("1;2"), Then);
            drive.Put("logs/none", new byte[0], Then);
            drive.Put("site/index.html", RouterPeer.Octets("site"), Then);
            drive.Put("www.pack.part", RouterPeer.Octets("x"), Then);
            drive.Put("www.pack.WHOLE", RouterPeer.Octets("x"), Then);
            return drive;
        }

        private static Router Application(FolderRoute route)
        {
            Router router = new Router();
            router.MapGet("/files/{*path}", route.Handle);
            return router;
        }

        private static Router Application(MemoryDrive drive, bool lists)
        {
            FolderRoute route = new FolderRoute(drive, string.Empty, 2);
            route.Lists = lists;
            return Application(route);
        }

        private static RouterPeer Connect()
        {
            return new RouterPeer(Application(Drive(), false));
        }
    }
}
