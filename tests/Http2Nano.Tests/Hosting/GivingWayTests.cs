using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>What a client gets to know when its connection is broken off for another client.</summary>
    [TestClass]
    public class GivingWayTests
    {
        // RST_STREAM on stream 1 with CANCEL, and GOAWAY with stream 1 and NO_ERROR (RFC 9113 6.4, 6.8).
        private static readonly byte[] s_told =
        {
            0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8,
            0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
        };

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void Over_http_2_it_is_told_with_a_reset_and_goaway_before_the_close(int connections)
        {
            ScriptedPlatform platform = EventServer.Make(connections);
            ScriptedClient[] viewers = new ScriptedClient[connections];
            for (int i = 0; i < connections; i++)
            {
                viewers[i] = EventServer.Http2Viewer();
                viewers[i].Due = 1 + i;
                platform.Add(viewers[i]);
            }

            // With one place a stream of events makes way for HTTP/2 only.
            ScriptedClient poller = new ScriptedClient();
            poller.Octets = Http2Octets.Get(1);
            platform.Add(poller, 1000);
            platform.Run(3000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(viewers[0].ClosedAt > 1000 && viewers[0].ClosedAt < 2000, "closed at " + viewers[0].ClosedAt.ToString());
            byte[] heard = viewers[0].HeardOctets;
            int start = heard.Length - s_told.Length;
            Assert.IsTrue(start > 0);
            for (int i = 0; i < s_told.Length; i++)
            {
                Assert.AreEqual(s_told[i], heard[start + i], "octet " + i.ToString());
            }
        }

        [TestMethod]
        public void Over_http_1_it_gets_no_last_chunk()
        {
            ScriptedPlatform platform = EventServer.Make(1);
            ScriptedClient viewer = platform.Add(EventServer.Viewer());
            ScriptedClient poller = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(viewer.ClosedAt > 1000);
            Assert.IsTrue(viewer.Heard.IndexOf("transfer-encoding: chunked") > 0, viewer.Heard);
            Assert.IsFalse(viewer.Heard.EndsWith("0\r\n\r\n"));
        }

        [TestMethod]
        public void A_client_that_dribbles_a_body_is_closed_when_its_octets_have_been_read()
        {
            ScriptedPlatform platform = EventServer.Make(1);
            ScriptedClient slow = new ScriptedClient();
            slow.Request = "POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 1000\r\n\r\n";
            slow.Drip = "x";
            slow.DripTime = 100;
            platform.Add(slow);
            ScriptedClient poller = platform.Add(new ScriptedClient(), 1000);
            platform.Run(4000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(poller.Longest <= 1000, "milliseconds: " + poller.Longest.ToString());
            Assert.AreEqual(0, slow.Unread, "octets that the server has not read");
        }

        [TestMethod]
        public void A_client_that_takes_nothing_is_not_waited_for()
        {
            ScriptedPlatform platform = EventServer.Make(1);
            platform.Application.Source.StallAt = -1;
            ScriptedClient deaf = EventServer.Http2Viewer();
            deaf.IsDeaf = true;
            platform.Add(deaf);
            ScriptedClient poller = platform.Add(new ScriptedClient(), 1000);
            platform.Run(3000);
            Assert.AreEqual(1, poller.Answers);
            Assert.IsTrue(poller.Longest <= 510, "milliseconds: " + poller.Longest.ToString());
        }
    }
}
