using Http2Nano.Dashboard;
using Http2Nano.Framing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>What was measured before a page was opened.</summary>
    [TestClass]
    public class HistoryTests
    {
        [TestMethod]
        public void Measurements_are_kept_at_their_interval()
        {
            DashboardPeer peer = Open(4, 60);
            Assert.AreEqual(string.Empty, Lines(peer));
            peer.Application.Record();
            peer.Application.Record();
            peer.Board.Seconds = 119;
            peer.Application.Record();
            Assert.AreEqual("[        60,  21.50,   40000, -60,       1]\n", Lines(peer));

            // Late: the next one is due in time all the same.
            peer.Board.Seconds = 125;
            peer.Board.Degrees = -5;
            peer.Application.Record();
            peer.Board.Seconds = 180;
            peer.Board.Degrees = Board.Unknown;
            peer.Board.Radio = Board.Failed;
            peer.Application.Record();
            Assert.AreEqual(
                "[        60,  21.50,   40000, -60,       1]\n[       125,  -0.05,   40000, -60,       2]\n[       180,   null,   40000,null,       2]\n",
                Lines(peer));
        }

        [TestMethod]
        public void The_oldest_make_way()
        {
            DashboardPeer peer = Open(3, 1);
            for (int i = 1; i <= 10; i++)
            {
                peer.Board.Seconds = i;
                peer.Application.Record();
            }

            string lines = Lines(peer);
            Assert.AreEqual(3 * 44, lines.Length);
            Assert.IsTrue(lines.StartsWith("[         8,"), lines);
            DashboardPeer.Contains("[        10,", lines);
        }

        [TestMethod]
        public void What_is_out_of_range_is_none_or_the_most()
        {
            DashboardPeer peer = Open(3, 1);
            peer.Board.Unplugged = true;
            peer.Board.Seconds = int.MaxValue;
            peer.Application.Record();
            Assert.AreEqual("[2147483647,   null,   40000,null,       0]\n", Lines(peer));
        }

        [TestMethod]
        [DataRow(32767, -128, " 327.67,   40000,null,")]
        [DataRow(32768, -127, "   null,   40000,-127,")]
        [DataRow(-32767, -127, "-327.67,   40000,-127,")]
        [DataRow(-32768, -127, "   null,   40000,-127,")]
        [DataRow(0, -127, "   0.00,   40000,-127,")]
        [DataRow(7, -127, "   0.07,   40000,-127,")]
        public void A_sensor_that_measures_what_cannot_be_kept_leaves_a_gap(int degrees, int radio, string kept)
        {
            DashboardPeer peer = Open(1, 1);
            peer.Board.Degrees = degrees;
            peer.Board.Radio = radio;
            peer.Application.Record();
            DashboardPeer.Contains("," + kept, Lines(peer));
        }

        [TestMethod]
        public void A_body_that_newer_measurements_have_overtaken_is_broken_off()
        {
            TestBoard board = new TestBoard();
            DashboardOptions options = DashboardOptions.Small();
            options.HistorySamples = 4;
            options.HistoryInterval = 1;
            DashboardApplication application = new DashboardApplication(board, DashboardPeer.Pages("<p>"), options);
            Http2Peer peer = new Http2Peer(Http2Peer.Usual(), application.Router);
            application.Counters = peer.Counters;
            peer.Greet(4, 60);
            for (int i = 1; i <= 8; i++)
            {
                board.Seconds = i;
                application.Record();
                if (i == 4)
                {
                    peer.Get(1, "/api/history");
                    DashboardPeer.Contains("[         1,", peer.Response(1).Text);
                }
            }

            peer.WindowUpdate(1, 2000);
            peer.ExpectReset(1, ErrorCode.InternalError);
            peer.ExpectAlive();
        }

        [TestMethod]
        public void A_small_dashboard_keeps_none()
        {
            DashboardPeer peer = DashboardPeer.Open();
            peer.Application.Record();
            Assert.AreEqual(404, peer.Get("/api/history").Status);
            DashboardPeer.Lacks("history", peer.Status());
        }

        private static DashboardPeer Open(int samples, int interval)
        {
            DashboardOptions options = DashboardOptions.Small();
            options.HistorySamples = samples;
            options.HistoryInterval = interval;
            return DashboardPeer.Open(new TestBoard(), options);
        }

        private static string Lines(DashboardPeer peer)
        {
            Http1Reply reply = peer.Get("/api/history");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("application/x-ndjson", reply.Field("content-type"));
            return reply.BodyText;
        }
    }
}
