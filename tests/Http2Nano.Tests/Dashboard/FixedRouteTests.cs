using System;
using Http2Nano.Dashboard;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The routes that tests and measurements rely on, and the options.</summary>
    [TestClass]
    public class FixedRouteTests
    {
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(257)]
        [DataRow(3000)]
        public void Bytes_follow_their_pattern(int count)
        {
            Http1Reply reply = WithBytes().Get("/api/bytes/" + count.ToString());
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("application/octet-stream", reply.Field("content-type"));
            Assert.AreEqual(count, reply.Body.Length);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual((int)(byte)((i * 31) + (i >> 8)), (int)reply.Body[i]);
            }
        }

        [TestMethod]
        [DataRow("-1")]
        [DataRow("x")]
        [DataRow("1x")]
        [DataRow("16777217")]
        [DataRow("4294967297")]
        public void Other_numbers_of_bytes_are_refused(string count)
        {
            Assert.AreEqual(400, WithBytes().Get("/api/bytes/" + count).Status);
        }

        [TestMethod]
        public void An_echo_says_the_same()
        {
            DashboardOptions options = DashboardOptions.Small();
            options.EchoRings = 1;
            options.EchoRingSize = 64;
            DashboardPeer peer = DashboardPeer.Open(new TestBoard(), options);
            Http1Reply reply = peer.Ask("POST", "/api/echo", "Content-Type: text/x-peer\r\n", "hello");
            Assert.AreEqual(200, reply.Status);
            Assert.AreEqual("text/x-peer", reply.Field("content-type"));
            Assert.AreEqual("hello", reply.BodyText);
        }

        [TestMethod]
        public void A_small_dashboard_has_what_the_pages_need()
        {
            DashboardPeer peer = DashboardPeer.Open();
            Assert.AreEqual(404, peer.Ask("POST", "/api/echo", string.Empty, "hello").Status);
            Assert.AreEqual(404, peer.Get("/metrics").Status);
            Assert.AreEqual(404, peer.Get("/api/bytes/3").Status);
            Assert.AreEqual(200, peer.Get("/").Status);
            Assert.AreEqual(200, peer.Put("/api/led", "{\"on\":true}").Status);
            Assert.AreEqual(200, peer.Get("/api/settings").Status);
            DashboardPeer.Contains("Output switched on", peer.Lines());
            DashboardPeer.Contains("\"requests\":7,", peer.Status());
            peer.Send("GET /api/events HTTP/1.1\r\nHost: device\r\n\r\n");
            DashboardPeer.Contains("event: status\n", peer.Text);
        }

        [TestMethod]
        public void The_usual_dashboard_has_all_routes()
        {
            DashboardPeer peer = DashboardPeer.Open(new TestBoard(), new DashboardOptions());
            Assert.AreEqual("hello", peer.Ask("POST", "/api/echo", string.Empty, "hello").BodyText);
            Assert.AreEqual(200, peer.Get("/metrics").Status);
            Assert.AreEqual(3, peer.Get("/api/bytes/3").Body.Length);
            Assert.AreEqual(200, peer.Get("/").Status);
            Assert.AreEqual(200, peer.Get("/api/settings").Status);
            Assert.AreEqual(200, peer.Get("/api/led").Status);
            Assert.AreEqual(string.Empty, peer.Lines());
            DashboardPeer.Contains("\"requests\":7,", peer.Status());
        }

        [TestMethod]
        public void Metrics_count()
        {
            DashboardOptions options = DashboardOptions.Small();
            options.Metrics = true;
            DashboardPeer peer = DashboardPeer.Open(new TestBoard(), options);
            peer.Status();
            Http1Reply reply = peer.Get("/metrics");
            Assert.AreEqual(200, reply.Status);

            // The number stands at the end of its line, behind spaces.
            string text = reply.BodyText;
            int name = text.IndexOf("\nhttp2nano_requests_total ");
            Assert.IsTrue(name > 0, text);
            string line = text.Substring(name + 1, text.IndexOf("\n", name + 1) - name - 1);
            Assert.IsTrue(line.EndsWith(" 1"), line);
        }

        [TestMethod]
        public void The_page_has_its_policies()
        {
            Http1Reply reply = DashboardPeer.Open().Get("/");
            Assert.AreEqual("<p>bench", reply.BodyText);
            Assert.AreEqual("nosniff", reply.Field("x-content-type-options"));
            Assert.AreEqual("same-origin", reply.Field("referrer-policy"));
            Assert.IsTrue(reply.Field("content-security-policy").StartsWith("default-src 'self';"), "policy");
        }

        [TestMethod]
        [DataRow("/api/statu", 404)]
        [DataRow("/api/status/", 404)]
        [DataRow("/api/bytes", 404)]
        [DataRow("/nowhere", 404)]
        public void Nothing_else_is_there(string target, int status)
        {
            Assert.AreEqual(status, WithBytes().Get(target).Status);
        }

        [TestMethod]
        [DataRow("/api/status")]
        [DataRow("/api/log")]
        [DataRow("/api/events")]
        public void What_can_only_be_read_cannot_be_changed(string target)
        {
            Http1Reply reply = DashboardPeer.Open().Ask("DELETE", target, string.Empty, string.Empty);
            Assert.AreEqual(405, reply.Status);
            Assert.AreEqual("GET, HEAD, OPTIONS", reply.Field("allow"));
        }

        [TestMethod]
        public void Events_bring_the_status_and_end_when_the_device_stops()
        {
            DashboardPeer peer = DashboardPeer.Open();
            peer.Send("GET /api/events HTTP/1.1\r\nHost: device\r\n\r\n");
            DashboardPeer.Contains("data: {\"device\":\"Bench\",", peer.Text);
            DashboardPeer.Contains("\"protocol\":\"HTTP/1.1\"", peer.Text);
            peer.Application.Stop();
            peer.Pump();
            Assert.AreEqual(200, peer.Next(false).Status);
            Assert.AreEqual(503, peer.Get("/api/events").Status);
        }

        private static DashboardPeer WithBytes()
        {
            DashboardOptions options = DashboardOptions.Small();
            options.Bytes = true;
            return DashboardPeer.Open(new TestBoard(), options);
        }

        [TestMethod]
        [DataRow("EchoRings", -1)]
        [DataRow("EchoRings", 101)]
        [DataRow("EchoRingSize", 63)]
        [DataRow("EchoRingSize", 32769)]
        [DataRow("EventSubscribers", 0)]
        [DataRow("EventSubscribers", 101)]
        [DataRow("EventRingSize", 1023)]
        [DataRow("EventRingSize", 32769)]
        [DataRow("LogSize", 399)]
        [DataRow("LogSize", 16385)]
        [DataRow("StatusInterval", 99)]
        [DataRow("StatusInterval", 60001)]
        [DataRow("HttpPort", -1)]
        [DataRow("HttpPort", 65536)]
        [DataRow("HttpsPort", -1)]
        [DataRow("HttpsPort", 65536)]
        public void An_option_that_is_wrong_is_named(string name, int value)
        {
            DashboardOptions options = new DashboardOptions();
            switch (name)
            {
                case "EchoRings": options.EchoRings = value; break;
                case "EchoRingSize": options.EchoRingSize = value; break;
                case "EventSubscribers": options.EventSubscribers = value; break;
                case "EventRingSize": options.EventRingSize = value; break;
                case "LogSize": options.LogSize = value; break;
                case "StatusInterval": options.StatusInterval = value; break;
                case "HttpPort": options.HttpPort = value; break;
                default: options.HttpsPort = value; break;
            }

            string message = string.Empty;
            try
            {
                new DashboardApplication(new TestBoard(), DashboardPeer.Pages("<p>"), options);
            }
            catch (ArgumentException exception)
            {
                message = exception.Message;
            }

            Assert.IsTrue(message.StartsWith(name + " is " + value.ToString() + ": it must be "), message);
        }
    }
}
