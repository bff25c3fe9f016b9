using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Http1;
using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// One accepted connection from its first octets to its end, without I/O: the first octets decide which protocol
    /// serves it. One object serves one connection after the other.
    /// </summary>
    public sealed class HttpSession
    {
        private readonly Http1Connection _http1;
        private readonly Http2Connection _http2;
        private HttpConnection _connection;
        private int _protocol;

        // When the first octets are to have come; and when the peer is to have taken some of the last ones, of which so many were sent.
        private long _deadline;
        private int _sent;

        /// <summary>Makes everything that a connection will need: from here on nothing is allocated.</summary>
        /// <param name="limits">Sizes and times; they must not change afterwards.</param>
        /// <param name="dispatcher">What answers requests.</param>
        /// <param name="counters">Where to count.</param>
        public HttpSession(HttpLimits limits, RequestDispatcher dispatcher, ServerCounters counters)
        {
            Receive = new ReceiveBuffer(limits.ReceiveBufferSize);
            Transmit = new TransmitBuffer(limits.TransmitBufferSize);
            ExchangePool exchanges = new ExchangePool(limits);
            HttpDate date = new HttpDate();
            _http1 = new Http1Connection(Receive, Transmit, exchanges, dispatcher, limits, counters, date);
            _http2 = new Http2Connection(Receive, Transmit, exchanges, dispatcher, limits, counters, date);
        }

        /// <summary>Where the transport puts what it received.</summary>
        public ReceiveBuffer Receive { get; }

        /// <summary>Where the transport takes what is to be sent.</summary>
        public TransmitBuffer Transmit { get; }

        internal ExchangePool Exchanges
        {
            get { return _http1.Exchanges; }
        }

        /// <summary>The protocol that serves the connection; null until the first octets have decided.</summary>
        internal HttpConnection Connection
        {
            get { return _connection; }
        }

        /// <summary>
        /// Nothing more will be read or written: close the connection as soon as <see cref="Transmit"/> is empty.
        /// </summary>
        public bool Finished { get; private set; }

        /// <summary>Whether a source or a deferred response may go on without anything being received.</summary>
        public bool Waits
        {
            get { return _connection != null && _connection.Waits; }
        }

        /// <summary>Whether no request is open and nothing is unsent.</summary>
        public bool Idle
        {
            get { return _connection == null ? Receive.Length == 0 : _connection.Idle && Transmit.Length == 0; }
        }

        /// <summary>
        /// Whether nothing is lost when the connection is left alone and begun anew when the peer speaks: it has said nothing yet,
        /// or HTTP/1.1 is between two requests.
        /// </summary>
        internal bool IsParkable
        {
            get { return _connection == null ? Receive.Length == 0 : _connection == _http1 && Idle; }
        }

        /// <summary>
        /// Another client waits: an HTTP/1.1 response that is begun from now on says <c>connection: close</c> (RFC 9112 9.6).
        /// </summary>
        public bool GiveWay
        {
            set { _http1.GiveWay = value; }
        }

        /// <summary>The other end of the connection, for requests that ask; null for nobody.</summary>
        public ConnectionPeer Peer
        {
            set
            {
                _http1.Remote = value;
                _http2.Remote = value;
            }
        }

        /// <summary>The latest time at which <see cref="Advance"/> is to be called, in milliseconds.</summary>
        public long Deadline
        {
            get
            {
                if (_connection == null)
                {
                    return _deadline;
                }

                return !Finished ? _connection.Deadline : Transmit.Length != 0 ? _deadline : HttpConnection.Never;
            }
        }

        /// <summary>Starts with a new connection. Both buffers are emptied.</summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        public void Begin(long now, bool secure)
        {
            Begin(now, secure, ApplicationProtocol.Undecided);
        }

        /// <summary>Starts with a new connection whose protocol may be known. Both buffers are emptied.</summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        /// <param name="protocol">A constant of <see cref="ApplicationProtocol"/>.</param>
        public void Begin(long now, bool secure, int protocol)
        {
            End();
            Receive.Clear();
            Transmit.Clear();
            Finished = false;
            Peer = null;
            _http1.IsSecure = secure;
            _http1.GiveWay = false;
            ServerCounters counters = _http1.Counters;
            counters.DynamicTableBytes = 0;
            counters.FieldBytesSaved = 0;
            counters.ConnectionWindow = 0;
            counters.StreamsOpen = 0;
            _deadline = now + _http1.Limits.FirstByteTimeout;
            _protocol = protocol;
        }

        /// <summary>
        /// Does all the work that can be done with what was received and with the room that there is for sending. Call it
        /// after each receipt, after each sending, at <see cref="Deadline"/>, and now and then while <see cref="Waits"/>.
        /// </summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        public void Advance(long now)
        {
            if (Finished)
            {
                FinishSending(now);
                return;
            }

            if (_connection == null && !Choose(now))
            {
                return;
            }

            try
            {
                _connection.Advance(now);
                if (_connection == _http1 && _http1.WantsHttp2)
                {
                    Upgrade(now);
                }
            }
            catch (Exception exception)
            {
                // Any call can run out of memory on the device, and nothing else is expected here: this connection is over,
                // the server is not.
                if (exception is OutOfMemoryException)
                {
                    _http1.Counters.OutOfMemory++;
                }

                _http1.Counters.ConnectionErrors++;
                _connection.Abort();
                Transmit.Clear();
            }

            if (_connection.Finished)
            {
                NoteFinished(now);
            }
        }

        /// <summary>Ends gracefully: responses in flight are finished, nothing new is begun.</summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        public void Shutdown(long now)
        {
            if (_connection == null)
            {
                Finished = true;
                return;
            }

            _connection.Shutdown(now);
            NoteFinished(now);
        }

        /// <summary>
        /// The peer has ended its side of the connection and may still read: what it asked for in full is answered, the rest
        /// is dropped. To be called once, after everything that was received has been handed over.
        /// </summary>
        /// <param name="now">Milliseconds on a clock that never goes back.</param>
        public void EndOfStream(long now)
        {
            if (_connection == null)
            {
                Finished = true;
                return;
            }

            _connection.PeerEnded = true;
            Advance(now);
        }

        /// <summary>The connection is lost or over: everything that it held is given back.</summary>
        public void End()
        {
            if (_connection != null)
            {
                _connection.Abort();
                _connection = null;
            }

            Finished = true;
        }

        private void NoteFinished(long now)
        {
            if (_connection.Finished && !Finished)
            {
                Finished = true;
                _deadline = now + _http1.Limits.WriteTimeout;
                _sent = Transmit.SentCount;
            }
        }

        // What was written last is under way, and the protocol looks no more at how it goes: a peer that takes nothing would hold the
        // connection for ever.
        private void FinishSending(long now)
        {
            if (_sent != Transmit.SentCount)
            {
                _sent = Transmit.SentCount;
                _deadline = now + _http1.Limits.WriteTimeout;
            }
            else if (now >= _deadline)
            {
                Transmit.Clear();
            }
        }

        private bool Choose(long now)
        {
            if (Receive.Length == 0)
            {
                Finished = now >= _deadline;
                return false;
            }

            if (_protocol != ApplicationProtocol.Undecided)
            {
                Take(_protocol == ApplicationProtocol.Http2 ? (HttpConnection)_http2 : _http1, now);
                return true;
            }

            int match = ConnectionPreface.Match(Receive.Bytes, Receive.Start, Receive.Length);
            if (match == ConnectionPreface.Undecided && now < _deadline)
            {
                return false;
            }

            Take(match == ConnectionPreface.Whole ? (HttpConnection)_http2 : _http1, now);
            return true;
        }

        private void Take(HttpConnection connection, long now)
        {
            _connection = connection;
            connection.Begin(now, _http1.IsSecure);
        }

        // RFC 7540 3.2: the request that asked for the upgrade becomes stream 1, half-closed on the client's side.
        private void Upgrade(long now)
        {
            _connection = _http2;
            _http2.BeginUpgraded(now, _http1.IsSecure, _http1);
            _http2.Advance(now);
        }
    }
}
