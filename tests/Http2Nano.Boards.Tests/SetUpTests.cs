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
                "ssid=home&password=" + new string('a', 63) + "g",
                "ssid=home&password=" + new string('a', 65),
                "ssid=home",
                "name=home",
            })
            {
                (int status, string page) = run.Post("/wifi", form);
                Assert.AreEqual(422, status, form);
                StringAssert.Contains(page, "A name has 1 to 32 characters, a password 8 to 63 characters or 64 hexadecimal digits, or there is none.");
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
        public void A_key_of_64_hexadecimal_digits_is_stored_as_it_is()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            string key = "0123456789abcdefABCDEF" + new string('7', 42);
            Choose(run, "ssid=home&password=" + key);
            Assert.AreEqual(key, run.Board.StoredPassword);
            Assert.AreEqual(AuthenticationType.WPA2, run.Board.StoredAuthentication);
        }

        // What systems send as soon as they have joined; anything but the answer of their makers makes them show the page.
        [TestMethod]
        [DataRow("GET /generate_204 HTTP/1.1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.32 Safari/537.36\r\nHost: connectivitycheck.gstatic.com\r\nConnection: Keep-Alive\r\nAccept-Encoding: gzip\r\n\r\n", DisplayName = "Android")]
        [DataRow("GET /gen_204 HTTP/1.1\r\nHost: www.google.com\r\nConnection: Keep-Alive\r\nAccept-Encoding: gzip\r\n\r\n", DisplayName = "Android, the other one")]
        [DataRow("GET /hotspot-detect.html HTTP/1.0\r\nHost: captive.apple.com\r\nConnection: close\r\nUser-Agent: CaptiveNetworkSupport-443.120.2 wispr\r\n\r\n", DisplayName = "iOS, macOS")]
        [DataRow("GET /hotspot-detect.html HTTP/1.1\r\nHost: captive.apple.com\r\nUpgrade-Insecure-Requests: 1\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nUser-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148\r\nAccept-Language: en-us\r\nAccept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\n\r\n", DisplayName = "iOS, the window")]
        [DataRow("GET /connecttest.txt HTTP/1.1\r\nConnection: Close\r\nUser-Agent: Microsoft NCSI\r\nHost: www.msftconnecttest.com\r\n\r\n", DisplayName = "Windows 10 and later")]
        [DataRow("GET /ncsi.txt HTTP/1.1\r\nConnection: Close\r\nUser-Agent: Microsoft NCSI\r\nHost: www.msftncsi.com\r\n\r\n", DisplayName = "Windows before")]
        [DataRow("GET /redirect HTTP/1.1\r\nHost: www.msftconnecttest.com\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64)\r\nAccept: text/html\r\n\r\n", DisplayName = "Windows, the window")]
        [DataRow("GET /canonical.html HTTP/1.1\r\nHost: detectportal.firefox.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\nAccept: */*\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\nCache-Control: no-cache\r\nPragma: no-cache\r\nConnection: keep-alive\r\n\r\n", DisplayName = "Firefox")]
        [DataRow("GET /success.txt?ipv4 HTTP/1.1\r\nHost: detectportal.firefox.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n", DisplayName = "Firefox, by family")]
        [DataRow("GET /check_network_status.txt HTTP/1.1\r\nHost: nmcheck.gnome.org\r\nAccept: */*\r\nConnection: close\r\n\r\n", DisplayName = "GNOME")]
        [DataRow("GET / HTTP/1.1\r\nHost: connectivity-check.ubuntu.com\r\nAccept: */*\r\nConnection: close\r\n\r\n", DisplayName = "Ubuntu")]
        public void What_a_system_asks_for_after_joining_leads_to_the_page(string request)
        {
            using BoardRun run = new BoardRun();
            Open(run);
            string answer = run.Send(request);
            Choose(run, "ssid=home&password=right+password");
            StringAssert.StartsWith(answer, "HTTP/1.1 302 ");
            StringAssert.Contains(answer, "\r\nlocation: http://192.168.4.1/\r\n");
            StringAssert.Contains(answer, "\r\ncache-control: no-store\r\n");
        }

        [TestMethod]
        public void Programs_are_told_of_the_page()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            string answer = run.Send("GET /captive HTTP/1.1\r\nHost: 192.168.4.1\r\nAccept: application/captive+json\r\n\r\n");
            Choose(run, "ssid=home&password=right+password");
            StringAssert.Contains(answer, "\r\ncontent-type: application/captive+json\r\n");
            StringAssert.EndsWith(answer, "{\"captive\":true,\"user-portal-url\":\"http://192.168.4.1/\"}");
        }

        [TestMethod]
        public void Every_name_is_the_board()
        {
            using BoardRun run = new BoardRun();
            Open(run);
            Assert.AreEqual("192.168.4.1:53", run.Board.Sockets[53].Local.ToString());
            run.Board.Sockets[53].Arrive(Convert.FromHexString("00070100000100000000000007636170746976650561707074650363" + "6F6D00" + "00010001"), "192.168.4.2:50000");
            (string receiver, byte[] answer) = Sent(run);
            Assert.AreEqual("192.168.4.2:50000", receiver);
            StringAssert.EndsWith(Convert.ToHexString(answer), "0004C0A80401");
            Choose(run, "ssid=home&password=right+password");
            Assert.IsFalse(run.Board.Sockets.ContainsKey(53));
        }

        [TestMethod]
        public void Without_names_the_page_is_still_there_by_its_address()
        {
            using BoardRun run = new BoardRun();
            run.Board.TakenPort = 53;
            Open(run);
            run.AssertOnce("Names are not answered, so that phones do not open the page by themselves: open it by its address.");
            Choose(run, "ssid=home&password=right+password");
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
            Assert.IsTrue(run.Board.Sent.TryTake(out (string, byte[]) sent, TimeSpan.FromSeconds(60)), "Nothing was answered.");
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
