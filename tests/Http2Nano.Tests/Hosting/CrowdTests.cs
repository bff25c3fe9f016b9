using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>Crowds, with simulated time: who holds a server up, and what an honest client notices of it.</summary>
    [TestClass]
    public class CrowdTests
    {
        private const int LongestDelay = 2000;

        [TestMethod]
        [DataRow(1, 1, 255)]
        [DataRow(10, 1, 255)]
        [DataRow(1, 6, 255)]
        [DataRow(10, 6, 255)]
        public void Two_hundred_silent_ones_before_it_cost_a_client_less_than_two_seconds(int shortestWait, int places, int backlog)
        {
            ScriptedPlatform platform = Make(shortestWait, places, backlog);
            for (int i = 0; i < 200; i++)
            {
                ScriptedClient silent = new ScriptedClient();
                silent.Silence = ScriptedClient.Never;
                platform.Add(silent);
            }

            ScriptedClient honest = new ScriptedClient();
            honest.Due = 1;
            honest.Returns = true;
            platform.Add(honest);
            platform.Run(12000);
            Assert.AreEqual(1, honest.Answers);
            OutputHelper.WriteLine("milliseconds: " + honest.Longest.ToString());
            Assert.IsTrue(honest.Longest <= LongestDelay, "milliseconds: " + honest.Longest.ToString());
        }

        [TestMethod]
        [DataRow(1, 1)]
        [DataRow(10, 1)]
        [DataRow(1, 6)]
        [DataRow(10, 6)]
        public void A_hundred_slow_bodies_do_not_keep_newcomers_from_connecting(int shortestWait, int places)
        {
            ScriptedPlatform platform = Make(shortestWait, places, 4);
            platform.AddSlowBodies();
            ScriptedClient honest = LoopTests.Polite(40, 500);
            honest.ConnectsAnew = true;
            platform.Add(honest);
            platform.Run(25000);
            OutputHelper.WriteLine("longest " + honest.Longest.ToString() + " ms, connections " + honest.Connections.ToString());
            Assert.AreEqual(40, honest.Answers);
            Assert.AreEqual(0, honest.Lost);
            Assert.IsTrue(honest.Longest <= LongestDelay, "milliseconds: " + honest.Longest.ToString());
        }

        [TestMethod]
        [DataRow(1, 1)]
        [DataRow(10, 1)]
        [DataRow(1, 6)]
        public void Twenty_honest_clients_with_a_connection_each_get_no_empty_answer(int shortestWait, int places)
        {
            ScriptedPlatform platform = Make(shortestWait, places, 4);
            ScriptedClient[] clients = new ScriptedClient[20];
            for (int i = 0; i < clients.Length; i++)
            {
                ScriptedClient client = LoopTests.Polite(50, 1 + (i % 7));
                client.ConnectsAnew = true;
                client.Returns = true;

                // Some threads of a busy machine come to speak late.
                client.Silence = i % 5 == 0 ? 40 : i % 4;
                client.Latency = i % 3;
                clients[i] = client;
                platform.Add(client);
            }

            platform.Run(60000);
            for (int i = 0; i < clients.Length; i++)
            {
                Assert.AreEqual(50, clients[i].Answers, "answers of " + i.ToString());
                Assert.AreEqual(0, clients[i].Lost, "empty answers of " + i.ToString());
                Assert.AreEqual(0, clients[i].CutOff, "cut off: " + i.ToString());
            }
        }

        [TestMethod]
        [DataRow(3, 0, 10, 1)]
        [DataRow(8, 0, 10, 1)]
        [DataRow(8, 5, 50, 1)]
        [DataRow(8, 50, 20, 1)]
        [DataRow(8, 0, 10, 6)]
        [DataRow(8, 50, 20, 6)]
        [DataRow(6, 50, 300, 6)]
        [DataRow(3, 90, 700, 6)]
        public void Clients_that_keep_their_connections_lose_no_request(int count, int latency, int pause, int places)
        {
            ScriptedPlatform platform = Make(1, places, 4);
            ScriptedClient[] clients = new ScriptedClient[count];
            for (int i = 0; i < count; i++)
            {
                clients[i] = LoopTests.Polite(200, pause + (7 * i));
                clients[i].Latency = latency;
                clients[i].Returns = true;
                platform.Add(clients[i]);
            }

            platform.Run(600000);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(200, clients[i].Answers, "answers of " + i.ToString());
                Assert.AreEqual(0, clients[i].Lost, "requests lost of " + i.ToString());
            }
        }

        [TestMethod]
        public void As_many_clients_as_leave_a_place_free_keep_their_connections()
        {
            ScriptedPlatform platform = Make(1, 6, 8);
            ScriptedClient[] clients = new ScriptedClient[6];
            for (int i = 0; i < clients.Length; i++)
            {
                clients[i] = LoopTests.Polite(100, 10 + (3 * i));
                platform.Add(clients[i]);
            }

            platform.Run(60000);
            for (int i = 0; i < clients.Length; i++)
            {
                Assert.AreEqual(100, clients[i].Answers, "answers of " + i.ToString());
                Assert.AreEqual(1, clients[i].Connections, "connections of " + i.ToString());
                Assert.IsTrue(clients[i].Longest <= 30, "milliseconds: " + clients[i].Longest.ToString());
            }
        }

        private static ScriptedPlatform Make(int shortestWait, int places, int backlog)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.SilentConnections = places;
            options.Backlog = backlog;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.ShortestWait = shortestWait;
            return platform;
        }
    }
}
