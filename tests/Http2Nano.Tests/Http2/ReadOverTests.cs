using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// Requests with more fields than an exchange has room for (768 octets here): what neither server nor application needs is
    /// read over, the same over both protocols, in whatever order and pieces it comes.
    /// </summary>
    [TestClass]
    public class ReadOverTests
    {
        [TestMethod]
        public void Fields_that_fit_are_all_there()
        {
            Same(Fields("user-agent", 100, "x-foo", 50, "cookie", 200), "user-agent=100 x-foo=50 cookie=200 ");
        }

        // User-agent is among those that nobody reads: they go first.
        [TestMethod]
        public void Fields_that_nobody_reads_go_first()
        {
            Same(Fields("x-foo", 50, "user-agent", 700, "cookie", 200, "referer", 10), "partial x-foo=50 cookie=200 ");
            Same(Fields("x-foo", 50, "cookie", 200, "referer", 10, "user-agent", 700), "partial x-foo=50 cookie=200 ");
            Same(Fields("user-agent", 600, "x-foo", 50, "cookie", 200, "referer", 10), "partial x-foo=50 cookie=200 ");
        }

        [TestMethod]
        public void Then_all_that_nobody_has_asked_for()
        {
            string expected = "partial accept-encoding=4 authorization=60 origin=8 ";
            Same(Fields("accept-encoding", 4, "x-foo", 50, "authorization", 60, "cookie", 4000, "origin", 8, "x-bar", 1), expected);
            Same(Fields("cookie", 4000, "accept-encoding", 4, "x-foo", 50, "authorization", 60, "origin", 8, "x-bar", 1), expected);
            Same(Fields("accept-encoding", 4, "x-foo", 50, "x-bar", 500, "authorization", 60, "origin", 8, "cookie", 500), expected);
            Same(Fields("x-foo", 350, "x-bar", 300, "accept-encoding", 4, "authorization", 60, "origin", 8), expected);
        }

        [TestMethod]
        public void Ten_forwarded_fields_pass()
        {
            string[] fields = new string[20];
            for (int i = 0; i < 20; i += 2)
            {
                fields[i] = "x-forwarded-" + (char)('a' + i);
                fields[i + 1] = Text('f', 60);
            }

            Same(fields, "partial ");
        }

        [TestMethod]
        public void What_the_application_asks_for_is_kept_or_the_request_is_431()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Kept.Add("X-Foo");
            limits.Kept.Add("user-agent");
            Same(limits, 200, Fields("x-bar", 400, "user-agent", 300, "x-foo", 200, "cookie", 2000), "partial user-agent=300 x-foo=200 ");
            Same(limits, 200, Fields("cookie", 2000, "user-agent", 300, "x-foo", 200, "x-bar", 400), "partial user-agent=300 x-foo=200 ");
            Same(limits, 431, Fields("x-foo", 700, "user-agent", 100), null);
            Same(limits, 431, Fields("user-agent", 100, "x-foo", 2000), null);
        }

        // RFC 6265 4.1.1: names of cookies have case.
        [TestMethod]
        public void A_declared_cookie_is_found_among_any_number_of_others()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.Kept.AddCookie("sid");
            limits.Kept.AddCookie("theme");
            string foreign = "_ga=GA1.2." + Text('7', 300) + "; SID=no; xsid=no; sidx=no; " + Text('n', 80) + "=1; bare";
            Same(limits, 200, new string[] { "cookie", foreign + "; sid=abc; " + foreign + "; theme=dark;" + foreign, "x-foo", "1" }, "cookie:sid=abc; theme=dark x-foo=1 ");
            Same(limits, 200, new string[] { "cookie", "sid=abc; " + foreign }, "cookie:sid=abc ");
            Same(limits, 200, new string[] { "cookie", foreign + "; sid=" }, "cookie:sid= ");
            Same(limits, 200, new string[] { "cookie", "sid=" + Text('s', 400) + ";" + foreign, "x-foo", Text('x', 400) }, "partial cookie:sid=" + Text('s', 400) + " ");
            Same(limits, 200, new string[] { "x-foo", Text('x', 400), "cookie", foreign + "; sid=" + Text('s', 400) }, "partial cookie:sid=" + Text('s', 400) + " ");
            Same(limits, 431, new string[] { "cookie", foreign + "; sid=" + Text('s', 800) }, null);
        }

        // SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113 6.5.2): names, values, and 32 for each field.
        [TestMethod]
        [DataRow(4096)]
        [DataRow(8192)]
        public void Fields_of_the_announced_size_pass_and_one_octet_more_is_431(int size)
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumFieldSectionSize = size;
            limits.ReceiveBufferSize = 256;
            Http2Peer peer = new Http2Peer(new Application(), limits).Greet();
            int stream = 1;
            for (int more = 0; more < 2; more++)
            {
                // The pseudo-header fields of Get have 171 octets, and x: 33 beside the value.
                byte[] value = Encoding.UTF8.GetBytes(Text('v', size - 171 - 33 + more));
                peer.Headers(stream, FieldBlock.Get("/").Add(new byte[] { (byte)'x' }, value), true);
                Assert.AreEqual(more == 0 ? 200 : 431, peer.Response(stream).Status);
                peer.Headers(stream + 2, FieldBlock.Get("/").Add("x", "y"), true).ExpectResponse(stream + 2, 200, "x=1 ");
                stream += 4;
            }

            peer.HoldsNothing();
        }

        // RFC 9113 8.1.1, 8.3
        [TestMethod]
        public void What_is_read_over_is_checked_all_the_same()
        {
            Ways.PlayAll(peer =>
            {
                string large = Text('v', 900);
                int stream = 1;
                string[] names = { "x-foo", "x-foo", "x-foo", "X-Foo", "x foo", ":foo", ":path", "connection", "te", "host", "content-length" };
                string[] values = { large + "\n", " " + large, large + "\t", large, large, "1", "/", "close", "gzip", "other", "a" };
                for (int i = 0; i < names.Length; i++)
                {
                    peer.Headers(stream, FieldBlock.Get("/").Add("x-large", large).Add(names[i], values[i]), true);
                    peer.ExpectReset(stream, ErrorCode.ProtocolError);
                    stream += 2;
                }

                peer.Headers(stream, FieldBlock.Get("/").Add("x-large", large), true).ExpectResponse(stream, 200);
                peer.HoldsNothing();
            });
        }

        [TestMethod]
        [DataRow("Host: a\r\n", "\r\nHost: b")]
        [DataRow("", "\r\nHost: a\r\nx-other: 1\r\nHost: a")]
        [DataRow("Host: a\r\n", "\u0001")]
        [DataRow("Host: a\r\n", "\r\nx foo: 1")]
        [DataRow("Host: a\r\n", "\r\nContent-Length: 1\r\nContent-Length: 1")]
        [DataRow("Host: a\r\n", "\r\nTransfer-Encoding: chunked\r\nContent-Length: 1")]
        [DataRow("", "")]
        public void What_makes_a_head_malformed_is_found_behind_what_is_read_over(string before, string behind)
        {
            for (int piece = 1; piece < 2000; piece += 1000)
            {
                MemoryPeer peer = new MemoryPeer(Http2Peer.Usual(), new Application());
                peer.Piece = piece;
                peer.Send("GET / HTTP/1.1\r\n" + before + "x-large: " + Text('v', 900) + behind + "\r\n\r\n");
                Assert.AreEqual("HTTP/1.1 400", Encoding.UTF8.GetString(peer.Received, 0, 12));
            }
        }

        // RFC 9110 10.1.1: wherever the room ends, the expectation is understood.
        [TestMethod]
        public void What_is_expected_is_known_however_little_room_there_is()
        {
            for (int fill = 600; fill < 800; fill++)
            {
                MemoryPeer peer = new MemoryPeer(Http2Peer.Usual(), new Application());
                peer.Piece = fill % 3 == 0 ? 1 : 2000;
                peer.Send("POST / HTTP/1.1\r\nHost: a\r\nx-large: " + Text('v', fill) + "\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
                Assert.AreEqual("HTTP/1.1 100", Encoding.UTF8.GetString(peer.Received, 0, 12), fill.ToString());
            }
        }

        // RFC 7541 4.4, 6.1: every field has its place in the table, with a value or without.
        [TestMethod]
        public void The_table_stays_right_whatever_is_read_over()
        {
            for (int memory = 512; memory <= 4096; memory *= 8)
            {
                HttpLimits limits = Http2Peer.Usual();
                limits.DecoderTableSize = 4096;
                limits.DecoderMemory = memory;
                for (int piece = 1; piece < 2000; piece += 1000)
                {
                    Http2Peer peer = new Http2Peer(new Application(), limits).Greet();
                    peer.Piece = piece;

                    // Into the table: x: 900 octets, then y: z. The sum of both leaves no other in a table of 4,096 out.
                    FieldBlock block = new FieldBlock().Raw(0x3F, 0xE1, 0x1F).Add(":method", "GET").Add(":scheme", "http").Add(":path", "/").Add(":authority", "device");
                    block.Raw(0x40, 1, (byte)'x', 0x7F, 0x85, 0x06).Raw(Encoding.UTF8.GetBytes(Text('v', 900))).Raw(0x40, 1, (byte)'y', 1, (byte)'z');
                    peer.Headers(1, block, true).ExpectResponse(1, 200, "partial ");
                    peer.Headers(3, Plain().Raw(0xBE), true).ExpectResponse(3, 200, "y=1 ");
                    peer.Headers(5, Plain().Raw(0xBF, 0xBE), true).ExpectResponse(5, 200, "partial y=1 ");
                    peer.Headers(7, Plain().Raw(0x7F, 0, 1, (byte)'1'), true).ExpectResponse(7, 200, "x=1 ");
                    peer.ExpectAlive().HoldsNothing();
                }
            }
        }

        // The table remembers that a value was malformed, though not the value.
        [TestMethod]
        public void A_reference_to_what_was_malformed_is_malformed()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.DecoderTableSize = 4096;
            Http2Peer peer = new Http2Peer(new Application(), limits).Greet();
            FieldBlock block = new FieldBlock().Raw(0x3F, 0xE1, 0x1F).Add(":method", "GET").Add(":scheme", "http").Add(":path", "/").Add(":authority", "device");
            block.Raw(0x40, 1, (byte)'x', 0x7F, 0x85, 0x06).Raw(Encoding.UTF8.GetBytes(Text('v', 899) + "\n"));
            peer.Headers(1, block, true).ExpectReset(1, ErrorCode.ProtocolError);
            peer.Headers(3, Plain().Raw(0xBE), true).ExpectReset(3, ErrorCode.ProtocolError);
            peer.HoldsNothing();
        }

        // RFC 7541 5.2: the code is checked though nothing is kept of what it means. Eight times a in five octets.
        [TestMethod]
        public void A_coded_value_is_checked_and_counted()
        {
            byte[] value = new byte[1000];
            byte[] eight = { 0x18, 0xC6, 0x31, 0x8C, 0x63 };
            for (int i = 0; i < value.Length; i++)
            {
                value[i] = eight[i % 5];
            }

            HttpLimits limits = Http2Peer.Usual();
            limits.MaximumFieldSectionSize = 171 + 33 + 1600;
            for (int piece = 1; piece < 2000; piece += 1000)
            {
                Http2Peer peer = new Http2Peer(new Application(), limits).Greet();
                peer.Piece = piece;
                peer.Headers(1, FieldBlock.Get("/").Raw(0, 1, (byte)'x', 0xFF, 0xE9, 0x06).Raw(value), true).ExpectResponse(1, 200, "partial ");
                peer.Headers(3, FieldBlock.Get("/").Raw(0, 2, (byte)'x', (byte)'y', 0xFF, 0xE9, 0x06).Raw(value), true).ExpectResponse(3, 431);
                for (int i = 500; i < 504; i++)
                {
                    value[i] = 0xFF;
                }

                peer.Headers(5, FieldBlock.Get("/").Raw(0, 1, (byte)'x', 0xFF, 0xE9, 0x06).Raw(value), true).ExpectGoAway(ErrorCode.CompressionError, 3);
                for (int i = 500; i < 504; i++)
                {
                    value[i] = eight[i % 5];
                }
            }
        }

        [TestMethod]
        public void A_query_takes_what_room_there_is()
        {
            HttpLimits limits = Http2Peer.Usual();
            string query = Text('q', 640);
            Same(limits, 200, "/?" + query, Fields("x-foo", 20), "x-foo=20 query=640 ");
            Same(limits, 200, "/%61?" + query, Fields("x-foo", 200), "partial query=640 ");
            Same(limits, 414, "/?" + query + query, Fields("x-foo", 20), null);
        }

        // Found over and over again: what was read over is not a part of what is remembered.
        [TestMethod]
        public void A_request_that_comes_again_has_the_same_fields()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.DecoderTableSize = 4096;
            Http2Peer peer = new Http2Peer(new Application(), limits).Greet();
            FieldBlock block = new FieldBlock().Raw(0x3F, 0xE1, 0x1F).Add(":method", "GET").Add(":scheme", "http").Add(":path", "/").Add(":authority", "device");
            block.Raw(0x40, 1, (byte)'x', 0x7F, 0x85, 0x06).Raw(Encoding.UTF8.GetBytes(Text('v', 900))).Raw(0x40, 1, (byte)'y', 1, (byte)'z');
            peer.Headers(1, block, true).ExpectResponse(1, 200, "partial ");
            for (int stream = 3; stream < 21; stream += 2)
            {
                bool both = (stream & 4) != 0;
                FieldBlock again = new FieldBlock().Raw(0x82, 0x86, 0x84, 0x01, 1, (byte)'d');
                peer.Headers(stream, both ? again.Raw(0xBF, 0xBE) : again.Raw(0xBE), true).ExpectResponse(stream, 200, both ? "partial y=1 " : "y=1 ");
            }
        }

        [TestMethod]
        public void Trailers_too_are_read_over()
        {
            HttpLimits limits = Http2Peer.Usual();
            Http2Peer peer = new Http2Peer(new Application(), limits).Greet();
            peer.Post(1, "/").Data(1, 10, false).Headers(1, new FieldBlock().Add("x-large", Text('v', 1500)).Add("x-check", "1"), true);
            peer.ExpectResponse(1, 200);
            peer.HoldsNothing();
        }

        [TestMethod]
        public void A_name_that_cannot_be_kept_is_refused()
        {
            KeptFields kept = new HttpLimits().Kept;
            string[] names = { string.Empty, "no token", Text('n', 65) };
            for (int i = 0; i < names.Length; i++)
            {
                string name = names[i];
                Assert.ThrowsException(typeof(ArgumentException), () => kept.Add(name));
                Assert.ThrowsException(typeof(ArgumentException), () => kept.AddCookie(name));
            }
        }

        private static FieldBlock Plain()
        {
            return new FieldBlock().Add(":method", "GET").Add(":scheme", "http").Add(":path", "/").Add(":authority", "device");
        }

        private static string Text(char octet, int count)
        {
            return new string(octet, count);
        }

        // Pairs of a name and the length of its value.
        private static string[] Fields(params object[] pairs)
        {
            string[] fields = new string[pairs.Length];
            for (int i = 0; i < pairs.Length; i += 2)
            {
                fields[i] = (string)pairs[i];
                fields[i + 1] = Text('v', (int)pairs[i + 1]);
            }

            return fields;
        }

        private static void Same(string[] fields, string expected)
        {
            Same(Http2Peer.Usual(), 200, fields, expected);
        }

        private static void Same(HttpLimits limits, int status, string[] fields, string expected)
        {
            Same(limits, status, "/", fields, expected);
        }

        // Over HTTP/1.1 and HTTP/2, whole and octet by octet.
        private static void Same(HttpLimits limits, int status, string target, string[] fields, string expected)
        {
            string head = "GET " + target + " HTTP/1.1\r\nHost: device\r\n";
            FieldBlock block = FieldBlock.Get(target);
            for (int i = 0; i < fields.Length; i += 2)
            {
                head += fields[i] + ": " + fields[i + 1] + "\r\n";
                block.Add(fields[i], fields[i + 1]);
            }

            for (int piece = 1; piece < 2000; piece += 1000)
            {
                MemoryPeer first = new MemoryPeer(limits, new Application());
                first.Piece = piece;
                first.Send(head + "\r\n");
                string reply = Encoding.UTF8.GetString(first.Received, 0, first.ReceivedCount);
                Assert.AreEqual(status.ToString(), reply.Substring(9, 3), "HTTP/1.1");
                if (expected != null)
                {
                    Assert.AreEqual(expected, reply.Substring(reply.IndexOf("\r\n\r\n") + 4), "HTTP/1.1");
                }

                Http2Peer second = new Http2Peer(new Application(), limits).Greet();
                second.Piece = piece;
                second.Headers(1, block, true);
                if (expected == null)
                {
                    second.ExpectResponse(1, status);
                }
                else
                {
                    second.ExpectResponse(1, status, expected);
                }

                second.HoldsNothing();
            }
        }

        /// <summary>Answers with the names of the fields that it sees, and the lengths of their values.</summary>
        private sealed class Application : ScriptedDispatcher
        {
            /// <inheritdoc/>
            protected override Disposition Route(HttpRequest request, HttpResponse response)
            {
                return Disposition.Gather;
            }

            /// <inheritdoc/>
            protected override void Handle(HttpRequest request, HttpResponse response)
            {
                Assert.IsTrue(request.Headers.Find(FieldName.Authority) >= 0, "authority");
                string text = request.HasAllFields ? string.Empty : "partial ";
                HeaderList list = request.Headers;
                for (int at = list.First(); at >= 0; at = list.Next(at))
                {
                    if (list.IsPseudo(at))
                    {
                        continue;
                    }

                    text += list.GetName(at);
                    text += list.NameIndex(at) == FieldName.Cookie && list.ValueLength(at) < 500 && list.GetValue(at)[0] != 'v' ? ":" + list.GetValue(at) : "=" + list.ValueLength(at).ToString();
                    text += " ";
                }

                if (text.Length == 0)
                {
                    base.Handle(request, response);
                    return;
                }

                response.Write(request.QueryCount > 0 ? text + "query=" + request.QueryCount.ToString() + " " : text);
            }
        }
    }
}
