using System;
using System.Text;
using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>How a server stops (RFC 9113 6.8, RFC 9112 9.6), with simulated time.</summary>
    [TestClass]
    public class StopTests
    {
        private const int DrainTimeout = 1000;
        private const int StoppedAt = 500;

        [TestMethod]
        public void Nobody_there_it_stops_within_a_tenth_of_a_second()
        {
            Assert.IsTrue(TimeToStop(Make()) <= 110);
        }

        [TestMethod]
        public void Silent_and_idle_connections_are_closed_at_once()
        {
            ScriptedPlatform platform = Make();
            ScriptedClient silent = new ScriptedClient();
            silent.Silence = ScriptedClient.Never;
            platform.Add(silent);
            ScriptedClient idle = platform.Add(LoopTests.Polite(2, 5000));
            Assert.IsTrue(TimeToStop(platform) <= 60);
            Assert.IsTrue(silent.ClosedAt >= StoppedAt);
            Assert.IsTrue(idle.ClosedAt >= StoppedAt);
            Assert.AreEqual(0, platform.Open);
            Assert.IsFalse(platform.Plain.IsListening);
        }

        [TestMethod]
        public void A_response_without_end_is_broken_off_when_its_time_is_over()
        {
            ScriptedPlatform platform = Make();
            platform.Application.Source.Length = int.MaxValue;
            platform.Application.Source.StallAt = 100;
            platform.Add(Client("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n"));
            int time = TimeToStop(platform);
            Assert.IsTrue(time >= DrainTimeout && time <= DrainTimeout + 300, "milliseconds: " + time.ToString());
            Assert.AreEqual(0, platform.Open);
        }

        [TestMethod]
        public void A_response_that_the_application_has_put_off_is_waited_for_as_long()
        {
            ScriptedPlatform platform = Make();
            platform.Add(Client("GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n"));
            int time = TimeToStop(platform);
            Assert.IsTrue(time >= DrainTimeout && time <= DrainTimeout + 300, "milliseconds: " + time.ToString());
            platform.Application.Deferred.Complete();
        }

        [TestMethod]
        public void A_client_that_takes_nothing_does_not_hold_it_up()
        {
            ScriptedPlatform platform = Make();
            platform.Application.Source.Length = int.MaxValue;
            ScriptedClient deaf = Client("GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n");
            deaf.IsDeaf = true;
            platform.Add(deaf);
            int time = TimeToStop(platform);
            Assert.IsTrue(time <= DrainTimeout + 300, "milliseconds: " + time.ToString());
        }

        [TestMethod]
        public void A_handshake_that_stalls_does_not_hold_it_up()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.TlsPort = 443;
            options.Tls = new ScriptedTls(false);
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Handshake = ScriptedTls.Stalls;
            ScriptedClient client = Client(ScriptedTls.Greeting);
            client.IsSecure = true;
            platform.Add(client);
            int time = TimeToStop(platform);
            Assert.IsTrue(time <= 60, "milliseconds: " + time.ToString());
            Assert.AreEqual(0, platform.Open);
        }

        [TestMethod]
        public void Http_2_is_told_and_given_the_same_time()
        {
            ScriptedPlatform platform = Make();

            // The preface, SETTINGS, its acknowledgement, and GET /gdefer on stream 1.
            byte[] rest =
            {
                0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0,
                0, 0, 14, 1, 5, 0, 0, 0, 1, 0x82, 4, 7, 0x2f, 0x67, 0x64, 0x65, 0x66, 0x65, 0x72, 0x86, 1, 1, 0x64,
            };
            byte[] preface = Encoding.UTF8.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            byte[] octets = new byte[preface.Length + rest.Length];
            Array.Copy(preface, octets, preface.Length);
            Array.Copy(rest, 0, octets, preface.Length, rest.Length);
            ScriptedClient client = new ScriptedClient();
            client.Octets = octets;
            platform.Add(client);
            int time = TimeToStop(platform);
            Assert.IsNotNull(platform.Application.Deferred);
            Assert.IsTrue(time >= DrainTimeout && time <= DrainTimeout + 300, "milliseconds: " + time.ToString());
            platform.Application.Deferred.Complete();
            Assert.AreEqual(0, platform.Open);
        }

        [TestMethod]
        public void It_can_be_started_again()
        {
            ScriptedPlatform platform = Make();
            TimeToStop(platform);
            ScriptedClient client = platform.Add(new ScriptedClient(), platform.Time + 10);
            platform.Run(platform.Time + 500);
            Assert.AreEqual(1, client.Answers);
        }

        private static ScriptedPlatform Make()
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Limits.DrainTimeout = DrainTimeout;
            return new ScriptedPlatform(options);
        }

        private static ScriptedClient Client(string request)
        {
            ScriptedClient client = new ScriptedClient();
            client.Request = request;
            return client;
        }

        private static int TimeToStop(ScriptedPlatform platform)
        {
            platform.Run(StoppedAt);
            return platform.EndedAt - StoppedAt;
        }
    }
}
