using System.Text;
using Http2Nano.Drives;
using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Drives
{
    [TestClass]
    public class FileUploadTests
    {
        private const string Type = "Content-Type: multipart/form-data; boundary=xyz\r\n";
        private const string Last = "--xyz--\r\n";

        [TestMethod]
        public void The_body_becomes_the_file()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive, 100);
            Assert.AreEqual(201, peer.Ask("PUT", "/log", string.Empty, "first").Status);
            Holds(drive, "first");
            Assert.AreEqual(204, peer.Ask("PUT", "/log", string.Empty, "second").Status);
            Holds(drive, "second");
            Assert.AreEqual(204, peer.Ask("PUT", "/log", "Transfer-Encoding: chunked\r\n\r\n3\r\nthi\r\n2\r\nrd\r\n0\r\n", string.Empty).Status);
            Holds(drive, "third");
            Assert.AreEqual(204, peer.Ask("PUT", "/log", "Content-Length: 0\r\n", string.Empty).Status);
            Holds(drive, string.Empty);
        }

        [TestMethod]
        public void Over_HTTP2_too()
        {
            MemoryDrive drive = new MemoryDrive();
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Application(new FileUpload(drive, "a.log", 100))).Greet();
            peer.Headers(1, FieldBlock.Request("PUT", "/log"), false);
            peer.Data(1, "one, ", false);
            peer.Data(1, "two", true);
            peer.ExpectResponse(1, 201);
            Holds(drive, "one, two");
            peer.Headers(3, FieldBlock.Request("PUT", "/log"), false);
            peer.Data(3, "thr", false);
            peer.Reset(3, 8);
            Holds(drive, "one, two");
        }

        [TestMethod]
        public void The_file_of_a_form_becomes_the_file()
        {
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive, 100);
            Assert.AreEqual(201, peer.Ask("POST", "/log", Type, Field + File("first") + Field + Last).Status);
            Holds(drive, "first");
            Assert.AreEqual(204, peer.Ask("POST", "/log", Type, File("second") + Last).Status);
            Holds(drive, "second");
        }

        [TestMethod]
        public void A_form_has_one_file()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            RouterPeer peer = Connect(drive, 100);
            Refused(peer.Ask("POST", "/log", Type, Field + Last), 400, "The form has no file.");
            Refused(peer.Ask("POST", "/log", Type, Last), 400, "The form has no file.");
            Refused(peer.Ask("POST", "/log", Type, File("one") + File("two") + Last), 400, "The form has more than one file.");
            Assert.AreEqual(400, peer.Ask("POST", "/log", Type, File("one")).Status, "no end");
            Assert.AreEqual(400, peer.Ask("POST", "/log", "Content-Type: multipart/form-data\r\n", File("one") + Last).Status, "no boundary");
            Holds(drive, "old");
            Assert.AreEqual(204, peer.Ask("POST", "/log", Type, File("new") + Last).Status);
            Holds(drive, "new");
        }

        [TestMethod]
        public void A_browser_is_led_on_where_its_form_is_taken()
        {
            FileUpload upload = new FileUpload(new MemoryDrive(), "a.log", 100);
            upload.Next = RouterPeer.Octets("/done");
            RouterPeer peer = new RouterPeer(Application(upload));
            Http1Reply reply = peer.Ask("POST", "/log", Type + "Accept: text/html\r\n", File("x") + Last);
            Assert.AreEqual(303, reply.Status);
            Assert.AreEqual("/done", reply.Field("location"));
            Assert.AreEqual(204, peer.Ask("POST", "/log", Type, File("x") + Last).Status, "a script");
        }

        [TestMethod]
        public void Broken_off_after_any_octet_it_leaves_the_old_file()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            RouterPeer peer = Connect(drive, 100);
            string form = Field + File("first\r\n--xysecond") + Last;
            BrokenOff(peer, drive, "PUT /log HTTP/1.1\r\nHost: device\r\nContent-Length: 20\r\n\r\n01234567890123456789", 53);
            BrokenOff(peer, drive, "PUT /log HTTP/1.1\r\nHost: device\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n012\r\n4\r\n4567\r\n0\r\n\r\n", 60);
            BrokenOff(peer, drive, "POST /log HTTP/1.1\r\nHost: device\r\n" + Type + "Content-Length: " + form.Length + "\r\n\r\n" + form, 33);
            Assert.AreEqual(204, peer.Ask("PUT", "/log", string.Empty, "new").Status);
            Holds(drive, "new");
        }

        [TestMethod]
        public void Broken_off_after_any_octet_over_HTTP2_it_leaves_the_old_file()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), Application(new FileUpload(drive, "a.log", 100))).Greet();
            string form = File("first\r\n--xysecond") + Last;
            for (int length = 0; length <= form.Length; length++)
            {
                // The body of a PUT is whole only with END_STREAM, and so is a form behind its last boundary.
                string part = form.Substring(0, length);
                peer.Headers(1, FieldBlock.Request("PUT", "/log"), false);
                peer.Headers(3, FieldBlock.Request("POST", "/log").Add("content-type", "multipart/form-data; boundary=xyz"), false);
                peer.ExpectResponse(3, 503);
                peer.Data(1, part, false).Reset(1, ErrorCode.Cancel);
                Holds(drive, "old");
                peer.Headers(5, FieldBlock.Request("POST", "/log").Add("content-type", "multipart/form-data; boundary=xyz"), false);
                peer.Data(5, part, false);
                peer.Disconnect();
                Holds(drive, "old");
                peer = peer.Reconnect().Greet();
            }

            peer.Headers(1, FieldBlock.Request("PUT", "/log").Add("content-length", "5"), false).Data(1, "four", true);
            peer.ExpectReset(1, ErrorCode.ProtocolError);
            Holds(drive, "old");
        }

        [TestMethod]
        public void A_full_drive_leaves_the_old_file()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            drive.Capacity = 12;
            RouterPeer peer = Connect(drive, 100);
            Refused(peer.Ask("PUT", "/log", string.Empty, "0123456789"), 507, "The drive is full, or cannot be written.");
            Holds(drive, "old");
            Refused(peer.Ask("POST", "/log", Type, File("0123456789") + Last), 507, "The drive is full, or cannot be written.");
            Holds(drive, "old");
            Assert.AreEqual(507, peer.Ask("PUT", "/log", "Transfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n8\r\n01234567\r\n0\r\n", string.Empty).Status);
            Holds(drive, "old");
            Assert.AreEqual(204, peer.Ask("PUT", "/log", string.Empty, "new").Status);
            Holds(drive, "new");
        }

        // It could not take its place, and would be left beside it.
        [TestMethod]
        public void A_file_does_not_get_the_name_of_a_folder()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log/b", RouterPeer.Octets("in it"));
            RouterPeer peer = Connect(drive, 100);
            Refused(peer.Ask("PUT", "/log", string.Empty, "new"), 409, "A folder has this name.");
            Refused(peer.Ask("POST", "/log", Type, File("new") + Last), 409, "A folder has this name.");
            Assert.AreEqual("a.log/b ", drive.Names);
            Assert.AreEqual(0, drive.OpenFiles);
        }

        // Octets that could not be stored must not keep the drive full for all other files.
        [TestMethod]
        public void A_drive_that_is_found_full_late_keeps_nothing_of_the_new_file()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            drive.Capacity = 12;
            drive.IsLate = true;
            RouterPeer peer = Connect(drive, 100);
            Assert.AreEqual(507, peer.Ask("PUT", "/log", "Transfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n8\r\n01234567\r\n8\r\n01234567\r\n0\r\n", string.Empty).Status);
            Holds(drive, "old");
            Refused(peer.Ask("PUT", "/log", string.Empty, "0123456789"), 507, "The drive is full, or cannot be written.");
            Holds(drive, "old");
            Refused(peer.Ask("POST", "/log", Type, File("0123456789") + Last), 507, "The drive is full, or cannot be written.");
            Holds(drive, "old");
            peer.Send("PUT /log HTTP/1.1\r\nHost: device\r\nContent-Length: 40\r\n\r\n0123456789");
            peer.Disconnect();
            Holds(drive, "old");
        }

        // 3 octets on a drive that is full when they have been written: both files are there for a moment.
        [TestMethod]
        public void Without_power_at_any_moment_the_old_file_is_there_or_the_new_one()
        {
            int done = 0;
            MemoryDrive drive = new MemoryDrive();
            RouterPeer peer = Connect(drive, 100);
            for (int operations = 0; done == 0; operations++)
            {
                drive.Put("a.log", RouterPeer.Octets("old content"));
                drive.Power = operations;
                int status = peer.Ask("PUT", "/log", string.Empty, "new").Status;
                done = drive.Power > 0 ? 1 : 0;
                Assert.IsTrue(status == 507 || (status == 204 && drive.Power >= 0), "power for " + operations);
                drive.Restart();
                FileReplacement.Recover(drive, "a.log");
                string content = Text(drive.Get("a.log"));
                Assert.IsTrue(content == "new" || (content == "old content" && status == 507), "power for " + operations + ": " + content);
                Assert.AreEqual("a.log ", drive.Names);
                Assert.AreEqual(204, peer.Ask("PUT", "/log", string.Empty, "newest").Status);
                Holds(drive, "newest");
            }
        }

        [TestMethod]
        public void What_is_too_long_is_refused()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            RouterPeer peer = Connect(drive, 5);
            Assert.AreEqual(413, peer.Ask("PUT", "/log", string.Empty, "123456").Status);
            Assert.AreEqual(413, peer.Ask("PUT", "/log", "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n3\r\n456\r\n0\r\n", string.Empty).Status);
            Assert.AreEqual(413, peer.Ask("POST", "/log", Type, File("123456") + Last).Status);
            Assert.AreEqual(413, peer.Ask("PUT", "/log", "Content-Length: 99999999999\r\n", string.Empty).Status);
            Holds(drive, "old");
        }

        // RFC 9110 13.1: nobody replaces what somebody else has written meanwhile.
        [TestMethod]
        [DataRow("If-None-Match: *", 412, 201)]
        [DataRow("If-None-Match: \"3-2ebc98a1\"", 412, 201)]
        [DataRow("If-None-Match: \"3-2ebc98a2\"", 204, 201)]
        [DataRow("If-Match: *", 204, 412)]
        [DataRow("If-Match: \"3-2ebc98a1\"", 204, 412)]
        [DataRow("If-Match: \"4-2ebc98a1\"", 412, 412)]
        [DataRow("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 204, 201)]
        [DataRow("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", 412, 201)]
        [DataRow("If-Match: *\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", 204, 412)]
        public void A_file_is_replaced_on_conditions(string field, int replaced, int made)
        {
            MemoryDrive drive = new MemoryDrive();
            drive.HasTimes = true;
            drive.Put("a.log", RouterPeer.Octets("old"), 784111777);
            RouterPeer peer = Connect(drive, 100);
            Assert.AreEqual(replaced, peer.Ask("PUT", "/log", field + "\r\n", "new").Status);
            Holds(drive, replaced == 204 ? "new" : "old");
            drive.Lose("a.log");
            Assert.AreEqual(made, peer.Ask("POST", "/log", field + "\r\n" + Type, File("new") + Last).Status);
            Assert.AreEqual(made == 201 ? "a.log " : string.Empty, drive.Names);
        }

        // RFC 9110 14.5: a client that goes on with an upload sends the rest alone, which is no file.
        [TestMethod]
        [DataRow("PUT", "bytes 3-5/6")]
        [DataRow("POST", "bytes 0-2/6")]
        [DataRow("PUT", "anything")]
        public void A_part_of_a_file_is_refused(string method, string range)
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            Refused(Connect(drive, 100).Ask(method, "/log", "Content-Range: " + range + "\r\n", "new"), 400, "Only whole files are taken.");
            Holds(drive, "old");
        }

        [TestMethod]
        public void What_is_as_long_as_it_may_be_is_taken()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Put("a.log", RouterPeer.Octets("old"));
            Assert.AreEqual(204, Connect(drive, 5).Ask("PUT", "/log", string.Empty, "12345").Status);
            Holds(drive, "12345");
        }

        // RFC 9530 2, 3
        [TestMethod]
        [DataRow("Content-Digest: sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:\r\n", 201)]
        [DataRow("Repr-Digest: sha-512=:AAAA:, sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=:\r\n", 201)]
        [DataRow("Content-Digest: sha-256=:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzes=:\r\n", 400)]
        [DataRow("Content-Digest: sha-256=:AAAA:\r\n", 201)]
        [DataRow("Content-Digest: md5=:XrY7u+Ae7tCTyyK7j1rNww==:\r\n", 201)]
        public void A_digest_is_compared(string field, int status)
        {
            MemoryDrive drive = new MemoryDrive();
            Assert.AreEqual(status, Connect(drive, 100).Ask("PUT", "/log", field, "hello world").Status);
            Assert.AreEqual(status == 201 ? "a.log " : string.Empty, drive.Names);
        }

        [TestMethod]
        public void A_second_upload_at_the_same_time_has_to_wait()
        {
            MemoryDrive drive = new MemoryDrive();
            Router router = Application(new FileUpload(drive, "a.log", 100));
            RouterPeer peer = new RouterPeer(router);
            RouterPeer other = new RouterPeer(router);
            peer.Send("PUT /log HTTP/1.1\r\nHost: device\r\nContent-Length: 6\r\n\r\nabc");
            Http1Reply reply = other.Ask("PUT", "/log", string.Empty, "x");
            Assert.AreEqual(503, reply.Status);
            Assert.AreEqual("1", reply.Field("retry-after"));
            Assert.AreEqual(503, other.Ask("POST", "/log", Type, File("x") + Last).Status);
            peer.Send("def");
            Assert.AreEqual(201, peer.Next(false).Status);
            Holds(drive, "abcdef");
            Assert.AreEqual(204, other.Ask("POST", "/log", Type, File("x") + Last).Status);
            Holds(drive, "x");
        }

        // The response is given before the body has been read; only then the next one may begin.
        [TestMethod]
        public void What_is_left_of_a_refused_body_does_not_reach_the_next_one()
        {
            MemoryDrive drive = new MemoryDrive();
            drive.Capacity = 4;
            Router router = Application(new FileUpload(drive, "a.log", 100));
            RouterPeer peer = new RouterPeer(router);
            RouterPeer other = new RouterPeer(router);
            peer.Send("PUT /log HTTP/1.1\r\nHost: device\r\nContent-Length: 12\r\n\r\n12345678");
            Assert.AreEqual(503, other.Ask("PUT", "/log", string.Empty, "x").Status);
            peer.Send("9012");
            Assert.AreEqual(507, peer.Next(false).Status);
            Assert.AreEqual(201, other.Ask("PUT", "/log", string.Empty, "x").Status);
            Holds(drive, "x");
        }

        [TestMethod]
        [DataRow("a.txt", 201)]
        [DataRow("a%20b%C3%A4.txt", 201)]
        [DataRow(".hidden", 400)]
        [DataRow("..%2Fa", 400)]
        [DataRow("%2e%2e", 404)]
        [DataRow("a%5Cb", 404)]
        [DataRow("C%3Aa", 400)]
        [DataRow("a%2a", 400)]
        [DataRow("a.", 400)]
        [DataRow("a%20", 400)]
        [DataRow("www.pack.part", 400)]
        [DataRow("www.pack.WHOLE", 400)]
        [DataRow("a/b", 404)]
        [DataRow("01234567890123456789012345678901234567890123456789012345678901234", 400)]
        public void A_name_of_the_route_is_that_of_a_file(string name, int status)
        {
            MemoryDrive drive = new MemoryDrive();
            Router router = new Router();
            router.MapStream(HttpMethod.Put, "/files/{name}", new FileUpload(drive, null, 100).Handle);
            int answered = new RouterPeer(router).Ask("PUT", "/files/" + name, string.Empty, "x").Status;
            Assert.IsTrue(answered == status || (status != 201 && (answered == 400 || answered == 404)), name + ": " + answered);
            Assert.AreEqual(status == 201, drive.Names.Length != 0);
        }

        private static string Field
        {
            get { return "--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\ntext\r\n"; }
        }

        private static string File(string content)
        {
            return "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../x\"\r\n\r\n" + content + "\r\n";
        }

        private static Router Application(FileUpload upload)
        {
            Router router = new Router();
            router.MapStream(HttpMethod.Put, "/log", upload.Handle);
            router.MapStream(HttpMethod.Post, "/log", upload.Handle);
            return router;
        }

        private static RouterPeer Connect(MemoryDrive drive, int longest)
        {
            return new RouterPeer(Application(new FileUpload(drive, "a.log", longest)));
        }

        private static void BrokenOff(RouterPeer peer, MemoryDrive drive, string request, int start)
        {
            for (int length = start; length < request.Length; length++)
            {
                peer.Connect(false);
                peer.Send(request.Substring(0, length));
                peer.Disconnect();
                Holds(drive, "old");
            }
        }

        // The file is there, closed, and nothing beside it.
        private static void Holds(MemoryDrive drive, string content)
        {
            Assert.AreEqual("a.log ", drive.Names);
            Assert.AreEqual(content, Text(drive.Get("a.log")));
            Assert.AreEqual(0, drive.OpenFiles);
        }

        private static void Refused(Http1Reply reply, int status, string detail)
        {
            Assert.AreEqual(status, reply.Status);
            Assert.IsTrue(reply.BodyText.IndexOf("\"detail\":\"" + detail + "\"") > 0, reply.BodyText);
        }

        private static string Text(byte[] octets)
        {
            return octets.Length == 0 ? string.Empty : Encoding.UTF8.GetString(octets, 0, octets.Length);
        }
    }
}
