using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>RFC 9110 10.1.1: Expect.</summary>
    [TestClass]
    public class ExpectTests
    {
        private const string Fields = " HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
        private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";

        [TestMethod]
        public void A_client_that_waits_is_told_to_go_on()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody" + Fields);
            Assert.AreEqual(Continue, peer.Text);
            peer.Send("hello");
            peer.NextIs(100);
            Assert.AreEqual("hello", peer.Next().BodyText);
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void A_client_whose_body_is_streamed_is_told_to_go_on()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /secho" + Fields);
            Assert.StartsWith(Continue + "HTTP/1.1 200 OK\r\n", peer.Text);
            peer.Send("hello");
            peer.NextIs(100);
            Assert.AreEqual("hello", peer.Next().BodyText);
        }

        [TestMethod]
        public void A_client_that_did_not_wait_is_not_told()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody" + Fields + "hello");
            Assert.AreEqual("hello", peer.Next().BodyText);
        }

        [TestMethod]
        public void A_client_of_1_0_is_not_told()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            peer.NothingMore();
            peer.Send("hello");
            Assert.AreEqual("hello", peer.Next().BodyText);
        }

        [TestMethod]
        public void Without_a_body_nobody_is_told()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\n\r\n");
            Assert.AreEqual("hello", peer.Next().BodyText);
            Assert.IsFalse(peer.Closed);
        }

        [TestMethod]
        public void A_body_that_is_too_large_is_refused_before_it_is_sent()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n");
            Http1Reply reply = peer.Next();
            Assert.AreEqual(413, reply.Status);
            Assert.AreEqual("close", reply.Field("connection"));
        }

        [TestMethod]
        public void An_answer_before_the_body_ends_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /a" + Fields);
            Http1Reply reply = peer.Next();
            Assert.AreEqual(404, reply.Status);
            Assert.AreEqual("close", reply.Field("connection"));
            peer.Send("hello");
            peer.NothingMore();
            peer.Elapse(300);
            Assert.IsTrue(peer.Closed);
        }

        [TestMethod]
        public void An_answer_to_a_client_that_did_not_wait_keeps_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /a" + Fields + "hello");
            Assert.IsNull(peer.Next().Field("connection"));
            peer.Send("GET / HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(200);
        }

        [TestMethod]
        public void An_answer_while_the_body_comes_keeps_the_connection()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /a" + Fields + "hel");
            Assert.IsNull(peer.Next().Field("connection"));
            peer.Send("loGET / HTTP/1.1\r\nHost: d\r\n\r\n");
            peer.NextIs(200);
        }

        [TestMethod]
        [DataRow("200-ok")]
        [DataRow("100-continue, other")]
        [DataRow("100-continue=1")]
        [DataRow("100-continues")]
        public void Another_expectation_fails(string expectation)
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gbody HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\nExpect: " + expectation + "\r\n\r\n");
            peer.NextIs(417);
            Assert.AreEqual(0, peer.Application.Routed);
        }

        [TestMethod]
        public void In_1_0_expectations_are_ignored()
        {
            Cuts.Accepted("GET / HTTP/1.0\r\nExpect: other\r\n\r\n", "hello(closed)");
        }

        [TestMethod]
        public void An_expectation_is_compared_without_regard_to_case_and_listed()
        {
            Http1Peer peer = new Http1Peer(new TestApplication());
            peer.Send("POST /gfields HTTP/1.1\r\nHost: d\r\nContent-Length: 1\r\nExpect: 100-Continue\r\n\r\n");
            peer.NextIs(100);
            peer.Send("x");
            Assert.Contains("expect=100-Continue\n", peer.Next().BodyText);
        }

        [TestMethod]
        public void Going_on_waits_until_there_is_room_to_say_so()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.TransmitBufferSize = 512;
            Http1Peer peer = new Http1Peer(new TestApplication(), limits);
            peer.ReadLimit = 0;
            peer.Application.ArrayLength = 395;
            peer.Send("GET /garray HTTP/1.1\r\nHost: d\r\n\r\n" + "POST /gbody" + Fields);
            Assert.IsTrue(peer.Session.Transmit.Free < 25 && peer.Session.Transmit.Free > 0);
            peer.Elapse(5000);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            peer.NextIs(200);
            peer.NextIs(100);
            peer.Send("hello");
            Assert.AreEqual("hello", peer.Next().BodyText);
        }
    }
}
