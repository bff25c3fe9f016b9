using Http2Nano.Buffers;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// One protocol over one connection, without I/O: it consumes the receive buffer, fills the transmit buffer, and gets
    /// the time as a parameter. An object is made once and serves one connection after the other.
    /// </summary>
    public abstract class HttpConnection
    {
        /// <summary>No time: the deadline that never comes.</summary>
        public const long Never = long.MaxValue;

        internal readonly ReceiveBuffer Receive;
        internal readonly TransmitBuffer Transmit;
        internal readonly ExchangePool Exchanges;
        internal readonly RequestDispatcher Dispatcher;
        internal readonly HttpLimits Limits;
        internal readonly ServerCounters Counters;

        /// <summary>The number of its session in the server, starting at 0. Sessions share the exchanges.</summary>
        internal int Session;

        /// <summary>Whether the connection is over TLS.</summary>
        internal bool IsSecure;

        /// <summary>The peer; null when it is unknown.</summary>
        internal ConnectionPeer Remote;

        /// <summary>Whether the peer is a trusted gateway.</summary>
        internal bool IsBehindGateway
        {
            get { return Dispatcher.Gateways != null && Dispatcher.Gateways.Trusts(Remote); }
        }

        /// <summary>
        /// Whether nothing more will be read or written: the transport closes the connection when the transmit buffer is
        /// empty.
        /// </summary>
        internal bool Finished;

        /// <summary>
        /// Whether the peer has ended its side of the connection; it may still read. Complete requests are answered,
        /// incomplete ones are dropped. Set after everything that was received has been passed on.
        /// </summary>
        internal bool PeerHalfClosed;

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
        /// Begins a connection. The buffers keep what has arrived. Nothing of the connection before must remain: everything
        /// that a connection changes is set here, or at the beginning of a request, a stream, a frame or a body.
        /// </summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        internal virtual void Begin(long now, bool secure)
        {
            IsSecure = secure;
            Finished = false;
            PeerHalfClosed = false;
            Exchanges.Forget(this);
        }

        /// <summary>
        /// Does all the work that the received octets and the room for sending allow. To be called after octets have been
        /// received or sent, at <see cref="Deadline"/>, and every few milliseconds while <see cref="AwaitsApplication"/>.
        /// </summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        internal abstract void Advance(long now);

        /// <summary>The latest time at which <see cref="Advance"/> has to be called, or <see cref="Never"/>.</summary>
        internal abstract long Deadline { get; }

        /// <summary>
        /// Whether the connection waits for the application: a source, a sink or a deferred response may go on although
        /// nothing is received.
        /// </summary>
        internal abstract bool AwaitsApplication { get; }

        /// <summary>Whether a complete request waits for a response that the application has deferred.</summary>
        internal abstract bool OwesResponse { get; }

        /// <summary>Number of open streams; 0 for HTTP/1.1.</summary>
        internal virtual int OpenStreams
        {
            get { return 0; }
        }

        /// <summary>Octets in the dynamic tables of HPACK; 0 for HTTP/1.1.</summary>
        internal virtual int TableBytes
        {
            get { return 0; }
        }

        /// <summary>The connection's window for sending, in bytes; 0 for HTTP/1.1.</summary>
        internal virtual int SendWindow
        {
            get { return 0; }
        }

        /// <summary>Whether no request is open and everything has been sent.</summary>
        internal abstract bool IsBetweenRequests { get; }

        /// <summary>
        /// Whether a WebSocket is open. <see cref="Shutdown"/> closes it with a code, so that the client learns the reason.
        /// </summary>
        internal abstract bool HasSocket { get; }

        /// <summary>Shuts down gracefully: responses in flight are finished, new requests are not begun.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        internal abstract void Shutdown(long now);

        /// <summary>
        /// Breaks off the requests in flight and tells the client where the protocol can (RFC 9113 6.8). Octets in the transmit
        /// buffer still have to be sent. Nothing is received any more.
        /// </summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        /// <returns>Whether the client was told and may continue to send for a moment.</returns>
        internal abstract bool Cut(long now);

        /// <summary>
        /// The connection is lost or has ended: closes all bodies and takes back all exchanges. May be called again.
        /// </summary>
        internal abstract void Abort();

        /// <summary>
        /// Sends 103 Early Hints (RFC 8297) before the final response, if they fit and the protocol allows it.
        /// </summary>
        /// <param name="exchange">The exchange.</param>
        /// <param name="fields">The fields of the informational response.</param>
        /// <returns>Whether it was written.</returns>
        internal abstract bool SendEarlyHints(HttpExchange exchange, HeaderList fields);

        /// <summary>Promises a response to a GET for a path (RFC 9113 8.4), if the client accepts pushes.</summary>
        /// <param name="exchange">The exchange whose response refers to the path.</param>
        /// <param name="path">A path of the same origin, beginning with a solidus.</param>
        /// <returns>Whether it was promised.</returns>
        internal abstract bool Push(HttpExchange exchange, byte[] path);
    }
}
