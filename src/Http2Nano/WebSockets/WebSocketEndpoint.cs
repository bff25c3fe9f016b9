using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.WebSockets
{
    /// <summary>
    /// The application's side of WebSockets (RFC 6455), the same over HTTP/1.1 and HTTP/2 (RFC 8441). Derived classes take
    /// messages in pieces as they arrive, and give pieces of messages when there is room to send them.
    /// </summary>
    /// <remarks>
    /// <para>The library answers pings, checks and unmasks frames, assembles fragments, checks that texts are UTF-8, and
    /// does the closing handshake. Extensions such as <c>permessage-deflate</c> are declined. Messages may have any length,
    /// because they are not stored.</para>
    /// <para>Heap: about 800 bytes for each socket and 850 for all, allocated by the constructor.</para>
    /// <para>Overridden methods are called on the server's thread and must not block. An exception in one ends the
    /// socket.</para>
    /// <para>Over HTTP/1.1 a socket occupies a connection, which makes way for waiting clients as an event stream does: a
    /// page opens its socket again when it is closed. Over HTTP/2 it is one stream among others.</para>
    /// </remarks>
    public abstract class WebSocketEndpoint
    {
        private readonly WebSocket[] _sockets;
        private readonly OpeningHandshake _handshake = new OpeningHandshake();
        private bool _stopped;

        /// <summary>Makes an endpoint.</summary>
        /// <param name="sockets">Most sockets at once, 1 to 100; more get 503.</param>
        /// <param name="clock">Gives the time.</param>
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
        /// Milliseconds of silence after which the server sends a Ping. A client that stays silent for as long again is
        /// disconnected. 0 for never; 20,000 unless set.
        /// </summary>
        public int PingInterval { get; set; }

        /// <summary>
        /// Milliseconds that a client has to close its side after the server has closed its own; 5,000 unless set.
        /// </summary>
        public int CloseTimeout { get; set; }

        /// <summary>The subprotocol (RFC 6455 1.9), selected when a client offers it; null for none.</summary>
        /// <exception cref="ArgumentException">The name is not a token.</exception>
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

        /// <summary>Number of open sockets.</summary>
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

        /// <summary>Answers a request for a WebSocket: the handler for <c>Router.MapWebSocket</c>.</summary>
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

            response.Status = request.Protocol == HttpProtocol.Http2 ? 200 : 101;
            response.SetBody(socket.Sender, 0, HttpResponse.UnknownLength);
            request.ReadBody(socket.Receiver, 0);

            // Behind what may throw: the socket is free again when both of its ends are closed.
            socket.Begin(Clock.Now);
            Opened(socket, request);
        }

        /// <summary>
        /// Closes all sockets with <see cref="CloseCode.GoingAway"/> and refuses new ones. To be called before the server
        /// stops, because the server waits for open sockets. May be called on any thread.
        /// </summary>
        public void Stop()
        {
            _stopped = true;
            for (int i = 0; i < _sockets.Length; i++)
            {
                _sockets[i].Close(CloseCode.GoingAway);
            }
        }

        /// <summary>Accepts sockets again after <see cref="Stop"/>.</summary>
        public void Start()
        {
            _stopped = false;
        }

        /// <summary>Called for a request with a valid handshake; may refuse it.</summary>
        /// <param name="request">The request; its path, query and fields may be read.</param>
        /// <param name="response">
        /// The response; to be filled only to refuse the socket. Fields that are added become part of the handshake.
        /// </param>
        /// <returns>Whether the socket is opened. True unless overridden.</returns>
        public virtual bool Opening(HttpRequest request, HttpResponse response)
        {
            return true;
        }

        /// <summary>Called when a socket has been opened.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="request">The request for it; must not be kept.</param>
        public virtual void Opened(WebSocket socket, HttpRequest request)
        {
        }

        /// <summary>
        /// Number of octets of messages that can be taken at present. It slows the client down (see
        /// <see cref="BodySink.Room"/>).
        /// </summary>
        /// <param name="socket">The socket.</param>
        /// <returns>Bytes; <see cref="int.MaxValue"/>, the default, for any number.</returns>
        public virtual int Room(WebSocket socket)
        {
            return int.MaxValue;
        }

        /// <summary>Takes a piece of a message.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="piece">Its type. All pieces of a text together are UTF-8.</param>
        /// <param name="buffer">The server's buffer; it belongs to the endpoint only during the call.</param>
        /// <param name="offset">Offset of the first octet.</param>
        /// <param name="count">Number of octets, at most <see cref="Room"/>; 0 only for the end of a message.</param>
        public abstract void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count);

        /// <summary>Writes a piece of a message to send.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="buffer">The server's buffer; it belongs to the endpoint only during the call.</param>
        /// <param name="offset">Offset at which to write.</param>
        /// <param name="count">The most bytes to write, at least 14.</param>
        /// <param name="piece">
        /// The piece's type; all pieces of a text together must be UTF-8. None when there is nothing yet: the server asks
        /// again later.
        /// </param>
        /// <returns>Bytes written.</returns>
        public abstract int Read(WebSocket socket, byte[] buffer, int offset, int count, out WebSocketPiece piece);

        /// <summary>
        /// Whether <see cref="Read"/> may give a piece after it has given none. Over HTTP/2 this is asked first: an endpoint that
        /// knows the answer spares the work around a call of Read with each message that arrives.
        /// </summary>
        /// <param name="socket">The socket.</param>
        /// <returns>True unless overridden; then Read is called.</returns>
        public virtual bool HasMessage(WebSocket socket)
        {
            return true;
        }

        /// <summary>
        /// Called when a socket has ended, once for each opened socket. Its object may serve another client at once, so
        /// threads that send must hold a lock that this method takes before the application forgets the socket.
        /// </summary>
        /// <param name="socket">The socket, which must not be used any more.</param>
        /// <param name="code">
        /// The code of the side that closed first; <see cref="CloseCode.NoStatus"/> when it gave none,
        /// <see cref="CloseCode.Abnormal"/> when the connection was lost.
        /// </param>
        public virtual void Closed(WebSocket socket, int code)
        {
        }
    }
}
