using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9112 5, RFC 9110 5: field lines.</summary>
    [TestClass]
    public class FieldSyntaxTests
    {
        private const string Start = "GET /gfields HTTP/1.1\r\nHost: d\r\n";
        private const string Listed = ":method=GET\n:scheme=http\n:path=/gfields\n:authority=d\n";

        [TestMethod]
        public void Names_are_listed_in_lower_case_and_values_as_they_came()
        {
            Cuts.Accepted(
                Start + "User-Agent: Mozilla/5.0 (X)\r\nX-Ab_9: \"Q\", W\r\nAccept: */*\r\n\r\n",
                Listed + "user-agent=Mozilla/5.0 (X)\nx-ab_9=\"Q\", W\naccept=*/*\n");
        }

        [TestMethod]
        public void Repeated_fields_are_listed_in_their_order()
        {
            Cuts.Accepted(Start + "B: 2\r\nA: 1\r\nb: 3\r\n\r\n", Listed + "b=2\na=1\nb=3\n");
        }

        [TestMethod]
        public void Whitespace_around_a_value_is_not_part_of_it()
        {
            Cuts.Accepted(Start + "A:b\r\nC: \t d \t e \t \r\n\r\n", Listed + "a=b\nc=d \t e\n");
        }

        [TestMethod]
        public void A_value_may_be_empty()
        {
            Cuts.Accepted(Start + "A:\r\nAccept: \t \r\nC:\t\r\n\r\n", Listed + "a=\naccept=\nc=\n");
        }

        [TestMethod]
        public void Octets_above_ascii_are_opaque()
        {
            Cuts.Accepted(Start + "A: \u00e9\u20ac\r\n\r\n", Listed + "a=\u00e9\u20ac\n");
        }

        [TestMethod]
        public void Whitespace_before_the_colon_is_refused()
        {
            Cuts.Refused(Start + "A : b\r\n\r\n", 400);
            Cuts.Refused(Start + "A\t: b\r\n\r\n", 400);
            Cuts.Refused(Start + "Content-Length : 5\r\n\r\nhello", 400);
        }

        [TestMethod]
        public void Line_folding_is_refused()
        {
            Cuts.Refused(Start + "A: b\r\n c\r\n\r\n", 400);
            Cuts.Refused(Start + "A: b\r\n\tc\r\n\r\n", 400);
            Cuts.Refused(Start + "A: b\r\n \r\n\r\n", 400);
        }

        [TestMethod]
        public void Whitespace_before_the_first_field_is_refused()
        {
            Cuts.Refused("GET / HTTP/1.1\r\n Host: d\r\n\r\n", 400);
            Cuts.Refused("GET / HTTP/1.1\r\n\tHost: d\r\n\r\n", 400);
        }

        [TestMethod]
        [DataRow("A")]
        [DataRow(": b")]
        [DataRow("A(: b")]
        [DataRow("A b: c")]
        [DataRow("A/: b")]
        [DataRow(":path: /x")]
        [DataRow("\u00e9: b")]
        [DataRow("A\u0001: b")]
        [DataRow("A\u007f: b")]
        public void A_name_that_is_no_token_is_refused(string line)
        {
            Cuts.Refused(Start + line + "\r\n\r\n", 400);
        }

        [TestMethod]
        public void A_bare_carriage_return_or_line_feed_is_refused()
        {
            Cuts.Refused(Start + "A: b\rc\r\n\r\n", 400);
            Cuts.Refused(Start + "A: b\nC: d\r\n\r\n", 400);
            Cuts.Refused(Start + "A: b\r\rC: d\r\n\r\n", 400);
            Cuts.Refused(Start + "A\n: b\r\n\r\n", 400);
            Cuts.Refused(Start + "\rA: b\r\n\r\n", 400);
            Cuts.Refused(Start + "\nA: b\r\n\r\n", 400);
            Cuts.Refused(Start + "A: b\r\n\n", 400);
        }

        [TestMethod]
        public void Control_octets_in_a_value_are_refused()
        {
            for (int octet = 0; octet < 32; octet++)
            {
                if (octet != '\t' && octet != '\r' && octet != '\n')
                {
                    Cuts.Refused(With((byte)octet), 400);
                }
            }
        }

        [TestMethod]
        public void A_value_longer_than_the_receive_buffer_is_accepted()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.ReceiveBufferSize = 256;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            string value = Texts.Repeat('v', 300) + " " + Texts.Repeat('w', 200);
            peer.Send(Start + "Cookie: " + value + "\r\nX: " + Texts.Repeat('x', 10) + "\r\n\r\n");
            Assert.AreEqual(Listed + "cookie=" + value + "\nx=xxxxxxxxxx\n", peer.Next().BodyText);
        }

        [TestMethod]
        public void A_name_longer_than_the_receive_buffer_is_too_large()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.ReceiveBufferSize = 256;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Start + Texts.Repeat('n', 300) + ": v\r\n\r\n");
            peer.Refused(431);
        }

        [TestMethod]
        public void Whitespace_longer_than_the_receive_buffer_is_too_large_inside_a_value_only()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.ReceiveBufferSize = 256;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Start + "A: b" + Texts.Repeat(' ', 300) + "c\r\n\r\n");
            peer.Refused(431);
            peer.Reconnect(false);
            peer.Send(Start + "A:" + Texts.Repeat(' ', 300) + "c\r\n\r\n");
            Assert.AreEqual(Listed + "a=c\n", peer.Next().BodyText);
        }

        [TestMethod]
        public void Too_many_fields_are_refused()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.MaximumFields = 10;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);

            // The list counts the four pseudo-header fields too.
            peer.Send(Start + Lines("A: b\r\n", 6) + "\r\n");
            peer.NextIs(200);
            peer.Send(Start + Lines("A: b\r\n", 7) + "\r\n");
            peer.Refused(431);
            peer.Reconnect(false);
            peer.Send(Start + Lines("Connection: b\r\n", 10) + "\r\n");
            peer.Refused(431);
        }

        [TestMethod]
        public void Fields_that_do_not_fit_are_refused()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.Kept.Add("a");
            limits.Kept.Add("Abcdefgh");
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Start + "A: " + Texts.Repeat('a', 1400) + "\r\n\r\n");
            peer.Refused(431);
            peer.Reconnect(false);
            peer.Send(Start + Lines("Abcdefgh: abcdefgh\r\n", 60));
            peer.Refused(431);
        }

        [TestMethod]
        public void Fields_that_are_not_listed_are_bounded_all_the_same()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.MaximumFieldSectionSize = 600;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Start + "Connection: ");
            for (int i = 0; i < 10 && peer.ReceivedCount == 0; i++)
            {
                peer.Send(Texts.Repeat('c', 100));
            }

            peer.Refused(431);
        }

        [TestMethod]
        public void What_concerns_the_connection_is_not_listed()
        {
            Cuts.Accepted(
                Start + "Connection: keep-alive\r\nKeep-Alive: 5\r\nProxy-Connection: x\r\nTE: trailers\r\nUpgrade: websocket\r\n"
                    + "HTTP2-Settings: AAMAAABk\r\nA: b\r\n\r\n",
                Listed + "a=b\n");
            Cuts.Accepted(
                "POST /gfields HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                ":method=POST\n:scheme=http\n:path=/gfields\n:authority=d\n");
        }

        private static byte[] With(byte octet)
        {
            byte[] request = Encoding.UTF8.GetBytes(Start + "A: b?c\r\n\r\n");
            int at = Start.Length + 4;
            Assert.AreEqual((int)'?', (int)request[at]);
            request[at] = octet;
            return request;
        }

        private static string Lines(string line, int count)
        {
            string lines = string.Empty;
            for (int i = 0; i < count; i++)
            {
                lines += line;
            }

            return lines;
        }

        [TestMethod]
        [DataRow("te")]
        [DataRow("host")]
        [DataRow("accept")]
        [DataRow("content-length")]
        [DataRow("strict-transport-security")]
        public void A_name_that_differs_in_any_octet_is_not_taken_for_a_well_known_one(string known)
        {
            byte[] name = Encoding.UTF8.GetBytes(known);
            int index = WellKnownFields.IndexOf(name, 0, name.Length);
            Assert.AreNotEqual(0, index);
            for (int i = 0; i < name.Length; i++)
            {
                byte right = name[i];
                for (int octet = 0; octet < 256; octet++)
                {
                    bool same = octet == right || (octet == right - 0x20 && octet >= 'A' && octet <= 'Z');
                    name[i] = (byte)octet;
                    Assert.AreEqual(same, WellKnownFields.IndexOfAnyCase(name, 0, name.Length) == index, known + " with " + octet.ToString() + " at " + i.ToString());
                }

                name[i] = right;
            }
        }

        [TestMethod]
        [DataRow("Content\rLength")]
        [DataRow("content-lengt\u0008")]
        [DataRow("H\u004fS\u0014")]
        [DataRow("accept\r\n")]
        public void Control_octets_that_look_like_letters_in_another_case_are_refused(string name)
        {
            Cuts.Refused("POST / HTTP/1.1\r\nHost: d\r\n" + name + ": 5\r\n\r\nhello", 400);
        }
    }
}
