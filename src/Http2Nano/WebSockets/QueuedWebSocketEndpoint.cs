using System;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.WebSockets
{
    /// <summary>
    /// An endpoint that queues messages in a ring for each socket until they can be sent: for applications that send at any
    /// time, to one client or to all.
    /// </summary>
    /// <remarks>Heap: that of <see cref="WebSocketEndpoint"/>, the rings, about 40 bytes for each, and 200 for all.</remarks>
    public abstract class QueuedWebSocketEndpoint : WebSocketEndpoint
    {
        // Octets before each piece in the ring: its type and its length.
        private const int Header = 3;

        private const int KindOfPiece = 3;

        private readonly int _size;
        private readonly byte[] _rings;
        private readonly WebSocket[] _open;

        // By socket: the start of its ring's contents, their length, and the type and remaining length of the current
        // piece.
        private readonly int[] _start;
        private readonly int[] _used;
        private readonly int[] _piece;
        private readonly int[] _left;

        /// <summary>Makes an endpoint.</summary>
        /// <param name="sockets">Most sockets at once, 1 to 100; more get 503.</param>
        /// <param name="queueSize">Bytes of each ring, 64 to 32,767. A message takes its length and 3 more.</param>
        /// <param name="clock">Gives the time.</param>
        /// <exception cref="ArgumentException">One of the numbers is out of its range.</exception>
        protected QueuedWebSocketEndpoint(int sockets, int queueSize, Clock clock)
            : base(sockets, clock)
        {
            if (queueSize < 64 || queueSize > short.MaxValue)
            {
                throw new ArgumentException("The queue of a socket has 64 to 32767 bytes.");
            }

            _size = queueSize;
            _rings = new byte[sockets * queueSize];
            _open = new WebSocket[sockets];
            _start = new int[sockets];
            _used = new int[sockets];
            _piece = new int[sockets];
            _left = new int[sockets];
        }

        /// <summary>The longest message, or piece of one, that can be sent at present.</summary>
        /// <param name="socket">The socket.</param>
        /// <returns>Bytes, 0 or more.</returns>
        public int SendRoom(WebSocket socket)
        {
            int room = _size - _used[socket.Index] - Header;
            return room < 0 ? 0 : room;
        }

        /// <summary>Sends a message, or a piece of one. May be called on any thread; allocates nothing.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="piece">
        /// Its type. An application that sends pieces must not send another message between them.
        /// </param>
        /// <param name="bytes">Holds the octets; copied.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>False when it does not fit, or the socket is closed; then nothing is sent.</returns>
        public bool Send(WebSocket socket, WebSocketPiece piece, byte[] bytes, int offset, int count)
        {
            int index = socket.Index;
            lock (_open)
            {
                int used = _used[index];
                if (_open[index] == null || count > _size - used - Header)
                {
                    return false;
                }

                Put(index, used, (byte)piece);
                Put(index, used + 1, (byte)(count >> 8));
                Put(index, used + 2, (byte)count);
                int at = Wrap(_start[index] + used + Header);
                int first = _size - at < count ? _size - at : count;
                int ring = index * _size;
                Array.Copy(bytes, offset, _rings, ring + at, first);
                Array.Copy(bytes, offset + first, _rings, ring, count - first);
                _used[index] = used + Header + count;
                return true;
            }
        }

        /// <summary>Sends a text. May be called on any thread; allocates its octets.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="text">The text.</param>
        /// <returns>False when it does not fit, or the socket is closed; then nothing is sent.</returns>
        public bool Send(WebSocket socket, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            return Send(socket, WebSocketPiece.TextEnd, bytes, 0, bytes.Length);
        }

        /// <summary>
        /// Sends a message to all open sockets in whose rings it fits. May be called on any thread; allocates nothing.
        /// </summary>
        /// <param name="piece">TextEnd or BinaryEnd.</param>
        /// <param name="bytes">Holds the message; copied.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets.</param>
        /// <returns>The number of sockets to which it is sent.</returns>
        public int SendToAll(WebSocketPiece piece, byte[] bytes, int offset, int count)
        {
            int sent = 0;
            for (int i = 0; i < _open.Length; i++)
            {
                WebSocket socket = _open[i];
                if (socket != null && Send(socket, piece, bytes, offset, count))
                {
                    sent++;
                }
            }

            return sent;
        }

        /// <inheritdoc/>
        public override void Opened(WebSocket socket, HttpRequest request)
        {
            int index = socket.Index;
            lock (_open)
            {
                _start[index] = 0;
                _used[index] = 0;
                _left[index] = 0;
                _piece[index] = 0;
                _open[index] = socket;
            }
        }

        /// <inheritdoc/>
        public override bool HasMessage(WebSocket socket)
        {
            return _used[socket.Index] != 0;
        }

        /// <inheritdoc/>
        public override int Read(WebSocket socket, byte[] buffer, int offset, int count, out WebSocketPiece piece)
        {
            int index = socket.Index;
            if (_used[index] == 0)
            {
                piece = WebSocketPiece.None;
                return 0;
            }

            lock (_open)
            {
                if (_piece[index] == 0)
                {
                    _piece[index] = Get(index, 0);
                    _left[index] = (Get(index, 1) << 8) | Get(index, 2);
                    Take(index, Header);
                }

                int left = _left[index];
                int kind = _piece[index];
                if (count >= left)
                {
                    count = left;
                    _piece[index] = 0;
                }
                else
                {
                    kind &= KindOfPiece;
                }

                int at = _start[index];
                int first = _size - at < count ? _size - at : count;
                int ring = index * _size;
                Array.Copy(_rings, ring + at, buffer, offset, first);
                Array.Copy(_rings, ring, buffer, offset + first, count - first);
                Take(index, count);
                _left[index] = left - count;
                piece = (WebSocketPiece)kind;
                return count;
            }
        }

        /// <inheritdoc/>
        public override void Closed(WebSocket socket, int code)
        {
            lock (_open)
            {
                _open[socket.Index] = null;
            }
        }

        private void Put(int index, int position, byte octet)
        {
            _rings[(index * _size) + Wrap(_start[index] + position)] = octet;
        }

        private int Get(int index, int position)
        {
            return _rings[(index * _size) + Wrap(_start[index] + position)];
        }

        private void Take(int index, int count)
        {
            _start[index] = Wrap(_start[index] + count);
            _used[index] -= count;
        }

        private int Wrap(int position)
        {
            return position >= _size ? position - _size : position;
        }
    }
}
