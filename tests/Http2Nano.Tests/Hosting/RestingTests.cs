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
        [TestMethod]
        [DataRow(false, false)]
        [DataRow(false, true)]
        [DataRow(true, false)]
        [DataRow(true, true)]
        public void Events_go_on_while_somebody_asks_again_and_again(bool http2, bool connectsAnew)
        {
            ScriptedPlatform platform = Resting.Make(1);
            Viewer viewer = Resting.Add(platform, http2);
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
            ScriptedPlatform platform = Resting.Make(1);
            Viewer viewer = Resting.Add(platform, http2);
            platform.Add(LoopTests.Polite(2, 5000), 100);
            platform.Add(new Publisher(1), 1000);
            platform.Run(2000);
            Assert.IsTrue(viewer.HeardLast >= 1000 && viewer.HeardLast <= 1015, "heard at " + viewer.HeardLast.ToString());
        }

        // With the exchange of a response that nobody waits for any more.
        [TestMethod]
        public void Without_an_exchange_it_rests_until_there_is_one()
        {
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, false);
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
            ScriptedPlatform platform = Resting.Make(4);
            platform.Application.Source.Tells = false;
            Resting.Add(platform, false);
            Resting.Add(platform, false);
            platform.AddSlowBodies();
            ScriptedClient honest = platform.Add(new ScriptedClient(), 2000);
            platform.Run(6000);
            Assert.AreEqual(1, honest.Answers);
            Assert.IsTrue(honest.Longest <= 1000, "milliseconds: " + honest.Longest.ToString());
        }

        [TestMethod]
        public void An_upload_that_goes_on_has_no_longest_turn_where_others_wait_for_events()
        {
            ScriptedPlatform platform = Resting.Hurried();
            Viewer viewer = Resting.Add(platform, false);
            platform.Add(new Publisher(40));
            ScriptedClient upload = platform.Add(Resting.Upload(), 500);
            platform.Run(5000);
            Assert.IsTrue(upload.ClosedAt >= 5000, "closed at " + upload.ClosedAt.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 5000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        public void An_upload_has_its_longest_turn_where_one_that_rests_asks()
        {
            ScriptedPlatform platform = Resting.Hurried();
            Http2Browser browser = new Http2Browser(2, 1500);
            platform.Add(browser);
            ScriptedClient upload = platform.Add(Resting.Upload(), 500);
            platform.Run(5000);
            Assert.AreEqual(2, browser.Answers);
            Assert.IsTrue(upload.ClosedAt >= 1900 && upload.ClosedAt < 2700, "closed at " + upload.ClosedAt.ToString());
        }

        // One that was answered asks no more.
        [TestMethod]
        public void An_upload_that_goes_on_has_no_longest_turn_where_one_that_rests_is_idle_for_too_long()
        {
            ScriptedPlatform platform = Resting.Hurried();
            Http2Browser browser = new Http2Browser(3, 300);
            browser.Wanted = 4;
            platform.Add(browser);
            platform.Add(LoopTests.Polite(2, 100000), 100);
            browser.Pauses = 1;
            ScriptedClient upload = platform.Add(Resting.Upload(), 800);
            platform.Run(5000);
            Assert.AreEqual(2, browser.Answers);
            Assert.IsTrue(upload.ClosedAt >= 5000, "closed at " + upload.ClosedAt.ToString());
        }

        [TestMethod]
        public void With_several_places_events_over_http_1_go_on_although_all_are_taken()
        {
            HttpServerOptions options = Resting.Options(3);
            options.Connections = 2;
            options.Limits.Exchanges = 3;
            ScriptedPlatform platform = Resting.Prepare(new ScriptedPlatform(options));
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
            ScriptedPlatform platform = Resting.Make(1);
            Http2Browser browser = new Http2Browser(2, 1500);
            platform.Add(browser);
            platform.Add(new ScriptedClient(), 50);
            platform.Run(3000);
            Assert.AreEqual(2, browser.Answers);
            Assert.IsTrue(browser.Longest <= 2, "milliseconds: " + browser.Longest.ToString());

            // It is looked at no more often than one that has never rested.
            ScriptedPlatform quiet = Resting.Make(1);
            quiet.Add(new Http2Browser(2, 1500));
            quiet.Run(3000);
            Assert.IsTrue(platform.Looks < quiet.Looks + 30, platform.Looks.ToString() + " and " + quiet.Looks.ToString());
        }

        [TestMethod]
        public void A_client_with_tls_that_is_known_to_speak_http_1_is_served_beside_one_over_http_2()
        {
            ScriptedPlatform platform = Resting.MakeSecure(true);
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

        private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

        // Its next request comes over the same connection, and is answered with what HPACK knew before.
        [TestMethod]
        public void A_connection_over_http_2_that_is_idle_is_set_aside_with_its_dynamic_table()
        {
            ScriptedPlatform platform = Resting.Make(1);
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
        public void Over_http_1_nobody_has_to_end_for_a_handshake()
        {
            ScriptedPlatform platform = Resting.MakeSecure(true);
            Viewer viewer = Resting.Add(platform, false);
            ScriptedClient other = new ScriptedClient();
            other.IsSecure = true;
            other.Request = ScriptedTls.Greeting + ScriptedClient.Get;
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(1, other.Answers);
            Assert.IsTrue(other.Longest <= 10, "milliseconds: " + other.Longest.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_source_that_throws_when_it_is_asked_harms_nobody(bool http2)
        {
            ScriptedPlatform platform = Resting.Make(2);
            platform.Application.Source.ThrowsWhenAsked = true;
            platform.Application.Source.ThrowAt = 200;
            Resting.Add(platform, http2);
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
            ScriptedPlatform platform = Resting.Make(2);
            platform.Application.Source.Tells = false;
            Viewer viewer = Resting.Add(platform, http2);
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
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, http2);
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
            HttpServerOptions options = Resting.Options(2);
            options.Limits.IdleTimeout = 1000;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient idle = new ScriptedClient();
            idle.Octets = Http2Octets.Get("/gstatus");
            platform.Add(idle);
            platform.Add(LoopTests.Polite(1000, 20), 100);
            platform.Run(3000);
            Assert.IsTrue(idle.ClosedAt >= 1000 && idle.ClosedAt < 2400, "closed at " + idle.ClosedAt.ToString());
            Resting.AssertGoAway(idle);
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_server_that_stops_ends_what_rests(bool http2)
        {
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, http2);
            platform.Add(LoopTests.Polite(1000, 20), 100);
            platform.Run(2000);
            Assert.IsTrue(platform.EndedAt <= 2000 + 1100, "ended at " + platform.EndedAt.ToString());
            Assert.AreEqual(1, platform.Application.Source.Closings);
            Assert.AreEqual(0, platform.Open);
            if (http2)
            {
                Resting.AssertGoAway(viewer);
            }
        }

        // A crowd is over when nobody has asked for a second, whatever events come.
        [TestMethod]
        public void Events_do_not_keep_a_crowd_alive()
        {
            ScriptedPlatform platform = Resting.Make(4);
            platform.Application.Source.Tells = false;
            Viewer viewer = Resting.Add(platform, false);
            Resting.Add(platform, false);
            for (int i = 0; i < 20; i++)
            {
                ScriptedClient slow = new ScriptedClient();
                slow.Request = "G";
                platform.Add(slow, 200 + (20 * i));
            }

            ScriptedClient late = new ScriptedClient();
            late.Request = "GET / HTTP/1.1\r\nHost:";
            late.Drip = " d\r\n\r\n";
            late.DripTime = 200;
            platform.Add(late, 4000);
            ScriptedClient other = platform.Add(new ScriptedClient(), 4050);
            platform.Run(6000);
            Assert.AreEqual(1, other.Answers);
            Assert.AreEqual(1, late.Answers);
            Assert.IsTrue(viewer.ClosedAt >= 6000, "closed at " + viewer.ClosedAt.ToString());
        }

        // Its window may have been closed for all the time that it rested.
        [TestMethod]
        public void Who_has_rested_has_its_time_to_open_a_window()
        {
            HttpServerOptions options = Resting.Options(2);
            options.Limits.WriteTimeout = 1000;
            ScriptedPlatform platform = Resting.Prepare(new ScriptedPlatform(options));
            Viewer viewer = new Viewer(true);
            viewer.Octets = Http2Octets.WithWindow(3, viewer.Octets);
            platform.Add(viewer);
            platform.Add(new Publisher(3));
            platform.Add(LoopTests.Polite(2, 100000), 500);
            platform.Add(new Publisher(1), 2500);
            Noter noter = new Noter();
            platform.Add(noter, 3100);
            platform.Run(3200);
            Assert.AreEqual(3, viewer.Events);
            Assert.AreEqual(0, noter.Resets);
        }
    }
}
