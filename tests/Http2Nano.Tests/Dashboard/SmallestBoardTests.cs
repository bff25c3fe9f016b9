using System.Text;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Devices;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The dashboard with the sizes of the smallest board.</summary>
    [TestClass]
    public class SmallestBoardTests
    {
        private const string Page = "<!doctype html><title>Dashboard</title>";

        [TestMethod]
        public void The_page_and_the_status_are_served_over_HTTP_1_1()
        {
            DashboardApplication application = Application();
            MemoryPeer peer = Connect(application);
            Holds(Ask(peer, "/"), Page);
            Holds(Ask(peer, "/api/status"), "\"protocol\":\"HTTP/1.1\"");
        }

        [TestMethod]
        public void The_page_and_the_status_are_served_over_HTTP_2()
        {
            DashboardApplication application = Application();
            Http2Peer peer = new Http2Peer(HttpProfiles.Tiny(), application.Router);
            application.Counters = peer.Counters;
            peer.Greet();

            // RFC 7541 4.2: the server announced a smaller table (768), so the first block says that the client follows.
            FieldBlock first = new FieldBlock().Raw(0x3F, 0xE1, 0x05, 0x82, 0x86, 0x84).Add(":authority", "a");
            peer.Headers(1, first, true).ExpectResponse(1, 200, Page);
            Holds(peer.Get(3, "/api/status").ExpectResponse(3, 200).Text, "\"protocol\":\"HTTP/2\"");
        }

        [TestMethod]
        public void A_hundred_requests_fit_as_one_does()
        {
            DashboardApplication application = Application();
            MemoryPeer peer = Connect(application);
            for (int i = 0; i < 100; i++)
            {
                Ask(peer, i % 2 == 0 ? "/" : "/api/status");
            }

            Assert.AreEqual(0, peer.Counters.OutOfMemory);
        }

        [TestMethod]
        public void A_device_without_pages_has_an_empty_pack()
        {
            Assert.AreEqual(0, new AssetPack(new MemoryAssetStore(EmptyPack.Make())).Count);
        }

        private static DashboardApplication Application()
        {
            TestPack pack = new TestPack();
            pack.Add(string.Empty, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Page), null, AssetPackFormat.Page);

            return new DashboardApplication(new TestBoard(), new AssetPack(new MemoryAssetStore(pack.Build())), DashboardOptions.Small());
        }

        private static MemoryPeer Connect(DashboardApplication application)
        {
            MemoryPeer peer = new MemoryPeer(HttpProfiles.Tiny(), application.Router);
            application.Counters = peer.Counters;
            return peer;
        }

        private static string Ask(MemoryPeer peer, string target)
        {
            peer.Forget();
            peer.Send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.IsTrue(peer.Text.StartsWith("HTTP/1.1 200 "), peer.Text);
            return peer.Text;
        }

        private static void Holds(string answer, string part)
        {
            Assert.IsTrue(answer.IndexOf(part) >= 0, part + " is not in " + answer);
        }
    }
}
