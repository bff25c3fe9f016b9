using System;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Tracing
{
    /// <summary>
    /// The latest frame headers of one HTTP/2 connection, in both directions (RFC 9113 4.1), and the HPACK tables of its ends
    /// (<see cref="TableView"/>). It is for pages and tools that show a person what the connection does.
    /// </summary>
    /// <remarks>
    /// <para>It is off, and has no memory, until <see cref="Follow"/> is called; then it follows the connection of that request, and
    /// takes 28 bytes for each frame and about 1.2 KB besides. It ends when the connection does, or when nobody has asked for
    /// <see cref="Patience"/>.</para>
    /// <para>The frames of the requests that ask are left out: they would be most of what there is to see. All members are for the
    /// server's thread.</para>
    /// </remarks>
    public sealed class FrameTrace : FrameObserver
    {
        /// <summary>Milliseconds without a call of <see cref="Follow"/> after which the trace ends.</summary>
        public const int Patience = 10000;

        /// <summary>Milliseconds without a call of <see cref="Follow"/> after which another connection may be followed.</summary>
        public const int Turn = 4000;

        /// <summary>Column: the time in milliseconds, the low 32 bits of a monotonic clock.</summary>
        public const int Time = 0;

        /// <summary>Column: length of the payload in bytes.</summary>
        public const int Length = 1;

        /// <summary>Column: the frame's type, plus its flags times 256, plus 65,536 where the server sent it.</summary>
        public const int Kind = 2;

        /// <summary>Column: the stream.</summary>
        public const int Stream = 3;

        /// <summary>
        /// Column: the error code of RST_STREAM and GOAWAY, the increment of WINDOW_UPDATE, the stream that PUSH_PROMISE promises or
        /// PRIORITY_UPDATE means, and for DATA that was sent what it leaves of the connection's window.
        /// </summary>
        public const int Value = 4;

        /// <summary>
        /// Column: for HEADERS and PUSH_PROMISE the octets of names and values before compression, 0 where they are not known; for DATA
        /// that was sent what it leaves of the stream's window.
        /// </summary>
        public const int Second = 5;

        /// <summary>
        /// Column: for HEADERS the stream's urgency, 0 to 7, plus 8 where its response is incremental (RFC 9218 4); else -1.
        /// </summary>
        public const int Priority = 6;

        /// <summary>In <see cref="Kind"/>: the server sent the frame.</summary>
        public const int Sent = 1 << 16;

        /// <summary>Number of streams whose paths are kept.</summary>
        public const int Paths = 24;

        /// <summary>Octets that are kept of a path.</summary>
        public const int LongestPath = 40;

        private const int Columns = 7;
        private const int PriorityBits = StreamPriority.Incremental | 7;

        // RFC 9113 8.3.2: name and value of the status, which is no field of the response's list.
        private const int StatusOctets = 10;

        private readonly int _places;
        private readonly Clock _clock;
        private Http2Connection _connection;
        private int[] _numbers;
        private int[] _pathStreams;
        private byte[] _paths;
        private int _pathsTaken;
        private int _quiet;
        private int _quietBefore;
        private long _asked;

        /// <summary>Makes a trace, which is off.</summary>
        /// <param name="frames">Number of frames to keep, 16 to 1,024.</param>
        /// <param name="clock">Gives the time.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
        public FrameTrace(int frames, Clock clock)
        {
            if (frames < 16 || frames > 1024)
            {
                throw new ArgumentOutOfRangeException("frames", "A trace keeps 16 to 1024 frames.");
            }

            _places = frames;
            _clock = clock;
        }

        /// <summary>Counts the connections that have been followed, so that a reader can tell when another one began.</summary>
        public int Connection { get; private set; }

        /// <summary>Number of the next frame; the first of the connection has 0.</summary>
        public int Next { get; private set; }

        /// <summary>Number of the oldest frame that is kept.</summary>
        public int First
        {
            get { return _numbers == null || Next <= _places ? 0 : Next - _places; }
        }

        /// <summary>Frames of the connection that were left out because they belong to the requests that ask.</summary>
        public int Hidden { get; private set; }

        /// <summary>Whether a connection is being followed.</summary>
        public bool IsOn
        {
            get { return _connection != null && !_connection.Finished && _connection.Reader.Observer == this; }
        }

        /// <summary>The time of the connection, in the unit of <see cref="Time"/>.</summary>
        public int Now
        {
            get { return IsOn ? (int)_connection.Now : 0; }
        }

        internal Http2Connection Followed
        {
            get { return IsOn ? _connection : null; }
        }

        /// <summary>
        /// Begins to follow the connection of a request, or goes on. Allocates when it begins.
        /// </summary>
        /// <param name="request">The request that asks; its own frames are left out.</param>
        /// <returns>False when the request is not one of HTTP/2, or when somebody follows another connection.</returns>
        public bool Follow(HttpRequest request)
        {
            Http2Connection connection = request.Exchange.Connection as Http2Connection;
            if (connection == null)
            {
                return false;
            }

            End();
            int stream = request.Exchange.Stream;
            if (IsOn && _connection != connection)
            {
                if (_clock.Now - _asked <= Turn)
                {
                    return false;
                }

                Observe(_connection, null);
            }

            if (IsOn)
            {
                if (Next > 0 && _numbers[At(Next - 1) + Stream] == stream)
                {
                    Next--;
                    Hidden++;
                }
            }
            else
            {
                Begin(connection);
            }

            if (stream != _quiet)
            {
                _quietBefore = _quiet;
                _quiet = stream;
            }

            _asked = _clock.Now;
            return true;
        }

        /// <summary>Gives the memory back when nobody asks any more. To be called now and then.</summary>
        public void End()
        {
            if (_numbers != null && (!IsOn || _clock.Now - _asked > Patience))
            {
                if (IsOn)
                {
                    Observe(_connection, null);
                }

                _connection = null;
                _numbers = null;
                _pathStreams = null;
                _paths = null;
            }
        }

        /// <summary>Reads a column of a frame.</summary>
        /// <param name="frame">Number of the frame, from <see cref="First"/> to before <see cref="Next"/>.</param>
        /// <param name="column">One of the constants above.</param>
        /// <returns>Its value; 0 where the frame is not kept.</returns>
        public int Get(int frame, int column)
        {
            return _numbers == null || frame < First || frame >= Next ? 0 : _numbers[At(frame) + column];
        }

        /// <summary>The stream whose path is in a place.</summary>
        /// <param name="place">0 to before <see cref="Paths"/>.</param>
        /// <returns>The stream; 0 where there is none.</returns>
        public int PathStream(int place)
        {
            return _pathStreams == null ? 0 : _pathStreams[place];
        }

        /// <summary>Copies the path in a place, without a query. Octets that are not visible ASCII are question marks.</summary>
        /// <param name="place">0 to before <see cref="Paths"/>.</param>
        /// <param name="destination">Must have room for <see cref="LongestPath"/> octets.</param>
        /// <param name="offset">Where the first goes.</param>
        /// <returns>Number of octets.</returns>
        public int CopyPath(int place, byte[] destination, int offset)
        {
            if (_paths == null)
            {
                return 0;
            }

            int length = 0;
            while (length < LongestPath && _paths[place * LongestPath + length] != 0)
            {
                destination[offset + length] = _paths[place * LongestPath + length];
                length++;
            }

            return length;
        }

        internal override void Observe(byte[] bytes, int offset, int end, bool sent)
        {
            int stream = ((bytes[offset + 5] & 0x7F) << 24) | (bytes[offset + 6] << 16) | (bytes[offset + 7] << 8) | bytes[offset + 8];
            if (stream != 0 && (stream == _quiet || stream == _quietBefore))
            {
                Hidden++;
                return;
            }

            End();
            if (_numbers == null)
            {
                return;
            }

            int type = bytes[offset + 3];
            int length = (bytes[offset] << 16) | (bytes[offset + 1] << 8) | bytes[offset + 2];
            int payload = offset + FrameReader.HeaderLength;
            int at = At(Next);
            int[] numbers = _numbers;
            Next++;
            numbers[at + Time] = (int)_connection.Now;
            numbers[at + Length] = length;
            numbers[at + Kind] = type | (bytes[offset + 4] << 8) | (sent ? Sent : 0);
            numbers[at + Stream] = stream;
            numbers[at + Value] = 0;
            numbers[at + Second] = 0;
            numbers[at + Priority] = -1;
            switch (type)
            {
                case FrameType.GoAway:
                    numbers[at + Value] = Number(bytes, payload + 4, end);
                    break;

                case FrameType.RstStream:
                case FrameType.WindowUpdate:
                case FrameType.PriorityUpdate:
                    numbers[at + Value] = Number(bytes, payload, end);
                    break;

                case FrameType.PushPromise:
                    numbers[at + Value] = Number(bytes, payload, end);
                    NotePromise(at);
                    break;

                case FrameType.Headers:
                    if (sent)
                    {
                        NoteHeaders(at, stream, bytes, payload + length);
                    }

                    break;

                case FrameType.Data:
                    if (sent)
                    {
                        NoteWindows(at, stream, length);
                    }

                    break;
            }
        }

        private void Begin(Http2Connection connection)
        {
            _numbers = new int[(_places + 1) * Columns];
            _pathStreams = new int[Paths];
            _paths = new byte[Paths * LongestPath];
            _pathsTaken = 0;
            _quiet = 0;
            _quietBefore = 0;
            Next = 0;
            Hidden = 0;
            Connection++;
            _connection = connection;
            Observe(connection, this);
        }

        private static void Observe(Http2Connection connection, FrameObserver observer)
        {
            connection.Reader.Observer = observer;
            connection.Writer.Observer = observer;
            connection.FieldBlocks.Decoder.IsObserved = observer != null;
        }

        // There is a place more than frames are kept, so that the frame that Follow leaves out again has taken no other's place.
        private int At(int frame)
        {
            return (frame % (_places + 1)) * Columns;
        }

        // 0 where the octets have not arrived.
        private static int Number(byte[] bytes, int at, int end)
        {
            return at + 4 > end ? 0 : ((bytes[at] & 0x7F) << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
        }

        private void NoteWindows(int at, int stream, int length)
        {
            StreamTable streams = _connection.Streams;
            int slot = streams.Find(stream);
            if (slot != StreamTable.None)
            {
                // The header is written before the windows move.
                _numbers[at + Value] = streams.Windows.SendConnection - length;
                _numbers[at + Second] = streams.Windows.Streams[slot << 1] - length;
            }
        }

        // A response begins: what it was before compression is known, and what its request was.
        private void NoteHeaders(int at, int stream, byte[] bytes, int end)
        {
            StreamTable streams = _connection.Streams;
            int slot = streams.Find(stream);
            if (slot == StreamTable.None)
            {
                return;
            }

            HttpExchange exchange = streams.Exchange[slot];
            int priority = streams.PriorityOf(slot) & PriorityBits;
            _numbers[at + Priority] = priority;
            if (exchange == null || exchange.Response.Trailers >= 0)
            {
                return;
            }

            _numbers[at + Second] = Octets(exchange.Response.Headers) + StatusOctets + LiteralOctets(bytes, end);
            if (_pathsTaken > 0 && _pathStreams[(_pathsTaken - 1) % Paths] == stream)
            {
                return;
            }

            KeepPath(stream, exchange.Request);
            for (int frame = Next - 2; frame >= First; frame--)
            {
                int asked = At(frame);
                if (_numbers[asked + Stream] == stream && (_numbers[asked + Kind] & (Sent | 0xFF)) == FrameType.Headers)
                {
                    _numbers[asked + Second] = Octets(exchange.Request.Headers);
                    _numbers[asked + Priority] = priority;
                    break;
                }
            }
        }

        // The exchange of a promised request is the only one that is taken for its stream, which has no slot yet.
        private void NotePromise(int at)
        {
            ExchangePool pool = _connection.Exchanges;
            for (int i = 0; i < pool.Count; i++)
            {
                HttpExchange exchange = pool[i];
                if (exchange.Connection == _connection && exchange.Stream == _numbers[at + Value])
                {
                    _numbers[at + Second] = Octets(exchange.Request.Headers);
                }
            }
        }

        private static int Octets(HeaderList fields)
        {
            return fields.Size - fields.Count * HeaderList.FieldOverhead;
        }

        // A date and a content-length may stand at the end of the block, as literals that are not of the list.
        private static int LiteralOctets(byte[] bytes, int end)
        {
            const int DateLength = 29;
            const int LiteralStart = 3;
            int octets = 0;
            for (int digits = 1; digits <= 10; digits++)
            {
                int at = end - LiteralStart - digits;
                if (IsLiteral(bytes, at, FieldName.ContentLength, digits))
                {
                    octets = 14 + digits;
                    end = at;
                    break;
                }
            }

            return IsLiteral(bytes, end - LiteralStart - DateLength, FieldName.Date, DateLength) ? octets + 4 + DateLength : octets;
        }

        // RFC 7541 6.2.2, with a prefix of four bits.
        private static bool IsLiteral(byte[] bytes, int at, int name, int length)
        {
            return at >= 0 && bytes[at] == 0x0F && bytes[at + 1] == name - 0x0F && bytes[at + 2] == length;
        }

        private void KeepPath(int stream, HttpRequest request)
        {
            int place = _pathsTaken % Paths;
            int length = request.PathCount < LongestPath ? request.PathCount : LongestPath;
            _pathsTaken++;
            _pathStreams[place] = stream;
            for (int i = 0; i < LongestPath; i++)
            {
                int octet = i < length ? request.Bytes[request.PathStart + i] : 0;
                bool visible = i >= length || (octet > ' ' && octet < 0x7F);
                _paths[place * LongestPath + i] = (byte)(visible ? octet : '?');
            }
        }
    }
}
