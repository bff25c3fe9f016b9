using System;
using System.Text;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Http1;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 4 and 6, RFC 9110 8.6 and 15: status lines and fields of responses.</summary>
    [TestClass]
    public class ResponseHeadTests
    {
        [TestMethod]
        public void Fields_of_the_handler_come_in_their_order()
        {
            Assert.AreEqual(
                "HTTP/1.1 200 OK\r\nx-first: a b\r\ncontent-length: 4\r\n\r\nbody",
                Send("GET", "gstatus", 200, "X-First", "a b"));
        }

        [TestMethod]
        public void A_status_has_its_reason_phrase_or_an_empty_one()
        {
            Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", Send("GET", "gstatus", 404, null, null));
            Assert.StartsWith("HTTP/1.1 302 Found\r\n", Send("GET", "gstatus", 302, null, null));
            Assert.StartsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n", Send("GET", "gstatus", 431, null, null));
            Assert.StartsWith("HTTP/1.1 418 \r\n", Send("GET", "gstatus", 418, null, null));
        }

        [TestMethod]
        [DataRow("Connection")]
        [DataRow("Keep-Alive")]
        [DataRow("Proxy-Connection")]
        [DataRow("Transfer-Encoding")]
        [DataRow("Upgrade")]
        [DataRow("Content-Length")]
        public void Fields_that_are_the_protocols_own_are_left_out(string name)
        {
            Assert.AreEqual("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody", Send("GET", "gstatus", 200, name, "99"));
        }

        [TestMethod]
        public void A_date_of_the_handler_stays_the_only_one()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.FieldName = "Date";
            peer.Application.FieldValue = "Sun, 06 Nov 1994 08:49:37 GMT";
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            Http1Reply reply = peer.Next();
            Assert.AreEqual("Sun, 06 Nov 1994 08:49:37 GMT", reply.Field("date"));
            Assert.AreEqual(-1, reply.Head.IndexOf("date: ", reply.Head.IndexOf("date: ") + 1));
        }

        [TestMethod]
        public void Head_has_the_fields_of_get_and_no_body()
        {
            Assert.AreEqual("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n", Send("HEAD", "gstatus", 200, null, null));
            Assert.AreEqual("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Send("HEAD", "gnothing", 200, null, null));
            Assert.AreEqual("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n", Send("HEAD", "gnothing", 200, "Content-Length", "99"));
            Assert.AreEqual("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n", Send("HEAD", "gstatus", 200, "Content-Length", "99"));
        }

        [TestMethod]
        public void No_content_and_not_modified_have_no_body_and_no_length()
        {
            Assert.AreEqual("HTTP/1.1 204 No Content\r\n\r\n", Send("GET", "gstatus", 204, null, null));
            Assert.AreEqual("HTTP/1.1 204 No Content\r\n\r\n", Send("GET", "gnothing", 204, "Content-Length", "0"));
            Assert.AreEqual("HTTP/1.1 304 Not Modified\r\n\r\n", Send("GET", "gstatus", 304, null, null));
            Assert.AreEqual("HTTP/1.1 304 Not Modified\r\ncontent-length: 99\r\n\r\n", Send("GET", "gnothing", 304, "Content-Length", "99"));
        }

        [TestMethod]
        public void Reset_content_is_empty_and_says_so()
        {
            Assert.AreEqual("HTTP/1.1 205 \r\ncontent-length: 0\r\n\r\n", Send("GET", "gstatus", 205, null, null));
        }

        [TestMethod]
        public void An_empty_body_has_a_length()
        {
            Assert.AreEqual("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", Send("GET", "gnothing", 200, null, null));
        }

        [TestMethod]
        public void A_handler_that_throws_is_an_internal_error()
        {
            Assert.AreEqual("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n", Send("GET", "gthrow", 200, null, null));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(100)]
        [DataRow(101)]
        [DataRow(199)]
        [DataRow(600)]
        [DataRow(-1)]
        public void A_status_that_is_not_final_is_an_internal_error(int status)
        {
            Assert.StartsWith("HTTP/1.1 500 ", Send("GET", "gstatus", status, null, null));
        }

        [TestMethod]
        public void Fields_that_never_fit_are_an_internal_error()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.TransmitBufferSize = 512;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Application.FieldName = "a";
            peer.Application.FieldValue = Texts.Repeat('v', 500);
            peer.Send("GET /gstatus HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(500);
            peer.Application.FieldValue = Texts.Repeat('v', 300);
            peer.Send("GET /gstatus HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.AreEqual(peer.Application.FieldValue, peer.Next().Field("a"));
        }

        [TestMethod]
        public void A_head_waits_until_there_is_room()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.TransmitBufferSize = 512;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.ReadLimit = 0;
            string pipeline = string.Empty;
            for (int i = 0; i < 20; i++)
            {
                pipeline += "GET / HTTP/1.1\r\nHost: d\r\n\r\n";
            }

            peer.Send(pipeline);
            Assert.IsTrue(peer.Application.Handled < 10);
            for (int i = 0; i < 200; i++)
            {
                peer.ReadLimit = 17;
                peer.Pump();
            }

            for (int i = 0; i < 20; i++)
            {
                Assert.AreEqual("hello", peer.Next().BodyText);
            }
        }

        [TestMethod]
        public void A_head_never_takes_more_than_is_reserved_for_it()
        {
            TransmitBuffer transmit = new TransmitBuffer(512);
            ResponseHead head = new ResponseHead(transmit, new HttpDate(), new byte[0]);
            HttpExchange exchange = new HttpExchange(new HttpLimits());
            exchange.Begin(null, 0);
            HttpResponse response = exchange.Response;
            HeaderList fields = response.Headers;
            response.Place(0);
            response.Status = 431;
            response.BodyLength = int.MaxValue;
            fields.Add("a", "b");
            fields.Add("content-type", "text/plain");
            fields.Add("x", string.Empty);
            head.Write(response, ResponseBody.Chunked, false, ResponseHead.KeepAlive, 0);
            Assert.IsTrue(transmit.Length <= ResponseHead.LengthWith(fields));
            transmit.Clear();
            head.Write(response, ResponseBody.Counted, false, ResponseHead.KeepAlive, 0);
            Assert.IsTrue(transmit.Length <= ResponseHead.LengthWith(fields));
            Assert.IsTrue(ResponseHead.LengthWith(fields) - transmit.Length <= 0, "not a byte too many");
        }

        [TestMethod]
        public void The_date_is_of_now_in_the_fixed_format()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            string date = peer.Next().Field("date");
            DateTime now = DateTime.UtcNow;
            if (now.Year < 2024)
            {
                Assert.IsNull(date);
                return;
            }

            Assert.AreEqual(29, date.Length);
            Assert.EndsWith(" GMT", date);
            Assert.AreEqual(now.Year.ToString(), date.Substring(12, 4));
        }

        [TestMethod]
        public void Dates_are_formatted_as_imf_fixdate()
        {
            HttpDate date = new HttpDate();
            byte[] bytes = new byte[HttpDate.Length];
            date.Write(0, bytes, 0);
            date.Format(new DateTime(1994, 11, 6, 8, 49, 37));
            date.Write(0, bytes, 0);
            Assert.AreEqual("date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", Encoding.UTF8.GetString(bytes, 0, bytes.Length));
            date.Format(new DateTime(2100, 1, 31, 23, 0, 9));
            date.Write(0, bytes, 0);
            Assert.AreEqual("date: Sun, 31 Jan 2100 23:00:09 GMT\r\n", Encoding.UTF8.GetString(bytes, 0, bytes.Length));
            date.Format(new DateTime(2028, 2, 29, 0, 0, 0));
            date.Write(0, bytes, 0);
            Assert.AreEqual("date: Tue, 29 Feb 2028 00:00:00 GMT\r\n", Encoding.UTF8.GetString(bytes, 0, bytes.Length));
        }

        [TestMethod]
        public void Packed_texts_are_where_they_are_said_to_be()
        {
            IsText("HTTP/1.1 200 OK\r\n", KnownText.Ok, KnownText.OkLength);
            IsText("HTTP/1.1 ", KnownText.Ok, KnownText.VersionAndSpaceLength);
            IsText("HTTP/1.1\r\n", KnownText.Version11, KnownText.Version11Length);
            IsText("content-length: ", KnownText.ContentLength, KnownText.ContentLengthLength);
            IsText("chunked", KnownText.Chunked, KnownText.ChunkedLength);
            IsText("close", KnownText.Close, KnownText.CloseLength);
            IsText("keep-alive", KnownText.KeepAlive, KnownText.KeepAliveLength);
            IsText("upgrade", KnownText.Upgrade, KnownText.UpgradeLength);
            IsText("h2c", KnownText.H2c, KnownText.H2cLength);
            IsText("0\r\n\r\n", KnownText.LastChunk, KnownText.LastChunkLength);
            IsText("100-continue", KnownText.Expect100, KnownText.Expect100Length);
            IsText("http2-settings", KnownText.Http2Settings, KnownText.Http2SettingsLength);
            IsText("https", KnownText.Https, KnownText.HttpsLength);
            IsText("://", KnownText.SchemeEnd, KnownText.SchemeEndLength);
            IsText("/", KnownText.Solidus, 1);
            IsText("*", KnownText.Asterisk, 1);
            IsText("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", KnownText.Preface, KnownText.PrefaceLength);
            IsText("trailers", KnownText.Trailers, KnownText.TrailersLength);
            IsText("GET", KnownText.Methods, KnownText.GetLength);
            IsText("GETHEADPOSTPUTDELETECONNECTOPTIONSTRACEPATCH", KnownText.Methods, KnownText.MethodsLength);
            IsText("text/event-stream", KnownText.EventStream, KnownText.EventStreamLength);
            IsText("application/x-www-form-urlencoded", KnownText.Form, KnownText.FormLength);
            IsText("application/json", KnownText.Json, KnownText.JsonLength);
            IsText("no-cache", KnownText.NoCache, KnownText.NoCacheLength);
            IsText("no-store", KnownText.NoStore, KnownText.NoStoreLength);
            IsText("gzip", KnownText.Gzip, KnownText.GzipLength);
            IsText("bytes", KnownText.BytesUnit, KnownText.BytesUnitLength);
            IsText("bytes=", KnownText.BytesUnit, KnownText.BytesEqualsLength);
            IsText("navigate", KnownText.Navigate, KnownText.NavigateLength);
            IsText("same-origin", KnownText.SameOrigin, KnownText.SameOriginLength);
            IsText("none", KnownText.None, KnownText.NoneLength);
            IsText("websocket", KnownText.WebSocket, KnownText.WebSocketLength);
            Assert.AreEqual(KnownText.Octets.Length, KnownText.WebSocket + KnownText.WebSocketLength);
        }

        [TestMethod]
        public void Texts_in_flash_are_where_they_are_said_to_be()
        {
            IsWritten("transfer-encoding: chunked\r\n", FlashText.TransferEncodingChunked, FlashText.TransferEncodingChunkedLength);
            IsWritten("connection: close\r\n", FlashText.ConnectionClose, FlashText.ConnectionCloseLength);
            IsWritten("connection: keep-alive\r\n", FlashText.ConnectionKeepAlive, FlashText.ConnectionKeepAliveLength);
            IsWritten("HTTP/1.1 100 Continue\r\n\r\n", FlashText.Continue, FlashText.ContinueLength);
            IsWritten("HTTP/1.1 103 Early Hints\r\n", FlashText.EarlyHints, FlashText.EarlyHintsLength);
            IsWritten(
                "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n",
                FlashText.SwitchingProtocols,
                FlashText.SwitchingProtocolsLength);
            IsWritten(
                "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
                FlashText.BadRequest,
                FlashText.BadRequestLength);
        }

        [TestMethod]
        [DataRow("a\r\nset-cookie: b")]
        [DataRow("a\n")]
        [DataRow("0123456789abcdef\r0123456789")]
        [DataRow("0123456\u0001")]
        public void Octets_that_would_end_a_field_line_are_refused(string value)
        {
            TestApplication application = new TestApplication();
            application.OctetValue = Encoding.UTF8.GetBytes(value);
            Http1Peer peer = new Http1Peer(application);
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\n\r\nGET / HTTP/1.1\r\nHost: d\r\n\r\n");
            for (int i = 0; i < 2; i++)
            {
                Http1Reply reply = peer.Next();
                Assert.AreEqual(500, reply.Status);
                Assert.AreEqual(null, reply.Field("set-cookie"));
            }

            Assert.AreEqual(2, application.Failures);
        }

        [TestMethod]
        public void A_name_from_octets_that_would_end_the_line_and_a_value_with_nul_are_refused()
        {
            HeaderList fields = new ResponseFields(new byte[200]);
            byte[] bad = Encoding.UTF8.GetBytes("x: y\r\nz");
            byte[] good = Encoding.UTF8.GetBytes("x-good");
            byte[] zero = { 0x61, 0, 0x62 };
            Assert.ThrowsException(typeof(ArgumentException), () => fields.Add(bad, good));
            Assert.ThrowsException(typeof(ArgumentException), () => fields.Add(good, zero));
            Assert.ThrowsException(typeof(ArgumentException), () => fields.Add(FieldName.ContentType, zero, 1, 2, FieldPolicy.Default));
            Assert.ThrowsException(typeof(ArgumentException), () => fields.AddNeverIndexed(good, bad));
            Assert.ThrowsException(typeof(ArgumentException), () => fields.AppendValue(zero, 0, 3));
            fields.Add(good, zero, 2, 1);
            Assert.AreEqual(1, fields.Count);
        }

        [TestMethod]
        [DataRow(200, "OK")]
        [DataRow(201, "Created")]
        [DataRow(202, "Accepted")]
        [DataRow(204, "No Content")]
        [DataRow(206, "Partial Content")]
        [DataRow(301, "Moved Permanently")]
        [DataRow(302, "Found")]
        [DataRow(303, "See Other")]
        [DataRow(304, "Not Modified")]
        [DataRow(307, "Temporary Redirect")]
        [DataRow(308, "Permanent Redirect")]
        [DataRow(400, "Bad Request")]
        [DataRow(401, "Unauthorized")]
        [DataRow(403, "Forbidden")]
        [DataRow(404, "Not Found")]
        [DataRow(405, "Method Not Allowed")]
        [DataRow(406, "Not Acceptable")]
        [DataRow(408, "Request Timeout")]
        [DataRow(409, "Conflict")]
        [DataRow(411, "Length Required")]
        [DataRow(412, "Precondition Failed")]
        [DataRow(413, "Content Too Large")]
        [DataRow(414, "URI Too Long")]
        [DataRow(415, "Unsupported Media Type")]
        [DataRow(416, "Range Not Satisfiable")]
        [DataRow(417, "Expectation Failed")]
        [DataRow(421, "Misdirected Request")]
        [DataRow(422, "Unprocessable Content")]
        [DataRow(429, "Too Many Requests")]
        [DataRow(431, "Request Header Fields Too Large")]
        [DataRow(500, "Internal Server Error")]
        [DataRow(501, "Not Implemented")]
        [DataRow(503, "Service Unavailable")]
        [DataRow(505, "HTTP Version Not Supported")]
        [DataRow(299, "")]
        public void Reason_phrases_are_those_of_rfc_9110(int status, string phrase)
        {
            byte[] bytes = new byte[ReasonPhrase.MaximumLength];
            int length = ReasonPhrase.Write(status, bytes, 0);
            Assert.AreEqual(phrase, Encoding.UTF8.GetString(bytes, 0, length));
        }

        [TestMethod]
        public void Early_hints_precede_the_response()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /ghints HTTP/1.1\r\nHost: d\r\n\r\n");
            Assert.IsTrue(peer.Application.Hinted);
            Assert.StartsWith("HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n", peer.Text);
            peer.Next();
            Assert.AreEqual("page", peer.Next().BodyText);
        }

        [TestMethod]
        public void A_client_of_1_0_gets_no_early_hints()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET /ghints HTTP/1.0\r\n\r\n");
            Assert.IsFalse(peer.Application.Hinted);
            Assert.AreEqual("page", peer.Next().BodyText);
        }

        [TestMethod]
        public void Nothing_is_pushed()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Hinted = true;
            peer.Send("GET /gpush HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(200);
            Assert.IsFalse(peer.Application.Hinted);
        }

        private static string Send(string method, string path, int status, string name, string value)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Application.Status = status;
            peer.Application.FieldName = name;
            peer.Application.FieldValue = value;
            peer.Send(method + " /" + path + " HTTP/1.1\r\nHost: d\r\n\r\n");
            string text = peer.Text;
            int at = text.IndexOf("date: ");
            return at < 0 ? text : text.Substring(0, at) + text.Substring(at + HttpDate.Length);
        }

        private static void IsText(string expected, int offset, int length)
        {
            Assert.AreEqual(expected, Encoding.UTF8.GetString(KnownText.Octets, offset, length));
        }

        private static void IsWritten(string expected, int offset, int length)
        {
            Assert.AreEqual(expected, FlashText.Text.Substring(offset, length));
        }
    }
}
