using Http2Nano.Access;
using Http2Nano.Dashboard;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The switch and the settings.</summary>
    [TestClass]
    public class ChangeTests
    {
        // anna:a long secret
        private const string Anna = "Authorization: Basic YW5uYTphIGxvbmcgc2VjcmV0\r\n";

        [TestMethod]
        public void The_output_is_switched()
        {
            DashboardPeer peer = DashboardPeer.Open();
            Assert.AreEqual("{\"on\":false}", peer.Get("/api/led").BodyText);
            Assert.AreEqual("{\"on\":true}", peer.Put("/api/led", "{\"on\":true}").BodyText);
            Assert.IsTrue(peer.Board.Output);
            Assert.AreEqual("{\"on\":true}", peer.Get("/api/led").BodyText);
            Assert.AreEqual(200, peer.Put("/api/led", "{\"on\":true}").Status);
            Assert.AreEqual("{\"on\":false}", peer.Put("/api/led", "{\"other\":[1,{\"on\":true}],\"on\":false}").BodyText);
            Assert.IsFalse(peer.Board.Output);

            // A line for each change, none for what was so before.
            string lines = peer.Lines();
            DashboardPeer.Contains("\"n\":1,\"at\":60,\"level\":\"info\",\"text\":\"Output switched on\"", lines);
            DashboardPeer.Contains("\"n\":2,\"at\":60,\"level\":\"info\",\"text\":\"Output switched off\"", lines);
            DashboardPeer.Lacks("\"n\":3", lines);
        }

        [TestMethod]
        [DataRow("/api/led", "", 400)]
        [DataRow("/api/led", "on", 400)]
        [DataRow("/api/led", "[true]", 400)]
        [DataRow("/api/led", "{\"on\":true", 400)]
        [DataRow("/api/led", "{\"on\":true}}", 400)]
        [DataRow("/api/led", "{\"on\":true,}", 400)]
        [DataRow("/api/led", "{}", 422)]
        [DataRow("/api/led", "{\"on\":1}", 422)]
        [DataRow("/api/led", "{\"on\":\"true\"}", 422)]
        [DataRow("/api/led", "{\"on\":null}", 422)]
        [DataRow("/api/settings", "", 400)]
        [DataRow("/api/settings", "null", 400)]
        [DataRow("/api/settings", "{\"deviceName\":\"a", 400)]
        [DataRow("/api/settings", "{\"deviceName\":\"a\"} x", 400)]
        [DataRow("/api/settings", "{\"deviceName\":\"\"}", 422)]
        [DataRow("/api/settings", "{\"deviceName\":\"   \"}", 422)]
        [DataRow("/api/settings", "{\"deviceName\":7}", 422)]
        [DataRow("/api/settings", "{\"deviceName\":null}", 422)]
        [DataRow("/api/settings", "{\"deviceName\":\"a\\nb\"}", 422)]
        [DataRow("/api/settings", "{\"deviceName\":\"123456789012345678901234567890123\"}", 422)]
        [DataRow("/api/settings", "{\"temperatureUnit\":\"K\"}", 422)]
        [DataRow("/api/settings", "{\"temperatureUnit\":true}", 422)]
        public void What_makes_no_sense_changes_nothing(string target, string body, int status)
        {
            DashboardPeer peer = DashboardPeer.Open();
            Assert.AreEqual(status, peer.Put(target, body).Status);
            Assert.IsFalse(peer.Board.Output);
            Assert.IsNull(peer.Board.Saved);
            Assert.AreEqual("{\"deviceName\":\"Bench\",\"temperatureUnit\":\"C\"}", peer.Get("/api/settings").BodyText);
            Assert.AreEqual(string.Empty, peer.Lines());
        }

        // RFC 9110 8.3.1
        [TestMethod]
        [DataRow("application/json")]
        [DataRow("application/json; charset=utf-8")]
        [DataRow("application/json;charset=utf-8")]
        [DataRow("application/json;charset=UTF-8")]
        [DataRow("Application/JSON")]
        [DataRow("application/json; charset=\"utf-8\"")]
        public void JSON_may_have_parameters_in_any_spelling(string type)
        {
            Assert.AreEqual(200, DashboardPeer.Open().Ask("PUT", "/api/led", "Content-Type: " + type + "\r\n", "{\"on\":true}").Status);
        }

        [TestMethod]
        [DataRow("/api/led", "{\"on\":true}")]
        [DataRow("/api/settings", "{\"temperatureUnit\":\"F\"}")]
        public void Only_JSON_from_pages_of_the_device_itself_is_taken(string target, string body)
        {
            DashboardPeer peer = DashboardPeer.Open();
            Assert.AreEqual(415, peer.Ask("PUT", target, string.Empty, body).Status);
            Assert.AreEqual(415, peer.Ask("PUT", target, "Content-Type: text/plain\r\n", body).Status);
            Assert.AreEqual(403, peer.Ask("PUT", target, DashboardPeer.Json + "Origin: http://elsewhere\r\n", body).Status);
            Assert.AreEqual(403, peer.Ask("PUT", target, DashboardPeer.Json + "Sec-Fetch-Site: cross-site\r\n", body).Status);
            Assert.IsFalse(peer.Board.Output);
            Assert.IsNull(peer.Board.Saved);
            Assert.AreEqual(200, peer.Ask("PUT", target, DashboardPeer.Json + "Origin: http://device\r\n", body).Status);
        }

        [TestMethod]
        [DataRow("/api/led", "{\"on\":true}")]
        [DataRow("/api/settings", "{\"temperatureUnit\":\"F\"}")]
        public void Who_changes_something_signs_in(string target, string body)
        {
            HashedSecrets users = new HashedSecrets("salt");
            users.Add("anna:a long secret");
            DashboardOptions options = DashboardOptions.Small();
            options.Users = users;
            DashboardPeer peer = DashboardPeer.Open(new TestBoard(), options);
            Http1Reply reply = peer.Put(target, body);
            Assert.AreEqual(401, reply.Status);
            Assert.AreEqual("Basic realm=\"device\", charset=\"UTF-8\"", reply.Field("www-authenticate"));
            Assert.AreEqual(401, peer.Ask("PUT", target, DashboardPeer.Json + "Authorization: Basic YW5uYTp4\r\n", body).Status);
            Assert.IsFalse(peer.Board.Output);
            Assert.IsNull(peer.Board.Saved);

            // Everybody may look.
            Assert.AreEqual(200, peer.Get(target).Status);
            Assert.AreEqual(200, peer.Ask("PUT", target, DashboardPeer.Json + Anna, body).Status);
            Assert.IsTrue(peer.Board.Output || peer.Board.Saved != null);
        }

        [TestMethod]
        public void A_board_without_an_output_has_no_switch()
        {
            TestBoard board = new TestBoard();
            board.Switchable = false;
            DashboardPeer peer = DashboardPeer.Open(board, DashboardOptions.Small());
            Assert.AreEqual(404, peer.Get("/api/led").Status);
            Assert.AreEqual(404, peer.Put("/api/led", "{\"on\":true}").Status);
        }

        [TestMethod]
        public void Settings_are_kept_and_shown()
        {
            DashboardPeer peer = DashboardPeer.Open();
            Assert.AreEqual("{\"deviceName\":\"Bench\",\"temperatureUnit\":\"C\"}", peer.Get("/api/settings").BodyText);
            Http1Reply reply = peer.Put("/api/settings", "{\"deviceName\":\" North wall \",\"temperatureUnit\":\"F\",\"more\":{}}");
            Assert.AreEqual("{\"deviceName\":\"North wall\",\"temperatureUnit\":\"F\"}", reply.BodyText);
            Assert.AreEqual("North wall,F", peer.Board.Saved);
            DashboardPeer.Contains("{\"device\":\"North wall\",", peer.Status());
            DashboardPeer.Contains("\"level\":\"info\",\"text\":\"Settings saved\"", peer.Lines());
        }

        [TestMethod]
        public void Settings_that_cannot_be_stored_hold_and_the_answer_says_so()
        {
            TestBoard board = new TestBoard();
            board.KeepsSettings = false;
            DashboardPeer peer = DashboardPeer.Open(board, DashboardOptions.Small());
            Assert.AreEqual(507, peer.Put("/api/settings", "{\"deviceName\":\"North wall\"}").Status);
            DashboardPeer.Contains("{\"device\":\"North wall\",", peer.Status());
            Assert.IsTrue(peer.Lines().IndexOf("Settings saved") < 0);
        }

        [TestMethod]
        public void Settings_that_are_left_out_stay()
        {
            DashboardPeer peer = DashboardPeer.Open();
            peer.Put("/api/settings", "{\"temperatureUnit\":\"F\"}");
            Assert.AreEqual("Bench,F", peer.Board.Saved);
            peer.Put("/api/settings", "{\"deviceName\":\"12345678901234567890123456789012\"}");
            Assert.AreEqual("12345678901234567890123456789012,F", peer.Board.Saved);
            Assert.AreEqual(200, peer.Put("/api/settings", "{}").Status);
            Assert.AreEqual("12345678901234567890123456789012,F", peer.Board.Saved);
        }
    }
}
