#if !NANOFRAMEWORK_1_0
using System;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Devices;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>Signing in on the page is a part of the dashboard.</summary>
    [TestClass]
    public class SessionRoutesTests
    {
        [TestMethod]
        public void A_dashboard_with_the_part_has_sessions()
        {
            DashboardOptions options = new DashboardOptions();
            options.Users = Users();
            options.AddPart(new SessionRoutes(2));
            MemoryPeer peer = Peer(options);
            Assert.IsTrue(Ask(peer, "/api/session").IndexOf("{\"signedIn\":false}") > 0, peer.Text);
            Assert.IsTrue(Ask(peer, "/api/status").IndexOf("\"session\"") > 0, peer.Text);
        }

        [TestMethod]
        public void A_dashboard_without_it_asks_in_each_request()
        {
            DashboardOptions options = new DashboardOptions();
            options.Users = Users();
            MemoryPeer peer = Peer(options);
            Assert.IsTrue(Ask(peer, "/api/session").StartsWith("HTTP/1.1 404 "), peer.Text);
            Assert.IsTrue(Ask(peer, "/api/status").IndexOf("\"session\"") < 0, peer.Text);
            peer.Forget();
            peer.Send("PUT /api/settings HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            Assert.IsTrue(peer.Text.StartsWith("HTTP/1.1 401 "), peer.Text);
            Assert.IsTrue(peer.Text.IndexOf("Basic realm=\"device\"") > 0, peer.Text);
        }

        [TestMethod]
        public void A_dashboard_without_users_refuses_it()
        {
            DashboardOptions options = new DashboardOptions();
            options.AddPart(new SessionRoutes());
            string message = null;
            try
            {
                Peer(options);
            }
            catch (ArgumentException exception)
            {
                message = exception.Message;
            }

            Assert.AreEqual("SessionRoutes are for a dashboard with Users: leave them out, or set Users.", message);
        }

        private static HashedSecrets Users()
        {
            HashedSecrets users = new HashedSecrets("12345678");
            users.Add("admin:geheim");
            return users;
        }

        private static MemoryPeer Peer(DashboardOptions options)
        {
            AssetPack pages = new AssetPack(new MemoryAssetStore(EmptyPack.Make()));
            return new MemoryPeer(HttpProfiles.Default(), new DashboardApplication(new TestBoard(), pages, options).Router);
        }

        private static string Ask(MemoryPeer peer, string target)
        {
            peer.Forget();
            peer.Send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            return peer.Text;
        }
    }
}
#endif
