using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>The server's loop from the first client to the last, with simulated time.</summary>
    [TestClass]
    public class LoopTests
    {
        [TestMethod]
        public void A_client_is_answered_and_kept_until_it_has_been_idle_for_too_long()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Limits.IdleTimeout = 2000;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient client = new ScriptedClient();
            client.Due = 100;
            client.Wanted = 4;
            client.Pause = 500;
            ScriptedClient idle = new ScriptedClient();
            idle.Due = 3000;
            idle.Wanted = 2;
            idle.Pause = 5000;
            platform.Add(client);
            platform.Add(idle);
            platform.Run(6000);
            Assert.AreEqual(4, client.Answers);
            Assert.AreEqual(1, client.Connections);
            Assert.IsTrue(client.Longest <= 25, "milliseconds: " + client.Longest.ToString());
            Assert.IsTrue(idle.ClosedAt >= idle.LastAnswer + 2000 && idle.ClosedAt < idle.LastAnswer + 2100, "closed at " + idle.ClosedAt.ToString());
            Assert.AreEqual(0, platform.Open);
        }

        [TestMethod]
        public void One_that_was_set_aside_is_closed_when_it_has_been_idle_for_as_long()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Limits.IdleTimeout = 1000;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient idle = Polite(2, 5000);
            ScriptedClient busy = Polite(40, 50);
            busy.Due = 20;
            platform.Add(idle);
            platform.Add(busy);
            platform.Run(3000);
            Assert.AreEqual(40, busy.Answers);
            Assert.IsTrue(idle.ClosedAt >= idle.LastAnswer + 1000 && idle.ClosedAt < idle.LastAnswer + 1100, "closed at " + idle.ClosedAt.ToString());
        }

        [TestMethod]
        public void A_silent_newcomer_holds_nobody_up_and_is_answered_when_it_speaks()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient silent = new ScriptedClient();
            silent.Silence = 3000;
            ScriptedClient other = Polite(20, 100);
            other.Due = 50;
            platform.Add(silent);
            platform.Add(other);
            platform.Run(5000);
            Assert.AreEqual(20, other.Answers);
            Assert.AreEqual(1, other.Connections);
            Assert.IsTrue(other.Longest <= 10, "milliseconds: " + other.Longest.ToString());
            Assert.AreEqual(1, silent.Answers);
            Assert.AreEqual(0, silent.CutOff);
        }

        // A request may be on its way to the one that has been answered.
        [TestMethod]
        public void A_silent_newcomer_loses_its_place_before_an_idle_one_that_has_been_answered()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = 2;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient idle = platform.Add(Polite(2, 5000));
            ScriptedClient silent = new ScriptedClient();
            silent.Due = 20;
            silent.Silence = ScriptedClient.Never;
            platform.Add(silent);
            ScriptedClient deferred = new ScriptedClient();
            deferred.Request = "GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n";
            deferred.Due = 40;
            platform.Add(deferred);
            platform.Add(new ScriptedClient(), 100);
            platform.Run(500);
            Assert.AreEqual(1, silent.CutOff);
            Assert.IsTrue(silent.ClosedAt < 500, "closed at " + silent.ClosedAt.ToString());
            Assert.AreEqual(1, idle.Connections);
        }

        // Neither is the deferred response, which is served meanwhile, hurried for that: an idle connection held nobody up.
        [TestMethod]
        public void Of_two_that_were_set_aside_the_one_that_has_been_idle_longer_loses_its_place()
        {
            ScriptedPlatform platform = new ScriptedPlatform(OfThreePlaces());
            ScriptedClient longer = Polite(2, 50000);
            ScriptedClient shorter = Polite(2, 50000);
            ScriptedClient deferred = AddIdle(platform, longer, shorter, 1);
            ScriptedClient next = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.IsTrue(longer.ClosedAt >= 1000 && longer.ClosedAt < 1010, "closed at " + longer.ClosedAt.ToString());
            Assert.IsTrue(shorter.ClosedAt >= 3000, "closed at " + shorter.ClosedAt.ToString());
            Assert.IsTrue(deferred.ClosedAt >= 1500 && deferred.ClosedAt < 1520, "closed at " + deferred.ClosedAt.ToString());
            Assert.AreEqual(1, next.Answers);
        }

        [TestMethod]
        public void A_request_that_may_be_on_its_way_to_one_that_was_set_aside_has_its_round_trip_in_any_crowd()
        {
            ScriptedPlatform platform = new ScriptedPlatform(OfThreePlaces());
            for (int i = 0; i < 10; i++)
            {
                ScriptedClient slow = new ScriptedClient();
                slow.Request = "G";
                platform.Add(slow);
            }

            ScriptedClient longer = Polite(2, 50000);
            ScriptedClient shorter = Polite(2, 50000);
            AddIdle(platform, longer, shorter, 800);
            ScriptedClient next = platform.Add(new ScriptedClient(), 860);
            platform.Run(3000);
            int idle = longer.ClosedAt - shorter.LastAnswer;
            Assert.IsTrue(idle >= 190 && idle < 210, "milliseconds: " + idle.ToString());
            Assert.AreEqual(1, next.Answers);
        }

        [TestMethod]
        public void There_are_never_more_connections_than_places()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = 3;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            for (int i = 0; i < 60; i++)
            {
                ScriptedClient client = Polite(10, 10 * (i % 9));
                client.Silence = i % 3 == 0 ? ScriptedClient.Never : i % 50;
                client.Returns = true;
                client.Due = 3 * i;
                platform.Add(client);
            }

            platform.Run(5000);
            Assert.AreEqual(4, platform.MostOpen);
            Assert.AreEqual(0, platform.Open);
        }

        [TestMethod]
        public void What_a_client_asked_for_is_answered_although_it_has_ended_its_side()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient client = new ScriptedClient();
            client.EndsBehind = true;
            platform.Add(client);
            platform.Run(1000);
            Assert.AreEqual(1, client.Answers);
        }

        [TestMethod]
        public void A_handler_that_throws_ends_nobody_elses_connection()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient client = new ScriptedClient();
            client.Request = "GET /gthrow HTTP/1.1\r\nHost: d\r\n\r\n";
            ScriptedClient next = Polite(3, 100);
            next.Due = 10;
            platform.Add(client);
            platform.Add(next);
            platform.Run(2000);
            Assert.IsTrue(client.Heard.IndexOf(" 500 ") > 0, client.Heard);
            Assert.AreEqual(3, next.Answers);
        }

        [TestMethod]
        [DataRow(1536, 1)]
        [DataRow(4096, 1)]
        [DataRow(32768, 2)]
        public void A_long_body_goes_out_in_full_segments(int buffer, int segmentsOfACall)
        {
            const int Length = 144000;
            HttpServerOptions options = new HttpServerOptions();
            options.Limits.TransmitBufferSize = buffer;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Application.Source.Length = Length;
            platform.Application.Announced = Length;
            ScriptedClient client = new ScriptedClient();
            client.Request = "GET /gsource HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";
            platform.Add(client);
            platform.Run(500);
            int idle = Looks();
            Assert.IsTrue(client.ClosedAt >= 0 && client.ClosedAt < 400, "closed at " + client.ClosedAt.ToString());
            Assert.IsTrue(platform.Sends <= (100 / segmentsOfACall) + 2, "sends: " + platform.Sends.ToString());
            Assert.AreEqual(1, platform.ShortSends, "sends of a part of a segment");
            Assert.IsTrue(platform.Looks - idle <= 200, "looks: " + (platform.Looks - idle).ToString());
        }

        [TestMethod]
        public void A_connection_is_not_closed_before_the_transport_has_passed_on_what_it_kept()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            platform.KeepsUntil = 700;
            ScriptedClient closing = new ScriptedClient();
            closing.Request = "GET / HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";
            platform.Add(closing);
            platform.Run(2000);
            Assert.AreEqual(1, closing.Answers);
            Assert.IsTrue(closing.ClosedAt >= 700 && closing.ClosedAt < 1000, "closed at " + closing.ClosedAt.ToString());

            platform = new ScriptedPlatform(new HttpServerOptions());
            platform.KeepsUntil = 700;
            ScriptedClient ended = new ScriptedClient();
            ended.EndsBehind = true;
            platform.Add(ended);
            platform.Run(2000);
            Assert.AreEqual(1, ended.Answers);
            Assert.IsTrue(ended.ClosedAt >= 700 && ended.ClosedAt < 1000, "closed at " + ended.ClosedAt.ToString());
        }

        // Each look takes operations, and a battery.
        [TestMethod]
        public void Nobody_there_it_looks_seldom_and_hears_the_first_client_at_once()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient client = Polite(1, 0);
            client.Due = 9050;
            platform.Add(client);
            platform.StopAt = 9100;
            platform.Run(9100);
            Assert.AreEqual(1, client.Answers);
            Assert.IsTrue(client.Longest <= 3, "milliseconds: " + client.Longest.ToString());
            Assert.IsTrue(platform.Looks <= 250, "looks: " + platform.Looks.ToString());
        }

        [TestMethod]
        public void Nobody_there_a_client_of_either_port_waits_a_fiftieth_of_a_second_at_most()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.TlsPort = 443;
            options.Tls = new ScriptedTls(false);
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient client = Polite(1, 0);
            client.Due = 10000;
            platform.Add(client);
            platform.StopAt = 10100;
            platform.Run(10100);
            Assert.AreEqual(1, client.Answers);
            Assert.IsTrue(client.Longest <= 23, "milliseconds: " + client.Longest.ToString());
            Assert.IsTrue(platform.Looks <= 1500, "looks: " + platform.Looks.ToString());
        }

        // What a server that nobody comes to looks at in the same time.
        private static int Looks()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            platform.Run(500);
            return platform.Looks;
        }

        internal static ScriptedClient Polite(int wanted, int pause)
        {
            ScriptedClient client = new ScriptedClient();
            client.Wanted = wanted;
            client.Pause = pause;
            return client;
        }

        private static HttpServerOptions OfThreePlaces()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = 2;
            options.Limits.DrainTimeout = 500;
            return options;
        }

        // Two are answered and set aside, the first one for the second, and that for a third, whose response is deferred.
        private static ScriptedClient AddIdle(ScriptedPlatform platform, ScriptedClient first, ScriptedClient second, int due)
        {
            first.Due = due;
            platform.Add(first);
            second.Due = due + 20;
            platform.Add(second);
            ScriptedClient deferred = new ScriptedClient();
            deferred.Request = "GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n";
            deferred.Due = due + 40;
            platform.Add(deferred);
            return deferred;
        }
    }
}
