using System;
using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using Http2Nano.Tests.Peer;
using Http2Nano.Tests.Routing;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>What happens on a socket that is open.</summary>
    public delegate void SocketScenario(SocketPeer peer);

    /// <summary>A client of a WebSocket that says what a test wants, right or wrong.</summary>
    public class SocketPeer : MemoryPeer
    {
        /// <summary>The fields with which a client asks for a WebSocket (RFC 6455 1.2).</summary>
        public const string Asking = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

        private readonly byte[] _mask = new byte[] { 0x37, 0xFA, 0x21, 0x3D };

        private SocketPeer(TestEndpoint endpoint, HttpLimits limits, RequestDispatcher router)
            : base(limits, router)
        {
            Endpoint = endpoint;
            Strict = true;
        }

        /// <summary>The server's end.</summary>
        public TestEndpoint Endpoint { get; private set; }

        /// <summary>The head of the response to the handshake.</summary>
        public Http1Reply Head { get; private set; }

        /// <summary>Connects, and asks for nothing yet.</summary>
        public static SocketPeer Connect()
        {
            return Connect(SmallLimits.Make());
        }

        /// <summary>Connects, and asks for nothing yet.</summary>
        public static SocketPeer Connect(HttpLimits limits)
        {
            TestEndpoint endpoint = new TestEndpoint();
            Router router = new Router();
            router.MapWebSocket("/socket", endpoint.Handle);
            return new SocketPeer(endpoint, limits, router);
        }

        /// <summary>Opens a socket.</summary>
        public static SocketPeer Open()
        {
            SocketPeer peer = Connect();
            Assert.AreEqual(101, peer.Ask(Asking).Status);
            return peer;
        }

        /// <summary>Plays a scenario with frames whole and octet by octet.</summary>
        public static void Play(SocketScenario scenario)
        {
            scenario(Open());
            SocketPeer peer = Open();
            peer.Piece = 1;
            scenario(peer);
        }

        /// <summary>Asks for the socket, with fields that each have CR LF behind them.</summary>
        public Http1Reply Ask(string fields)
        {
            return Ask("GET /socket HTTP/1.1", fields);
        }

        /// <summary>Asks with another request line.</summary>
        public Http1Reply Ask(string line, string fields)
        {
            if (Closed)
            {
                Connect(false);
            }

            Forget();
            Send(line + "\r\nHost: device\r\n" + fields + "\r\n");

            // As to HEAD: what is behind 101 is no body.
            Head = Http1Reply.Parse(Received, 0, ReceivedCount, true, Closed);
            Assert.IsNotNull(Head, "There is no response.");
            Forget();
            return Head;
        }

        /// <summary>Sends a text in one frame.</summary>
        public SocketPeer Say(string text)
        {
            return Frame(0x81, Encoding.UTF8.GetBytes(text));
        }

        /// <summary>Sends a masked frame.</summary>
        /// <param name="first">Its first octet.</param>
        /// <param name="payload">Its payload.</param>
        public SocketPeer Frame(int first, params byte[] payload)
        {
            byte[] header = Header(first, 0x80, payload.Length);
            byte[] frame = new byte[header.Length + 4 + payload.Length];
            Array.Copy(header, frame, header.Length);
            Array.Copy(_mask, 0, frame, header.Length, 4);
            for (int i = 0; i < payload.Length; i++)
            {
                frame[header.Length + 4 + i] = (byte)(payload[i] ^ _mask[i & 3]);
            }

            Send(frame);
            return this;
        }

        /// <summary>Sends a masked frame of octets that are all 0, which takes no memory.</summary>
        public SocketPeer Long(int first, int length)
        {
            Send(Header(first, 0x80, length));
            byte[] zeros = new byte[64];
            Send(zeros, 0, 4);
            for (int sent = 0; sent < length; sent += zeros.Length)
            {
                Send(zeros, 0, length - sent < zeros.Length ? length - sent : zeros.Length);
            }

            return this;
        }

        /// <summary>Sends octets as they are.</summary>
        public SocketPeer Raw(params byte[] octets)
        {
            Send(octets);
            return this;
        }

        /// <summary>Sends a Close frame.</summary>
        public SocketPeer Close(int code)
        {
            return Frame(0x88, (byte)(code >> 8), (byte)code);
        }

        /// <summary>The next frame is this one, not masked (RFC 6455 5.1).</summary>
        public SocketPeer Gets(int first, params byte[] payload)
        {
            byte[] header = Header(first, 0, payload.Length);
            int length = header.Length + payload.Length;
            Assert.IsTrue(ReceivedCount >= length, ReceivedCount.ToString() + " octets instead of " + length.ToString());
            for (int i = 0; i < length; i++)
            {
                int octet = i < header.Length ? header[i] : payload[i - header.Length];
                Assert.AreEqual(octet, (int)Received[i], "octet " + i.ToString() + " of the frame");
            }

            ReceivedFrom(length);
            return this;
        }

        /// <summary>The next frame is a text.</summary>
        public SocketPeer GetsText(string text)
        {
            return Gets(0x81, Encoding.UTF8.GetBytes(text));
        }

        /// <summary>The next frame is a Close frame, and nothing comes behind it.</summary>
        public SocketPeer GetsClose(int code)
        {
            if (code == 1005)
            {
                Gets(0x88);
            }
            else
            {
                Gets(0x88, (byte)(code >> 8), (byte)code);
            }

            return GetsNothing();
        }

        /// <summary>Nothing more has come.</summary>
        public SocketPeer GetsNothing()
        {
            Assert.AreEqual(0, ReceivedCount, "octets more than expected");
            return this;
        }

        /// <summary>A message comes, in whichever frames.</summary>
        public SocketPeer GetsMessage(int kind, byte[] message)
        {
            int at = 0;
            bool last = false;
            while (!last)
            {
                int first = Received[0];
                Assert.AreEqual(at == 0 ? kind : 0, first & 0x7F, "opcode");
                last = first >= 0x80;
                int length = Received[1];
                int header = 2;
                if (length == 126)
                {
                    length = (Received[2] << 8) | Received[3];
                    header = 4;
                    Assert.IsTrue(length >= 126, "a length in as few octets as it needs");
                }

                for (int i = 0; i < length; i++)
                {
                    Assert.AreEqual(message[at + i], Received[header + i], "octet " + (at + i).ToString());
                }

                at += length;
                ReceivedFrom(header + length);
            }

            Assert.AreEqual(message.Length, at, "length of the message");
            return this;
        }

        /// <summary>The connection is closed, and nothing is held.</summary>
        public void IsOver(string notes)
        {
            Assert.AreEqual(notes, Endpoint.Notes);
            Assert.IsTrue(Closed, "closed");
            Assert.AreEqual(0, Endpoint.Sockets, "sockets");
            Assert.AreEqual(0, Session.Exchanges.InUse, "exchanges in use");
        }

        /// <summary>Lets time go by.</summary>
        public SocketPeer Wait(int milliseconds)
        {
            Endpoint.Time.Time += milliseconds;
            Elapse(milliseconds);
            return this;
        }

        private static byte[] Header(int first, int mask, int length)
        {
            if (length < 126)
            {
                return new byte[] { (byte)first, (byte)(mask | length) };
            }

            return length < 65536
                ? new byte[] { (byte)first, (byte)(mask | 126), (byte)(length >> 8), (byte)length }
                : new byte[] { (byte)first, (byte)(mask | 127), 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length };
        }

        private void ReceivedFrom(int count)
        {
            byte[] rest = new byte[ReceivedCount - count];
            Array.Copy(Received, count, rest, 0, rest.Length);
            Forget();
            Arrive(rest, 0, rest.Length);
        }
    }
}
