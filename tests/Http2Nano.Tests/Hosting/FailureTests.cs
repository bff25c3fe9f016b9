using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>What fails outside of the server costs at most a connection.</summary>
    [TestClass]
    public class FailureTests
    {
        [TestMethod]
        public void A_listening_socket_that_has_failed_is_made_again()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient before = new ScriptedClient();
            ScriptedClient after = new ScriptedClient();
            after.Due = 1000;
            platform.Add(before);
            platform.Add(after);
            platform.Add(Breaker.At(500, false));
            platform.Run(3000);
            Assert.AreEqual(1, before.Answers);
            Assert.AreEqual(1, after.Answers);
            Assert.AreEqual(2, platform.Plain.AttemptCount);
        }

        [TestMethod]
        public void One_that_fails_without_saying_so_is_made_again_when_it_has_accepted_nobody_for_a_while()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient after = platform.Add(new ScriptedClient(), 2000);
            platform.Add(Breaker.At(500, true));
            platform.Run(4000);
            Assert.AreEqual(1, after.Answers);
            Assert.AreEqual(2, platform.Plain.AttemptCount);
        }

        [TestMethod]
        public void The_pause_grows_with_each_attempt_that_fails()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            Breaker breaker = Breaker.At(100, false);
            breaker.Refusals = 20;
            platform.Add(breaker);
            platform.Run(60000);
            ScriptedListener listener = platform.Plain;
            Assert.IsTrue(listener.AttemptCount > 10 && listener.AttemptCount < 22, "attempts: " + listener.AttemptCount.ToString());
            for (int i = 3; i < listener.AttemptCount; i++)
            {
                int pause = listener.Attempts[i] - listener.Attempts[i - 1];
                int last = listener.Attempts[i - 1] - listener.Attempts[i - 2];
                Assert.IsTrue(pause >= last - 30 && pause <= 5030, "pauses: " + last.ToString() + " and " + pause.ToString());
            }
        }

        [TestMethod]
        public void Nobody_makes_way_for_a_listening_socket_that_has_failed()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient client = platform.Add(LoopTests.Polite(20, 50));
            Breaker breaker = Breaker.At(100, true);
            breaker.Refusals = 1000;
            platform.Add(breaker);
            platform.Run(3000);
            Assert.AreEqual(20, client.Answers);
            Assert.AreEqual(1, client.Connections);
            Assert.IsTrue(client.Longest <= 25, "milliseconds: " + client.Longest.ToString());
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void Whatever_call_fails_the_next_client_is_served_and_nothing_is_held(int handshake)
        {
            int calls = Play(0, handshake);
            Assert.IsTrue(calls > 50, "calls: " + calls.ToString());
            for (int i = 1; i <= calls; i++)
            {
                Play(i, handshake);
            }
        }

        [TestMethod]
        public void A_connection_that_throws_again_and_again_is_closed_at_once()
        {
            ScriptedPlatform platform = new ScriptedPlatform(new HttpServerOptions());
            ScriptedClient broken = new ScriptedClient();
            broken.IsBroken = true;
            ScriptedClient next = LoopTests.Polite(3, 100);
            next.Due = 10;
            platform.Add(broken);
            platform.Add(next);
            platform.Run(2000);
            Assert.IsTrue(broken.ClosedAt >= 0 && broken.ClosedAt < 50, "closed at " + broken.ClosedAt.ToString());
            Assert.AreEqual(3, next.Answers);
            Assert.AreEqual(1, platform.Server.Counters.ConnectionErrors);
        }

        [TestMethod]
        public void A_listening_socket_that_has_failed_ends_no_connection()
        {
            HttpServerOptions options = new HttpServerOptions();
            ScriptedPlatform platform = new ScriptedPlatform(options);
            ScriptedClient client = LoopTests.Polite(2, 100000);
            client.Octets = Http2Octets.Get(1);
            platform.Add(client);
            ScriptedClient silent = new ScriptedClient();
            silent.Silence = ScriptedClient.Never;
            silent.Due = 10;
            platform.Add(silent);
            Breaker breaker = Breaker.At(100, false);
            breaker.Refusals = 1000;
            platform.Add(breaker);
            platform.Run(3000);
            Assert.IsTrue(client.ClosedAt >= 3000, "closed at " + client.ClosedAt.ToString());
            Assert.IsTrue(silent.ClosedAt >= 3000, "closed at " + silent.ClosedAt.ToString());
        }

        private static int Play(int failing, int handshake)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.TlsPort = 443;
            options.Tls = new ScriptedTls(failing % 2 == 0);
            options.HandshakeTimeout = 100;
            options.Limits.FirstByteTimeout = 200;
            options.Limits.IdleTimeout = 200;
            options.Limits.BodyTimeout = 200;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Handshake = handshake;
            platform.Add(LoopTests.Polite(2, 5));
            ScriptedClient silent = new ScriptedClient();
            silent.Silence = 8;
            platform.Add(silent);
            ScriptedClient secure = new ScriptedClient();
            secure.IsSecure = true;
            secure.Request = ScriptedTls.Greeting;
            secure.Drip = ScriptedClient.Get;
            secure.DripTime = 5;
            secure.Due = 2;
            platform.Add(secure);
            ScriptedClient upload = new ScriptedClient();
            upload.Request = "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 10\r\n\r\n";
            upload.Due = 4;
            platform.Add(upload);
            ScriptedClient next = platform.Add(LoopTests.Polite(2, 20), 700);

            platform.FailingCall = failing;
            platform.Run(1000);
            Assert.AreEqual(2, next.Answers, "answers behind the failure of call " + failing.ToString());
            Assert.AreEqual(0, platform.Open, "open connections behind the failure of call " + failing.ToString());
            Assert.IsFalse(platform.Plain.IsListening || platform.Secure.IsListening, "listening behind the failure of call " + failing.ToString());
            return platform.Calls;
        }
    }
}
