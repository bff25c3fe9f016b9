using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.WebSockets
{
    /// <summary>
    /// What an application does with WebSockets (RFC 6455), the same over HTTP/1.1 and HTTP/2 (RFC 8441): derived classes take
    /// messages piece by piece as they arrive, and give pieces of messages when there is room to send them.
    /// </summary>
    /// <remarks>
    /// <para>Pings are answered, frames checked, unmasked and put together, texts checked for UTF-8, and the closing handshake is
    /// held without the application. Extensions are declined, <c>permessage-deflate</c> among them. Messages have no
    /// limit, for nothing is kept of them.</para>
    /// <para>Heap: about 700 bytes for each socket and 600 for all, made once. Nothing is allocated later.</para>
    /// <para>All methods that are overridden are called on the server's thread and must not block. What they throw ends the
    /// socket.</para>
    /// <para>Over HTTP/1.1 a socket is a connection, and makes way for clients that wait as an event stream does: a page that keeps
    /// one opens it again when it is closed. Over HTTP/2 it is a stream beside others.</para>
    /// </remarks>
    public abstract class WebSocketEndpoint
    {
        private readonly WebSocket[] _sockets;
        private readonly OpeningHandshake _handshake = new OpeningHandshake();
        private bool _stopped;

        /// <summary>Makes an endpoint.</summary>
        /// <param name="sockets">Most sockets at once, 1 to 100; more get 503.</param>
        /// <param name="clock">Where the time comes from.</param>
        /// <exception cref="ArgumentException">The number is out of its range.</exception>
        protected WebSocketEndpoint(int sockets, Clock clock)
        {
            if (sockets < 1 || sockets > 100)
            {
                throw new ArgumentException("A WebSocketEndpoint has 1 to 100 sockets.");
            }

            Clock = clock;
            PingInterval = 20000;
            CloseTimeout = 5000;
            _sockets = new WebSocket[sockets];
            for (int i = 0; i < sockets; i++)
            {
                _sockets[i] = new WebSocket(this, i);
            }
        }

        /// <summary>
        /// Milliseconds of silence after which a client is asked whether it is there. One that says nothing for as long again is
        /// given up. 0 for never; 20,000 unless set.
        /// </summary>
        public int PingInterval { get; set; }

        /// <summary>Milliseconds that a client has to close its side once the server has closed its own; 5,000 unless set.</summary>
        public int CloseTimeout { get; set; }

        /// <summary>The subprotocol that is spoken here (RFC 6455 1.9), chosen where a client offers it; null for none.</summary>
        /// <exception cref="ArgumentException">The name is no token.</exception>
        public string Subprotocol
        {
            set
            {
                byte[] name = value == null ? null : Ascii.Pack(value);
                if (name != null && !FieldSyntax.IsToken(name, 0, name.Length))
                {
                    throw new ArgumentException("The name of a subprotocol is a token.");
                }

                _handshake.Subprotocol = name;
            }
        }

        /// <summary>Sockets that are open now.</summary>
        public int Sockets
        {
            get
            {
                int count = 0;
                for (int i = 0; i < _sockets.Length; i++)
                {
                    if (!_sockets[i].IsFree)
                    {
                        count++;
                    }
                }

                return count;
            }
        }

        internal Clock Clock { get; }

        /// <summary>Answers a request for a WebSocket: this is what <c>Router.MapWebSocket</c> is given.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response.</param>
        public void Handle(HttpRequest request, HttpResponse response)
        {
            int index = 0;
            while (index < _sockets.Length && !_sockets[index].IsFree)
            {
                index++;
            }

            if (index == _sockets.Length || _stopped)
            {
                Problem.Write(response, 503);
                return;
            }

            WebSocket socket = _sockets[index];
            if (!_handshake.Accept(request, response, socket.Octets) || !Opening(request, response))
            {
                return;
            }

            socket.Begin(Clock.Now);
            response.Status = request.Protocol == HttpProtocol.Http2 ? 200 : 101;
            response.SetBody(socket.Sender, 0, HttpResponse.UnknownLength);
            request.ReadBody(socket.Receiver, 0);
            Opened(socket, request);
        }

        /// <summary>
        /// Closes all sockets with <see cref="CloseCode.GoingAway"/> and refuses those to come: before the server stops, which would
        /// wait for them. May be called on any thread.
        /// </summary>
        public void Stop()
        {
            _stopped = true;
            for (int i = 0; i < _sockets.Length; i++)
            {
                _sockets[i].Close(CloseCode.GoingAway);
            }
        }

        /// <summary>Lets sockets be opened again after <see cref="Stop"/>.</summary>
        public void Start()
        {
            _stopped = false;
        }

        /// <summary>Looks at a request for a socket whose handshake is right, and may answer it otherwise.</summary>
        /// <param name="request">The request, of which path, query and fields may be read.</param>
        /// <param name="response">The response; filled only when the socket is refused. Fields that are added go with the handshake.</param>
        /// <returns>Whether the socket is opened. True unless overridden.</returns>
        public virtual bool Opening(HttpRequest request, HttpResponse response)
        {
            return true;
        }

        /// <summary>A socket is open.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="request">The request that asked for it; not to be kept.</param>
        public virtual void Opened(WebSocket socket, HttpRequest request)
        {
        }

        /// <summary>How many octets of messages can be taken now. The client is slowed down by it (see <see cref="BodySink.Room"/>).</summary>
        /// <param name="socket">The socket.</param>
        /// <returns>Bytes; <see cref="int.MaxValue"/>, as it is unless overridden, for whatever comes.</returns>
        public virtual int Room(WebSocket socket)
        {
            return int.MaxValue;
        }

        /// <summary>Takes a piece of a message.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="piece">What it is. Text is UTF-8 in all its pieces together.</param>
        /// <param name="buffer">The server's buffer; it belongs to the endpoint only during the call.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets, at most <see cref="Room"/>; 0 only for the end of a message.</param>
        public abstract void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count);

        /// <summary>Writes a piece of a message that is to be sent.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="buffer">The server's buffer; it belongs to the endpoint only during the call.</param>
        /// <param name="offset">Where to write.</param>
        /// <param name="count">Most bytes to write, 14 at least.</param>
        /// <param name="piece">What was written; a text must be UTF-8 in all its pieces together. None when there is nothing yet: the server asks again later.</param>
        /// <returns>Bytes written.</returns>
        public abstract int Read(WebSocket socket, byte[] buffer, int offset, int count, out WebSocketPiece piece);

        /// <summary>A socket is over. Called once for each that was opened.</summary>
        /// <param name="socket">The socket, not to be used any more.</param>
        /// <param name="code">
        /// The code of the side that closed first; <see cref="CloseCode.NoStatus"/> when it gave none,
        /// <see cref="CloseCode.Abnormal"/> when the connection was lost.
        /// </param>
        public virtual void Closed(WebSocket socket, int code)
        {
        }
    }
}
