using System;
using Http2Nano.Hpack;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The bytes of the device's managed heap that a server with the given options takes, part by part. The server
    /// allocates all of it before the first connection and nothing afterwards, so no peer can increase it.
    /// </summary>
    /// <remarks>
    /// <para>Not included: the runtime's data about the loaded assemblies, application and handlers, the native memory of
    /// TLS (17 to 50 KB a session), and the stack frames above the one that calls a handler: those of the handler and, for
    /// moments, those of <see cref="MomentaryStack"/>.</para>
    /// <para>The figures are computed from <see cref="HeapCost"/> and <see cref="FieldCounts"/>. The budget itself takes
    /// 120 bytes and is not kept.</para>
    /// </remarks>
    public sealed class MemoryBudget
    {
        private const int HpackDecoderPart = 0;
        private const int HpackEncoderPart = 1;
        private const int ConstantsPart = 2;
        private const int ReceivePart = 3;
        private const int TransmitPart = 4;
        private const int ExchangesPart = 5;
        private const int StreamsPart = 6;
        private const int Http2Part = 7;
        private const int Http1Part = 8;
        private const int ServerPart = 9;
        private const int SocketsPart = 10;
        private const int ThreadPart = 11;
        private const int PartCount = 12;
        private const int PartsOfConnection = 1 << HpackDecoderPart | 1 << HpackEncoderPart | 1 << ReceivePart | 1 << TransmitPart
            | 1 << StreamsPart | 1 << Http2Part | 1 << Http1Part;

        // RFC 7541 4.1: an entry counts at least this many bytes, which bounds the number of a table's places.
        private const int LeastEntry = 32;

        private const int LeastEncoderFields = 4;

        // Fields of the platform's classes: a socket, and the end point of a listening one.
        private const int SocketFields = 7;
        private const int EndPointFields = 2;

        // The heap below the first frame of a started thread, and the frames from HttpServer.Run to a handler, measured
        // with the platform's interpreter.
        private const int ThreadBytes = 948;
        private const int FrameBytes = 212;
        private const int Frames = 6;

        // Number of additional frames of the library's deepest call.
        private const int MomentaryFrames = 12;

        private readonly int[] _bytes = new int[PartCount];
        private readonly int _connectionBytes;

        /// <summary>Computes the budget.</summary>
        /// <param name="options">Valid options.</param>
        public MemoryBudget(HttpServerOptions options)
        {
            HttpLimits limits = options.Limits;
            int slots = limits.MaximumStreams + limits.MaximumPushes;
            int decoderMemory = HpackDecoder.MemoryOf(limits.DecoderTableSize, limits.DecoderMemory);
            int listeners = (options.Port != HttpServerOptions.Off ? 1 : 0) + (options.TlsPort != HttpServerOptions.Off ? 1 : 0);
            int connections = options.Connections;
            _bytes[HpackDecoderPart] = HeapCost.Object(FieldCounts.HpackDecoder)
                + Table(decoderMemory, HpackDecoder.MostFields(limits.DecoderTableSize, decoderMemory) + DynamicTable.PlacesForPeers);
            _bytes[HpackEncoderPart] = Encoder(limits.EncoderTableSize);
            _bytes[ConstantsPart] = FieldCounts.ConstantBytes;
            _bytes[ReceivePart] = HeapCost.Object(FieldCounts.ReceiveBuffer) + HeapCost.Array(limits.ReceiveBufferSize, 1);
            _bytes[TransmitPart] = HeapCost.Object(FieldCounts.TransmitBuffer) + HeapCost.Array(limits.TransmitBufferSize, 1);
            _bytes[ExchangesPart] = HeapCost.Object(FieldCounts.ExchangePool) + HeapCost.References(limits.Exchanges)
                + HeapCost.Array(FieldCounts.RememberedAuthority, 1)
                + limits.Exchanges * Exchange(limits.ExchangeSize);
            _bytes[StreamsPart] = Streams(slots);
            _bytes[Http2Part] = Http2();
            _bytes[Http1Part] = Http1();
            _connectionBytes = Loop() + Place() + HeapCost.Object(SocketFields);
            for (int part = 0; part < PartCount; part++)
            {
                if (IsOfConnection(part))
                {
                    _connectionBytes += _bytes[part];
                    _bytes[part] *= connections;
                }
            }

            _bytes[ServerPart] = Server(listeners, connections) + options.SilentConnections * Place() + connections * (Loop() + Place())
                + HeapCost.References(options.SilentConnections + connections);
            _bytes[SocketsPart] = (listeners + connections + options.SilentConnections) * HeapCost.Object(SocketFields)
                + listeners * HeapCost.Object(EndPointFields);
            _bytes[ThreadPart] = ThreadBytes + Frames * FrameBytes;
        }

        /// <summary>Number of parts.</summary>
        public int Count
        {
            get { return PartCount; }
        }

        /// <summary>The sum of all parts in bytes.</summary>
        public int Total
        {
            get
            {
                int total = 0;
                for (int i = 0; i < PartCount; i++)
                {
                    total += _bytes[i];
                }

                return total;
            }
        }

        /// <summary>
        /// What each of <see cref="HttpServerOptions.Connections"/> takes of <see cref="Total"/>, in bytes: buffers, tables, streams,
        /// a place and a socket.
        /// </summary>
        public int ConnectionBytes
        {
            get { return _connectionBytes; }
        }

        /// <summary>
        /// Bytes of stack that the library takes beside <see cref="Total"/> for moments while no handler runs, when it
        /// reads and writes fields. A handler's own frames replace them.
        /// </summary>
        public int MomentaryStack
        {
            get { return MomentaryFrames * FrameBytes; }
        }

        /// <summary>The largest of the parts that options can reduce.</summary>
        public int Largest
        {
            get
            {
                int largest = HpackEncoderPart;
                for (int i = 0; i < PartCount; i++)
                {
                    if (OptionsOf(i) != null && _bytes[i] > _bytes[largest])
                    {
                        largest = i;
                    }
                }

                return largest;
            }
        }

        /// <summary>The name of a part.</summary>
        /// <param name="part">0 to <see cref="Count"/> - 1.</param>
        public string NameOf(int part)
        {
            switch (part)
            {
                case HpackDecoderPart: return "HPACK decoder";
                case HpackEncoderPart: return "HPACK encoder";
                case ConstantsPart: return "constants";
                case ReceivePart: return "receive buffer";
                case TransmitPart: return "transmit buffer";
                case ExchangesPart: return "exchanges";
                case StreamsPart: return "streams";
                case Http2Part: return "HTTP/2 connection";
                case Http1Part: return "HTTP/1.1 connection";
                case ServerPart: return "server and options";
                case SocketsPart: return "sockets";
                case ThreadPart: return "thread and stack";
                default: throw new ArgumentOutOfRangeException();
            }
        }

        /// <summary>The size of a part in bytes.</summary>
        /// <param name="part">0 to <see cref="Count"/> - 1.</param>
        public int BytesOf(int part)
        {
            return _bytes[part];
        }

        /// <summary>Whether each connection has a part for itself; otherwise all share it.</summary>
        /// <param name="part">0 to <see cref="Count"/> - 1.</param>
        public bool IsOfConnection(int part)
        {
            return (PartsOfConnection >> part & 1) != 0;
        }

        /// <summary>The options that determine a part, for messages.</summary>
        /// <param name="part">0 to <see cref="Count"/> - 1.</param>
        /// <returns>Their names, or null when the part is constant.</returns>
        public string OptionsOf(int part)
        {
            switch (part)
            {
                case HpackDecoderPart: return "DecoderMemory";
                case HpackEncoderPart: return "EncoderTableSize";
                case ReceivePart: return "ReceiveBufferSize";
                case TransmitPart: return "TransmitBufferSize";
                case ExchangesPart: return "Exchanges or ExchangeSize";
                case StreamsPart: return "MaximumStreams or MaximumPushes";
                default: return null;
            }
        }

        /// <summary>
        /// Bytes that must be free before the server is made: <see cref="Total"/> and <see cref="MomentaryStack"/> without
        /// the constants, which the runtime makes before the program begins.
        /// </summary>
        public int Needed
        {
            get { return Total + MomentaryStack - _bytes[ConstantsPart]; }
        }

        /// <summary>Refuses options that do not fit into the free heap.</summary>
        /// <param name="free">Free bytes of the heap, before the server is made.</param>
        /// <exception cref="ArgumentException">
        /// They do not fit; the message names the largest part and its options.
        /// </exception>
        public void Validate(int free)
        {
            if (Needed > free)
            {
                int largest = Largest;
                throw new ArgumentException("The server needs " + Needed.ToString() + " bytes of heap and " + free.ToString()
                    + " are free. The largest part that can be made smaller is the " + NameOf(largest) + " with "
                    + _bytes[largest].ToString() + " bytes: lower " + OptionsOf(largest) + ", or choose a smaller profile.");
            }
        }

        private static int Table(int size, int entries)
        {
            int places = entries + 1;
            return HeapCost.Object(FieldCounts.DynamicTable) + HeapCost.Array(size, 1) + 2 * HeapCost.Array(places, 2);
        }

        private static int Encoder(int size)
        {
            int fields = LeastEncoderFields;
            while (fields < size / LeastEntry)
            {
                fields <<= 1;
            }

            return HeapCost.Object(FieldCounts.HpackEncoder) + Table(size, size / LeastEntry) + HeapCost.Array(4 * fields, 1)
                + (HpackEncoder.Remembers(size) ? HeapCost.Array(HpackEncoder.AgainSize, 1) : 0);
        }

        private static int Exchange(int size)
        {
            return HeapCost.Object(FieldCounts.HttpExchange) + HeapCost.Array(size + FieldCounts.RememberedBlock, 1)
                + HeapCost.Object(FieldCounts.HttpRequest) + HeapCost.Array(FieldCounts.RouteValues, 2)
                + HeapCost.Object(FieldCounts.HttpResponse)
                + 2 * HeapCost.Object(FieldCounts.HeaderList);
        }

        private static int Streams(int slots)
        {
            return HeapCost.Object(FieldCounts.StreamTable)
                + HeapCost.Object(FieldCounts.FlowControl)
                + FieldCounts.StreamNumbers * HeapCost.Array(slots, 4)
                + 2 * HeapCost.Array(2 * slots, 4)
                + HeapCost.References(2 * slots)
                + FieldCounts.StreamReferences * HeapCost.References(slots);
        }

        private static int Http2()
        {
            return HeapCost.Object(FieldCounts.Http2Connection)
                + HeapCost.Object(FieldCounts.FrameReader)
                + HeapCost.Object(FieldCounts.FrameWriter)
                + HeapCost.Object(FieldCounts.ClosedStreams)
                + HeapCost.Array(FieldCounts.RememberedStreams, 4)
                + HeapCost.Object(FieldCounts.PeerSettings)
                + HeapCost.Object(FieldCounts.GlitchBudget)
                + HeapCost.Object(FieldCounts.FieldBlocks)
                + HeapCost.Object(FieldCounts.HeaderList)
                + HeapCost.Object(FieldCounts.RequestStreams)
                + HeapCost.Object(FieldCounts.RequestBodies)
                + HeapCost.Object(FieldCounts.ResponseSender)
                + HeapCost.Object(FieldCounts.StreamScheduler)
                + HeapCost.Object(FieldCounts.ControlFrames)
                + HeapCost.Object(FieldCounts.ConnectionDeadlines);
        }

        private static int Http1()
        {
            return HeapCost.Object(FieldCounts.Http1Connection)
                + HeapCost.Object(FieldCounts.RequestLine)
                + HeapCost.Object(FieldCounts.FieldLines)
                + HeapCost.Object(FieldCounts.ControlFields)
                + HeapCost.Array(FieldCounts.ControlToken, 1)
                + HeapCost.Object(FieldCounts.Http2SettingsField)
                + HeapCost.Object(FieldCounts.RequestBody)
                + HeapCost.Object(FieldCounts.ChunkedDecoder)
                + HeapCost.Object(FieldCounts.ResponseHead)
                + HeapCost.Object(FieldCounts.ResponseBody);
        }

        private static int Server(int listeners, int connections)
        {
            return HeapCost.Object(FieldCounts.HttpServerOptions)
                + HeapCost.Object(FieldCounts.HttpLimits)
                + HeapCost.Object(FieldCounts.UnreadFields)
                + HeapCost.Object(FieldCounts.KeptFields)
                + HeapCost.Object(FieldCounts.ServerCounters)
                + HeapCost.Object(FieldCounts.HttpServer)
                + HeapCost.Object(FieldCounts.ServerPlatform)
                + HeapCost.Object(FieldCounts.Reception)
                + HeapCost.Object(FieldCounts.Crowd)
                + HeapCost.Object(FieldCounts.HttpDate) + HeapCost.Array(FieldCounts.DateLine, 1)
                + (connections == 1 ? 0 : HeapCost.Object(FieldCounts.ConnectionRounds) + HeapCost.References(connections))
                + listeners * HeapCost.Object(FieldCounts.SocketListener);
        }

        private static int Loop()
        {
            return HeapCost.Object(FieldCounts.ConnectionLoop)
                + HeapCost.Object(FieldCounts.ConnectionGate)
                + HeapCost.Object(FieldCounts.HttpSession);
        }

        private static int Place()
        {
            return HeapCost.Object(FieldCounts.ConnectionPlace) + HeapCost.Object(FieldCounts.TcpTransport);
        }
    }
}
