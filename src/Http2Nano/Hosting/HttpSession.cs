using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Http1;
using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// One accepted connection from its first octets to its end, without I/O. The first octets determine the protocol. One
    /// object serves one connection after the other.
    /// </summary>
    public sealed class HttpSession
    {
        private readonly Http1Connection _http1;
        private readonly Http2Connection _http2;
        private HttpConnection _connection;
        private int _protocol;

        // The time by which the first octets must have arrived; and the time by which the peer must have taken some of the
        // last ones, and how many octets had been sent when it was set.
        private long _deadline;
        private int _sent;

        /// <summary>Allocates everything that connections will need.</summary>
        /// <param name="limits">Sizes and times. Must not change afterwards.</param>
        /// <param name="dispatcher">Answers requests.</param>
        /// <param name="counters">Takes the counts.</param>
        public HttpSession(HttpLimits limits, RequestDispatcher dispatcher, ServerCounters counters)
            : this(limits, dispatcher, counters, new ExchangePool(limits), new HttpDate(), 0)
        {
        }

        /// <summary>Makes one of several sessions, which share the exchanges and the date.</summary>
        internal HttpSession(HttpLimits limits, RequestDispatcher dispatcher, ServerCounters counters, ExchangePool exchanges, HttpDate date, int number)
        {
            ReceiveBuffer receive = new ReceiveBuffer(limits.ReceiveBufferSize);
            TransmitBuffer transmit = new TransmitBuffer(limits.TransmitBufferSize);
            _http2 = new Http2Connection(receive, transmit, exchanges, dispatcher, limits, counters, date);
            _http1 = new Http1Connection(receive, transmit, exchanges, dispatcher, limits, counters, date, _http2.FieldBlocks.IdleMemory);
            _http1.Session = number;
            _http2.Session = number;
        }

        /// <summary>The octets that the transport has received.</summary>
        public ReceiveBuffer Receive
        {
            get { return _http1.Receive; }
        }

        /// <summary>The octets for the transport to send.</summary>
        public TransmitBuffer Transmit
        {
            get { return _http1.Transmit; }
        }

        internal ExchangePool Exchanges
        {
            get { return _http1.Exchanges; }
        }

        /// <summary>The protocol that serves the connection; null until the first octets have determined it.</summary>
        internal HttpConnection Connection
        {
            get { return _connection; }
        }

        /// <summary>
        /// Whether nothing more will be read or written: the connection is to be closed when <see cref="Transmit"/> is
        /// empty.
        /// </summary>
        public bool Finished { get; private set; }

        /// <summary>Whether a source, a sink or a deferred response may go on although nothing is received.</summary>
        public bool AwaitsApplication
        {
            get { return _connection != null && _connection.AwaitsApplication; }
        }

        /// <summary>Whether no request is open and everything has been sent.</summary>
        public bool IsBetweenRequests
        {
            get { return _connection == null ? Receive.Length == 0 : _connection.IsBetweenRequests && Transmit.Length == 0; }
        }

        /// <summary>
        /// Whether nothing is lost when the connection is set aside and begun anew when its peer sends something: it has
        /// received nothing yet, or HTTP/1.1 is between two requests.
        /// </summary>
        internal bool IsParkable
        {
            get { return _connection == null ? Receive.Length == 0 : _connection == _http1 && IsBetweenRequests; }
        }

        /// <summary>
        /// Whether the connection waits for its client and for sources and for nothing else, so that <see cref="SetAside"/> keeps what
        /// is needed to go on: HTTP/2, or HTTP/1.1 with a response that ends with its connection.
        /// </summary>
        /// <param name="http1">Whether the client that waits speaks HTTP/1.1; otherwise HTTP/2 cannot be set aside.</param>
        internal bool MayRest(bool http1)
        {
            return _connection == _http1 ? _http1.IsListening : http1 && _connection == _http2 && _http2.IsAtRest;
        }

        /// <summary>
        /// Whether another client waits: HTTP/1.1 responses that begin from now on have <c>connection: close</c> (RFC 9112
        /// 9.6).
        /// </summary>
        public bool GiveWay
        {
            set { _http1.GiveWay = value; }
        }

        /// <summary>The peer of the connection, for requests that ask about it; or null.</summary>
        public ConnectionPeer Peer
        {
            set
            {
                _http1.Remote = value;
                _http2.Remote = value;
            }
        }

        /// <summary>The latest time at which <see cref="Advance"/> has to be called, in milliseconds.</summary>
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

        /// <summary>Begins a connection. Both buffers are emptied.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        public void Begin(long now, bool secure)
        {
            Begin(now, secure, ApplicationProtocol.Undecided);
        }

        /// <summary>Begins a connection whose protocol may be known. Both buffers are emptied.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
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
            counters.Current = null;
            counters.FieldBytesSaved = 0;
            _deadline = now + _http1.Limits.FirstByteTimeout;
            _protocol = protocol;
        }

        /// <summary>
        /// Does all the work that the received octets and the room for sending allow. To be called after octets have been
        /// received or sent, at <see cref="Deadline"/>, and every few milliseconds while <see cref="AwaitsApplication"/>.
        /// </summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
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
            }
            catch (Exception exception)
            {
                Fail(exception);
            }

            if (_connection.Finished || (_connection == _http1 && _http1.WantsHttp2))
            {
                EndAdvance(now);
            }
        }

        /// <summary>
        /// The connection that <see cref="Advance"/> would advance and nothing else; null when there is more to do, or less. The
        /// loop advances it itself, followed by <see cref="Fail"/> and <see cref="EndAdvance"/>, because a frame of the stack takes
        /// heap.
        /// </summary>
        internal HttpConnection Served
        {
            get { return Finished ? null : _connection; }
        }

        /// <summary>
        /// The connection that was advanced has thrown. On the device any call can run out of memory; no other exception is
        /// expected here. The connection ends, the server does not.
        /// </summary>
        internal void Fail(Exception exception)
        {
            if (exception is OutOfMemoryException)
            {
                _http1.Counters.OutOfMemory++;
            }

            _http1.Counters.ConnectionErrors++;
            _connection.Abort();
            Transmit.Clear();
        }

        /// <summary>Whether a request over HTTP/1.1 has asked for HTTP/2.</summary>
        internal bool IsUpgrading
        {
            get { return _connection == _http1 && _http1.WantsHttp2; }
        }

        /// <summary>The last part of <see cref="Advance"/>: the connection has finished, or goes on with HTTP/2.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        internal void EndAdvance(long now)
        {
            if (!_connection.Finished)
            {
                try
                {
                    Upgrade(now);
                }
                catch (Exception exception)
                {
                    Fail(exception);
                }
            }

            if (_connection.Finished)
            {
                NoteFinished(now);
            }
        }

        /// <summary>Shuts down gracefully: responses in flight are finished, new requests are not begun.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
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
        /// Breaks off what is under way, once a protocol serves the connection: close it as soon as
        /// <see cref="Transmit"/> is empty. Over HTTP/2 the client is told with RST_STREAM and GOAWAY, over HTTP/1.1 it sees that
        /// the response is incomplete.
        /// </summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <returns>Whether the client may go on sending for a while.</returns>
        internal bool Cut(long now)
        {
            bool sending = _connection.Cut(now);
            NoteFinished(now);
            return sending;
        }

        /// <summary>
        /// The peer has ended its side of the connection and may still read: complete requests are answered, incomplete
        /// ones dropped. To be called once, after everything that was received has been passed on.
        /// </summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        public void EndOfStream(long now)
        {
            if (_connection == null)
            {
                Finished = true;
                return;
            }

            _connection.PeerHalfClosed = true;
            Advance(now);
        }

        /// <summary>The connection is lost or has ended: releases everything that it held.</summary>
        public void End()
        {
            if (_connection != null)
            {
                _connection.Abort();
                _connection = null;
            }

            Finished = true;
        }

        /// <summary>What <see cref="Resume"/> needs beside what <see cref="SetAside"/> returns; to be read before.</summary>
        internal long KeyAndPosition
        {
            get { return _connection == _http1 && _http1.IsListening ? _http1.KeyAndPosition : 0; }
        }

        /// <summary>
        /// Sets a connection aside that <see cref="MayRest"/>: the caller keeps what is needed to go on. While HTTP/2 is at rest, only
        /// HTTP/1.1 can be served.
        /// </summary>
        /// <returns>
        /// The source of the response over HTTP/1.1, which is the caller's now, or the connection over HTTP/2; null when there is nothing
        /// to keep, and nothing has happened.
        /// </returns>
        internal object SetAside()
        {
            object rest = null;
            if (_connection == _http2)
            {
                rest = _http2;
                _http1.Forget(true);
            }
            else if (_connection == _http1 && _http1.IsListening)
            {
                rest = _http1.TakeSource();
            }

            _connection = rest == null ? _connection : null;
            return rest;
        }

        /// <summary>After <see cref="Begin(long, bool, int)"/>: goes on with a connection that was set aside.</summary>
        /// <param name="rest">What <see cref="SetAside"/> returned.</param>
        /// <param name="keyAndPosition">What <see cref="KeyAndPosition"/> was.</param>
        /// <param name="now">Milliseconds.</param>
        /// <returns>False when it cannot go on for lack of an exchange, and is still set aside.</returns>
        internal bool Resume(object rest, long keyAndPosition, long now)
        {
            if (rest == _http2)
            {
                _connection = _http2;
                _http1.Forget(false);
                _http1.Counters.Current = _http2;
                return true;
            }

            if (!_http1.BeginListening(now, (BodySource)rest, keyAndPosition))
            {
                return false;
            }

            _connection = _http1;
            return true;
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

        // The last octets are being sent, and the protocol does not watch them any more: without a deadline a peer that
        // takes none would hold the connection for ever.
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
                Take(_protocol == ApplicationProtocol.Http2, now);
                return true;
            }

            int match = ConnectionPreface.Match(Receive.Bytes, Receive.Start, Receive.Length);
            if (match == ConnectionPreface.Undecided && now < _deadline)
            {
                return false;
            }

            Take(match == ConnectionPreface.Whole, now);
            return true;
        }

        // While HTTP/2 is at rest for another client, this one has spoken HTTP/1.1 before.
        private void Take(bool http2, long now)
        {
            if (http2 && !_http1.IsMemoryUsed)
            {
                _connection = _http2;
                _http1.Forget(false);
            }
            else
            {
                _connection = _http1;
            }

            _connection.Begin(now, _http1.IsSecure);
        }

        // RFC 7540 3.2: the request that asked for the upgrade becomes stream 1, half-closed by the client.
        private void Upgrade(long now)
        {
            _connection = _http2;
            _http1.Forget(false);
            _http2.BeginUpgraded(now, _http1.IsSecure, _http1);
            _http2.Advance(now);
        }
    }
}
