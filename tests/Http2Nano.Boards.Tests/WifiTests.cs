using System.Device.Wifi;
using System.Net.NetworkInformation;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A Wi-Fi that cannot be joined: the console says why, once, and the board goes on trying.</summary>
    [TestClass]
    public class WifiTests
    {
        [TestMethod]
        public void A_wrong_password_is_told_with_the_name_of_the_network_and_tried_again_until_it_is_right()
        {
            using BoardRun run = new BoardRun();
            run.Board.StoredPassword = "wrong password";
            run.Start();
            run.Hear("The Wi-Fi \"home\" refuses the stored password: store the right one (boards/README.md).");
            run.Until(() => run.Board.Joins == 10, "to try ten times");
            run.AssertOnce("refuses the stored password");
            Assert.IsFalse(run.Said.Contains("wrong password"), run.Said);
            run.Board.Password = "wrong password";
            run.Serve();
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void Between_tries_the_board_waits_longer_each_time_but_never_more_than_a_minute()
        {
            using BoardRun run = new BoardRun();
            run.Board.Refusal = WifiConnectionStatus.InvalidCredential;
            run.Start();
            run.Until(() => run.Board.Joins == 2, "to try twice");
            Assert.IsLessThanOrEqualTo(6000, run.Board.Now);
            run.Until(() => run.Board.Joins == 10, "to try ten times");
            long start = run.Board.Now;
            run.Until(() => run.Board.Joins == 11, "to try again");
            Assert.AreEqual(60000, run.Board.Now - start);
        }

        [TestMethod]
        [DataRow(WifiConnectionStatus.NetworkNotAvailable, "There is no Wi-Fi \"home\" here: the name must be exact, and the network one of 2.4 GHz.")]
        [DataRow(WifiConnectionStatus.UnsupportedAuthenticationProtocol, "The Wi-Fi \"home\" wants an authentication that the firmware does not know: use WPA2.")]
        [DataRow(WifiConnectionStatus.Timeout, "The Wi-Fi \"home\" cannot be joined: is the access point too far away, or full?")]
        public void What_keeps_the_board_out_is_told_and_tried_again(WifiConnectionStatus refusal, string sentence)
        {
            using BoardRun run = new BoardRun();
            run.Board.Refusal = refusal;
            run.Start();
            run.Until(() => run.Board.Joins == 5, "to try five times");
            run.AssertOnce(sentence);
            run.Board.Refusal = null;
            run.Serve();
        }

        [TestMethod]
        public void Complaints_that_take_turns_are_told_once_each()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            for (int i = 0; i < 4; i++)
            {
                int joins = run.Board.Joins;
                run.Board.Refusal = i % 2 == 0 ? WifiConnectionStatus.Timeout : WifiConnectionStatus.NetworkNotAvailable;
                run.Until(() => run.Board.Joins == joins + 2, "to try twice");
            }

            run.AssertOnce("There is no Wi-Fi");
            run.AssertOnce("cannot be joined");
        }

        [TestMethod]
        public void A_network_without_an_address_is_told_and_asked_again()
        {
            using BoardRun run = new BoardRun();
            run.Board.GivenAddress = "0.0.0.0";
            run.Start();
            run.Until(() => run.Board.Joins == 4, "to try four times");
            Assert.IsTrue(run.Board.IsDhcpEnabled);
            run.AssertOnce("The network gives no address by DHCP: does the access point have one to give?");
            run.Board.GivenAddress = "127.0.0.1";
            run.Serve();
            StringAssert.Contains(run.Get("/api/log"), "The network gives no address by DHCP");
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void What_the_firmware_cannot_join_is_told_with_all_that_may_be_wrong_until_it_is_joined()
        {
            using BoardRun run = new BoardRun();
            run.Board.FirmwareJoins = true;
            run.Board.StoredPassword = "wrong password";
            run.Start(new StoredWifiNetwork());
            run.Pass(600000);
            run.AssertOnce("The Wi-Fi \"home\" is not joined, or gives no address: is the stored password the right one (boards/README.md), the name exact, "
                + "and the network one of 2.4 GHz and near enough?");
            Assert.IsTrue(run.Board.IsDhcpEnabled);
            run.Board.Password = "wrong password";
            run.Serve();
            Assert.AreEqual(0, run.Board.Joins);
            Assert.AreEqual(0, run.Board.Restarts);

            // Lost, and joined again by the firmware.
            run.Board.FirmwareJoins = false;
            run.Board.Address = "0.0.0.0";
            run.Hear("The network is lost.");
            run.Board.FirmwareJoins = true;
            run.Hear("Open http://", 2);
        }

        [TestMethod]
        public void A_firmware_that_was_not_told_to_join_is_told_so_once()
        {
            using BoardRun run = new BoardRun();
            run.Board.FirmwareJoins = true;
            run.Board.StoredOptions = Wireless80211Configuration.ConfigurationOptions.Enable;
            run.Start(new StoredWifiNetwork());
            run.Hear("The firmware joins the Wi-Fi by itself from now on; the device restarts.");
            run.Start(new StoredWifiNetwork());
            run.Serve();
            Assert.AreEqual(1, run.Board.Restarts);
        }

        [TestMethod]
        public void A_firmware_without_wifi_is_named()
        {
            using BoardRun run = new BoardRun();
            run.Board.HasWifi = false;
            run.Start();
            run.Pass(600000);
            run.AssertOnce("The firmware has no Wi-Fi: flash the firmware of this board's target.");
            Assert.IsFalse(run.Said.Contains("No Wi-Fi is stored"), run.Said);
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void A_cable_without_a_network_is_told_until_it_has_one()
        {
            using BoardRun run = new BoardRun();
            run.Board.HasEthernet = true;
            run.Start(new Http2Nano.Devices.EthernetNetwork());
            run.Pass(600000);
            run.AssertOnce("The network gives no address by DHCP: is the cable plugged in, and is there a DHCP server behind it?");
            run.Board.Address = "127.0.0.1";
            run.Serve();
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void A_firmware_without_ethernet_is_named()
        {
            using BoardRun run = new BoardRun();
            run.Start(new Http2Nano.Devices.EthernetNetwork());
            run.Pass(600000);
            run.AssertOnce("The firmware has no Ethernet: flash the firmware of this board's target.");
        }
    }
}
