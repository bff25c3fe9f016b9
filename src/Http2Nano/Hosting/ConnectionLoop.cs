using System;
using System.Net.Sockets;
using Http2Nano.Buffers;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>Moves octets between one connection after the other and the session that understands them.</summary>
    internal sealed class ConnectionLoop : IHandshakeLimit
    {
        // Longest wait for input, and the wait while a source or a deferred response may have something, in milliseconds.
        private const int Slice = 20;
        private const int SourceSlice = 5;

        // What a peer still sends is read and dropped for this long, or closing would destroy what was sent to it.
        private const int LingerTime = 250;

        // States of the connection: the peer has ended its side, and the session knows it; sending or receiving failed; the gate
        // has decided to close it, or to have it parked.
        private const int Serving = 0;
        private const int Ended = 1;
        private const int EndTold = 2;
        private const int Lost = 3;
        private const int Dropped = 4;
        private const int Parked = 5;

        // What was written last is still under way when a connection ends.
        private const int FlushTime = 1000;

        private readonly HttpServerOptions _options;
        private readonly HttpSession _session;
        private readonly TcpTransport _tcp = new TcpTransport();
        private readonly ConnectionGate _gate;
        private HttpServer _server;
        private long _handshakeBegan;
        private int _state;
        private bool _another;
        private long _receivedBefore;

        internal ConnectionLoop(HttpServerOptions options, RequestDispatcher dispatcher, ServerCounters counters)
        {
            _options = options;
            _session = new HttpSession(options.Limits, dispatcher, counters);
            _gate = new ConnectionGate(options, _session, counters);
        }

        /// <summary>No client has come for a moment.</summary>
        internal void Rest()
        {
            _gate.NobodyComes();
        }

        /// <summary>Waits for the first octets of a connection.</summary>
        /// <returns>What <see cref="Greeting"/> says; when it is silent, the socket is still open, and the caller's.</returns>
        internal int Greet(Socket socket, bool secure, HttpServer server)
        {
            _server = server;
            return Greeting.Await(socket, secure, _session.Receive.Bytes, _options, _gate, server);
        }

        /// <summary>A handshake has had its time; less of it when others wait.</summary>
        public bool HasPassed
        {
            get
            {
                long time = Environment.TickCount64 - _handshakeBegan;
                return time >= _options.HandshakeTimeout || _server.IsStopping
                    || (time >= _gate.Grace(_options.HandshakeGrace) && _server.IsAnotherWaiting());
            }
        }

        /// <summary>Serves a connection to its end, or until it turns out to be silent while others wait: then it is parked.</summary>
        internal void Serve(Transport transport, HttpServer server)
        {
            _state = Serving;
            _server = server;
            try
            {
                long now = Environment.TickCount64;
                _session.Begin(now, transport.IsSecure, transport.Protocol);
                _session.Peer = transport;
                _gate.Begin(now);
                _receivedBefore = _server.Counters.BytesReceived;
                bool moved = true;
                do
                {
                    moved |= ReceiveSome(transport, _session.Receive, moved ? 0 : Patience());
                    now = Environment.TickCount64;
                    _another = server.IsAnotherWaiting();
                    _session.GiveWay = _another;
                    _session.Advance(now);
                    moved = SendSome(transport);
                }
                while (GoesOn(transport, now, moved));
                if (_state == Serving)
                {
                    Linger(transport);
                }
            }
            finally
            {
                _gate.Finish(Environment.TickCount64);
                _session.End();
                if (_state == Parked)
                {
                    server.Park(transport);
                }
                else
                {
                    transport.Close(_state == Dropped ? 0 : _another ? _gate.Grace(FlushTime) : FlushTime);
                }
            }
        }

        /// <summary>Makes the transport of a connection that has begun.</summary>
        /// <returns>Null when the TLS handshake failed; the connection is over then.</returns>
        internal Transport Open(Socket socket, bool secure)
        {
            if (secure)
            {
                _handshakeBegan = Environment.TickCount64;
                Transport transport = _options.Tls.Accept(socket, this, _options.Limits.WriteTimeout);
                if (transport == null && Environment.TickCount64 - _handshakeBegan >= _gate.Grace(_options.HandshakeGrace))
                {
                    _gate.HeldUp();
                }

                return transport;
            }

            _tcp.Open(socket, _options.Limits.WriteTimeout);
            return _tcp;
        }

        // Whether the connection is to be served further.
        private bool GoesOn(Transport transport, long now, bool moved)
        {
            if (_state == Ended)
            {
                _state = EndTold;
                _session.EndOfStream(now);
            }

            if (_state == Lost || (_session.Finished && _session.Transmit.Length == 0))
            {
                return false;
            }

            if (_state == EndTold && !moved && _session.Transmit.Length == 0 && !_session.Waits)
            {
                // The peer has ended and nothing is left that could be answered.
                return false;
            }

            if (_server.IsStopping)
            {
                _session.Shutdown(now);
                return true;
            }

            return MayStay(transport, now);
        }

        // False when the connection is to be closed at once.
        private bool MayStay(Transport transport, long now)
        {
            switch (_gate.Decide(now, _another))
            {
                case ConnectionGate.End:
                    // A request that has come just now is still answered, with "close".
                    if (!_session.Idle || !transport.WaitForData(0))
                    {
                        _session.Shutdown(now);
                    }

                    return true;

                case ConnectionGate.Drop:
                    bool silent = _server.Counters.BytesReceived == _receivedBefore;
                    _state = silent && _options.Tls != null && _options.Tls.CanKeepSeveral ? Parked : Dropped;
                    return false;

                default:
                    return true;
            }
        }

        private int Patience()
        {
            // While another waits, its patience is counted in milliseconds.
            if (_another)
            {
                return 1;
            }

            return _session.Waits || _session.Connection == null ? SourceSlice : Slice;
        }

        private bool ReceiveSome(Transport transport, ReceiveBuffer receive, int patience)
        {
            int room = receive.MakeRoom();
            if (_session.Transmit.Length != 0)
            {
                // Whatever is unsent goes first: wait for the peer to take it, not for it to say something.
                if (patience != 0)
                {
                    transport.WaitForRoom(patience);
                }

                patience = 0;
            }

            if (_state != Serving || room == 0)
            {
                if (patience != 0)
                {
                    System.Threading.Thread.Sleep(SourceSlice);
                }

                return false;
            }

            if (!transport.WaitForData(patience))
            {
                return false;
            }

            int count = transport.Receive(receive.Bytes, receive.End, room);
            if (count > 0)
            {
                receive.End += count;
                _server.Counters.BytesReceived += count;
                return true;
            }

            _state = count < 0 ? Lost : Ended;
            return false;
        }

        private bool SendSome(Transport transport)
        {
            TransmitBuffer transmit = _session.Transmit;
            bool moved = false;
            while (transmit.Length != 0 && _state != Lost && transport.WaitForRoom(0))
            {
                int count = transport.Send(transmit.Bytes, transmit.Start, transmit.Length);
                if (count < 0)
                {
                    _state = Lost;
                    return false;
                }

                transmit.Sent(count);
                _server.Counters.BytesSent += count;
                moved = true;
            }

            return moved;
        }

        // A close with octets unread makes TCP throw away what the peer has not read yet, an error response for instance.
        private void Linger(Transport transport)
        {
            int patience = _another ? _gate.Grace(LingerTime) : LingerTime;
            long until = Environment.TickCount64 + patience;
            byte[] scratch = _session.Receive.Bytes;
            patience = _session.Receive.Length != 0 ? patience : 0;
            while (transport.WaitForData(patience) && transport.Receive(scratch, 0, scratch.Length) > 0)
            {
                long left = until - Environment.TickCount64;
                if (left <= 0)
                {
                    _gate.HeldUp();
                    return;
                }

                patience = (int)left;
            }
        }
    }
}
