using Http2Nano.WebSockets;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>RFC 6455 5 and 6: messages and control frames.</summary>
    [TestClass]
    public class MessageTests
    {
        [TestMethod]
        public void Messages_come_and_go()
        {
            SocketPeer.Play(peer =>
            {
                peer.Say("Hello").GetsMessage(1, Octets("Hello"));
                peer.Say(string.Empty).GetsMessage(1, new byte[0]);
                peer.Frame(0x82, 0, 1, 0xFF).GetsMessage(2, new byte[] { 0, 1, 0xFF });
                peer.GetsNothing();
                Assert.AreEqual("open, text 5, text 0, binary 3", peer.Endpoint.Notes);
            });
        }

        [TestMethod]
        [DataRow(125)]
        [DataRow(126)]
        [DataRow(127)]
        [DataRow(1000)]
        [DataRow(65535)]
        [DataRow(65536)]
        [DataRow(70001)]
        public void Messages_have_any_length(int length)
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Echoes = false;
            peer.Long(0x82, length);
            Assert.AreEqual("open, binary " + length.ToString(), peer.Endpoint.Notes);
        }

        [TestMethod]
        public void A_long_message_comes_back_through_a_small_ring()
        {
            SocketPeer.Play(peer =>
            {
                byte[] message = new byte[1000];
                for (int i = 0; i < message.Length; i++)
                {
                    message[i] = (byte)(i * 7);
                }

                peer.Frame(0x82, message).GetsMessage(2, message).GetsNothing();
            });
        }

        // RFC 6455 5.4.
        [TestMethod]
        public void Fragments_are_one_message_and_control_frames_stand_between_them()
        {
            SocketPeer.Play(peer =>
            {
                peer.Endpoint.Echoes = false;
                peer.Frame(0x01, Octets("Hel")).Frame(0x89, 1, 2).Frame(0x00).Frame(0x8A).Frame(0x80, Octets("lo"));
                peer.Gets(0x8A, 1, 2).GetsNothing();
                Assert.AreEqual("open, text 5", peer.Endpoint.Notes);
                peer.Frame(0x02).Frame(0x80);
                Assert.AreEqual("open, text 5, binary 0", peer.Endpoint.Notes);
            });
        }

        [TestMethod]
        public void Pings_are_answered_with_what_they_said()
        {
            SocketPeer.Play(peer =>
            {
                byte[] longest = new byte[125];
                longest[124] = 9;
                peer.Frame(0x89).Gets(0x8A);
                peer.Frame(0x89, Octets("are you there")).Gets(0x8A, Octets("are you there"));
                peer.Frame(0x89, longest).Gets(0x8A, longest);
                peer.Frame(0x8A, longest).GetsNothing();
            });
        }

        // RFC 6455 5.5.3: as long as it cannot be sent, only the latest has to be answered.
        [TestMethod]
        public void Of_pings_that_cannot_be_answered_the_latest_is()
        {
            SocketPeer peer = SocketPeer.Open();
            peer.Endpoint.Echoes = false;
            peer.ReadLimit = 0;
            while (peer.Endpoint.Send(peer.Endpoint.Last, WebSocketPiece.BinaryEnd, new byte[100], 0, 100))
            {
                peer.Pump();
            }

            peer.Frame(0x89, 1).Frame(0x89, 2).Frame(0x8A, 7);
            peer.ReadLimit = int.MaxValue;
            peer.Pump();
            while (peer.Received[0] == 0x82)
            {
                peer.Gets(0x82, new byte[100]);
            }

            peer.Gets(0x8A, 2).Gets(0x82, new byte[100]).GetsNothing();
        }

        // RFC 6455 5.3: the mask goes on over pieces of any length.
        [TestMethod]
        public void Pieces_of_any_length_are_unmasked()
        {
            byte[] message = new byte[60];
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)(200 - i);
            }

            SocketPeer peer = SocketPeer.Open();
            for (int piece = 1; piece < 30; piece++)
            {
                peer.Piece = piece;
                peer.Frame(0x82, message).GetsMessage(2, message);
            }

            peer.GetsNothing();
        }

        [TestMethod]
        public void The_application_sends_when_it_likes()
        {
            SocketPeer.Play(peer =>
            {
                Assert.AreEqual(1, peer.Endpoint.SendToAll(WebSocketPiece.TextEnd, Octets("19.5"), 0, 4));
                Assert.IsTrue(peer.Session.AwaitsApplication);
                peer.Pump();
                peer.GetsText("19.5");
                Assert.IsTrue(peer.Endpoint.Send(peer.Endpoint.Last, "20"));
                Assert.IsFalse(peer.Endpoint.Send(peer.Endpoint.Last, WebSocketPiece.BinaryEnd, new byte[200], 0, 200), "larger than the ring");
                peer.Pump();
                peer.GetsText("20").GetsNothing();
            });
        }

        [TestMethod]
        public void Long_messages_of_the_application_have_as_few_octets_of_length_as_they_need()
        {
            SocketPeer peer = SocketPeer.Open();
            for (int length = 120; length < 140; length++)
            {
                byte[] message = new byte[length];
                Assert.IsTrue(peer.Endpoint.Send(peer.Endpoint.Last, WebSocketPiece.BinaryEnd, message, 0, length));
                peer.Pump();
                peer.GetsMessage(2, message).GetsNothing();
            }
        }

        // The server's window may have room for a few octets only: what a frame needs is kept for them.
        [TestMethod]
        public void Frames_go_out_through_any_room()
        {
            SocketPeer peer = SocketPeer.Open();
            TestEndpoint endpoint = peer.Endpoint;
            byte[] got = new byte[200];
            for (int room = 1; room < 20; room++)
            {
                endpoint.Send(endpoint.Last, WebSocketPiece.BinaryEnd, Octets("some twenty octets.."), 0, 20);
                int count = 0;
                int read = -1;
                while (read != 0)
                {
                    read = endpoint.Last.Sender.Read(0, 0, got, count, room);
                    Assert.IsTrue(read >= 0 && read <= room);
                    count += read;
                }

                string text = string.Empty;
                bool last = false;
                for (int at = 0; at < count; at += 2 + got[at + 1])
                {
                    Assert.AreEqual(text.Length == 0 ? 2 : 0, got[at] & 0x7F);
                    Assert.IsFalse(last);
                    last = got[at] >= 0x80;
                    text += System.Text.Encoding.UTF8.GetString(got, at + 2, got[at + 1]);
                }

                Assert.IsTrue(last);
                Assert.AreEqual("some twenty octets..", text);
            }
        }

        private static byte[] Octets(string text)
        {
            return System.Text.Encoding.UTF8.GetBytes(text);
        }
    }
}
