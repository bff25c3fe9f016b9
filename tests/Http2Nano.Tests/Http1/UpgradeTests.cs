using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Http1;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 7540 3.2, RFC 9110 7.8: the upgrade to HTTP/2, up to where HTTP/2 takes over.</summary>
    [TestClass]
    public class UpgradeTests
    {
        private const string Switching = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n";
        private const string Start = "GET /gtarget?q HTTP/1.1\r\nHost: d\r\n";
        private const string Options = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";

        // SETTINGS_MAX_CONCURRENT_STREAMS 100, SETTINGS_INITIAL_WINDOW_SIZE 65,535.
        private const string Settings = "HTTP2-Settings: AAMAAABkAAQAAP__\r\n";

        [TestMethod]
        public void A_request_for_the_upgrade_is_handed_over()
        {
            Setup setup = new Setup(SmallLimits.Make());
            setup.Send(Start + Options + Settings + "\r\nPRI");
            setup.IsUpgraded();
            Assert.AreEqual(12, setup.Connection.UpgradeSettings.Length);
            byte[] expected = new byte[] { 0, 3, 0, 0, 0, 100, 0, 4, 0, 0, 0xFF, 0xFF };
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], setup.Connection.UpgradeSettings.Payload[setup.Connection.UpgradeSettings.Start + i]);
            }

            // What follows belongs to HTTP/2.
            Assert.AreEqual(3, setup.Receive.Length);
            HttpExchange exchange = setup.Connection.TakeUpgraded();
            Assert.AreEqual("/gtarget", exchange.Request.Path);
            Assert.AreEqual(1, exchange.Request.QueryCount);
            Assert.AreEqual("d", exchange.Request.Headers.GetValue(exchange.Request.AuthorityPosition));
            Assert.IsNull(setup.Connection.TakeUpgraded());
            Assert.AreEqual(1, setup.Exchanges.InUse);
            Assert.AreEqual(0, setup.Application.Routed);
        }

        [TestMethod]
        public void An_exchange_that_was_not_taken_over_is_given_back()
        {
            Setup setup = new Setup(SmallLimits.Make());
            setup.Send(Start + Options + Settings + "\r\n");
            setup.IsUpgraded();
            setup.Connection.Abort();
            setup.Connection.Begin(0, false);
            Assert.AreEqual(0, setup.Exchanges.InUse);
            Assert.IsFalse(setup.Connection.WantsHttp2);
        }

        [TestMethod]
        public void An_empty_field_means_no_settings()
        {
            Setup setup = new Setup(SmallLimits.Make());
            setup.Send(Start + Options + "HTTP2-Settings:\r\n\r\n");
            setup.IsUpgraded();
            Assert.AreEqual(0, setup.Connection.UpgradeSettings.Length);
        }

        [TestMethod]
        public void The_order_and_case_of_fields_does_not_matter()
        {
            Setup setup = new Setup(SmallLimits.Make());
            setup.Send(Start + Settings + "upgrade: websocket, H2C\r\nconnection: http2-settings\r\nconnection: x, upgrade\r\n\r\n");
            setup.IsUpgraded();
        }

        [TestMethod]
        [DataRow("AAMAAABkA")]
        [DataRow("AAMAAABkAA")]
        [DataRow("AAMAAAB")]
        [DataRow("AAMAAABk=")]
        [DataRow("AAMAAABk AAQAAP__")]
        [DataRow("AAMAAAB+")]
        [DataRow("AAMAAAB/")]
        [DataRow("AAMAAABkAAQAAP_")]
        [DataRow("!")]
        [DataRow("AA\u00e9A")]
        public void Settings_that_are_malformed_are_refused(string settings)
        {
            Cuts.Refused(Start + Options + "HTTP2-Settings: " + settings + "\r\n\r\n", 400);
        }

        // RFC 9113 8.3.1
        [TestMethod]
        public void A_request_without_an_authority_is_not_upgraded()
        {
            Cuts.Refused("GET /gtarget HTTP/1.1\r\nHost:\r\n" + Options + Settings + "\r\n", 400);
        }

        [TestMethod]
        public void Settings_that_do_not_fit_are_answered_without_the_upgrade()
        {
            Cuts.Accepted(
                Start + Options + "HTTP2-Settings: " + Texts.Repeat('A', 88) + "\r\n\r\n",
                "GET /gtarget ?q d 1 1");
            Setup setup = new Setup(SmallLimits.Make());
            setup.Send(Start + Options + "HTTP2-Settings: " + Texts.Repeat('A', 80) + "\r\n\r\n");
            setup.IsUpgraded();
            Assert.AreEqual(60, setup.Connection.UpgradeSettings.Length);
        }

        [TestMethod]
        [DataRow("Upgrade: h2c\r\nConnection: Upgrade\r\nHTTP2-Settings: AAMAAABk\r\n")]
        [DataRow("Upgrade: h2c\r\nConnection: HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n")]
        [DataRow("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n")]
        [DataRow("Upgrade: h2\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n")]
        [DataRow("Upgrade: h2c/1\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n")]
        [DataRow("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n")]
        [DataRow("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\nHTTP2-Settings: AAMAAABk\r\n")]
        [DataRow("Upgrade: websocket\r\nConnection: Upgrade\r\n")]
        public void A_request_that_does_not_ask_rightly_is_answered_without_the_upgrade(string fields)
        {
            Cuts.Accepted(Start + fields + "\r\n", "GET /gtarget ?q d 1 1");
        }

        [TestMethod]
        public void A_request_with_a_body_is_answered_without_the_upgrade()
        {
            Cuts.Accepted(
                "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n" + Options + Settings + "\r\nhi",
                "hi");
            Cuts.Accepted(
                "POST /gbody HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n" + Options + Settings + "\r\n2\r\nhi\r\n0\r\n\r\n",
                "hi");
        }

        [TestMethod]
        public void A_request_of_1_0_is_answered_without_the_upgrade()
        {
            Cuts.Accepted("GET /gtarget HTTP/1.0\r\nHost: d\r\n" + Options + Settings + "\r\n", "GET /gtarget  d 0 1(closed)");
        }

        [TestMethod]
        public void The_upgrade_can_be_turned_off()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.UpgradeToHttp2 = false;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.Send(Start + Options + Settings + "\r\n");
            peer.NextIs(200);
            peer.Send(Start + Options + "HTTP2-Settings: !\r\n\r\n");
            peer.NextIs(200);
        }

        [TestMethod]
        public void Over_tls_there_is_no_upgrade()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Reconnect(true);
            peer.Send(Start + Options + Settings + "\r\n");
            peer.NextIs(200);
        }

        [TestMethod]
        public void The_upgrade_waits_until_there_is_room_to_say_so()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.TransmitBufferSize = 512;
            Setup setup = new Setup(limits);
            setup.Transmit.End = 500;
            setup.Send(Start + Options + Settings + "\r\n");
            Assert.IsFalse(setup.Connection.WantsHttp2);
            setup.Transmit.Clear();
            setup.Connection.Advance(0);
            setup.IsUpgraded();
        }

        private class Setup
        {
            public readonly ReceiveBuffer Receive = new ReceiveBuffer(1024);
            public readonly TransmitBuffer Transmit;
            public readonly ExchangePool Exchanges;
            public readonly TestApplication Application = new TestApplication();
            public readonly Http1Connection Connection;

            public Setup(HttpLimits limits)
            {
                Transmit = new TransmitBuffer(limits.TransmitBufferSize);
                Exchanges = new ExchangePool(limits);
                Connection = new Http1Connection(Receive, Transmit, Exchanges, Application, limits, new ServerCounters(), new HttpDate(), new byte[256]);
                Connection.Begin(0, false);
            }

            public void Send(string text)
            {
                byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
                bytes.CopyTo(Receive.Bytes, 0);
                Receive.Start = 0;
                Receive.End = bytes.Length;
                Connection.Advance(0);
            }

            public void IsUpgraded()
            {
                Assert.IsTrue(Connection.WantsHttp2);
                Assert.AreEqual(
                    Switching,
                    System.Text.Encoding.UTF8.GetString(Transmit.Bytes, Transmit.Start, Transmit.Length));
            }
        }
    }
}
