using System;
using System.Threading;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Smallest
{
    /// <summary>
    /// The whole dashboard as the smallest board has it, on a thread of its own, with as little of a test around it as can be:
    /// what heap it takes, part by part, and that it is served in what there is. tests/emulator.sh makes the heap smaller until
    /// this fails.
    /// </summary>
    [TestClass]
    public class ServedDashboardTests
    {
        // Parts of the budget.
        private const int Server = 9;
        private const int Sockets = 10;

        // "admin:geheim".
        private const string Credentials = "Basic YWRtaW46Z2VoZWlt";
        private const string Host = " HTTP/1.1\r\nHost: a\r\n";

        // RFC 7541 A: ":status: 200".
        private const int Ok = 0x88;

        private static SmallBoard s_board;
        private static DashboardApplication s_application;
        private static HttpSession s_session;
        private static byte[] s_reserve;
        private static string s_trouble;
        private static int s_free;

        [TestMethod]
        public void The_dashboard_is_served_completely()
        {
            s_board = null;
            s_application = null;
            s_session = null;
            s_reserve = null;
            s_trouble = "It was not served to the end.";
            s_free = FreeHeap.Measure();
            s_board = new SmallBoard();
            Tell("board");
            AssetPack pack = new AssetPack(new LongPack());
            Tell("index of the pages");
            DashboardOptions options = DashboardOptions.Small();
            options.Users = new HashedSecrets("12345678");
            options.Users.Add("admin:geheim");
            Tell("options and users");
            s_application = new DashboardApplication(s_board, pack, options);
            Tell("dashboard and routes");
            HttpServerOptions serverOptions = new HttpServerOptions();
            serverOptions.Limits = HttpProfiles.Tiny();
            MemoryBudget budget = new MemoryBudget(serverOptions);
            int reserve = budget.BytesOf(Server) + budget.BytesOf(Sockets) - HeapCost.Object(FieldCounts.ServerCounters)
                - HeapCost.Object(FieldCounts.HttpSession);
            budget = null;
            s_session = new HttpSession(serverOptions.Limits, s_application.Router, s_application.Counters);
            serverOptions = null;
            Tell("buffers and both protocols");

            // What the loop, the listener and the sockets take, which a test in memory has not.
            s_reserve = new byte[reserve];
            Tell("loop and sockets");
            Thread thread = new Thread(Serve);
            thread.Start();
            thread.Join();
            Assert.AreEqual(null, s_trouble);
            Assert.AreEqual(reserve, s_reserve.Length);
        }

        private static void Serve()
        {
            Tell("thread");
            try
            {
                QuietClient client = new QuietClient(s_session);
                OverHttp1(client);
                OverHttp2(client);
                s_application.Stop();
                client.Connect();
                s_trouble = s_application.Counters.OutOfMemory == 0 ? null : "Memory ran out.";
            }
            catch (Exception exception)
            {
                // On a thread of one's own it would end the whole run.
                s_trouble = exception.Message;
            }
        }

        private static void OverHttp1(QuietClient client)
        {
            client.Connect();
            client.Ask("GET /" + Host + "Accept-Encoding: gzip\r\n\r\n", "200 OK");
            Assert.IsTrue(client.Count > LongPack.FileLength);
            for (int i = 0; i < LongPack.Names.Length; i++)
            {
                client.Ask("GET /" + LongPack.Names.Substring(i, 1) + Host + "Accept-Encoding: gzip\r\n\r\n", "200 OK");
                Assert.IsTrue(client.Count > LongPack.FileLength);
            }

            client.Ask("GET /api/status" + Host + "\r\n", "{\"device\":\"Http2Nano ESP32-C3\"");
            client.Ask(Put("led", string.Empty, "{\"on\":true}"), "401 Unauthorized");
            Assert.IsFalse(s_board.Output);
            client.Ask(Put("led", Credentials, "{\"on\":true}"), "{\"on\":true}");
            Assert.IsTrue(s_board.Output);
            client.Ask("GET /api/log" + Host + "\r\n", "Output switched on");
            client.Ask(Put("settings", Credentials, "{\"deviceName\":\"Mine\"}"), "{\"deviceName\":\"Mine\"");
            Assert.AreEqual("Mine", s_board.Saved);
            client.Ask("GET /api/events" + Host + "\r\n", "text/event-stream");
        }

        private static void OverHttp2(QuietClient client)
        {
            // Events all the while, and everything else beside them.
            client.Greet();
            client.Ask(1, "GET", "/api/events", null, null);
            Assert.AreEqual(Ok, client.FirstField);
            client.Holds("event: ");
            int stream = Get(client, 3, "/", LongPack.FileLength);
            for (int i = 0; i < LongPack.Names.Length; i++)
            {
                stream = Get(client, stream, "/" + LongPack.Names.Substring(i, 1), LongPack.FileLength);
            }

            stream = Get(client, stream, "/api/status", 0);
            client.Holds("\"protocol\":\"HTTP/2\"");
            client.Ask(stream, "PUT", "/api/led", null, "{\"on\":false}");
            Assert.IsTrue(client.Ended && client.FirstField != Ok && s_board.Output, "switched without a password");
            client.Ask(stream + 2, "PUT", "/api/led", Credentials, "{\"on\":false}");
            Assert.IsTrue(client.Ended && client.FirstField == Ok && !s_board.Output, "not switched");
            client.Holds("{\"on\":false}");
            Get(client, stream + 4, "/api/log", 0);
            client.Holds("Output switched on");
        }

        private static int Get(QuietClient client, int stream, string path, int length)
        {
            client.Ask(stream, "GET", path, null, null);
            Assert.IsTrue(client.Ended, path);
            Assert.AreEqual(Ok, client.FirstField, path);
            Assert.IsTrue(length == 0 || client.Count == length, path);
            return stream + 2;
        }

        private static string Put(string route, string credentials, string json)
        {
            return "PUT /api/" + route + Host + "Content-Type: application/json\r\n" + (credentials.Length == 0 ? string.Empty : "Authorization: " + credentials + "\r\n")
                + "Content-Length: " + json.Length.ToString() + "\r\n\r\n" + json;
        }

        private static void Tell(string part)
        {
            int free = FreeHeap.Measure();
            OutputHelper.WriteLine("heap: " + (s_free - free).ToString() + " " + part);
            s_free = FreeHeap.Measure();
        }
    }
}
