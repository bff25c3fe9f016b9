using Http2Nano.Buffers;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// One protocol over one connection, without I/O: it consumes the receive buffer, fills the transmit buffer, and is
    /// told the time. Objects of this kind are made once and used for one connection after the other.
    /// </summary>
    public abstract class HttpConnection
    {
        /// <summary>A time that never comes.</summary>
        public const long Never = long.MaxValue;

        internal readonly ReceiveBuffer Receive;
        internal readonly TransmitBuffer Transmit;
        internal readonly ExchangePool Exchanges;
        internal readonly RequestDispatcher Dispatcher;
        internal readonly HttpLimits Limits;
        internal readonly ServerCounters Counters;

        /// <summary>Which of the server's sessions it belongs to, from 0: what exchanges are shared by.</summary>
        internal int Session;

        /// <summary>Whether the connection is over TLS.</summary>
        internal bool IsSecure;

        /// <summary>The other end; null where nobody said.</summary>
        internal ConnectionPeer Remote;

        /// <summary>
        /// Nothing more will be read or written: the transport closes the connection as soon as the transmit buffer is
        /// empty.
        /// </summary>
        internal bool Finished;

        /// <summary>
        /// The peer has ended its side of the connection and may still read: what it asked for in full is answered, what it
        /// did not finish is dropped. Set when everything that was received has been handed over.
        /// </summary>
        internal bool PeerEnded;

        internal HttpConnection(ReceiveBuffer receive, TransmitBuffer transmit, ExchangePool exchanges, RequestDispatcher dispatcher, HttpLimits limits, ServerCounters counters)
        {
            Receive = receive;
            Transmit = transmit;
            Exchanges = exchanges;
            Dispatcher = dispatcher;
            Limits = limits;
            Counters = counters;
        }

        /// <summary>
        /// Starts with a new connection. The buffers keep what has arrived. Nothing of the connection before may be left: all that a
        /// connection changes is set here, or where a request, a stream, a frame or a body begins.
        /// </summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        internal virtual void Begin(long now, bool secure)
        {
            IsSecure = secure;
            Finished = false;
            PeerEnded = false;
        }

        /// <summary>
        /// Does all the work that can be done with what was received and with the room that there is for sending. Call it
        /// after each receipt, after each sending, at <see cref="Deadline"/>, and now and then while <see cref="Waits"/>.
        /// </summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        internal abstract void Advance(long now);

        /// <summary>The latest time at which <see cref="Advance"/> is to be called, or <see cref="Never"/>.</summary>
        internal abstract long Deadline { get; }

        /// <summary>Whether a source or a deferred response may go on without anything being received.</summary>
        internal abstract bool Waits { get; }

        /// <summary>Whether a request that has come completely waits for a response that the application has put off.</summary>
        internal abstract bool Owes { get; }

        /// <summary>Whether no request is open and nothing is unsent.</summary>
        internal abstract bool Idle { get; }

        /// <summary>Whether a WebSocket is open: <see cref="Shutdown"/> closes it, and the client learns why.</summary>
        internal abstract bool HasSocket { get; }

        /// <summary>Ends gracefully: responses in flight are finished, nothing new is begun.</summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        internal abstract void Shutdown(long now);

        /// <summary>The connection is lost or over: closes all bodies and takes all exchanges back. May be called more than once.</summary>
        internal abstract void Abort();

        /// <summary>Sends 103 Early Hints (RFC 8297) before the final response, if there is room and the protocol allows it.</summary>
        /// <param name="exchange">The exchange.</param>
        /// <param name="fields">The fields of the informational response.</param>
        /// <returns>Whether it was written.</returns>
        internal abstract bool SendEarlyHints(HttpExchange exchange, HeaderList fields);

        /// <summary>Promises a response to a GET for a path (RFC 9113 8.4), if the client takes pushes.</summary>
        /// <param name="exchange">The exchange whose response refers to the path.</param>
        /// <param name="path">Path of the same origin, from the solidus on.</param>
        /// <returns>Whether it was promised.</returns>
        internal abstract bool Push(HttpExchange exchange, byte[] path);
    }
}
