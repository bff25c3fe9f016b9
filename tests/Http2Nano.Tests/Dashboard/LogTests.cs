using Http2Nano.Dashboard;
using Http2Nano.Framing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    [TestClass]
    public class LogTests
    {
        [TestMethod]
        public void Lines_have_a_number_a_time_and_a_level()
        {
            DashboardPeer peer = DashboardPeer.Open();
            Assert.AreEqual(string.Empty, peer.Lines());
            peer.Application.Log.Write("one");
            peer.Board.Seconds = 75;
            peer.Application.Log.Warn("\"two\"");
            peer.Application.Log.Fail("three");
            Assert.AreEqual(
                "{\"n\":1,\"at\":60,\"level\":\"info\",\"text\":\"one\"}\n"
                + "{\"n\":2,\"at\":75,\"level\":\"warning\",\"text\":\"\\\"two\\\"\"}\n"
                + "{\"n\":3,\"at\":75,\"level\":\"error\",\"text\":\"three\"}\n",
                peer.Lines());
        }

        [TestMethod]
        public void A_line_feed_in_a_line_begins_no_other()
        {
            DashboardPeer peer = DashboardPeer.Open();
            peer.Application.Log.Write("one\ntwo");
            Assert.AreEqual("{\"n\":1,\"at\":60,\"level\":\"info\",\"text\":\"one\\u000atwo\"}\n", peer.Lines());
        }

        [TestMethod]
        public void The_oldest_lines_go_and_always_whole()
        {
            DashboardPeer peer = DashboardPeer.Open();
            for (int i = 1; i <= 200; i++)
            {
                peer.Application.Log.Write("line " + i.ToString() + DashboardPeer.Repeat(".", i % 30));
                string lines = peer.Lines();
                Assert.IsTrue(lines.StartsWith("{\"n\":"), lines);
                Assert.IsTrue(lines.EndsWith("\"}\n"), lines);
                DashboardPeer.Contains("\"text\":\"line " + i.ToString() + DashboardPeer.Repeat(".", i % 30) + "\"}\n", lines);
                Assert.IsTrue(lines.Length <= 400, "Too much is kept.");

                // No more is dropped than has to be: a line takes less than 100 octets.
                Assert.IsTrue(i < 10 || lines.Length > 300, "Too little is kept.");
            }
        }

        [TestMethod]
        public void Long_lines_are_cut()
        {
            DashboardPeer peer = DashboardPeer.Open();
            peer.Application.Log.Write(DashboardPeer.Repeat("x", 300));
            Assert.AreEqual("{\"n\":1,\"at\":60,\"level\":\"info\",\"text\":\"" + DashboardPeer.Repeat("x", 200) + "\"}\n", peer.Lines());

            // Of many octets: less of it, but never nothing.
            peer.Application.Log.Write(DashboardPeer.Repeat("\u20AC", 200));
            DashboardPeer.Contains("\"n\":2,\"at\":60,\"level\":\"info\",\"text\":\"" + DashboardPeer.Repeat("\u20AC", 50), peer.Lines());
        }

        [TestMethod]
        public void A_line_goes_to_who_listens_at_once()
        {
            DashboardPeer peer = DashboardPeer.Open();
            peer.Send("GET /api/events HTTP/1.1\r\nHost: device\r\n\r\n");
            DashboardPeer.Contains("event: status\n", peer.Text);
            peer.Forget();
            peer.Application.Log.Write("now");
            peer.Pump();
            DashboardPeer.Contains("event: log\n", peer.Text);
            DashboardPeer.Contains("data: {\"n\":1,\"at\":60,\"level\":\"info\",\"text\":\"now\"}\n", peer.Text);
        }

        [TestMethod]
        public void A_body_that_newer_lines_have_overtaken_is_broken_off()
        {
            TestBoard board = new TestBoard();
            DashboardApplication application = new DashboardApplication(board, DashboardPeer.Pages("<p>"), DashboardOptions.Small());
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), application.Router);
            application.Counters = peer.Counters;
            peer.Greet(4, 60);
            for (int i = 0; i < 10; i++)
            {
                application.Log.Write("before " + i.ToString());
            }

            peer.Get(1, "/api/log");
            for (int i = 0; i < 40; i++)
            {
                application.Log.Write("after " + i.ToString());
            }

            peer.WindowUpdate(1, 2000);
            Assert.IsFalse(peer.Response(1).Text.IndexOf("after") >= 0, "Old and new lines are mixed.");
            peer.ExpectReset(1, ErrorCode.InternalError);
            peer.ExpectAlive();
        }
    }
}
