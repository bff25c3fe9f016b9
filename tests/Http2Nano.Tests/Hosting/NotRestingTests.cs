using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Who is not set aside, although he waits for events only, and what is not done beside one that is.</summary>
    [TestClass]
    public class NotRestingTests
    {
        private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

        [TestMethod]
        public void Before_another_client_over_http_2_is_served_the_one_that_rests_is_told_to_end()
        {
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, true);
            ScriptedClient poller = platform.Add(LoopTests.Polite(100, 20), 100);
            ScriptedClient other = new ScriptedClient();
            other.Octets = Http2Octets.Get(1);
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(100, poller.Answers);
            Assert.IsTrue(viewer.ClosedAt > 1100 && viewer.ClosedAt < 1300, "closed at " + viewer.ClosedAt.ToString());
            Assert.IsTrue(viewer.Heard.IndexOf("hello") < 0);
            Resting.AssertGoAway(viewer);
            Assert.IsTrue(other.HeardFirst > 1100 && other.HeardFirst < 1300, "heard at " + other.HeardFirst.ToString());
            Assert.AreEqual(1, platform.Application.Source.Closings);
        }

        // As one that uses ALPN does; what it speaks is not known before the handshake.
        [TestMethod]
        public void Before_a_handshake_the_one_that_rests_over_http_2_is_told_to_end()
        {
            ScriptedPlatform platform = Resting.MakeSecure(true);
            Viewer viewer = Resting.Add(platform, true);
            ScriptedClient poller = platform.Add(LoopTests.Polite(100, 20), 100);
            ScriptedClient other = new ScriptedClient();
            other.IsSecure = true;
            other.Request = ScriptedTls.Greeting + ScriptedClient.Get;
            platform.Add(other, 1000);
            platform.Run(3000);
            Assert.AreEqual(100, poller.Answers);
            Assert.AreEqual(1, other.Answers);
            Assert.IsTrue(viewer.ClosedAt > 1100 && viewer.ClosedAt < 1300, "closed at " + viewer.ClosedAt.ToString());
            Resting.AssertGoAway(viewer);
        }

        // There is no memory for the sessions of two.
        [TestMethod]
        public void With_tls_for_one_connection_a_stream_of_events_makes_way()
        {
            ScriptedPlatform platform = Resting.MakeSecure(false);
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
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, true);
            ScriptedClient newcomer = new ScriptedClient();
            newcomer.Request = beginning;
            platform.Add(newcomer, 1000);
            platform.Run(3000);
            Resting.AssertGoAway(viewer);
            Assert.AreEqual(0, platform.Server.Counters.OutOfMemory);
        }

        [TestMethod]
        public void One_who_has_spoken_http_1_cannot_change_to_http_2_meanwhile()
        {
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, true);
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
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, true);
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
            ScriptedPlatform platform = Resting.Make(1);
            Viewer viewer = Resting.Add(platform, http2);
            ScriptedClient poller = platform.Add(LoopTests.Polite(90, 20), 100);
            ScriptedClient third = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, third.Answers);
            Assert.IsTrue(third.Longest <= 400, "milliseconds: " + third.Longest.ToString());
            Assert.AreEqual(0, poller.Lost);
            Assert.AreEqual(90, poller.Answers);
            Assert.IsTrue(viewer.HeardFirst > 0);
        }

        // Nothing is lost with the connection that is idle.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void An_idle_connection_loses_its_place_before_one_with_events(bool http2)
        {
            ScriptedPlatform platform = Resting.Make(1);
            Viewer viewer = Resting.Add(platform, http2);
            platform.Add(LoopTests.Polite(2, 100000), 100);
            ScriptedClient third = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, third.Answers);
            Assert.IsTrue(third.Longest <= 220, "milliseconds: " + third.Longest.ToString());
            Assert.IsTrue(viewer.ClosedAt >= 3000, "closed at " + viewer.ClosedAt.ToString());
        }

        [TestMethod]
        public void All_places_full_of_events_one_makes_way_for_a_request()
        {
            ScriptedPlatform platform = Resting.Make(2);
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

        // What is unsent would be lost.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_client_that_takes_nothing_is_not_set_aside(bool http2)
        {
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = Resting.Add(platform, http2);
            viewer.IsDeaf = true;
            ScriptedClient poller = platform.Add(LoopTests.Polite(20, 20), 500);
            platform.Run(3000);
            Assert.AreEqual(20, poller.Answers);
            Assert.IsTrue(viewer.ClosedAt > 500 && viewer.ClosedAt < 1100, "closed at " + viewer.ClosedAt.ToString());
        }

        // Nothing is sent for one that rests.
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Nobody_rests_before_everything_is_sent(bool http2)
        {
            ScriptedPlatform platform = Resting.Make(2);
            platform.KeepsUntil = 1000;
            Viewer viewer = Resting.Add(platform, http2);
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
            ScriptedPlatform platform = Resting.Make(2);
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
    }
}
