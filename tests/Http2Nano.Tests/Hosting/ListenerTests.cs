using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Pages that listen to events take turns, and are no crowd as long as there are moments when none waits.</summary>
    [TestClass]
    public class ListenerTests
    {
        private const string Listen = "GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n";

        // What the dashboard tells its pages.
        private const int Pause = 200;

        [TestMethod]
        public void Events_make_way_after_an_eighth_of_a_second()
        {
            GatedPeer client = Make(100);
            client.Send(Listen);
            int time = client.Wait(5000);
            Assert.IsTrue(time >= 125 && time <= 130, "milliseconds: " + time.ToString());
        }

        // A status of the dashboard, each few milliseconds.
        [TestMethod]
        public void Events_that_come_meanwhile_give_a_listener_no_second_turn()
        {
            GatedPeer client = Make(700);
            client.Send(Listen);
            client.Wait(60);
            client.Peer.Application.Source.StallAt = 1400;
            int time = client.Wait(5000);
            Assert.IsTrue(time >= 60 && time <= 70, "milliseconds: " + time.ToString());
        }

        [TestMethod]
        public void Events_that_come_one_by_one_are_no_transfer_that_may_go_on()
        {
            GatedPeer client = Make(100);
            client.Send(Listen);
            int time = 0;
            while (time < 1000 && client.Wait(0) == GatedPeer.Never)
            {
                time++;
                client.Peer.Application.Source.StallAt += time % 25 == 0 ? 50 : 0;
            }

            Assert.IsTrue(time >= 125 && time <= 130, "milliseconds: " + time.ToString());
        }

        [TestMethod]
        public void Listeners_that_come_after_a_pause_shorten_nobodys_time()
        {
            GatedPeer client = Make(100);
            for (int i = 0; i < 20; i++)
            {
                client.Send(Listen);
                int time = client.Wait(1000);
                Assert.IsTrue(time >= 125, "milliseconds: " + time.ToString());
                client.Connect();
                client.Alone(60);
                Assert.AreEqual(250, client.Grace(250));
                Assert.AreEqual(250, client.ParkedGrace);
            }
        }

        [TestMethod]
        public void Listeners_without_a_pause_shorten_the_time_of_listeners_alone()
        {
            GatedPeer client = Make(100);
            int all = 0;
            int last = int.MaxValue;
            for (int i = 0; i < 200; i++)
            {
                client.Send(Listen);
                int time = client.Wait(1000);
                Assert.IsTrue(time > 0 && time <= last, "not shorter: " + time.ToString());
                last = time;
                all += time;
                client.Connect();
                Assert.AreEqual(250, client.Grace(250));
                Assert.AreEqual(250, client.ParkedGrace);
            }

            Assert.IsTrue(all < 1500, "two hundred took milliseconds: " + all.ToString());
            Assert.AreEqual(3, last);
        }

        [TestMethod]
        public void A_listener_gives_those_behind_a_crowd_some_of_their_time_back()
        {
            GatedPeer client = Make(100);
            for (int i = 0; i < 10; i++)
            {
                client.Send("G");
                client.Wait(1000);
                client.Connect();
            }

            Assert.AreEqual(3, client.Grace(250));
            for (int i = 0; i < 12; i++)
            {
                client.Send(Listen);
                client.Wait(1000);
                client.Connect();
            }

            Assert.AreEqual(250, client.Grace(250));
        }

        // Behind a TLS handshake, or on a busy machine, the first octets are late.
        [TestMethod]
        [DataRow(2, 1)]
        [DataRow(2, 6)]
        [DataRow(4, 6)]
        public void Where_pages_take_turns_a_newcomer_that_is_slow_to_speak_is_heard(int pages, int places)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = places;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Application.Source.Length = int.MaxValue;
            platform.Application.Source.StallAt = 100;
            ScriptedClient[] viewers = new ScriptedClient[pages];
            for (int i = 0; i < pages; i++)
            {
                viewers[i] = EventServer.Http2Viewer();
                viewers[i].Due = 1 + (70 * i);
                viewers[i].Latency = 5;
                viewers[i].Returns = true;
                viewers[i].ReturnTime = Pause;
                platform.Add(viewers[i]);
            }

            ScriptedClient newcomer = LoopTests.Polite(40, 400);
            newcomer.Due = 5000;
            newcomer.ConnectsAnew = true;
            newcomer.Latency = 5;
            newcomer.Silence = 40;
            platform.Add(newcomer);
            platform.StopAt = 40000;
            platform.Run(40000);
            OutputHelper.WriteLine("longest " + newcomer.Longest.ToString() + " ms");
            Assert.AreEqual(40, newcomer.Answers);
            Assert.AreEqual(0, newcomer.CutOff);
            Assert.AreEqual(0, newcomer.Lost);
            Assert.IsTrue(newcomer.Longest <= 600, "milliseconds: " + newcomer.Longest.ToString());
        }

        private static GatedPeer Make(int stallAt)
        {
            GatedPeer client = new GatedPeer(new HttpServerOptions());
            client.Peer.Application.Source.Length = int.MaxValue;
            client.Peer.Application.Source.StallAt = stallAt;
            return client;
        }
    }
}
