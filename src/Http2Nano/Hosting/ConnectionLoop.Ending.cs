namespace Http2Nano.Hosting
{
    // The part that decides whether a connection goes on, and ends it.
    internal sealed partial class ConnectionLoop
    {
        // Milliseconds for which octets of the peer are still read and dropped: otherwise closing could destroy what was
        // sent to it.
        private const int LingerTime = 250;

        // Milliseconds that a client has to take what tells it that its connection is cut.
        private const int CutTime = 50;

        // Milliseconds that the last octets have to be sent when a connection ends.
        private const int FlushTime = 1000;
        private const int SharedFlushTime = 50;

        /// <summary>Ends the connection if there is one: closes it, or sets it aside if that was decided.</summary>
        internal void End()
        {
            ConnectionPlace place = _place;
            if (place == null)
            {
                return;
            }

            Transport transport = _transport;
            int state = _state;
            _place = null;
            _transport = null;

            // Until it is certain that it can be set aside, it is closed whatever happens.
            _state = Dropped;
            try
            {
                if (transport != null)
                {
                    _now = _platform.Now;
                    if (state == Parked)
                    {
                        place.KeyAndPosition = _session.KeyAndPosition;
                        place.Rest = _session.SetAside();
                    }

                    if (place.Rest == null || state != Parked)
                    {
                        place.CloseSource(_gate.Crowd.Counters);
                        if (place.Rest != null)
                        {
                            // Going on with it has failed half-way.
                            _session.Resume(place.Rest, 0, _now);
                            place.Rest = null;
                        }

                        _gate.Finish(_now);
                        _session.End();
                    }
                }

                _state = state;
            }
            finally
            {
                if (_state == Parked)
                {
                    _host.Park(place, _gate.Requests != 0, _now);
                }
                else
                {
                    place.Close(_state == Dropped ? 0 : Shared(FlushTime));
                }
            }
        }

        /// <summary>An exception was thrown: ends the connection at once.</summary>
        internal void Drop()
        {
            _state = Dropped;
            End();
        }

        // What the transport keeps has to be passed on before the connection ends.
        private bool GoesOn(long now, bool flushed)
        {
            if (_state == Lost)
            {
                return false;
            }

            if (_state == Ended)
            {
                _state = EndTold;
                _more = true;
                int begun = _gate.Crowd.Counters.RequestsBegun;
                _session.EndOfStream(now);
                _gate.Requests += _gate.Crowd.Counters.RequestsBegun - begun;
            }

            if (flushed && _session.Transmit.Length == 0)
            {
                if (_session.Finished)
                {
                    return BeginLinger(now);
                }

                if (_state == EndTold && !_more && !_session.AwaitsApplication)
                {
                    // The peer has ended its side, and there is nothing left to answer.
                    return false;
                }
            }

            if (_state >= Cut)
            {
                return now - _since < _gate.Crowd.Grace(CutTime);
            }

            return _host.IsStopping ? Drain(now) : MayStay(now, flushed);
        }

        // RFC 9113 6.8, RFC 9112 9.6: requests in flight are finished within the drain timeout; new ones are not begun.
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

        // Returns false when the connection has to be closed or set aside at once.
        private bool MayStay(long now, bool flushed)
        {
            switch (_gate.Decide(now, _others, flushed))
            {
                case ConnectionGate.End:
                    // A request that has just arrived is still answered, with "connection: close".
                    if (!_session.IsBetweenRequests || !_transport.WaitForData(0))
                    {
                        _session.Shutdown(now);
                    }

                    return true;

                case ConnectionGate.Park:
                    // A connection whose peer has ended its side will not send another request.
                    _state = _state == Serving ? Parked : _state;
                    return false;

                case ConnectionGate.Drop:
                    return BeginCut(now);

                default:
                    return true;
            }
        }

        // RFC 9113 6.8: a client that takes octets is told before its connection is closed.
        private bool BeginCut(long now)
        {
            if (_state != Serving || _session.Connection == null || !_transport.WaitForRoom(0))
            {
                _state = Dropped;
                return false;
            }

            bool sending = _session.Cut(now) && _gate.HasMoved(now);
            if (_session.Transmit.Length == 0)
            {
                // HTTP/1.1 has no more to say than that the connection is closed.
                _state = Dropped;
                return false;
            }

            _state = sending ? CutWhileSending : Cut;
            _since = now;
            _more = true;
            return true;
        }

        // When a socket is closed with unread octets, TCP drops what the peer has not received, such as an error response.
        // When everything has been read no wait is needed, but octets that have arrived meanwhile are read.
        private bool BeginLinger(long now)
        {
            if (_state == Ended || _state == EndTold)
            {
                return false;
            }

            _more = _state == CutWhileSending || (_state == Serving && _session.Receive.Length != 0);
            _state = Lingering;
            _since = now;
            return true;
        }

        // Drops octets that have arrived, and ends when no more come.
        private void Linger(int patience)
        {
            int time = (_others & Others.Held) != 0 ? _gate.Crowd.Grace(LingerTime) : LingerTime;
            long left = _since + time - _platform.Now;
            byte[] scratch = Scratch;
            if (left <= 0)
            {
                _gate.Crowd.HeldUp();
            }
            else
            {
                int wait = !_more ? 0 : patience < left ? patience : (int)left;
                if (_transport.WaitForData(wait))
                {
                    if (_transport.Receive(scratch, 0, scratch.Length) > 0)
                    {
                        _more = true;
                        return;
                    }
                }
                else if (wait < left && _more)
                {
                    // Other connections have their turns first.
                    return;
                }
            }

            End();
        }

        // Limits a wait that holds up other connections.
        private int Shared(int time)
        {
            if ((_others & Others.Served) != 0 && time > SharedFlushTime)
            {
                time = SharedFlushTime;
            }

            return (_others & Others.Held) != 0 ? _gate.Crowd.Grace(time) : time;
        }
    }
}
