using System.IO;
using System.Net.Http;
using System.Text;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A drive that is missing, empty or damaged: the board serves what it can, and its page says what is missing.</summary>
    [TestClass]
    public class StorageTests
    {
        [TestMethod]
        public void Without_a_drive_the_page_says_what_is_missing_and_the_data_are_served()
        {
            using BoardRun run = new BoardRun();
            run.Profile.Drive = run.Drive + "none/";
            run.Start();
            run.Serve();
            run.AssertOnce("There are no pages: " + run.Profile.Drive + "www.pack is missing, or the drive is. The device serves its data without them.");
            StringAssert.Contains(run.Said, " until the device restarts: the drive does not keep it.");
            StringAssert.Contains(run.Get("/"), "<h1>The pages are not on the device</h1>");
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
            StringAssert.Contains(run.Get("/api/log"), "There are no pages: ");
        }

        [TestMethod]
        public void Without_a_drive_settings_are_changed_and_said_to_be_lost_at_the_next_start()
        {
            using BoardRun run = new BoardRun();
            run.Profile.Drive = run.Drive + "none/";
            run.Start();
            run.Serve();
            Assert.AreEqual(507, run.Change("/api/settings", "{\"deviceName\":\"Greenhouse\"}"));
            Assert.AreEqual("Greenhouse", run.Status().GetProperty("device").GetString());
            run.AssertOnce("The settings are lost when the device restarts: " + run.Profile.Drive + "settings.txt cannot be written.");
            StringAssert.Contains(run.Get("/api/log"), "The settings are lost when the device restarts: ");
        }

        [TestMethod]
        public void Settings_and_password_are_there_after_a_restart()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            Assert.AreEqual(200, run.Change("/api/settings", "{\"deviceName\":\"Greenhouse\",\"temperatureUnit\":\"F\"}"));
            StringAssert.Contains(run.Said, ", to be changed in " + run.Drive + "password.txt.");
            run.Lose();
            run.Board.SwitchOff();
            run.Board.Refusal = null;
            run.Start();
            run.Serve();
            Assert.AreEqual("Greenhouse", run.Status().GetProperty("device").GetString());
            StringAssert.Contains(run.Get("/api/settings"), "\"F\"");
            Assert.IsFalse(run.Said.Contains("password"), run.Said);
        }

        [TestMethod]
        public void A_damaged_pack_is_as_good_as_none_and_can_be_replaced()
        {
            using BoardRun run = new BoardRun();
            run.Put("www.pack", Encoding.UTF8.GetBytes("half a pack"));
            run.Start();
            run.Serve();
            run.AssertOnce("There are no pages: " + run.Drive + "www.pack cannot be read: This is no asset pack.");
            StringAssert.Contains(run.Get("/"), "<h1>The pages are not on the device</h1>");

            // Nobody holds it open.
            using FileStream pack = new FileStream(run.Drive + "www.pack", FileMode.Open, FileAccess.Write, FileShare.None);
        }

        [TestMethod]
        public void The_pages_are_updated_and_are_there_after_a_restart()
        {
            using BoardRun run = new BoardRun();
            File.Delete(run.Drive + "www.pack");
            run.Start();
            run.Serve();
            StringAssert.Contains(run.Get("/"), "<form method=\"post\" enctype=\"multipart/form-data\" action=\"api/pages\">");
            Assert.AreEqual(422, run.Change("/api/pages", new ByteArrayContent(Encoding.UTF8.GetBytes("half a pack"))));
            Assert.AreEqual(201, run.Change("/api/pages", new ByteArrayContent(EmptyPack.Make(Encoding.UTF8.GetBytes("first")))));
            Assert.AreEqual("first", run.Get("/"));
            Assert.AreEqual(204, run.Change("/api/pages", new ByteArrayContent(EmptyPack.Make(Encoding.UTF8.GetBytes("second")))));
            Assert.AreEqual("second", run.Get("/"));
            run.Lose();
            run.Board.SwitchOff();
            run.Board.Refusal = null;
            run.Start();
            run.Serve();
            Assert.AreEqual("second", run.Get("/"));
        }

        [TestMethod]
        public void What_a_power_loss_has_left_is_finished_at_start()
        {
            using BoardRun run = new BoardRun();
            run.Put("www.pack.whole", EmptyPack.Make(Encoding.UTF8.GetBytes("new")));
            run.Put("www.pack.part", Encoding.UTF8.GetBytes("half a pack"));
            run.Start();
            run.Serve();
            Assert.AreEqual("new", run.Get("/"));
            Assert.IsFalse(File.Exists(run.Drive + "www.pack.part") || File.Exists(run.Drive + "www.pack.whole"));
        }

        [TestMethod]
        public void A_small_board_takes_no_pages_and_does_not_say_that_it_would()
        {
            using BoardRun run = new BoardRun();
            File.Delete(run.Drive + "www.pack");
            run.Profile.Pages = new DevicePages();
            run.Start();
            run.Serve();
            StringAssert.Contains(run.Get("/"), "boards/README.md says how www.pack gets onto the drive.");
            Assert.AreEqual(404, run.Change("/api/pages", new ByteArrayContent(EmptyPack.Make())));
            Assert.IsFalse(run.Get("/api/status").Contains("\"pages\"]"));
        }

        [TestMethod]
        public void Files_of_another_drive_are_shown_and_those_of_the_own_one_refused()
        {
            using BoardRun run = new BoardRun();
            Directory.CreateDirectory(run.Drive + "card");
            run.Put("card/log.csv", Encoding.UTF8.GetBytes("1;2"));
            run.Pages.Files = run.Drive + "card/";
            run.Start();
            run.Serve();
            Assert.AreEqual("1;2", run.Get("/files/log.csv"));
            StringAssert.Contains(run.Get("/files/"), "<a href=\"./log.csv\">");
            run.Lose();
            run.Board.SwitchOff();
            run.Pages.Files = run.Drive;
            run.Board.Refusal = null;
            run.Start();
            run.Hear("Files is the drive with the password and the key: choose a folder of it, or another drive.");
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("F")]
        [DataRow("C and a name of more than 128 octets ")]
        public void Settings_that_are_damaged_are_as_good_as_none(string settings)
        {
            using BoardRun run = new BoardRun();
            run.Put("settings.txt", Encoding.UTF8.GetBytes(settings.Length < 2 ? settings : settings.PadRight(130, '.')));
            run.Start();
            run.Serve();
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
        }
    }
}
