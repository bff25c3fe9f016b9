using System;
using Http2Nano.Forms;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Forms
{
    /// <summary>Forms as browsers and curl send them (RFC 7578).</summary>
    [TestClass]
    public class MultipartFormTests
    {
        private const string Last = "--xyz--\r\n";

        [TestMethod]
        public void Plain_fields_are_gathered_and_files_go_to_their_sink()
        {
            FormPeer peer = FormPeer.Connect();
            Http1Reply reply = peer.Post(FormPeer.Plain("a", "1") + FormPeer.File("f", "x.txt", "content") + FormPeer.Plain("b", "two") + Last);
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("[f|x.txt|text/plain:content]a=1 b=two", reply.BodyText);
        }

        [TestMethod]
        public void Whatever_pieces_it_comes_in()
        {
            string body = "preamble\r\n" + FormPeer.Plain("a", "") + FormPeer.File("f", "x", "\r\n--xy\r\r\n--xyy\r\n-\r\n") + Last + "epilogue";
            string expected = "[f|x|text/plain:\r\n--xy\r\r\n--xyy\r\n-\r\n]a= b=-";
            FormPeer peer = FormPeer.Connect();
            for (int piece = 1; piece < 40; piece++)
            {
                peer.Connection.Piece = piece;
                Http1Reply reply = peer.Post(body);
                Assert.AreEqual(200, reply.Status, "in pieces of " + piece);
                Assert.AreEqual(expected, reply.BodyText, "in pieces of " + piece);
            }
        }

        [TestMethod]
        public void One_form_follows_the_other()
        {
            FormPeer peer = FormPeer.Connect();
            Assert.AreEqual("a=1 b=-", peer.Post(FormPeer.Plain("a", "1") + Last).BodyText);
            Assert.AreEqual("a=- b=2", peer.Post(FormPeer.Plain("b", "2") + Last).BodyText, "what the first form left");
        }

        [TestMethod]
        public void A_form_without_parts_is_one()
        {
            Assert.AreEqual("a=- b=-", FormPeer.Connect().Post(Last).BodyText);
        }

        [TestMethod]
        [DataRow("multipart/form-data; boundary=xyz")]
        [DataRow("Multipart/Form-Data;BOUNDARY=\"xyz\"")]
        [DataRow("multipart/form-data; charset=utf-8; boundary=xyz")]
        [DataRow("multipart/form-data;  boundary=xyz ; charset=\"utf-8\"")]
        public void The_boundary_is_a_parameter(string type)
        {
            Assert.AreEqual(200, FormPeer.Connect().Post(type, FormPeer.Plain("a", "1") + Last).Status);
        }

        [TestMethod]
        public void A_boundary_has_seventy_octets_at_most()
        {
            string longest = "0123456789012345678901234567890123456789012345678901234567890123456789";
            FormPeer peer = FormPeer.Connect();
            Http1Reply reply = peer.Post("multipart/form-data; boundary=" + longest, "--" + longest + "--\r\n");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual(400, peer.Post("multipart/form-data; boundary=" + longest + "0", "--" + longest + "0--\r\n").Status);
        }

        [TestMethod]
        [DataRow("multipart/form-data")]
        [DataRow("multipart/form-data; boundary=")]
        [DataRow("multipart/form-data; boundary=\"\"")]
        [DataRow("multipart/form-data; boundary=\"a;b\"")]
        [DataRow("multipart/form-data; boundary=\"a \"")]
        [DataRow("multipart/form-data; boundary=\"a")]
        [DataRow("multipart/form-data boundary=xyz")]
        public void Without_a_boundary_it_is_refused(string type)
        {
            Assert.AreEqual(400, FormPeer.Connect().Post(type, Last).Status);
        }

        [TestMethod]
        [DataRow("multipart/mixed; boundary=xyz")]
        [DataRow("multipart/form-dat; boundary=xyz")]
        [DataRow("application/x-www-form-urlencoded")]
        public void Other_media_types_are_refused(string type)
        {
            Assert.AreEqual(415, FormPeer.Connect().Post(type, Last).Status);
        }

        [TestMethod]
        [DataRow("%22quoted%22.txt", "\"quoted\".txt")]
        [DataRow("a%0D%0Ab", "a\r\nb")]
        [DataRow("100%25.txt", "100%25.txt")]
        [DataRow("a\\\"b", "a\"b")]
        [DataRow("C:\\fakepath\\x", "C:\\fakepath\\x")]
        [DataRow("back\\", "back\\")]
        [DataRow("", "")]
        [DataRow("naïve ☂.txt", "naïve ☂.txt")]
        [DataRow("a;b=c", "a;b=c")]
        public void File_names_are_decoded_as_browsers_write_them(string written, string meant)
        {
            Http1Reply reply = FormPeer.Connect().Post(FormPeer.File("f", written, "") + Last);
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("[f|" + meant + "|text/plain:]a=- b=-", reply.BodyText);
        }

        [TestMethod]
        [DataRow("Content-Disposition: form-data; name=a\r\n")]
        [DataRow("content-type: text/plain\r\ncontent-disposition: form-data; name=\"a\"\r\n")]
        [DataRow("CONTENT-DISPOSITION:FORM-DATA;NAME=\"a\"\r\nContent-Transfer-Encoding: binary\r\n")]
        [DataRow("Content-Disposition: form-data; filename*=UTF-8''x; name=\"a\"\r\n")]
        public void The_parts_fields_may_be_written_in_other_ways(string fields)
        {
            Assert.AreEqual("a=1 b=-", FormPeer.Connect().Post(FormPeer.Part(fields, "1") + Last).BodyText);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("Content-Type: text/plain\r\n")]
        [DataRow("Content-Disposition: form-data\r\n")]
        [DataRow("Content-Disposition: form-data; filename=\"x\"\r\n")]
        [DataRow("Content-Disposition: attachment; name=\"a\"\r\n")]
        [DataRow("Content-Disposition: form-data; name=\"a\r\n")]
        [DataRow("Content-Disposition: form-data; name=\"a\"b\"\r\n")]
        [DataRow("Content-Disposition: form-data; name\r\n")]
        [DataRow("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n")]
        [DataRow("Content-Disposition\r\n")]
        [DataRow(" folded: x\r\n")]
        [DataRow("Content-Disposition: form-data; name=\"a\"\n")]
        public void A_part_without_a_proper_name_is_refused(string fields)
        {
            FormPeer peer = FormPeer.Connect();
            Assert.AreEqual(400, peer.Post(FormPeer.Part(fields, "1") + Last).Status);
            Assert.AreEqual("failed 400", peer.Receiver.Notes);
        }

        [TestMethod]
        public void A_form_that_is_cut_short_is_refused()
        {
            string body = FormPeer.Plain("a", "1") + FormPeer.File("f", "x", "123") + "--xyz--";
            FormPeer peer = FormPeer.Connect();
            Assert.AreEqual(200, peer.Post(body).Status);
            for (int length = 1; length < body.Length; length++)
            {
                Assert.AreEqual(400, peer.Post(body.Substring(0, length)).Status, "after " + length + " octets");
                Assert.IsTrue(peer.Receiver.Notes.EndsWith("failed 400"), "after " + length + " octets");
            }

            Assert.AreEqual(200, peer.Post(body).Status, "the form is free again");
        }

        [TestMethod]
        public void A_client_that_leaves_leaves_nothing_behind()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Connection.Send("POST /form HTTP/1.1\r\nHost: device\r\nContent-Type: " + FormPeer.Type + "\r\nContent-Length: 500\r\n\r\n"
                + FormPeer.File("f", "x", "123"));
            peer.Connection.Disconnect();
            Assert.AreEqual("[f|x|text/plain:123!failed 0", peer.Receiver.Notes);
            peer.Connection.Connect(false);
            Assert.AreEqual("a=1 b=-", peer.Post(FormPeer.Plain("a", "1") + Last).BodyText);
        }

        [TestMethod]
        public void A_second_form_at_the_same_time_has_to_wait()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Connection.Send("POST /form HTTP/1.1\r\nHost: device\r\nContent-Type: " + FormPeer.Type + "\r\nContent-Length: 500\r\n\r\n--xyz");
            Router router = new Router();
            router.MapStream(HttpMethod.Post, "/form", peer.Form.Handle);
            RouterPeer other = new RouterPeer(router);
            Assert.AreEqual(503, other.Ask("POST", "/form", "Content-Type: " + FormPeer.Type + "\r\n", Last).Status);
        }

        [TestMethod]
        public void Too_many_parts_are_refused()
        {
            FormPeer peer = FormPeer.Connect(256, 2);
            string two = FormPeer.Plain("a", "1") + FormPeer.Plain("b", "2");
            Assert.AreEqual(200, peer.Post(two + Last).Status);
            Assert.AreEqual(413, peer.Post(two + FormPeer.Plain("c", "3") + Last).Status);
        }

        // RFC 7578 4.3: such parts are not used any more; what is in them is the content of one part.
        [TestMethod]
        public void A_form_in_a_form_is_content()
        {
            FormPeer peer = FormPeer.Connect();
            string inner = "--abc\r\nContent-Disposition: file; filename=\"x\"\r\n\r\none\r\n--abc--";
            string body = FormPeer.Part("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=abc\r\n", inner) + FormPeer.Plain("b", "2") + Last;
            Assert.AreEqual("a=" + inner + " b=2", peer.Post(body).BodyText);
        }

        [TestMethod]
        public void Lengths_that_parts_tell_count_for_nothing()
        {
            FormPeer peer = FormPeer.Connect();
            string[] lengths = { "0", "1", "99999999999", "-1", "x" };
            for (int i = 0; i < lengths.Length; i++)
            {
                string part = FormPeer.Part("Content-Disposition: form-data; name=\"a\"\r\nContent-Length: " + lengths[i] + "\r\n", "12");
                Assert.AreEqual("a=12 b=-", peer.Post(part + Last).BodyText, lengths[i]);
            }
        }

        [TestMethod]
        public void Plain_fields_that_do_not_fit_are_refused()
        {
            FormPeer peer = FormPeer.Connect(128, 8);
            string value = "0123456789012345678901234567890123456789";
            Assert.AreEqual(200, peer.Post(FormPeer.Plain("a", value) + Last).Status);
            Assert.AreEqual(413, peer.Post(FormPeer.Plain("a", value + value + value + value) + Last).Status);
            Assert.AreEqual(413, peer.Post(FormPeer.Plain(value + value + value, "1") + Last).Status);
            Assert.AreEqual(413, peer.Post(FormPeer.Plain("a", value) + FormPeer.Plain("b", value) + FormPeer.Plain("c", value) + Last).Status);
        }

        [TestMethod]
        public void A_part_may_have_a_limit()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Form.MaximumPartLength = 5;
            Assert.AreEqual(200, peer.Post(FormPeer.File("f", "x", "12345") + FormPeer.File("g", "y", "12345") + Last).Status);
            Assert.AreEqual(413, peer.Post(FormPeer.File("f", "x", "123456") + Last).Status);
            Assert.AreEqual("failed 413", peer.Receiver.Notes.Substring(peer.Receiver.Notes.IndexOf('!') + 1));
        }

        [TestMethod]
        public void What_nobody_wants_is_dropped()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Receiver.DropsFiles = true;
            Assert.AreEqual("[f|x|text/plain:a=1 b=-", peer.Post(FormPeer.File("f", "x", "12345") + FormPeer.Plain("a", "1") + Last).BodyText);
        }

        [TestMethod]
        public void A_receiver_may_refuse()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Receiver.RefusesWith = 507;
            Assert.AreEqual(507, peer.Post(FormPeer.Plain("a", "1") + FormPeer.Plain("b", "2") + Last).Status);
            Assert.AreEqual("failed 507", peer.Receiver.Notes);
        }

        [TestMethod]
        public void What_throws_ends_its_form_only()
        {
            string body = FormPeer.Plain("a", "1") + FormPeer.File("f", "x", "123") + Last;
            FormPeer peer = FormPeer.Connect();
            peer.Receiver.ThrowsAtPart = true;
            Assert.AreEqual(500, peer.Post(body).Status);
            peer.Receiver.ThrowsAtPart = false;
            peer.Receiver.ThrowsAtEnd = true;
            Assert.AreEqual(500, peer.Post(body).Status);
            peer.Receiver.ThrowsAtEnd = false;
            peer.Receiver.SinkThrows = true;
            Assert.AreEqual(500, peer.Post(body).Status);
            peer.Receiver.SinkThrows = false;
            Assert.AreEqual(200, peer.Post(body).Status);
        }

        // What the receiver has answered so far goes, and the fields that every response has stay.
        [TestMethod]
        public void A_receiver_may_fail_when_it_has_answered()
        {
            string body = FormPeer.Plain("a", "1") + Last;
            FormPeer peer = FormPeer.Connect();
            peer.Receiver.ThrowsBehindAnswer = true;
            Failed(peer, 500, peer.Post(body));
            peer.Receiver.RefusesBehindAnswer = 507;
            Failed(peer, 507, peer.Post(body));
            peer.Receiver.ThrowsBehindAnswer = false;
            Failed(peer, 507, peer.Post(body));
            peer.Receiver.RefusesBehindAnswer = 0;
            Assert.AreEqual("a=1 b=-", peer.Post(body).BodyText);
        }

        private static void Failed(FormPeer peer, int status, Http1Reply reply)
        {
            Assert.AreEqual(status, reply.Status);
            Assert.IsNull(reply.Field("x-note"));
            Assert.AreEqual("nosniff", reply.Field("x-content-type-options"));
            Assert.AreEqual("application/problem+json", reply.Field("content-type"));
            Assert.AreEqual("failed " + status.ToString(), peer.Receiver.Notes);
            Assert.IsFalse(peer.Form.IsBusy, "busy");
        }

        [TestMethod]
        public void A_sink_without_room_at_the_beginning_of_its_part_ends_the_form()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Receiver.SinkRoom = 0;
            Assert.AreEqual(503, peer.Post(FormPeer.File("f", "x", "123") + Last).Status);
        }

        [TestMethod]
        public void Numbers_are_plain_digits()
        {
            FormPeer peer = FormPeer.Connect();
            peer.Post(FormPeer.Plain("a", "42") + FormPeer.Plain("b", "x") + Last);
            Assert.AreEqual(42, peer.Form.GetInt(new byte[] { (byte)'a' }));
            Assert.AreEqual(-1, peer.Form.GetInt(new byte[] { (byte)'b' }));
            Assert.AreEqual(-1, peer.Form.GetInt(new byte[] { (byte)'c' }));
            Assert.IsTrue(peer.Form.ValueEquals(new byte[] { (byte)'a' }, new byte[] { (byte)'4', (byte)'2' }));
            Assert.IsFalse(peer.Form.ValueEquals(new byte[] { (byte)'c' }, new byte[0]));
        }

        [TestMethod]
        public void Wrong_limits_are_refused_at_once()
        {
            NotingReceiver receiver = new NotingReceiver();
            Assert.ThrowsException(typeof(ArgumentException), () => new MultipartForm(null, 256, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new MultipartForm(receiver, 127, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new MultipartForm(receiver, 65536, 1));
            Assert.ThrowsException(typeof(ArgumentException), () => new MultipartForm(receiver, 256, 0));
        }
    }
}
