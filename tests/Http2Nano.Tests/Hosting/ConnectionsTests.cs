using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Several connections that are served at once, with simulated time.</summary>
    [TestClass]
    public class ConnectionsTests
    {
        private const string Upload = "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 1000\r\n\r\n";

        [TestMethod]
        [DataRow(2)]
        [DataRow(4)]
        [DataRow(8)]
        public void Streams_of_events_hold_nobody_up_as_long_as_a_place_is_free(int connections)
        {
            ScriptedPlatform platform = EventServer.Make(connections);
            ScriptedClient[] viewers = new ScriptedClient[connections - 1];
            for (int i = 0; i < viewers.Length; i++)
            {
                viewers[i] = EventServer.Viewer();
                platform.Add(viewers[i]);
            }

            ScriptedClient poller = platform.Add(LoopTests.Polite(100, 50), 200);
            platform.Run(10000);
            Assert.AreEqual(100, poller.Answers);
            Assert.IsTrue(poller.Longest <= 15, "milliseconds: " + poller.Longest.ToString());
            for (int i = 0; i < viewers.Length; i++)
            {
                Assert.IsTrue(viewers[i].ClosedAt >= 10000, "closed at " + viewers[i].ClosedAt.ToString());
            }

            Assert.AreEqual(0, platform.Server.Counters.GaveWay);
        }

        [TestMethod]
        public void As_many_as_there_are_places_are_served_at_once_and_one_more_waits()
        {
            ScriptedPlatform platform = EventServer.Make(3);
            ScriptedClient[] deferred = new ScriptedClient[4];
            for (int i = 0; i < deferred.Length; i++)
            {
                deferred[i] = new ScriptedClient();
                deferred[i].Request = "GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n";
                deferred[i].Due = 1 + (5 * i);
                platform.Add(deferred[i]);
            }

            platform.Run(200);
            Assert.AreEqual(3, platform.Server.Counters.RequestsBegun);
        }

        [TestMethod]
        public void When_all_places_are_taken_the_one_served_longest_makes_way_and_no_other()
        {
            ScriptedPlatform platform = EventServer.Make(4);
            ScriptedClient[] viewers = new ScriptedClient[4];
            for (int i = 0; i < viewers.Length; i++)
            {
                viewers[i] = EventServer.Viewer();
                viewers[i].Due = 1 + (100 * i);
                platform.Add(viewers[i]);
            }

            ScriptedClient poller = platform.Add(new ScriptedClient(), 2000);
            platform.Run(5000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(poller.Longest <= 600, "milliseconds: " + poller.Longest.ToString());
            Assert.IsTrue(viewers[0].ClosedAt >= 2000 && viewers[0].ClosedAt < 2600, "closed at " + viewers[0].ClosedAt.ToString());
            for (int i = 1; i < viewers.Length; i++)
            {
                Assert.IsTrue(viewers[i].ClosedAt >= 5000, "closed at " + viewers[i].ClosedAt.ToString());
            }
        }

        [TestMethod]
        public void One_that_moves_nothing_makes_way_before_one_that_was_served_longer()
        {
            ScriptedPlatform platform = EventServer.Make(2);
            ScriptedClient viewer = platform.Add(EventServer.Viewer());
            ScriptedClient stalled = new ScriptedClient();
            stalled.Request = Upload;
            stalled.Due = 500;
            platform.Add(stalled);
            ScriptedClient poller = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(poller.Longest <= 300, "milliseconds: " + poller.Longest.ToString());
            Assert.IsTrue(stalled.ClosedAt < 1400, "closed at " + stalled.ClosedAt.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        public void Of_two_downloads_that_go_well_only_the_one_served_longer_has_had_its_turn()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Connections = 2;
            options.MaximumTurn = 1000;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Application.Source.Length = int.MaxValue;
            ScriptedClient older = platform.Add(EventServer.Viewer());
            ScriptedClient younger = platform.Add(EventServer.Viewer(), 200);
            ScriptedClient poller = platform.Add(new ScriptedClient(), 500);
            platform.Run(2000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(older.ClosedAt >= 1400 && older.ClosedAt < 1700, "closed at " + older.ClosedAt.ToString());
            Assert.IsTrue(younger.ClosedAt >= 2000, "closed at " + younger.ClosedAt.ToString());
        }

        // A download that has had its turn is finished first, and a slow upload beside it is left alone.
        [TestMethod]
        public void While_one_is_ending_no_other_has_to_make_way()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Connections = 2;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Application.Source.Length = int.MaxValue;
            ScriptedClient ending = platform.Add(EventServer.Viewer());
            ScriptedClient slow = new ScriptedClient();
            slow.Request = Upload.Substring(0, Upload.Length - 2);
            slow.Drip = "\r\n";
            slow.DripTime = 160;
            slow.Due = 740;
            platform.Add(slow);
            platform.Add(new ScriptedClient(), 750);
            platform.Run(2000);
            Assert.AreEqual(1, platform.Server.Counters.GaveWay);
            Assert.IsTrue(ending.ClosedAt >= 2000, "closed at " + ending.ClosedAt.ToString());
            Assert.IsTrue(slow.ClosedAt >= 2000, "closed at " + slow.ClosedAt.ToString());
        }

        [TestMethod]
        public void A_connection_that_is_idle_over_http_2_makes_way_first()
        {
            ScriptedPlatform platform = EventServer.Make(2);
            ScriptedClient viewer = platform.Add(EventServer.Viewer());
            ScriptedClient idle = LoopTests.Polite(2, 100000);
            idle.Octets = Http2Octets.Get(1);
            idle.Due = 500;
            platform.Add(idle);
            ScriptedClient poller = platform.Add(new ScriptedClient(), 2000);
            platform.Run(4000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(poller.Longest <= 50, "milliseconds: " + poller.Longest.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 4000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        public void A_client_with_many_connections_gives_up_its_own_for_another_client()
        {
            ScriptedPlatform platform = EventServer.Make(4);
            ScriptedClient other = platform.Add(EventServer.Viewer(), 1, 7);
            for (int i = 0; i < 3; i++)
            {
                platform.Add(EventServer.Viewer(), 100 + i, 1);
            }

            ScriptedClient newcomer = platform.Add(EventServer.Viewer(), 1000, 9);
            platform.Run(4000);
            Assert.IsTrue(newcomer.HeardFirst > 0 && newcomer.HeardFirst < 1700, "served at " + newcomer.HeardFirst.ToString());
            Assert.IsTrue(other.ClosedAt >= 4000, "closed at " + other.ClosedAt.ToString());
            Assert.IsTrue(newcomer.ClosedAt >= 4000, "closed at " + newcomer.ClosedAt.ToString());
        }

        [TestMethod]
        public void A_client_that_has_as_many_places_as_any_other_takes_none_from_it()
        {
            ScriptedPlatform platform = EventServer.Make(2);
            ScriptedClient other = platform.Add(EventServer.Viewer(), 1, 2);
            ScriptedClient own = platform.Add(EventServer.Viewer(), 100, 1);
            ScriptedClient more = platform.Add(new ScriptedClient(), 1000, 1);
            platform.Run(3000);
            Assert.AreEqual(1, more.Answers);
            Assert.IsTrue(other.ClosedAt >= 3000, "closed at " + other.ClosedAt.ToString());
            Assert.IsTrue(own.ClosedAt < 1600, "closed at " + own.ClosedAt.ToString());
        }

        // The one that came first has the last of the four places, because the free place that was left first is taken first.
        [TestMethod]
        public void Of_two_that_wait_the_one_that_has_waited_longer_is_served_first()
        {
            ScriptedPlatform platform = EventServer.Make(2);
            platform.Add(EventServer.Viewer());
            ScriptedClient quick = new ScriptedClient();
            quick.Due = 100;
            quick.ConnectsAnew = true;
            platform.Add(quick);
            platform.Add(EventServer.Viewer(), 400);
            ScriptedClient first = platform.Add(EventServer.Viewer(), 1000);
            ScriptedClient second = platform.Add(EventServer.Viewer(), 1010);
            platform.Run(3000);
            Assert.AreEqual(1, quick.Answers);
            Assert.IsTrue(first.HeardFirst > 0 && first.HeardFirst + 20 < second.HeardFirst, "served at " + first.HeardFirst.ToString() + " and " + second.HeardFirst.ToString());
        }

        [TestMethod]
        public void A_client_with_six_sockets_keeps_no_other_one_out()
        {
            ScriptedPlatform platform = EventServer.Make(4);
            for (int i = 0; i < 6; i++)
            {
                ScriptedClient greedy = EventServer.Viewer();
                greedy.Number = 1;
                greedy.Returns = true;
                platform.Add(greedy);
            }

            ScriptedClient other = platform.Add(EventServer.Viewer(), 300, 2);
            ScriptedClient poller = LoopTests.Polite(20, 300);
            poller.Number = 3;
            poller.Due = 1000;
            poller.Returns = true;
            platform.Add(poller);
            platform.Run(20000);
            Assert.AreEqual(20, poller.Answers);
            Assert.IsTrue(poller.Longest <= 1000, "milliseconds: " + poller.Longest.ToString());
            Assert.IsTrue(other.ClosedAt >= 20000, "closed at " + other.ClosedAt.ToString());
        }

        // It keeps connections for ever, ends its side and waits, and asks without end; whoever comes beside it is served.
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        [DataRow(4)]
        public void A_proxy_that_does_everything_wrong_holds_at_most_its_places(int connections)
        {
            ScriptedPlatform platform = EventServer.Make(connections);
            for (int i = 0; i < 6; i++)
            {
                ScriptedClient proxy = i % 3 == 0 ? EventServer.Viewer() : new ScriptedClient();
                proxy.Number = 1;
                proxy.Due = 1 + i;
                proxy.Returns = true;
                if (i % 3 == 1)
                {
                    proxy.Request = EventServer.Events;
                    proxy.EndsBehind = true;
                }
                else if (i % 3 == 2)
                {
                    proxy.Request = EventServer.Events;
                    proxy.Drip = ScriptedClient.Get;
                    proxy.DripTime = 5;
                }

                platform.Add(proxy);
            }

            ScriptedClient other = LoopTests.Polite(20, 300);
            other.Number = 2;
            other.Due = 1000;
            other.ConnectsAnew = true;
            platform.Add(other);
            platform.Run(30000);
            Assert.AreEqual(20, other.Answers);
            Assert.AreEqual(0, other.Lost);
            Assert.IsTrue(other.Longest <= 2000, "milliseconds: " + other.Longest.ToString());
        }

        [TestMethod]
        [DataRow(4, 1)]
        [DataRow(4, 10)]
        [DataRow(8, 1)]
        public void A_hundred_slow_bodies_cost_an_honest_client_less_than_two_seconds(int connections, int shortestWait)
        {
            ScriptedPlatform platform = EventServer.Make(connections);
            platform.ShortestWait = shortestWait;
            platform.AddSlowBodies();
            ScriptedClient honest = LoopTests.Polite(40, 500);
            honest.ConnectsAnew = true;
            platform.Add(honest);
            platform.Run(25000);
            Assert.AreEqual(40, honest.Answers);
            Assert.AreEqual(0, honest.Lost);
            Assert.IsTrue(honest.Longest <= 2000, "milliseconds: " + honest.Longest.ToString());
        }

        [TestMethod]
        public void All_are_told_when_the_server_stops_and_all_are_closed()
        {
            ScriptedPlatform platform = EventServer.Make(4);
            for (int i = 0; i < 3; i++)
            {
                platform.Add(EventServer.Viewer());
            }

            ScriptedClient idle = LoopTests.Polite(2, 100000);
            idle.Octets = Http2Octets.Get(1);
            platform.Add(idle);
            platform.Run(500);
            Assert.AreEqual(0, platform.Open);
            Assert.IsTrue(platform.EndedAt >= 1500 && platform.EndedAt < 1900, "ended at " + platform.EndedAt.ToString());
            Assert.IsTrue(idle.ClosedAt < 600, "closed at " + idle.ClosedAt.ToString());
        }

        [TestMethod]
        public void More_connections_than_exchanges_are_refused()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Connections = 3;
            try
            {
                options.Validate();
            }
            catch (System.ArgumentException exception)
            {
                Assert.IsTrue(exception.Message.IndexOf("Exchanges") > 0, exception.Message);
                return;
            }

            Assert.IsTrue(false, "It was not refused.");
        }
    }
}
