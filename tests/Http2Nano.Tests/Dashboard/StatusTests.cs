using Http2Nano.Dashboard;
using Http2Nano.Messages;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    [TestClass]
    public class StatusTests
    {
        [TestMethod]
        public void Says_what_the_board_says()
        {
            DashboardPeer peer = DashboardPeer.Open();
            string status = peer.Status();
            Assert.IsTrue(status.StartsWith("{\"device\":\"Bench\",\"firmware\":\"1.2\",\"uptime\":60,\"heapFree\":40000,\"heapTotal\":90000,\"temperature\":21.50,\"signal\":-60,\"protocol\":\"HTTP/1.1\","), status);
            DashboardPeer.Contains("\"requests\":0,", status);
            Assert.IsTrue(status.EndsWith("\"features\":[\"events\",\"log\",\"settings\",\"led\"],\"pages\":0}"), status);
            peer.Board.Degrees = -5;
            peer.Board.Seconds = 61;
            status = peer.Status();
            DashboardPeer.Contains("\"temperature\":-0.05,", status);
            DashboardPeer.Contains("\"uptime\":61,", status);
            DashboardPeer.Contains("\"requests\":1,", status);
        }

        [TestMethod]
        public void Says_what_is_set()
        {
            DashboardPeer peer = DashboardPeer.Open();
            DashboardPeer.Contains("\"unit\":\"C\",\"output\":false,", peer.Status());
            peer.Put("/api/led", "{\"on\":true}");
            peer.Put("/api/settings", "{\"temperatureUnit\":\"F\"}");
            DashboardPeer.Contains("\"unit\":\"F\",\"output\":true,", peer.Status());
        }

        [TestMethod]
        public void A_change_is_told_at_once_to_all_who_listen()
        {
            TestBoard board = new TestBoard();
            DashboardApplication application = new DashboardApplication(board, DashboardPeer.Pages("<p>"), DashboardOptions.Small());
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), application.Router);
            application.Counters = peer.Counters;
            peer.Greet(4, 20000);
            peer.Get(1, "/api/events");
            peer.Get(3, "/api/events");
            for (int i = 0; i < 10; i++)
            {
                bool on = i % 2 == 0;
                FieldBlock fields = FieldBlock.Request("PUT", "/api/led").Add("content-type", "application/json");
                peer.Headers(5 + (2 * i), fields, false).Data(5 + (2 * i), on ? "{\"on\":true}" : "{\"on\":false}", true).ExpectResponse(5 + (2 * i), 200);
                string told = on ? "\"output\":true," : "\"output\":false,";
                Assert.IsTrue(LastStatus(peer, 1).IndexOf(told) >= 0, told);
                Assert.IsTrue(LastStatus(peer, 3).IndexOf(told) >= 0, told);
            }
        }

        [TestMethod]
        public void What_a_board_cannot_measure_is_null_and_no_fault()
        {
            TestBoard board = new TestBoard();
            board.Degrees = Board.Unknown;
            board.Radio = Board.Unknown;
            board.Switchable = false;
            DashboardPeer peer = DashboardPeer.Open(board, DashboardOptions.Small());
            string status = peer.Status();
            DashboardPeer.Contains("\"temperature\":null,\"signal\":null,", status);
            DashboardPeer.Contains("\"features\":[\"events\",\"log\",\"settings\"]", status);
            DashboardPeer.Lacks("output", status);
            DashboardPeer.Lacks("faults", status);
            Assert.AreEqual(string.Empty, peer.Lines());
        }

        [TestMethod]
        public void A_sensor_that_fails_is_named_and_asked_again()
        {
            DashboardPeer peer = DashboardPeer.Open();
            DashboardPeer.Lacks("faults", peer.Status());
            peer.Board.Unplugged = true;
            peer.Board.Radio = Board.Failed;
            string status = peer.Status();
            DashboardPeer.Contains("\"temperature\":null,\"signal\":null,", status);
            DashboardPeer.Contains("\"faults\":[\"temperature\",\"signal\"]", status);
            peer.Board.Radio = -50;
            DashboardPeer.Contains("\"faults\":[\"temperature\"]", peer.Status());
            Assert.AreEqual(3, peer.Board.Asked);
            peer.Board.Unplugged = false;
            status = peer.Status();
            DashboardPeer.Contains("\"temperature\":21.50,\"signal\":-50,", status);
            DashboardPeer.Lacks("faults", status);

            // Once for each change, however often it was asked.
            Assert.AreEqual(
                "{\"n\":1,\"at\":60,\"level\":\"error\",\"text\":\"The temperature sensor does not answer\"}\n"
                + "{\"n\":2,\"at\":60,\"level\":\"error\",\"text\":\"The radio does not answer\"}\n"
                + "{\"n\":3,\"at\":60,\"level\":\"info\",\"text\":\"The radio answers again\"}\n"
                + "{\"n\":4,\"at\":60,\"level\":\"info\",\"text\":\"The temperature sensor answers again\"}\n",
                peer.Lines());
        }

        [TestMethod]
        public void The_other_listener_is_named()
        {
            DashboardPeer.Contains("\"alternate\":{\"scheme\":\"https\",\"port\":8443}", StatusOf(8080, 8443, false));
            DashboardPeer.Contains("\"alternate\":{\"scheme\":\"http\",\"port\":8080}", StatusOf(8080, 8443, true));
            DashboardPeer.Lacks("alternate", StatusOf(0, 0, false));
        }

        // What a stream of events brought last.
        private static string LastStatus(Http2Peer peer, int stream)
        {
            string text = peer.Response(stream).Text;
            return text.Substring(text.LastIndexOf("event: status"));
        }

        private static string StatusOf(int httpPort, int httpsPort, bool secure)
        {
            DashboardOptions options = DashboardOptions.Small();
            options.HttpPort = httpPort;
            options.HttpsPort = httpsPort;
            DashboardPeer peer = DashboardPeer.Open(new TestBoard(), options);
            peer.Connect(secure);
            return peer.Status();
        }

        [TestMethod]
        public void A_notice_stays_until_it_is_taken_back()
        {
            DashboardPeer peer = DashboardPeer.Open();
            DashboardPeer.Lacks("notice", peer.Status());
            peer.Application.Notice = "No certificate: HTTPS is off.";
            DashboardPeer.Contains("\"notice\":\"No certificate: HTTPS is off.\"", peer.Status());
            DashboardPeer.Contains("\"notice\":", peer.Status());
            peer.Application.Notice = null;
            DashboardPeer.Lacks("notice", peer.Status());
        }

        [TestMethod]
        public void New_pages_are_told()
        {
            DashboardPeer peer = DashboardPeer.Open();
            DashboardPeer.Contains("\"pages\":0", peer.Status());
            peer.Application.Pages.Pack = DashboardPeer.Pages("<p>new");
            DashboardPeer.Contains("\"pages\":1", peer.Status());
            DashboardPeer.Contains("\"pages\":1", peer.Status());
            Assert.AreEqual("<p>new", peer.Get("/").BodyText);
        }

        [TestMethod]
        public void Everything_at_its_longest_fits()
        {
            TestBoard board = new TestBoard();
            board.Name = DashboardPeer.Repeat("\"", 32);
            board.Version = DashboardPeer.Repeat("v", 100);
            board.Seconds = int.MaxValue;
            board.Degrees = int.MinValue + 2;
            board.Radio = Board.Failed;
            DashboardOptions options = DashboardOptions.Small();
            options.HttpPort = 65535;
            options.HttpsPort = 65535;
            DashboardPeer peer = DashboardPeer.Open(board, options);
            peer.Application.Notice = DashboardPeer.Repeat("n", 500);
            ServerCounters counters = peer.Counters;
            counters.Requests = int.MinValue;
            counters.FieldBytesSaved = int.MinValue;
            counters.BytesSent = long.MinValue / 2;
            counters.BytesReceived = long.MinValue / 2;
            string status = peer.Status();
            Assert.IsTrue(status.EndsWith("\"faults\":[\"signal\"]}"), status);

            // Over HTTP/2 there are streams, table and window, with up to 3, 4 and 10 digits.
            Assert.IsTrue(status.Length + 3 + 4 + 10 - 3 <= 960, status);
            DashboardPeer.Contains(DashboardPeer.Repeat("n", 120) + "\"", status);

            // As an event too.
            peer.Send("GET /api/events HTTP/1.1\r\nHost: device\r\n\r\n");
            DashboardPeer.Contains("event: status\n", peer.Text);
        }

        [TestMethod]
        public void A_request_that_fills_its_exchange_is_answered()
        {
            DashboardPeer peer = DashboardPeer.Open();
            string agent = "User-Agent: " + DashboardPeer.Repeat("abcdefghij", 65) + "\r\n";
            Http1Reply reply = peer.Get("/api/status", agent);
            Assert.AreEqual(200, reply.Status);
            Assert.IsTrue(reply.BodyText.EndsWith("}"), reply.BodyText);
            peer.Application.Log.Write("ready");
            Assert.AreEqual(200, peer.Get("/api/log", agent).Status);
        }

        [TestMethod]
        public void Who_asks_while_it_is_sent_gets_the_same()
        {
            TestBoard board = new TestBoard();
            DashboardApplication application = new DashboardApplication(board, DashboardPeer.Pages("<p>"), DashboardOptions.Small());
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), application.Router);
            application.Counters = peer.Counters;

            // A window of 100 octets for each stream (RFC 9113 6.9.2).
            peer.Greet(4, 100);
            peer.Get(1, "/api/status");
            board.Seconds = 61;
            peer.Get(3, "/api/status");
            peer.WindowUpdate(3, 2000).WindowUpdate(1, 2000);
            string first = peer.ExpectResponse(1, 200).Text;
            string second = peer.ExpectResponse(3, 200).Text;
            DashboardPeer.Contains("\"uptime\":60,", first);
            Assert.AreEqual(first, second);
            peer.Get(5, "/api/status").WindowUpdate(5, 2000);
            DashboardPeer.Contains("\"uptime\":61,", peer.ExpectResponse(5, 200).Text);
        }
    }
}
