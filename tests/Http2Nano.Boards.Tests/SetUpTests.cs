using System;
using System.Net.NetworkInformation;
using Http2Nano.Devices;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A board that knows no Wi-Fi opens one of its own and asks.</summary>
    [TestClass]
    public class SetUpTests
    {
        [TestMethod]
        public void A_wifi_is_asked_for_stored_and_joined()
        {
            using BoardRun run = new BoardRun();
            run.Board.StoredSsid = string.Empty;
            run.Start();
            run.Hear("The device's own Wi-Fi is set up; the device restarts.");
            Assert.AreEqual(1, run.Board.Restarts);

            run.Start();
            run.Hear("No Wi-Fi is stored. Join \"Http2Nano-AB0C\" with the password ");
            StringAssert.Contains(run.Said, run.Board.AccessPoint.Password + " and open http://192.168.4.1:" + run.Port + " to choose one.");
            Assert.AreEqual(8, run.Board.AccessPoint.Password.Length);
            StringAssert.Contains(run.Get("/"), "Choose a Wi-Fi");
            (int status, string page) = run.Post("/wifi", "ssid=home&password=right+password");
            Assert.AreEqual(200, status);
            StringAssert.Contains(page, "<h1>Saved</h1>");
            Assert.AreEqual("home", run.Board.StoredSsid);
            Assert.AreEqual("right password", run.Board.StoredPassword);
            Assert.AreEqual(AuthenticationType.WPA2, run.Board.StoredAuthentication);
            run.Hear("A Wi-Fi was chosen; the device restarts.");

            run.Start();
            run.Hear("The device's own Wi-Fi is turned off; the device restarts.");
            run.Start();
            run.Serve();
            Assert.AreEqual(4 - 1, run.Board.Restarts);
        }

        [TestMethod]
        public void What_no_network_can_have_is_refused_and_asked_for_again()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            foreach (string form in new[]
            {
                "ssid=&password=right+password",
                "ssid=" + new string('s', 33) + "&password=right+password",
                "ssid=" + string.Concat(System.Linq.Enumerable.Repeat("%C3%A9", 17)) + "&password=right+password",
                "ssid=home&password=1234567",
                "ssid=home&password=" + new string('p', 64),
                "ssid=home",
                "name=home",
            })
            {
                (int status, string page) = run.Post("/wifi", form);
                Assert.AreEqual(422, status, form);
                StringAssert.Contains(page, "A name has 1 to 32 characters, a password 8 to 63 or none.");
            }

            Assert.AreEqual(string.Empty, run.Board.StoredSsid);
            run.Pass(60000);
            Assert.AreEqual(1, run.Board.Restarts);
            Choose(run, "ssid=" + new string('s', 32) + "&password=" + new string('p', 63));
            Assert.AreEqual(new string('s', 32), run.Board.StoredSsid);
        }

        [TestMethod]
        public void A_network_without_a_password_is_stored_as_an_open_one()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            Choose(run, "ssid=cafe&password=");
            Assert.AreEqual(AuthenticationType.Open, run.Board.StoredAuthentication);
        }

        [TestMethod]
        public void Choosing_may_take_an_hour()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            run.Pass(3600000);
            run.AssertOnce("No Wi-Fi is stored.");
            Assert.AreEqual(1, run.Board.Restarts, run.Said);
            Choose(run, "ssid=home&password=right+password");
        }

        [TestMethod]
        public void Whoever_joins_is_given_an_address()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            Assert.AreEqual("192.168.4.1:67", run.Board.Sockets[67].Local.ToString());
            byte[] offer = Ask(run, 1, "255.255.255.255:68");
            Assert.AreEqual(2, offer[242]);
            CollectionAssert.AreEqual(new byte[] { 192, 168, 4, 2 }, offer[16..20]);

            // What is no such message is passed over.
            run.Board.Sockets[67].Arrive(new byte[2000]);
            run.Board.Sockets[67].Arrive(Array.Empty<byte>());
            byte[] acknowledgement = Ask(run, 3, "255.255.255.255:68", 50, 4, 192, 168, 4, 2);
            Assert.AreEqual(5, acknowledgement[242]);
            byte[] refusal = Ask(run, 3, "255.255.255.255:68", 50, 4, 192, 168, 4, 3);
            Assert.AreEqual(6, refusal[242]);

            // To the one who has an address already, it goes there.
            run.Board.Sockets[67].Arrive(Message(8, new byte[] { 192, 168, 4, 2 }));
            Assert.AreEqual("192.168.4.2:68", Sent(run).Receiver);
            Choose(run, "ssid=home&password=right+password");
            Assert.IsFalse(run.Board.Sockets.ContainsKey(67));
        }

        [TestMethod]
        public void Without_addresses_to_give_the_console_says_which_to_set()
        {
            using BoardRun run = new BoardRun();
            run.Board.TakenPort = 67;
            Open(run);
            run.AssertOnce("No addresses can be given to whoever joins: set 192.168.4.2 by hand.");
            Choose(run, "ssid=home&password=right+password");
        }

        [TestMethod]
        public void A_heap_too_small_for_the_page_is_told_and_tried_again()
        {
            using BoardRun run = new BoardRun();
            run.Board.StoredSsid = string.Empty;
            run.Start();
            run.Hear("The device's own Wi-Fi is set up; the device restarts.");
            run.Board.Heap = 3000;
            run.Start();
            run.Pass(300000);
            run.AssertOnce(" bytes of heap and 3000 are free.");
            run.Board.Heap = 60000;
            run.Hear("No Wi-Fi is stored. Join");
            Assert.IsTrue(run.Board.Sockets.ContainsKey(67));
            Choose(run, "ssid=home&password=right+password");
        }

        [TestMethod]
        public void A_firmware_without_an_access_point_says_how_a_wifi_is_stored()
        {
            using BoardRun run = new BoardRun();
            run.Board.StoredSsid = string.Empty;
            run.Board.HasAccessPoint = false;
            run.Start();
            run.Pass(600000);
            run.AssertOnce("No Wi-Fi is stored, and this firmware has no access point to ask for one: store it with nanoff (boards/README.md).");
            run.Board.StoredSsid = "home";
            run.Serve();
            Assert.AreEqual(0, run.Board.Restarts);
        }

        private static void Open(BoardRun run)
        {
            run.Board.StoredSsid = string.Empty;
            run.Start();
            run.Hear("The device's own Wi-Fi is set up; the device restarts.");
            run.Start();
            run.Hear("No Wi-Fi is stored. Join");
        }

        private static byte[] Ask(BoardRun run, byte type, string receiver, params byte[] options)
        {
            run.Board.Sockets[67].Arrive(Message(type, new byte[4], options));
            (string sentTo, byte[] answer) = Sent(run);
            Assert.AreEqual(receiver, sentTo);
            return answer;
        }

        private static (string Receiver, byte[] Datagram) Sent(BoardRun run)
        {
            Assert.IsTrue(run.Board.Sent.TryTake(out (string, byte[]) sent, TimeSpan.FromSeconds(10)), "Nothing was answered.");
            return sent;
        }

        // RFC 2131 2: a message of a client's, its options behind the type.
        private static byte[] Message(byte type, byte[] client, params byte[] options)
        {
            byte[] message = new byte[300];
            message[0] = 1;
            message[1] = 1;
            message[2] = 6;
            client.CopyTo(message, 12);
            new byte[] { 99, 130, 83, 99, 53, 1, type }.CopyTo(message, 236);
            options.CopyTo(message, 243);
            message[243 + options.Length] = 255;
            return message;
        }

        private static void Choose(BoardRun run, string form)
        {
            Assert.AreEqual(200, run.Post("/wifi", form).Status);
            run.Hear("A Wi-Fi was chosen; the device restarts.");
            Assert.IsFalse(run.Listens());
        }
    }
}
