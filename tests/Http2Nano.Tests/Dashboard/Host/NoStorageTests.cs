#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using Http2Nano.Assets;
using Http2Nano.Dashboard;
using Http2Nano.Devices;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>A board whose drive is missing or holds rubbish says so, and serves what it can.</summary>
    [TestClass]
    public class NoStorageTests
    {
        [TestMethod]
        public void Without_a_drive_there_is_a_page_that_says_so_and_the_data_are_served()
        {
            string said = Serve(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) + Path.DirectorySeparatorChar);
            Assert.IsTrue(said.IndexOf("There are no pages: ") >= 0 && said.IndexOf("www.pack is missing, or the drive is.") > 0, said);
            Assert.IsTrue(said.IndexOf("until the device restarts: the drive does not keep it.") > 0, said);
        }

        [TestMethod]
        public void A_damaged_pack_is_as_good_as_none()
        {
            string drive = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) + Path.DirectorySeparatorChar;
            Directory.CreateDirectory(drive);
            try
            {
                File.WriteAllText(drive + "www.pack", "half a pack");
                string said = Serve(drive);
                Assert.IsTrue(said.IndexOf("www.pack cannot be read: This is no asset pack.") > 0, said);
                Assert.IsTrue(said.IndexOf("to be changed in ") > 0, said);
                Assert.AreEqual(8, File.ReadAllText(drive + "password.txt").Length);
            }
            finally
            {
                Directory.Delete(drive, true);
            }
        }

        [TestMethod]
        public void What_is_wrong_is_said_once_on_the_console_and_on_the_log_page()
        {
            DashboardApplication application = new DashboardApplication(new TestBoard(), new AssetPack(new MemoryAssetStore(EmptyPack.Make())), DashboardOptions.Small());
            DeviceLog log = new DeviceLog();
            log.Page = application.Log;
            string said = Listen(() =>
            {
                log.Complain("The Wi-Fi refuses the stored password.");
                log.Complain("The Wi-Fi refuses the stored password.");
            });
            Assert.AreEqual(said.IndexOf("refuses"), said.LastIndexOf("refuses"), said);
            MemoryPeer peer = new MemoryPeer(HttpProfiles.Tiny(), application.Router);
            string lines = Ask(peer, "/api/log");
            Assert.IsTrue(lines.IndexOf("\"level\":\"error\",\"text\":\"The Wi-Fi refuses the stored password.\"") > 0, lines);

            // Said again once something else was true in between.
            log.Say("The network is there.");
            Assert.IsTrue(Listen(() => log.Complain("The Wi-Fi refuses the stored password.")).Length > 0);
        }

        private static string Serve(string drive)
        {
            return Listen(() =>
            {
                DeviceFiles files = new DeviceFiles(drive);
                DeviceLog log = new DeviceLog();
                DevicePages pages = new DevicePages();
                DashboardOptions options = DashboardOptions.Small();
                AssetPack pack = pages.Open(files, options, log);
                options.Users = DeviceUsers.Load(files, log);
                DashboardApplication application = new DashboardApplication(new TestBoard(), pack, options);
                MemoryPeer peer = new MemoryPeer(HttpProfiles.Tiny(), application.Router);
                Assert.IsTrue(Ask(peer, "/").IndexOf("The pages are not on the device") > 0);
                Assert.IsTrue(Ask(peer, "/api/status").IndexOf("\"uptime\":60") > 0);
            });
        }

        private static string Ask(MemoryPeer peer, string target)
        {
            peer.Forget();
            peer.Send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.IsTrue(peer.Text.StartsWith("HTTP/1.1 200 "), peer.Text);
            return peer.Text;
        }

        // What is printed meanwhile.
        private static string Listen(Action action)
        {
            TextWriter before = Console.Out;
            StringWriter said = new StringWriter();
            Console.SetOut(said);
            try
            {
                action();
            }
            finally
            {
                Console.SetOut(before);
            }

            return said.ToString();
        }
    }
}
#endif
