using System;
using Http2Nano.Buffers;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>Moves octets between the current connection and the session, turn by turn.</summary>
    internal sealed partial class ConnectionLoop : IHandshakeLimit
    {
        // Milliseconds: the longest wait for input, also while other connections are set aside; and the wait while a source
        // or a deferred response may have something.
        private const int Slice = 20;
        private const int SharedSlice = 10;
        private const int SourceSlice = 5;

        // How often the transmit buffer is filled and emptied before the loop does anything else.
        private const int Rounds = 16;

        // The payload of one TCP segment, also on a board's network stack. While more octets follow, only whole segments
        // are sent and the rest is sent with what follows.
        private const int Segment = 1440;

        // States of the connection: served; its peer has ended its side and the session knows it; it was broken off, and what
        // tells the peer has to be sent, the peer being in the middle of a request or not; everything is sent and
        // received octets are dropped; sending or receiving has failed; it is to be closed at once; it is to be set aside.
        private const int Serving = 0;
        private const int Ended = 1;
        private const int EndTold = 2;
        private const int Cut = 3;
        private const int CutWhileSending = 4;
        private const int Lingering = 5;
        private const int Lost = 6;
        private const int Dropped = 7;
        private const int Parked = 8;

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

        // Since when the handshake, the lingering or the server's stop has lasted; -1 for none.
        private long _since;

        internal ConnectionLoop(HttpServerOptions options, ServerPlatform platform, HttpSession session, Crowd crowd, IConnectionHost host)
        {
            _options = options;
            _platform = platform;
            _host = host;
            _session = session;
            _gate = new ConnectionGate(options, session, crowd);
        }

        /// <summary>Decides how long the connection may hold up others.</summary>
        internal ConnectionGate Gate
        {
            get { return _gate; }
        }

        /// <summary>The place of the connection; null where there is none.</summary>
        internal ConnectionPlace Place
        {
            get { return _place; }
        }

        /// <summary>Whether a connection is being served.</summary>
        internal bool IsServing
        {
            get { return _place != null; }
        }

        /// <summary>Whether the connection is about to end: then no other one has to make way.</summary>
        internal bool IsEnding
        {
            get { return _state >= Cut || _gate.IsEnding; }
        }

        /// <summary>Whether the last turn has left work that can be done at once.</summary>
        internal bool HasMore
        {
            get { return _more && _state != Lingering; }
        }

        /// <summary>The current connection.</summary>
        internal HttpSession Session
        {
            get { return _session; }
        }

        /// <summary>A buffer that is free while no connection is served, or one that may rest.</summary>
        internal byte[] Scratch
        {
            get { return _session.Receive.Bytes; }
        }

        /// <summary>Whether the handshake has used up its time, which is shorter when others wait.</summary>
        public bool HasPassed
        {
            get
            {
                long now = _platform.Now;
                long time = now - _since;
                if (time >= _options.HandshakeTimeout || _host.IsStopping)
                {
                    return true;
                }

                if (time < _gate.Crowd.Grace(_options.HandshakeGrace))
                {
                    return false;
                }

                int others = _host.Look(this, now);
                return (others & (Others.Asking | Others.Served)) != 0 || ((others & Others.News) != 0 && time >= ConnectionGate.NewsTime);
            }
        }

        /// <summary>
        /// Begins to serve a connection whose peer has sent octets. It ends at once when its TLS handshake fails.
        /// </summary>
        /// <param name="place">Its place, which <see cref="End"/> frees in any case.</param>
        internal void Begin(ConnectionPlace place)
        {
            _state = Dropped;
            _place = place;
            place.State = ConnectionPlace.Taken;
            if (place.Rest == null)
            {
                if (place.IsSecure && place.Secured == null && !Secure(place))
                {
                    End();
                    return;
                }

                if (place.Secured == null)
                {
                    place.Accepted.Begin(_options.Limits.WriteTimeout);
                }
            }

            _transport = place.Secured == null ? place.Accepted : place.Secured;
            long now = _platform.Now;
            _session.Begin(now, _transport.IsSecure, _transport.Protocol);
            _session.Peer = _transport;
            _gate.Begin(now, place.Secured == null || _options.Tls.CanKeepSeveral);
            if (place.Rest != null)
            {
                if (!_session.Resume(place.Rest, place.KeyAndPosition, now))
                {
                    // The application has not completed a response whose client is gone.
                    _place = null;
                    _transport = null;
                    _host.Park(place, true, now);
                    _platform.Sleep(1);
                    return;
                }

                place.Rest = null;
                _gate.Requests = 1;
            }

            _others = Others.Nobody;
            _now = -1;
            _since = -1;
            _more = true;
            _state = Serving;
        }

        /// <summary>Receives, works and sends once; ends the connection when it has finished.</summary>
        /// <param name="patience">The longest wait for input in milliseconds. Other connections are not served meanwhile.</param>
        internal void Turn(int patience)
        {
            if (_state == Lingering)
            {
                Linger(patience);
                return;
            }

            int own = _more ? 0 : Patience();
            ReceiveSome(_session.Receive, own < patience ? own : patience);
            long now = _platform.Now;
            if (now != _now)
            {
                // Within a millisecond the answer does not change, and it costs system calls.
                _now = now;
                _others = _host.Look(this, now);
                _session.GiveWay = _gate.IsToClose(_others);
            }

            // Called here and not in methods, so that a handler starts with few stack frames below it: each takes 212 bytes.
            TransmitBuffer transmit = _session.Transmit;
            int rounds = Rounds;
            int begun = _gate.Crowd.Counters.RequestsBegun;
            do
            {
                HttpConnection connection = _session.Served;
                if (connection == null)
                {
                    _session.Advance(now);
                }
                else
                {
                    try
                    {
                        connection.Advance(now);
                    }
                    catch (Exception exception)
                    {
                        _session.Fail(exception);
                    }

                    if (connection.Finished || _session.IsUpgrading)
                    {
                        _session.EndAdvance(now);
                    }
                }

                _more = SendSome(transmit, transmit.Length >= Segment);
                rounds--;
            }
            while (_more && rounds != 0);

            _gate.Requests += _gate.Crowd.Counters.RequestsBegun - begun;
            if (!GoesOn(now, _transport.Flush()))
            {
                End();
            }
        }

        private bool Secure(ConnectionPlace place)
        {
            _since = _platform.Now;
            place.Secured = place.Accepted.Secure(_options.Tls, this, _options.Limits.WriteTimeout);
            if (place.Secured != null)
            {
                return true;
            }

            if (_platform.Now - _since >= _gate.Crowd.Grace(_options.HandshakeGrace))
            {
                _gate.Crowd.HeldUp();
            }

            return false;
        }

        private int Patience()
        {
            // While another client waits, this connection's time is counted in milliseconds.
            if ((_others & Others.Held) != 0)
            {
                return 1;
            }

            if (_session.AwaitsApplication || _session.Connection == null)
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
                // Unsent octets come first: the wait is for room to send, not for input.
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
                _gate.Octets += count;
                _gate.Crowd.Counters.BytesReceived += count;
                return;
            }

            _state = count < 0 ? Lost : Ended;
        }

        // Sends everything, or only whole segments. Returns whether octets were sent without being blocked.
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
                _gate.Octets += count;
                _gate.Crowd.Counters.BytesSent += count;
                length -= count;
            }

            return true;
        }
    }
}
