using System;
using System.Collections;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Hpack;
using Http2Nano.Http2;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Peer
{
    /// <summary>A client of HTTP/2 that does what a test says, right or wrong, and knows what it expects.</summary>
    public partial class Http2Peer : MemoryPeer
    {
        /// <summary>The client's connection preface (RFC 9113 3.4).</summary>
        public const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

        private const int HeaderLength = 9;
        private const int LongestPayload = 16384;
        private const int PartLength = 128;

        // As large as any response of the tests; there is one for all of them, so that they run in 64 KB.
        private static readonly byte[] s_room = new byte[1024];

        private readonly HpackDecoder _decoder;
        private readonly HeaderList _fields = new HeaderList(s_room);
        private readonly ArrayList _frames = new ArrayList();
        private readonly ArrayList _responses = new ArrayList();
        private readonly byte[] _header = new byte[HeaderLength];

        // Pairs of a stream and the credit that it was granted.
        private int[] _grants = new int[8];

        // HTTP/2 has begun; octets that are missing of a frame or its header; DATA whose payload is under way.
        private bool _framing;
        private int _missing;
        private PeerFrame _data;

        // An object for the next DATA frame: most of them come in a row, and join the first one.
        private PeerFrame _spare;

        /// <summary>Connects and says nothing yet.</summary>
        public Http2Peer(ScriptedDispatcher routes, HttpLimits limits)
            : base(limits, routes)
        {
            Routes = routes;
            Limits = limits;
            _decoder = new HpackDecoder(limits.EncoderTableSize);
        }

        /// <summary>Connects to an application of a test's own, and says nothing yet.</summary>
        public Http2Peer(HttpLimits limits, RequestDispatcher application)
            : base(limits, application)
        {
            Limits = limits;
            _decoder = new HpackDecoder(limits.EncoderTableSize);
        }

        /// <summary>What answers the requests.</summary>
        public ScriptedDispatcher Routes { get; private set; }

        /// <summary>The limits of the server.</summary>
        public HttpLimits Limits { get; private set; }

        /// <summary>The server's side, from the first octets on.</summary>
        internal Http2Connection Server { get; private set; }

        /// <summary>Connects to a server with the usual limits and completes the handshake.</summary>
        public static Http2Peer Open()
        {
            return Open(Usual());
        }

        /// <summary>
        /// The limits that tests go by, whatever the defaults are: as small as most tests allow, so that server and client have
        /// room in a heap of 64 KB. A test that needs more of something says so.
        /// </summary>
        public static HttpLimits Usual()
        {
            HttpLimits limits = new HttpLimits();
            limits.ReceiveBufferSize = 512;
            limits.TransmitBufferSize = 1024;
            limits.Exchanges = 2;
            limits.ExchangeSize = 1024;
            limits.MaximumStreams = 4;
            limits.MaximumPushes = 1;
            limits.DecoderTableSize = FieldBlock.TableSize;
            limits.EncoderTableSize = 128;
            limits.InitialWindowSize = 512;
            limits.MaximumWindowSize = 65535;
            limits.MaximumDrain = 16384;
            return limits;
        }

        /// <summary>Connects and completes the handshake.</summary>
        public static Http2Peer Open(HttpLimits limits)
        {
            return new Http2Peer(new ScriptedDispatcher(), limits).Greet();
        }

        /// <summary>Sends the preface and SETTINGS, and acknowledges the server's.</summary>
        /// <param name="settings">Pairs of identifier and value.</param>
        public Http2Peer Greet(params int[] settings)
        {
            Begin();
            Settings(settings);
            PeerFrame frame = Next(FrameType.Settings);
            Assert.AreEqual(0, frame.Flags, "flags of the server's SETTINGS");
            Assert.AreEqual(FrameFlags.Ack, Next(FrameType.Settings).Flags, "SETTINGS were acknowledged");
            Frame(FrameType.Settings, FrameFlags.Ack, 0);
            return this;
        }

        /// <summary>Sends the preface.</summary>
        public Http2Peer Begin()
        {
            if (!_framing)
            {
                StartFrames(0);
            }

            Send(Preface);
            return this;
        }

        /// <summary>Opens another connection to the same server, as yet silent.</summary>
        public Http2Peer Reconnect()
        {
            int piece = Piece;
            if (!Closed)
            {
                Disconnect();
            }

            Connect(false);
            Piece = piece;
            _framing = false;
            _data = null;
            _frames.Clear();
            Array.Clear(_grants, 0, _grants.Length);
            _responses.Clear();
            _decoder.Reset();
            return this;
        }

        /// <summary>From here on nothing is sent, until <see cref="Release"/>: the server gets all of it at once.</summary>
        public Http2Peer Hold()
        {
            HoldBack();
            return this;
        }

        /// <summary>Sends what was held.</summary>
        public Http2Peer Release()
        {
            SendHeld();
            return this;
        }

        /// <summary>Sends octets that are written as hexadecimal digits, with blanks where they please.</summary>
        public Http2Peer Raw(string hex)
        {
            byte[] bytes = new byte[hex.Length];
            int digits = 0;
            byte[] characters = Encoding.UTF8.GetBytes(hex);
            for (int i = 0; i < characters.Length; i++)
            {
                int digit = characters[i];
                if (digit == ' ')
                {
                    continue;
                }

                digit = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
                bytes[digits >> 1] = (byte)(bytes[digits >> 1] << 4 | digit);
                digits++;
            }

            Send(bytes, 0, digits >> 1);
            return this;
        }

        /// <summary>Sends a frame.</summary>
        public Http2Peer Frame(int type, int flags, int stream, params byte[] payload)
        {
            return Frame(payload.Length, type, flags, stream, payload);
        }

        /// <summary>Sends a frame whose header says another length than it has.</summary>
        public Http2Peer Frame(int length, int type, int flags, int stream, byte[] payload)
        {
            Header(length, type, flags, stream);
            Send(payload, 0, payload.Length);
            return this;
        }

        /// <summary>Sends a long frame of octets that are all the same, but for the first ones.</summary>
        public Http2Peer Long(int length, byte octet, int type, int flags, int stream, params byte[] start)
        {
            Header(length, type, flags, stream);
            Append(start, 0, start.Length);
            byte[] part = new byte[Least(length, PartLength)];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = octet;
            }

            for (int sent = start.Length; sent < length && !Closed; sent += part.Length)
            {
                Append(part, 0, Least(length - sent, part.Length));
                FlushWhole();
            }

            Flush();
            return this;
        }

        /// <summary>Sends SETTINGS.</summary>
        /// <param name="settings">Pairs of identifier and value.</param>
        public Http2Peer Settings(params int[] settings)
        {
            byte[] payload = new byte[settings.Length * 3];
            for (int i = 0; i + 1 < settings.Length; i += 2)
            {
                payload[i * 3] = (byte)(settings[i] >> 8);
                payload[(i * 3) + 1] = (byte)settings[i];
                Put(payload, (i * 3) + 2, settings[i + 1]);
            }

            return Frame(FrameType.Settings, 0, 0, payload);
        }

        /// <summary>Sends a request without a body.</summary>
        public Http2Peer Get(int stream, string path)
        {
            return Headers(stream, FieldBlock.Get(path), true);
        }

        /// <summary>Sends the field section of a request whose body follows.</summary>
        public Http2Peer Post(int stream, string path)
        {
            return Headers(stream, FieldBlock.Request("POST", path), false);
        }

        /// <summary>Sends HEADERS that hold a whole field block.</summary>
        public Http2Peer Headers(int stream, FieldBlock block, bool endStream)
        {
            Header(block.Count, FrameType.Headers, endStream ? FrameFlags.EndHeaders | FrameFlags.EndStream : FrameFlags.EndHeaders, stream);
            Send(block.Bytes, 0, block.Count);
            return this;
        }

        /// <summary>Sends DATA.</summary>
        public Http2Peer Data(int stream, string text, bool endStream)
        {
            return Frame(FrameType.Data, endStream ? FrameFlags.EndStream : 0, stream, Encoding.UTF8.GetBytes(text));
        }

        /// <summary>Sends a body of octets that <see cref="ScriptedSource.At"/> gives, in frames as long as the server takes them.</summary>
        public Http2Peer Data(int stream, int length, bool endStream)
        {
            return Data(stream, 0, length, endStream);
        }

        /// <summary>Sends a part of such a body.</summary>
        public Http2Peer Data(int stream, int position, int length, bool endStream)
        {
            Header(length, FrameType.Data, endStream ? FrameFlags.EndStream : 0, stream);
            byte[] part = new byte[Least(length, PartLength)];
            for (int sent = 0; sent < length && !Closed; sent += part.Length)
            {
                int count = Least(length - sent, part.Length);
                for (int i = 0; i < count; i++)
                {
                    part[i] = ScriptedSource.At(position + sent + i);
                }

                Append(part, 0, count);
                FlushWhole();
            }

            Flush();
            return this;
        }

        /// <summary>Sends RST_STREAM.</summary>
        public Http2Peer Reset(int stream, int errorCode)
        {
            return Frame(FrameType.RstStream, 0, stream, Number(errorCode));
        }

        /// <summary>Sends WINDOW_UPDATE.</summary>
        public Http2Peer WindowUpdate(int stream, int increment)
        {
            return Frame(FrameType.WindowUpdate, 0, stream, Number(increment));
        }

        /// <summary>Sends PRIORITY (RFC 7540 6.3).</summary>
        public Http2Peer Priority(int stream, int dependency, int weight)
        {
            byte[] payload = new byte[5];
            Put(payload, 0, dependency);
            payload[4] = (byte)(weight - 1);
            return Frame(FrameType.Priority, 0, stream, payload);
        }

        /// <summary>Sends PRIORITY_UPDATE (RFC 9218 7.1).</summary>
        public Http2Peer PriorityUpdate(int stream, string value)
        {
            byte[] text = Encoding.UTF8.GetBytes(value);
            byte[] payload = new byte[4 + text.Length];
            Put(payload, 0, stream);
            Array.Copy(text, 0, payload, 4, text.Length);
            return Frame(FrameType.PriorityUpdate, 0, 0, payload);
        }

        /// <summary>Sends PING.</summary>
        public Http2Peer Ping()
        {
            return Frame(FrameType.Ping, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        }

        /// <summary>Sends GOAWAY.</summary>
        public Http2Peer GoAway(int lastStream, int errorCode)
        {
            byte[] payload = new byte[8];
            Put(payload, 0, lastStream);
            Put(payload, 4, errorCode);
            return Frame(FrameType.GoAway, 0, 0, payload);
        }

        private static byte[] Number(int value)
        {
            byte[] bytes = new byte[4];
            Put(bytes, 0, value);
            return bytes;
        }

        private static void Put(byte[] bytes, int offset, int value)
        {
            bytes[offset] = (byte)(value >> 24);
            bytes[offset + 1] = (byte)(value >> 16);
            bytes[offset + 2] = (byte)(value >> 8);
            bytes[offset + 3] = (byte)value;
        }

        private void Header(int length, int type, int flags, int stream)
        {
            _header[0] = (byte)(length >> 16);
            _header[1] = (byte)(length >> 8);
            _header[2] = (byte)length;
            _header[3] = (byte)type;
            _header[4] = (byte)flags;
            Put(_header, 5, stream);
            Append(_header, 0, HeaderLength);
        }
    }
}
