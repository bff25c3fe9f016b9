using Http2Nano.Hosting;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>What must not go wrong while a connection is set aside: failures, clients that take nothing, and news at a bad time.</summary>
    [TestClass]
    public class RestingFaultTests
    {
        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void Whatever_call_fails_each_source_is_closed_once_and_nothing_is_held(bool http2)
        {
            int calls = Play(0, http2);
            Assert.IsTrue(calls > 50, "calls: " + calls.ToString());
            for (int i = 1; i <= calls; i++)
            {
                Play(i, http2);
            }
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void Who_does_not_take_what_was_sent_holds_nobody_up(int what)
        {
            ScriptedPlatform platform = Resting.Make(2);
            platform.KeepsUntil = int.MaxValue;
            if (what < 2)
            {
                platform.Add(new Viewer(what == 1));
            }
            else
            {
                platform.Add(LoopTests.Polite(2, 100000));
            }

            ScriptedClient client = platform.Add(new ScriptedClient(), 500);
            platform.Run(3000);
            Assert.IsTrue(client.HeardFirst >= 0 && client.HeardFirst < 1100, "heard at " + client.HeardFirst.ToString());
        }

        // Two that take turns without anything to say do not keep the processor busy.
        [TestMethod]
        public void Sources_that_never_say_that_they_have_nothing_are_not_asked_without_a_pause()
        {
            ScriptedPlatform platform = Resting.Make(2);
            platform.Application.Source.Tells = false;
            platform.Add(new Viewer(false));
            platform.Add(new Viewer(false), 10);
            platform.Run(1000);
            int looks = platform.Looks;
            Assert.IsTrue(looks < 10000, "looks: " + looks.ToString());
        }

        // A scan of Wi-Fi takes a second and more.
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        public void A_response_that_is_put_off_is_not_broken_off_for_one_that_rests(int what)
        {
            ScriptedPlatform platform = Make(2, 2);
            Viewer viewer = new Viewer(false);
            platform.Add(viewer);
            if (what == 0)
            {
                platform.Add(new Publisher(20));
            }
            else
            {
                viewer.LeavesAt = 700;
            }

            ScriptedClient client = new ScriptedClient();
            client.Request = "GET /gdefer HTTP/1.1\r\nHost: d\r\n\r\n";
            platform.Add(client, 450);
            platform.Add(new Completer(), 1900);
            platform.Run(3000);
            Assert.IsTrue(client.HeardFirst >= 1900 && client.HeardFirst < 1950, "heard at " + client.HeardFirst.ToString());
            if (what == 0)
            {
                Assert.AreEqual(20, viewer.Events);
            }
            else
            {
                Assert.IsTrue(viewer.ClosedAt >= 700 && viewer.ClosedAt < 800, "closed at " + viewer.ClosedAt.ToString());
            }

            Assert.AreEqual(1, platform.Application.Source.Closings);
        }

        [TestMethod]
        public void A_request_that_comes_in_two_parts_is_not_refused_for_news()
        {
            ScriptedPlatform platform = Resting.Make(2);
            Viewer viewer = new Viewer(false);
            platform.Add(viewer);
            platform.Add(new Publisher(20));
            ScriptedClient slow = new ScriptedClient();
            slow.Request = "GET / HTTP/1.1\r\nHo";
            slow.Drip = "st: d\r\n\r\n";
            slow.DripTime = 900;
            platform.Add(slow, 450);
            platform.Run(3000);
            Assert.AreEqual(1, slow.Answers);
            Assert.AreEqual(20, viewer.Events);
        }

        [TestMethod]
        [DataRow(1500, true)]
        [DataRow(3000, false)]
        public void A_handshake_is_not_broken_off_for_news_at_once(int until, bool succeeds)
        {
            ScriptedPlatform platform = Resting.MakeSecure(true);
            Viewer viewer = Resting.Add(platform, false);
            platform.Add(new Publisher(20));
            platform.Handshake = ScriptedTls.Stalls;
            ScriptedClient client = new ScriptedClient();
            client.IsSecure = true;
            client.Request = ScriptedTls.Greeting + ScriptedClient.Get;
            platform.Add(client, 450);
            platform.Add(new Shaker(), 450 + until);
            platform.Run(5000);
            Assert.AreEqual(succeeds ? 1 : 0, client.Answers);
            Assert.AreEqual(20, viewer.Events);
            Assert.IsTrue(succeeds || (client.ClosedAt >= 2450 && client.ClosedAt < 2600), "closed at " + client.ClosedAt.ToString());
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void A_server_that_has_stopped_starts_again(bool http2)
        {
            ScriptedPlatform platform = Resting.Make(2);
            platform.Add(new Viewer(http2));
            platform.Add(LoopTests.Polite(1000, 20), 100);
            platform.Run(1000);
            Viewer viewer = new Viewer(!http2);
            platform.Add(viewer, platform.Time + 10);
            ScriptedClient poller = platform.Add(LoopTests.Polite(20, 20), platform.Time + 100);
            platform.Add(new Publisher(5), platform.Time + 200);
            platform.Run(platform.Time + 2000);
            Assert.AreEqual(20, poller.Answers);
            Assert.AreEqual(5, viewer.Events);
            Assert.AreEqual(2, platform.Application.Source.Closings);
            Assert.AreEqual(0, platform.Open);
        }

        private static int Play(int failing, bool http2)
        {
            HttpServerOptions options = Resting.Options(2);
            options.Limits.DrainTimeout = 100;
            options.Limits.FirstByteTimeout = 200;
            ScriptedPlatform platform = Resting.Prepare(new ScriptedPlatform(options));
            TestSource source = platform.Application.Source;
            Viewer first = new Viewer(http2);
            platform.Add(first);
            Viewer second = new Viewer(false);
            second.LeavesAt = 150;
            platform.Add(second, 5);
            platform.Add(LoopTests.Polite(3, 30), 20);
            Publisher publisher = new Publisher(5);
            publisher.Due = 40;
            platform.Add(publisher);
            ScriptedClient next = platform.Add(LoopTests.Polite(2, 20), 700);
            Viewer last = new Viewer(true);
            platform.Add(last, 900);
            platform.FailingCall = failing;
            platform.Run(1200);
            string behind = " behind the failure of call " + failing.ToString();
            Assert.AreEqual(2, next.Answers, "answers" + behind);
            Assert.IsTrue(first.HeardFirst < 0 || first.Events == 5 || first.ClosedAt < 500, "forgotten" + behind);
            Assert.AreEqual(0, platform.Open, "open connections" + behind);
            Assert.IsTrue(last.HeardFirst >= 0 && last.Heard.IndexOf("HTTP/1.1") < 0, "HTTP/2" + behind);
            Assert.AreEqual(platform.Application.Subscribed, source.Closings, "closings" + behind);
            return platform.Calls;
        }

        private static ScriptedPlatform Make(int silent, int exchanges)
        {
            HttpServerOptions options = Resting.Options(silent);
            options.Limits.Exchanges = exchanges;
            return Resting.Prepare(new ScriptedPlatform(options));
        }

        // Not a client: from here on handshakes succeed.
        private sealed class Shaker : ScriptedClient
        {
            internal override void Act(int time)
            {
                Due = Never;
                Platform.Handshake = ScriptedTls.Succeeds;
            }
        }
    }
}
