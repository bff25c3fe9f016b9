using System;
using System.Device.Wifi;
using System.IO;
using System.Net.Http;
using System.Text;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>What people change on the settings page, on a board: it is tried before it replaces what works, and kept whole.</summary>
    [TestClass]
    public class ManagementTests
    {
        [TestMethod]
        public void Networks_are_found_the_strongest_first()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual(202, Ask(run, HttpMethod.Post, "/api/device/networks", null));
            run.Until(() => run.Board.Scans >= 2, "to scan");
            run.Pass(5000);
            Assert.AreEqual("[{\"name\":\"home\",\"signal\":-61},{\"name\":\"other\",\"signal\":-80}]", Text(run, "/api/device/networks"));
        }

        [TestMethod]
        public void A_network_that_works_replaces_the_one_before()
        {
            using BoardRun run = BoardRun.Managed();
            run.Board.Ssid = "other";
            run.Board.Password = "other password";
            Assert.AreEqual(202, Ask(run, HttpMethod.Put, "/api/device/wifi", "{\"name\":\"other\",\"password\":\"other password\"}"));
            run.Hear("The device is in the Wi-Fi \"other\" from here on.");
            Assert.AreEqual("other", run.Board.StoredSsid);
            Assert.AreEqual("other password", run.Board.StoredPassword);
            Assert.IsFalse(File.Exists(run.Drive + "wifi.old"));
            Assert.IsFalse(run.Said.Contains("other password"), run.Said);
            run.Hear("Open http://", 2);
            StringAssert.Contains(run.Get("/api/device"), "\"wifi\":\"other\",\"wifiState\":\"idle\",\"wifiTrouble\":null");
        }

        [TestMethod]
        public void A_network_that_refuses_the_password_leaves_the_device_where_it_was()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual(202, Ask(run, HttpMethod.Put, "/api/device/wifi", "{\"name\":\"home\",\"password\":\"wrong password\"}"));
            run.Hear("refuses this password. The device is back in \"home\".");
            Assert.AreEqual("home", run.Board.StoredSsid);
            Assert.AreEqual("right password", run.Board.StoredPassword);
            Assert.IsFalse(File.Exists(run.Drive + "wifi.old"));
            run.Hear("Open http://", 2);
            StringAssert.Contains(run.Get("/api/device"), "refuses this password. The device is back in");
        }

        [TestMethod]
        public void A_power_loss_during_the_test_leads_back()
        {
            using BoardRun run = BoardRun.Managed();
            run.Lose();
            run.Board.SwitchOff();

            // As the adapter leaves it: what it tries is stored already.
            run.Put("wifi.old", Encoding.UTF8.GetBytes("home\nright password"));
            run.Board.StoredSsid = "nowhere";
            run.Board.StoredPassword = "some password";
            run.Board.Refusal = null;
            run.Start();
            run.Serve();
            StringAssert.Contains(run.Said, "it goes back to \"home\"");
            Assert.AreEqual("home", run.Board.StoredSsid);
            Assert.IsFalse(File.Exists(run.Drive + "wifi.old"));
        }

        [TestMethod]
        public void A_restart_comes_after_its_answer()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual(202, Ask(run, HttpMethod.Post, "/api/device/restart", null));
            run.Until(() => run.Board.Restarts == 1, "to restart");
        }

        [TestMethod]
        public void Whatever_was_set_is_forgotten_together()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual(200, run.Change("/api/settings", "{\"deviceName\":\"Greenhouse\"}"));
            Assert.AreEqual(200, Ask(run, HttpMethod.Put, "/api/device", "{\"timeServer\":\"time.example.org\"}"));
            Assert.IsTrue(File.Exists(run.Drive + "device.txt") && File.Exists(run.Drive + "settings.txt") && File.Exists(run.Drive + "password.txt"));
            Assert.AreEqual(202, Ask(run, HttpMethod.Post, "/api/device/reset", null));
            run.Until(() => run.Board.Restarts == 1, "to restart");
            Assert.AreEqual(string.Empty, run.Board.StoredSsid);
            Assert.IsFalse(File.Exists(run.Drive + "device.txt") || File.Exists(run.Drive + "settings.txt") || File.Exists(run.Drive + "password.txt"));
        }

        [TestMethod]
        public void A_new_password_holds_and_the_old_one_does_not()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual(204, Ask(run, HttpMethod.Put, "/api/device/password", "{\"password\":\"battery staple\"}"));
            Assert.AreEqual(401, run.Change("/api/settings", "{\"deviceName\":\"Greenhouse\"}"));
            Assert.AreEqual("battery staple", File.ReadAllText(run.Drive + "password.txt"));
        }

        [TestMethod]
        public void Time_and_zone_are_there_after_a_restart()
        {
            using BoardRun run = BoardRun.Managed();
            Assert.AreEqual(200, Ask(run, HttpMethod.Put, "/api/device", "{\"timeServer\":\"time.example.org\",\"timeZone\":\"Europe/Berlin\"}"));
            run.Lose();
            run.Board.SwitchOff();
            run.Board.TimeServer = "pool.ntp.org";
            run.Board.Refusal = null;
            run.Start();
            run.Serve();
            Assert.AreEqual("time.example.org", run.Board.TimeServer);
            StringAssert.Contains(run.Get("/api/device"), "\"timeZone\":\"Europe/Berlin\"");
        }

        [TestMethod]
        [DataRow("http2nano 1\nboard=Test board\ntimeServer=time.example.org\ntimeZ", "is not whole, and is ignored", "pool.ntp.org")]
        [DataRow("http2nano 1\nboard=Other board\ntimeServer=time.example.org\nend\n", "is of another board (Other board), and is ignored", "pool.ntp.org")]
        [DataRow("http2nano 7\nboard=Test board\ncolour=green\ntimeServer=time.example.org\nend\n", "is of another version; what is known of it is taken", "time.example.org")]
        [DataRow("http2nano 1\nboard=Test board\ntimeServer=<script>\nend\n", null, "pool.ntp.org")]
        [DataRow("\u0000\u0001\u0002", "holds no settings, and is ignored", "pool.ntp.org")]
        [DataRow("", "holds no settings, and is ignored", "pool.ntp.org")]
        public void A_file_that_is_not_right_is_told_of_and_the_page_opens(string file, string sentence, string server)
        {
            using BoardRun run = BoardRun.Prepared();
            run.Put("device.txt", Encoding.UTF8.GetBytes(file));
            run.Start();
            run.Serve();
            Assert.AreEqual(server, run.Board.TimeServer);
            if (sentence != null)
            {
                run.AssertOnce(sentence);
                StringAssert.Contains(run.Get("/api/log"), sentence);
            }

            StringAssert.Contains(run.Get("/api/device"), server);
        }

        [TestMethod]
        public void A_settings_file_of_another_kind_is_told_of()
        {
            using BoardRun run = BoardRun.Prepared();
            run.Put("settings.txt", Encoding.UTF8.GetBytes("{\"name\":\"x\"}"));
            run.Start();
            run.Serve();
            run.AssertOnce("settings.txt holds no settings of this version, and is ignored");
            StringAssert.Contains(run.Get("/api/log"), "settings.txt holds no settings of this version, and is ignored");
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
        }

        [TestMethod]
        [DataRow("FGreenh")]
        [DataRow("FG")]
        [DataRow("FGreenhouse\n")]
        [DataRow("FGreenhouse\nTest bo")]
        public void A_settings_file_that_may_be_cut_off_is_taken_and_told_of(string settings)
        {
            using BoardRun run = BoardRun.Prepared();
            run.Put("settings.txt", Encoding.UTF8.GetBytes(settings));
            run.Start();
            run.Serve();
            run.AssertOnce("settings.txt is of an older version, or cut off: what it holds is taken.");
            StringAssert.Contains(run.Get("/api/log"), "settings.txt is of an older version, or cut off");
            Assert.AreEqual(settings.Substring(1).Split('\n')[0], run.Status().GetProperty("device").GetString());

            // Saved once more, it is whole.
            Assert.AreEqual(200, run.Change("/api/settings", "{\"deviceName\":\"Greenhouse\"}"));
            Assert.AreEqual("FGreenhouse\nTest board\n", File.ReadAllText(run.Drive + "settings.txt"));
            run.Lose();
            run.Board.SwitchOff();
            run.Board.Refusal = null;
            run.Start();
            run.Serve();
            Assert.AreEqual(0, run.Times("settings.txt is of an older version"));
            Assert.AreEqual("Greenhouse", run.Status().GetProperty("device").GetString());
        }

        [TestMethod]
        public void A_settings_file_of_another_board_is_taken_and_told_of()
        {
            using BoardRun run = BoardRun.Prepared();
            run.Put("settings.txt", Encoding.UTF8.GetBytes("FGreenhouse\nOther board\n"));
            run.Start();
            run.Serve();
            run.AssertOnce("settings.txt is of another board (Other board): its name and unit are taken.");
            Assert.AreEqual("Greenhouse", run.Status().GetProperty("device").GetString());
            Assert.AreEqual("F", run.Status().GetProperty("unit").GetString());
        }

        private static int Ask(BoardRun run, HttpMethod method, string path, string json)
        {
            using HttpClient client = run.Administrator();
            using HttpRequestMessage request = new HttpRequestMessage(method, "http://127.0.0.1:" + run.Port + path);
            request.Content = json == null ? null : new StringContent(json, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = client.SendAsync(request).GetAwaiter().GetResult();
            return (int)response.StatusCode;
        }

        private static string Text(BoardRun run, string path)
        {
            using HttpClient client = run.Administrator();
            return client.GetStringAsync("http://127.0.0.1:" + run.Port + path).GetAwaiter().GetResult();
        }
    }
}
