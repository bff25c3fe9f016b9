using Http2Nano.Hosting;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>RFC 6455 7: the closing handshake, and what ends a socket otherwise.</summary>
    [TestClass]
    public class ClosingTests
    {
        [TestMethod]
        [DataRow(1000)]
        [DataRow(1001)]
        [DataRow(1011)]
        [DataRow(1014)]
        [DataRow(3000)]
        [DataRow(4999)]
        public void The_clients_code_is_sent_back(int code)
        {
            SocketPeer.Play(peer =>
            {
                peer.Close(code).GetsClose(code).IsOver("open, closed " + code.ToString());
            });
        }

        [TestMethod]
        public void A_client_need_not_say_why()
        {
            SocketPeer.Play(peer => peer.Frame(0x88).GetsClose(1005).IsOver("open, closed 1005"));
        }

        [TestMethod]
        public void What_comes_behind_a_Close_frame_is_dropped()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Raw(0x88, 0x80, 0, 0, 0, 0, 0x81, 0x81, 0, 0, 0, 0, 0x41);
            peer.GetsClose(1005);
            peer.Wait(300).IsOver("open, closed 1005");
        }

        // RFC 6455 7.4.1, 7.4.2.
        [TestMethod]
        [DataRow(0)]
        [DataRow(999)]
        [DataRow(1004)]
        [DataRow(1005)]
        [DataRow(1006)]
        [DataRow(1015)]
        [DataRow(2999)]
        [DataRow(5000)]
        [DataRow(65535)]
        public void Codes_that_nobody_sends_are_errors(int code)
        {
            SocketPeer.Play(peer => peer.Close(code).GetsClose(1002).Wait(300).IsOver("open, closed 1002"));
        }

        [TestMethod]
        public void A_reason_is_text()
        {
            SocketPeer.Play(peer => peer.Frame(0x88, 0x03, 0xE8, 0xC3, 0xA4).GetsClose(1000).IsOver("open, closed 1000"));
            SocketPeer.Play(peer => peer.Frame(0x88, 0x03, 0xE8, 0xC3).GetsClose(1007).Wait(300).IsOver("open, closed 1007"));
            SocketPeer.Play(peer => peer.Frame(0x88, 0x03, 0xE8, 0xFF).GetsClose(1007).Wait(300).IsOver("open, closed 1007"));
        }

        [TestMethod]
        public void A_code_has_two_octets()
        {
            SocketPeer.Play(peer => peer.Frame(0x88, 0x03).GetsClose(1002).Wait(300).IsOver("open, closed 1002"));
        }

        [TestMethod]
        public void The_application_closes_and_the_client_answers()
        {
            SocketPeer.Play(peer =>
            {
                peer.Endpoint.Last.Close(4000);
                Assert.IsFalse(peer.Endpoint.Last.IsOpen);
                peer.Pump();
                peer.GetsClose(4000);
                Assert.IsFalse(peer.Closed);

                // What was on its way is not delivered any more.
                peer.Say("late").GetsNothing();
                peer.Close(4000).GetsNothing().IsOver("open, closed 4000");
            });
        }

        [TestMethod]
        public void A_socket_that_never_closes_is_closed()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Last.Close(1000);
            peer.Pump();
            peer.GetsClose(1000);
            peer.Wait(4900);
            Assert.IsFalse(peer.Closed);
            peer.Say("still here").Wait(200).IsOver("open, closed 1000");
        }

        [TestMethod]
        public void Stop_closes_all_and_refuses_more()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Stop();
            peer.Pump();
            peer.GetsClose(1001).Close(1001).IsOver("open, closed 1001");
            Assert.AreEqual(503, peer.Ask(SocketPeer.Asking).Status);
            peer.Endpoint.Start();
            Assert.AreEqual(101, peer.Ask(SocketPeer.Asking).Status);
            peer.Say("again").GetsText("again");
        }

        [TestMethod]
        public void A_code_that_nobody_sends_is_not_for_the_application_either()
        {
            SocketPeer peer = SocketPeer.Open();
            Assert.ThrowsException(typeof(System.ArgumentException), () => peer.Endpoint.Last.Close(1006));
            peer.Say("goes on").GetsText("goes on");
        }

        // The server makes way for another client, or stops.
        [TestMethod]
        public void A_connection_that_ends_says_going_away()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            peer.GetsClose(1001).IsOver("open, closed 1006");
        }

        [TestMethod]
        public void Who_makes_way_for_another_client_is_told_first()
        {
            SocketPeer peer = SocketPeer.Open();
            ConnectionGate gate = Gate(peer);
            peer.Say("hello").GetsMessage(1, new byte[] { 0x68, 0x65, 0x6C, 0x6C, 0x6F });
            int decision = ConnectionGate.Keep;
            for (long now = peer.Now; decision == ConnectionGate.Keep && now < peer.Now + 5000; now += 10)
            {
                decision = gate.Decide(now, Others.Waiting, true);
            }

            Assert.AreEqual(ConnectionGate.End, decision);
            peer.Session.Shutdown(peer.Now);
            peer.Pump();
            peer.GetsClose(1001).IsOver("open, text 5, closed 1006");
        }

        // As long as it takes until a page with events that was cut off comes back.
        [TestMethod]
        public void News_of_others_do_not_close_a_WebSocket_at_once()
        {
            SocketPeer peer = SocketPeer.Open();
            ConnectionGate gate = Gate(peer);
            long now = peer.Now;
            while (gate.Decide(now, Others.News, true) == ConnectionGate.Keep && now < peer.Now + 5000)
            {
                now += 10;
            }

            Assert.AreEqual(2000L, now - peer.Now);
        }

        private static ConnectionGate Gate(SocketPeer peer)
        {
            HttpServerOptions options = new HttpServerOptions();
            ConnectionGate gate = new ConnectionGate(options, peer.Session, new Crowd(options, peer.Counters));
            gate.Begin(peer.Now, false);
            gate.Requests = 1;
            return gate;
        }

        // What does not go then goes at once.
        [TestMethod]
        public void Who_does_not_make_way_is_dropped()
        {
            SocketPeer peer = SocketPeer.Open();
            ConnectionGate gate = Gate(peer);
            int decision = ConnectionGate.Keep;
            int ends = 0;
            for (long now = peer.Now; decision != ConnectionGate.Drop && now < peer.Now + 5000; now += 10)
            {
                decision = gate.Decide(now, Others.Waiting, true);
                ends += decision == ConnectionGate.End ? 1 : 0;
            }

            Assert.AreEqual(ConnectionGate.Drop, decision);
            Assert.AreEqual(1, ends);
        }

        [TestMethod]
        public void A_lost_connection_is_told()
        {
            SocketPeer.Play(peer =>
            {
                peer.Frame(0x01, 0x41);
                peer.Disconnect();
                peer.IsOver("open, closed 1006");
            });
        }

        // What was sent before is still answered.
        [TestMethod]
        public void The_clients_side_ends_without_a_word()
        {
            SocketPeer.Play(peer =>
            {
                peer.Say("last");
                peer.EndSending();
                peer.GetsMessage(1, new byte[] { 0x6C, 0x61, 0x73, 0x74 }).GetsNothing().IsOver("open, text 4, closed 1006");
            });
        }

        // Its Pong lies behind a message for which there is no room.
        [TestMethod]
        public void A_client_that_is_not_read_is_not_taken_for_dead()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Echoes = false;
            peer.Endpoint.Capacity = 0;
            peer.Say("hello").Frame(0x8A);
            for (int i = 0; i < 20; i++)
            {
                peer.Wait(5000);
            }

            Assert.AreEqual("open", peer.Endpoint.Notes);
            peer.Endpoint.Capacity = int.MaxValue;
            peer.Wait(1);
            Assert.AreEqual("open, text 5", peer.Endpoint.Notes);
            for (int i = 0; i < 10; i++)
            {
                peer.Wait(5000);
            }

            peer.IsOver("open, text 5, closed 1006");
        }

        [TestMethod]
        public void A_silent_client_is_asked_and_then_given_up()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Wait(19900).GetsNothing();
            peer.Wait(200).Gets(0x89).Frame(0x8A).GetsNothing();
            peer.Wait(19900).GetsNothing();
            peer.Wait(200).Gets(0x89);
            peer.Wait(19900).GetsNothing();
            Assert.IsFalse(peer.Closed);
            peer.Wait(200).GetsNothing().IsOver("open, closed 1006");
        }

        // A client that takes nothing.
        [TestMethod]
        public void A_client_that_reads_nothing_is_given_up()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.ReadLimit = 0;
            byte[] message = new byte[100];
            while (peer.Endpoint.Send(peer.Endpoint.Last, Http2Nano.WebSockets.WebSocketPiece.BinaryEnd, message, 0, 100))
            {
                peer.Pump();
            }

            peer.Elapse(10100);
            peer.IsOver("open, closed 1006");
        }

        [TestMethod]
        public void What_the_application_throws_ends_the_socket_alone()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Hurts = 4;
            peer.Say("hurt").IsOver("open, closed 1006");
            Assert.AreEqual(1, peer.Counters.HandlerFailures);
            peer.Endpoint.Hurts = 0;
            Assert.AreEqual(101, peer.Ask(SocketPeer.Asking).Status);
            peer.Say("fine").GetsText("fine");
        }
    }
}
