using Http2Nano.Buffers;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>Moves octets between one connection after the other and the session that understands them, turn by turn.</summary>
    internal sealed class ConnectionLoop : IHandshakeLimit
    {
        // Longest wait for input, also while others are set aside, and the wait while a source or a deferred response may have
        // something, in milliseconds.
        private const int Slice = 20;
        private const int SharedSlice = 10;
        private const int SourceSlice = 5;

        // What a peer still sends is read and dropped for this long, or closing would destroy what was sent to it.
        private const int LingerTime = 250;

        // What was written last is still under way when a connection ends.
        private const int FlushTime = 1000;

        // How often the transmit buffer is filled and emptied before the loop looks at anything else.
        private const int Rounds = 16;

        // What fits into one packet of TCP, on a board's network stack too. Of what is written without a pause only such pieces are
        // sent, and the rest moves on with what comes next.
        private const int Segment = 1440;

        // States of the connection: the peer has ended its side, and the session knows it; everything is sent, and what comes is
        // dropped; sending or receiving failed; it is to be closed at once, or to be set aside.
        private const int Serving = 0;
        private const int Ended = 1;
        private const int EndTold = 2;
        private const int Lingering = 3;
        private const int Lost = 4;
        private const int Dropped = 5;
        private const int Parked = 6;

        private readonly HttpServerOptions _options;
        private readonly ServerPlatform _platform;
        private readonly HttpSession _session;
        private readonly ConnectionGate _gate;
        private readonly IConnectionHost _host;
        private ConnectionPlace _place;
        private Transport _transport;
        private int _state;
        private int _others;
        private long _now;
        private bool _more;

        // Since when the handshake goes on, the connection lingers, or the server stops; -1 for none of it.
        private long _since;

        internal ConnectionLoop(HttpServerOptions options, ServerPlatform platform, RequestDispatcher dispatcher, ServerCounters counters, IConnectionHost host)
        {
            _options = options;
            _platform = platform;
            _host = host;
            _session = new HttpSession(options.Limits, dispatcher, counters);
            _gate = new ConnectionGate(options, _session, counters);
        }

        /// <summary>Decides how long anybody may hold others up.</summary>
        internal ConnectionGate Gate
        {
            get { return _gate; }
        }

        /// <summary>Whether there is a connection.</summary>
        internal bool IsServing
        {
            get { return _place != null; }
        }

        /// <summary>A buffer that nobody needs while no connection is served.</summary>
        internal byte[] Scratch
        {
            get { return _session.Receive.Bytes; }
        }

        /// <summary>A handshake has had its time; less of it when others wait.</summary>
        public bool HasPassed
        {
            get
            {
                long now = _platform.Now;
                long time = now - _since;
                return time >= _options.HandshakeTimeout || _host.IsStopping
                    || (time >= _gate.Grace(_options.HandshakeGrace) && (_host.Look(now) & Others.Held) != 0);
            }
        }

        /// <summary>Takes up a connection whose peer has spoken. It is over at once when its TLS handshake fails.</summary>
        /// <param name="place">Its place. Whatever happens from here on, <see cref="End"/> gives it back.</param>
        internal void Begin(ConnectionPlace place)
        {
            _state = Dropped;
            _place = place;
            place.State = ConnectionPlace.Taken;
            if (place.IsSecure && place.Secured == null && !Secure(place))
            {
                End();
                return;
            }

            if (place.Secured == null)
            {
                place.Accepted.Begin(_options.Limits.WriteTimeout);
            }

            _transport = place.Secured == null ? place.Accepted : place.Secured;
            long now = _platform.Now;
            _session.Begin(now, _transport.IsSecure, _transport.Protocol);
            _session.Peer = _transport;
            _gate.Begin(now, place.Secured == null || _options.Tls.CanKeepSeveral);
            _others = Others.Nobody;
            _now = -1;
            _since = -1;
            _more = true;
            _state = Serving;
        }

        /// <summary>Receives, works and sends once; ends the connection when it is over.</summary>
        internal void Turn()
        {
            if (_state == Lingering)
            {
                Linger();
                return;
            }

            ReceiveSome(_session.Receive, _more ? 0 : Patience());
            long now = _platform.Now;
            if (now != _now)
            {
                // Twice within a millisecond the answer is the same, and asking costs a look at sockets.
                _now = now;
                _others = _host.Look(now);
                _session.GiveWay = _gate.IsToClose(_others);
            }

            // Here and not in a method: so a handler begins with few frames of the stack below it.
            TransmitBuffer transmit = _session.Transmit;
            int rounds = Rounds;
            do
            {
                _session.Advance(now);
                _more = SendSome(transmit, transmit.Length >= Segment);
                rounds--;
            }
            while (_more && rounds != 0);

            if (!GoesOn(now))
            {
                End();
            }
        }

        /// <summary>Ends the connection if there is one: it is closed, or set aside if that was decided.</summary>
        internal void End()
        {
            ConnectionPlace place = _place;
            if (place == null)
            {
                return;
            }

            Transport transport = _transport;
            _place = null;
            _transport = null;
            try
            {
                if (transport != null)
                {
                    _now = _platform.Now;
                    _gate.Finish(_now);
                    _session.End();
                }
            }
            finally
            {
                if (_state == Parked)
                {
                    _host.Park(place, _gate.HasAsked, _now);
                }
                else
                {
                    place.Close(_state == Dropped ? 0 : (_others & Others.Held) != 0 ? _gate.Grace(FlushTime) : FlushTime);
                }
            }
        }

        /// <summary>Something was thrown: ends the connection at once.</summary>
        internal void Drop()
        {
            _state = Dropped;
            End();
        }

        private bool Secure(ConnectionPlace place)
        {
            _since = _platform.Now;
            place.Secured = place.Accepted.Secure(_options.Tls, this, _options.Limits.WriteTimeout);
            if (place.Secured != null)
            {
                return true;
            }

            if (_platform.Now - _since >= _gate.Grace(_options.HandshakeGrace))
            {
                _gate.HeldUp();
            }

            return false;
        }

        private bool GoesOn(long now)
        {
            if (_state == Lost)
            {
                return false;
            }

            if (_state == Ended)
            {
                _state = EndTold;
                _more = true;
                _session.EndOfStream(now);
            }

            if (_session.Transmit.Length == 0)
            {
                if (_session.Finished)
                {
                    return BeginLinger(now);
                }

                if (_state == EndTold && !_more && !_session.Waits)
                {
                    // The peer has ended and nothing is left that could be answered.
                    return false;
                }
            }

            return _host.IsStopping ? Drain(now) : MayStay(now);
        }

        // RFC 9113 6.8, RFC 9112 9.6: what is under way is finished within its time, nothing new is begun.
        private bool Drain(long now)
        {
            if (_since < 0)
            {
                _since = now;
            }

            _session.Shutdown(now);
            if (now - _since < _options.Limits.DrainTimeout)
            {
                return true;
            }

            _state = Dropped;
            return false;
        }

        // False when the connection is to be closed or set aside at once.
        private bool MayStay(long now)
        {
            switch (_gate.Decide(now, (_others & Others.Held) != 0))
            {
                case ConnectionGate.End:
                    // A request that has come just now is still answered, with "close".
                    if (!_session.Idle || !_transport.WaitForData(0))
                    {
                        _session.Shutdown(now);
                    }

                    return true;

                case ConnectionGate.Park:
                    // One whose peer has ended its side has nothing to come back for.
                    _state = _state == Serving ? Parked : _state;
                    return false;

                case ConnectionGate.Drop:
                    _state = Dropped;
                    return false;

                default:
                    return true;
            }
        }

        private int Patience()
        {
            // While another waits, its patience is counted in milliseconds.
            if ((_others & Others.Held) != 0)
            {
                return 1;
            }

            if (_session.Waits || _session.Connection == null)
            {
                return SourceSlice;
            }

            return (_others & Others.Quiet) == 0 ? Slice : SharedSlice;
        }

        private void ReceiveSome(ReceiveBuffer receive, int patience)
        {
            int room = receive.MakeRoom();
            if (_session.Transmit.Length != 0)
            {
                // Whatever is unsent goes first: wait for the peer to take it, not for it to say something.
                if (patience != 0)
                {
                    _transport.WaitForRoom(patience);
                }

                patience = 0;
            }

            if (_state != Serving || room == 0)
            {
                if (patience != 0)
                {
                    _platform.Sleep(SourceSlice);
                }

                return;
            }

            if (!_transport.WaitForData(patience))
            {
                return;
            }

            int count = _transport.Receive(receive.Bytes, receive.End, room);
            if (count > 0)
            {
                receive.End += count;
                _gate.Counters.BytesReceived += count;
                return;
            }

            _state = count < 0 ? Lost : Ended;
        }

        // Sends all, or all that fills segments. Whether something was sent, and nothing stood against it.
        private bool SendSome(TransmitBuffer transmit, bool segments)
        {
            int length = transmit.Length;
            int rest = segments ? length % Segment : 0;
            if (length == rest)
            {
                return false;
            }

            while (length > rest)
            {
                if (_state == Lost || !_transport.WaitForRoom(0))
                {
                    return false;
                }

                int count = _transport.Send(transmit.Bytes, transmit.Start, length - rest);
                if (count < 0)
                {
                    _state = Lost;
                    return false;
                }

                transmit.Sent(count);
                _gate.Counters.BytesSent += count;
                length -= count;
            }

            return true;
        }

        // A close with octets unread makes TCP throw away what the peer has not read yet, an error response for instance. Where
        // everything has been read there is nothing to wait for, but what has come meanwhile is read.
        private bool BeginLinger(long now)
        {
            if (_state != Serving)
            {
                return false;
            }

            _state = Lingering;
            _since = now;
            _more = _session.Receive.Length != 0;
            return true;
        }

        // Drops what has come, and ends when nothing more does.
        private void Linger()
        {
            int time = (_others & Others.Held) != 0 ? _gate.Grace(LingerTime) : LingerTime;
            long left = _since + time - _platform.Now;
            byte[] scratch = Scratch;
            if (left <= 0)
            {
                _gate.HeldUp();
            }
            else if (_transport.WaitForData(_more ? (int)left : 0) && _transport.Receive(scratch, 0, scratch.Length) > 0)
            {
                _more = true;
                return;
            }

            End();
        }
    }
}
