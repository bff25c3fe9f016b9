using System.Text;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>A client of the dashboard.</summary>
    public class DashboardPeer : RouterPeer
    {
        /// <summary>What a request with a JSON body says.</summary>
        public const string Json = "Content-Type: application/json\r\n";

        private DashboardPeer(TestBoard board, DashboardApplication application, int exchangeSize)
            : base(application.Router, exchangeSize)
        {
            Board = board;
            Application = application;
            application.Counters = Counters;
        }

        /// <summary>The device.</summary>
        public TestBoard Board { get; private set; }

        /// <summary>Its dashboard.</summary>
        public DashboardApplication Application { get; private set; }

        /// <summary>A small dashboard, for which a heap of 64 KB has room.</summary>
        public static DashboardPeer Open()
        {
            return Open(new TestBoard(), DashboardOptions.Small());
        }

        /// <summary>A dashboard.</summary>
        public static DashboardPeer Open(TestBoard board, DashboardOptions options)
        {
            return Open(board, options, HttpProfiles.Tiny().ExchangeSize);
        }

        /// <summary>A dashboard of a server whose exchanges have a size.</summary>
        public static DashboardPeer Open(TestBoard board, DashboardOptions options, int exchangeSize)
        {
            return new DashboardPeer(board, new DashboardApplication(board, Pages("<p>bench"), options), exchangeSize);
        }

        /// <summary>A pack with one page.</summary>
        public static AssetPack Pages(string page)
        {
            TestPack pack = new TestPack();
            pack.Add(string.Empty, "text/html", Encoding.UTF8.GetBytes(page), null, AssetPackFormat.Page);
            return new AssetPack(new MemoryAssetStore(pack.Build()));
        }

        /// <summary>Changes something.</summary>
        public Http1Reply Put(string target, string body)
        {
            return Ask("PUT", target, Json, body);
        }

        /// <summary>The status, which must be there.</summary>
        public string Status()
        {
            Http1Reply reply = Get("/api/status");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("application/json", reply.Field("content-type"));
            Assert.AreEqual("no-store", reply.Field("cache-control"));
            return reply.BodyText;
        }

        /// <summary>The latest lines of the log, which must be there.</summary>
        public string Lines()
        {
            Http1Reply reply = Get("/api/log");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("application/x-ndjson", reply.Field("content-type"));
            return reply.BodyText;
        }

        /// <summary>Whether a text is in another one.</summary>
        public static void Contains(string part, string text)
        {
            Assert.IsTrue(text.IndexOf(part) >= 0, part + " is not in " + text);
        }

        /// <summary>Whether a text is not in another one.</summary>
        public static void Lacks(string part, string text)
        {
            Assert.IsTrue(text.IndexOf(part) < 0, part + " is in " + text);
        }

        /// <summary>A character, many times.</summary>
        public static string Repeat(string text, int count)
        {
            StringBuilder builder = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                builder.Append(text);
            }

            return builder.ToString();
        }
    }
}
