using System;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>
    /// A connection that only waits for events is set aside while others are served, and goes on when there is one: with one place,
    /// and simulated time.
    /// </summary>
    [TestClass]
    public class RestingTests
    {
        /// <summary>Octets of the header of a frame (RFC 9113 4.1).</summary>
        internal const int FrameHeader = 9;

        private const int GoAway = 7;
        private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

        [TestMethod]
        [DataRow(false, false)]
        [DataRow(false, true)]
        [DataRow(true, false)]
        [DataRow(true, true)]
        public void Events_go_on_while_somebody_asks_again_and_again(bool http2, bool connectsAnew)
        {
            ScriptedPlatform platform = Make(1);
            Viewer viewer = Add(platform, http2);
            platform.Add(new Publisher(20));
            ScriptedClient poller = LoopTests.Polite(50, 40);
            poller.ConnectsAnew = connectsAnew;
            platform.Add(poller, 100);
            platform.Run(3000);
            Assert.AreEqual(50, poller.Answers);
            Assert.AreEqual(connectsAnew ? 50 : 1, poller.Connections);
            Assert.IsTrue(poller.Longest <= 10, "milliseconds: " + poller.Longest.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
            Assert.AreEqual(0, platform.Server.Counters.GaveWay);
            Assert.AreEqual(1, platform.Application.Source.Closings);
            Assert.AreEqual(20, viewer.Events);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void An_event_comes_at_once_although_the_client_served_last_is_still_there(bool http2)
        {
            ScriptedPlatform platform = Make(1);
            Viewer viewer = Add(platform, http2);
            platform.Add(LoopTests.Polite(2, 5000), 100);
            platform.Add(new Publisher(1), 1000);
            platform.Run(2000);
            Assert.IsTrue(viewer.HeardLast >= 1000 && viewer.HeardLast <= 1015, "heard at " + viewer.HeardLast.ToString());
        }

        // Its next request comes over the same connection, and is answered with what HPACK knew before.
        [TestMethod]
        public void A_connection_over_http_2_that_is_idle_is_set_aside_with_its_dynamic_table()
        {
            ScriptedPlatform platform = Make(1);
            Http2Browser browser = new Http2Browser(3, 400);
            platform.Add(browser);
            ScriptedClient poller = LoopTests.Polite(40, 30);
            poller.Request = "GET / HTTP/1.1\r\nHost: another.example\r\nUser-Agent: poller/1.0 (and more of it, so that it takes all of the memory)\r\nAccept: */*\r\n\r\n";
            platform.Add(poller, 50);
            platform.Run(3000);
            Assert.AreEqual(40, poller.Answers);
            Assert.IsTrue(poller.Longest <= 15, "milliseconds: " + poller.Longest.ToString());
            Assert.AreEqual(3, browser.Answers);
            Assert.AreEqual(1, browser.Connections);
            Assert.AreEqual(0, platform.Server.Counters.ConnectionErrors);
        }

        [TestMethod]
        public void Before_another_client_over_http_2_is_served_the_one_that_rests_is_told_to_end()
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, true);
            ScriptedClient poller = platform.Add(LoopTests.Polite(100, 20), 100);
            ScriptedClient other = new ScriptedClient();
            other.Octets = Http2Octets.Get(1);
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(100, poller.Answers);
            Assert.IsTrue(viewer.ClosedAt > 1100 && viewer.ClosedAt < 1300, "closed at " + viewer.ClosedAt.ToString());
            Assert.IsTrue(viewer.Heard.IndexOf("hello") < 0);
            AssertGoAway(viewer);
            Assert.IsTrue(other.HeardFirst > 1100 && other.HeardFirst < 1300, "heard at " + other.HeardFirst.ToString());
            Assert.AreEqual(1, platform.Application.Source.Closings);
        }

        // As one that uses ALPN does; what it speaks is not known before the handshake.
        [TestMethod]
        public void Before_a_handshake_the_one_that_rests_over_http_2_is_told_to_end()
        {
            ScriptedPlatform platform = MakeSecure(true);
            Viewer viewer = Add(platform, true);
            ScriptedClient poller = platform.Add(LoopTests.Polite(100, 20), 100);
            ScriptedClient other = new ScriptedClient();
            other.IsSecure = true;
            other.Request = ScriptedTls.Greeting + ScriptedClient.Get;
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(100, poller.Answers);
            Assert.AreEqual(1, other.Answers);
            Assert.IsTrue(viewer.ClosedAt > 1100 && viewer.ClosedAt < 1300, "closed at " + viewer.ClosedAt.ToString());
            AssertGoAway(viewer);
        }

        [TestMethod]
        public void Over_http_1_nobody_has_to_end_for_a_handshake()
        {
            ScriptedPlatform platform = MakeSecure(true);
            Viewer viewer = Add(platform, false);
            ScriptedClient other = new ScriptedClient();
            other.IsSecure = true;
            other.Request = ScriptedTls.Greeting + ScriptedClient.Get;
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(1, other.Answers);
            Assert.IsTrue(other.Longest <= 10, "milliseconds: " + other.Longest.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        // There is no memory for the sessions of two.
        [TestMethod]
        public void With_tls_for_one_connection_a_stream_of_events_makes_way()
        {
            ScriptedPlatform platform = MakeSecure(false);
            Viewer viewer = new Viewer(false);
            viewer.IsSecure = true;
            viewer.Request = ScriptedTls.Greeting + viewer.Request;
            platform.Add(viewer);
            ScriptedClient other = new ScriptedClient();
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(1, other.Answers);
            Assert.IsTrue(viewer.ClosedAt > 1100 && viewer.ClosedAt < 1300, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        [DataRow("P")]
        [DataRow("PRI * HTTP/2.0\r\n\r\nSM\r\n\r")]
        public void One_who_may_yet_speak_http_2_is_not_served_beside_it(string beginning)
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, true);
            ScriptedClient newcomer = new ScriptedClient();
            newcomer.Request = beginning;
            platform.Add(newcomer, 1000);
            platform.Run(3000);
            AssertGoAway(viewer);
            Assert.AreEqual(0, platform.Server.Counters.OutOfMemory);
        }

        [TestMethod]
        public void One_who_has_spoken_http_1_cannot_change_to_http_2_meanwhile()
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, true);
            platform.Add(new Publisher(10));
            ScriptedClient turncoat = LoopTests.Polite(2, 300);
            platform.Add(turncoat, 500);
            platform.Add(new Second(turncoat, Preface));
            ScriptedClient poller = platform.Add(LoopTests.Polite(40, 20), 100);
            platform.Run(3000);
            Assert.AreEqual(40, poller.Answers);
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
            Assert.AreEqual(10, viewer.Events);
            Assert.AreEqual(1, turncoat.Answers);
            Assert.IsTrue(turncoat.Heard.StartsWith("HTTP/1.1 4"), turncoat.Heard);
        }

        // RFC 7540 3.2: the server may ignore it.
        [TestMethod]
        public void An_upgrade_to_http_2_is_ignored_meanwhile()
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, true);
            ScriptedClient upgrading = new ScriptedClient();
            upgrading.Request = "GET / HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n";
            platform.Add(upgrading, 1000);
            platform.Run(2000);
            Assert.AreEqual(1, upgrading.Answers);
            Assert.IsTrue(upgrading.Heard.StartsWith("HTTP/1.1 200"), upgrading.Heard);
            Assert.IsTrue(viewer.ClosedAt >= 2000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Whoever_finds_no_place_gets_one(bool http2)
        {
            ScriptedPlatform platform = Make(1);
            Viewer viewer = Add(platform, http2);
            ScriptedClient poller = platform.Add(LoopTests.Polite(90, 20), 100);
            ScriptedClient third = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, third.Answers);
            Assert.IsTrue(third.Longest <= 400, "milliseconds: " + third.Longest.ToString());
            Assert.AreEqual(0, poller.Lost);
            Assert.AreEqual(90, poller.Answers);
            Assert.IsTrue(viewer.HeardFirst > 0);
        }

        [TestMethod]
        public void All_places_full_of_events_one_makes_way_for_a_request()
        {
            ScriptedPlatform platform = Make(2);
            ScriptedClient[] viewers = new ScriptedClient[3];
            for (int i = 0; i < viewers.Length; i++)
            {
                viewers[i] = platform.Add(new Viewer(false), 1 + (10 * i));
            }

            ScriptedClient client = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, client.Answers);
            Assert.IsTrue(client.Longest <= 400, "milliseconds: " + client.Longest.ToString());
            int left = 0;
            for (int i = 0; i < viewers.Length; i++)
            {
                left += viewers[i].ClosedAt >= 3000 ? 1 : 0;
            }

            Assert.AreEqual(2, left);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_source_that_throws_when_it_is_asked_harms_nobody(bool http2)
        {
            ScriptedPlatform platform = Make(2);
            platform.Application.Source.ThrowsWhenAsked = true;
            platform.Application.Source.ThrowAt = 200;
            Add(platform, http2);
            platform.Add(new Publisher(30));
            ScriptedClient poller = platform.Add(LoopTests.Polite(50, 20), 100);
            platform.Run(3000);
            Assert.AreEqual(50, poller.Answers);
            Assert.AreEqual(1, platform.Application.Source.Closings);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_source_that_never_says_that_it_has_nothing_holds_nobody_up(bool http2)
        {
            ScriptedPlatform platform = Make(2);
            platform.Application.Source.Tells = false;
            Viewer viewer = Add(platform, http2);
            platform.Add(new Publisher(20));
            ScriptedClient poller = platform.Add(LoopTests.Polite(50, 20), 100);
            platform.Run(3000);
            Assert.AreEqual(50, poller.Answers);
            Assert.IsTrue(poller.Longest <= 15, "milliseconds: " + poller.Longest.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_viewer_that_leaves_is_noticed_while_it_rests(bool http2)
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, http2);
            viewer.LeavesAt = 1000;
            ScriptedClient poller = platform.Add(LoopTests.Polite(100, 20), 100);
            platform.Run(2000);
            Assert.AreEqual(1, platform.Application.Source.Closings);
            Assert.IsTrue(viewer.ClosedAt > 1000 && viewer.ClosedAt < 1100, "closed at " + viewer.ClosedAt.ToString());
            Assert.IsTrue(poller.Answers > 80);
        }

        [TestMethod]
        public void Idle_over_http_2_for_too_long_it_is_told_to_end()
        {
            HttpServerOptions options = Options(2);
            options.Limits.IdleTimeout = 1000;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient idle = new ScriptedClient();
            idle.Octets = Http2Octets.Get("/gstatus");
            platform.Add(idle);
            platform.Add(LoopTests.Polite(1000, 20), 100);
            platform.Run(3000);
            Assert.IsTrue(idle.ClosedAt >= 1000 && idle.ClosedAt < 2400, "closed at " + idle.ClosedAt.ToString());
            AssertGoAway(idle);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_server_that_stops_ends_what_rests(bool http2)
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, http2);
            platform.Add(LoopTests.Polite(1000, 20), 100);
            platform.Run(2000);
            Assert.IsTrue(platform.EndedAt <= 2000 + 1100, "ended at " + platform.EndedAt.ToString());
            Assert.AreEqual(1, platform.Application.Source.Closings);
            Assert.AreEqual(0, platform.Open);
            if (http2)
            {
                AssertGoAway(viewer);
            }
        }

        // Nothing is sent for one that rests.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Nobody_rests_before_everything_is_sent(bool http2)
        {
            ScriptedPlatform platform = Make(2);
            platform.KeepsUntil = 1000;
            Viewer viewer = Add(platform, http2);
            ScriptedClient poller = platform.Add(new ScriptedClient(), 500);
            platform.Run(2000);
            Assert.IsTrue(poller.HeardFirst >= 600, "heard at " + poller.HeardFirst.ToString());
        }

        // What it has begun needs the exchange: fields that are incomplete, a body that has trailers, one that is gathered.
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void A_connection_over_http_2_that_holds_an_exchange_is_not_set_aside(int what)
        {
            ScriptedPlatform platform = Make(2);
            ScriptedClient holder = new ScriptedClient();
            holder.Octets = what == 1 ? Http2Octets.Get("/gtrailers") : Http2Octets.Get("/gbody");
            int headers = 24 + 18;
            holder.Octets[headers + 4] = (byte)(what == 0 ? 1 : what == 1 ? 5 : 4);
            holder.Octets[headers + 9] = (byte)(what == 2 ? 0x83 : 0x82);
            platform.Add(holder);
            ScriptedClient poller = platform.Add(LoopTests.Polite(20, 20), 200);
            platform.Run(3000);
            Assert.AreEqual(20, poller.Answers);
            Assert.IsTrue(holder.ClosedAt > 200 && holder.ClosedAt < 800, "closed at " + holder.ClosedAt.ToString());
        }

        // With the exchange of a response that nobody waits for any more.
        [TestMethod]
        public void Without_an_exchange_it_rests_until_there_is_one()
        {
            ScriptedPlatform platform = Make(2);
            Viewer viewer = Add(platform, false);
            platform.Add(new Publisher(20));
            ScriptedClient gone = new ScriptedClient();
            gone.Request = "GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n";
            gone.LeavesAt = 1050;
            platform.Add(gone, 1000);
            platform.Add(new Completer(), 2200);
            platform.Run(3000);
            Assert.AreEqual(20, viewer.Events);
            Assert.IsTrue(viewer.HeardLast >= 2200, "heard at " + viewer.HeardLast.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        public void Pages_with_events_do_not_give_a_crowd_its_time_back()
        {
            ScriptedPlatform platform = Make(4);
            platform.Application.Source.Tells = false;
            Add(platform, false);
            Add(platform, false);
            platform.AddSlowBodies();
            ScriptedClient honest = platform.Add(new ScriptedClient(), 2000);
            platform.Run(6000);
            Assert.AreEqual(1, honest.Answers);
            Assert.IsTrue(honest.Longest <= 1000, "milliseconds: " + honest.Longest.ToString());
        }

        [TestMethod]
        public void An_upload_that_goes_on_has_no_longest_turn_where_others_wait_for_events()
        {
            ScriptedPlatform platform = Hurried();
            Viewer viewer = Add(platform, false);
            platform.Add(new Publisher(40));
            ScriptedClient upload = platform.Add(Upload(), 500);
            platform.Run(5000);
            Assert.IsTrue(upload.ClosedAt >= 5000, "closed at " + upload.ClosedAt.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 5000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        public void An_upload_has_its_longest_turn_where_one_that_rests_asks()
        {
            ScriptedPlatform platform = Hurried();
            Http2Browser browser = new Http2Browser(2, 1500);
            platform.Add(browser);
            ScriptedClient upload = platform.Add(Upload(), 500);
            platform.Run(5000);
            Assert.AreEqual(2, browser.Answers);
            Assert.IsTrue(upload.ClosedAt >= 1900 && upload.ClosedAt < 2700, "closed at " + upload.ClosedAt.ToString());
        }

        // One that was answered asks no more.
        [TestMethod]
        public void An_upload_that_goes_on_has_no_longest_turn_where_one_that_rests_is_idle_for_too_long()
        {
            ScriptedPlatform platform = Hurried();
            Http2Browser browser = new Http2Browser(3, 300);
            browser.Wanted = 4;
            platform.Add(browser);
            platform.Add(LoopTests.Polite(2, 100000), 100);
            browser.Pauses = 1;
            ScriptedClient upload = platform.Add(Upload(), 800);
            platform.Run(5000);
            Assert.AreEqual(2, browser.Answers);
            Assert.IsTrue(upload.ClosedAt >= 5000, "closed at " + upload.ClosedAt.ToString());
        }

        [TestMethod]
        public void With_several_places_events_over_http_1_go_on_although_all_are_taken()
        {
            HttpServerOptions options = Options(3);
            options.Connections = 2;
            options.Limits.Exchanges = 3;
            ScriptedPlatform platform = Prepare(new ScriptedPlatform(options));
            Viewer[] viewers = new Viewer[3];
            for (int i = 0; i < viewers.Length; i++)
            {
                viewers[i] = new Viewer(false);
                platform.Add(viewers[i], 1 + i);
            }

            platform.Add(new Publisher(20));
            platform.Application.Source.Tells = false;
            ScriptedClient poller = platform.Add(LoopTests.Polite(50, 40), 100);
            platform.Run(3000);
            Assert.AreEqual(50, poller.Answers);
            Assert.IsTrue(poller.Longest <= 15, "milliseconds: " + poller.Longest.ToString());
            for (int i = 0; i < viewers.Length; i++)
            {
                Assert.AreEqual(20, viewers[i].Events);
                Assert.IsTrue(viewers[i].ClosedAt >= 3000, "closed at " + viewers[i].ClosedAt.ToString());
            }
        }

        [TestMethod]
        public void Nobody_else_there_it_is_served_at_once()
        {
            ScriptedPlatform platform = Make(1);
            Http2Browser browser = new Http2Browser(2, 1500);
            platform.Add(browser);
            platform.Add(new ScriptedClient(), 50);
            platform.Run(3000);
            Assert.AreEqual(2, browser.Answers);
            Assert.IsTrue(browser.Longest <= 2, "milliseconds: " + browser.Longest.ToString());

            // It is looked at no more often than one that has never rested.
            ScriptedPlatform quiet = Make(1);
            quiet.Add(new Http2Browser(2, 1500));
            quiet.Run(3000);
            Assert.IsTrue(platform.Looks < quiet.Looks + 30, platform.Looks.ToString() + " and " + quiet.Looks.ToString());
        }

        [TestMethod]
        public void A_client_with_tls_that_is_known_to_speak_http_1_is_served_beside_one_over_http_2()
        {
            ScriptedPlatform platform = MakeSecure(true);
            ScriptedClient poller = LoopTests.Polite(30, 50);
            poller.IsSecure = true;
            poller.Request = ScriptedTls.Greeting + ScriptedClient.Get;
            platform.Add(new Second(poller, ScriptedClient.Get));
            platform.Add(poller);
            Viewer viewer = new Viewer(true);
            platform.Add(viewer, 100);
            platform.Run(3000);
            Assert.AreEqual(30, poller.Answers);
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        // Four kilobytes a second, and more.
        private static ScriptedClient Upload()
        {
            ScriptedClient upload = new ScriptedClient();
            upload.Request = "POST /sdrain HTTP/1.1\r\nHost: d\r\nContent-Length: 100000\r\n\r\n";
            upload.Drip = new string('x', 1200);
            upload.DripTime = 200;
            return upload;
        }

        // With short turns, and short times for who is idle.
        private static ScriptedPlatform Hurried()
        {
            HttpServerOptions options = Options(2);
            options.MaximumTurn = 1000;
            options.Limits.IdleTimeout = 1000;
            options.Limits.Exchanges = 2;
            return Prepare(new ScriptedPlatform(options));
        }

        private static HttpServerOptions Options(int silent)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = silent;
            options.Limits.Exchanges = 1;
            options.Limits.DrainTimeout = 1000;
            return options;
        }

        private static ScriptedPlatform Make(int silent)
        {
            return Prepare(new ScriptedPlatform(Options(silent)));
        }

        private static ScriptedPlatform MakeSecure(bool several)
        {
            HttpServerOptions options = Options(2);
            options.TlsPort = 443;
            options.Tls = new ScriptedTls(several);
            return Prepare(new ScriptedPlatform(options));
        }

        private static ScriptedPlatform Prepare(ScriptedPlatform platform)
        {
            TestApplication application = platform.Application;
            application.FieldName = "content-type";
            application.FieldValue = "text/event-stream";
            application.Source.Length = int.MaxValue;
            application.Source.StallAt = 0;
            application.Source.Tells = true;
            return platform;
        }

        private static Viewer Add(ScriptedPlatform platform, bool http2)
        {
            Viewer viewer = new Viewer(http2);
            platform.Add(viewer);
            return viewer;
        }

        // RFC 9113 6.8, without an error.
        private static void AssertGoAway(ScriptedClient client)
        {
            byte[] heard = client.HeardOctets;
            int at = 0;
            while (at + FrameHeader < heard.Length && heard[at + 3] != GoAway)
            {
                at += FrameHeader + (heard[at + 1] << 8) + heard[at + 2];
            }

            Assert.IsTrue(at + FrameHeader < heard.Length, "no GOAWAY");
            Assert.AreEqual((byte)0, heard[at + FrameHeader + 7]);
        }
    }
}
