using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// Decides when a connection makes way for a client that waits. A server that serves few connections at a time must not
    /// be held by connections that are idle, too slow, or endless event streams.
    /// </summary>
    internal sealed class ConnectionGate
    {
        /// <summary>The connection stays.</summary>
        internal const int Keep = 0;

        /// <summary>The connection is ended gracefully.</summary>
        internal const int End = 1;

        /// <summary>The connection is ended at once.</summary>
        internal const int Drop = 2;

        /// <summary>The connection is idle and is set aside (parked) until its peer sends something.</summary>
        internal const int Park = 3;

        // A connection that moves fewer octets in this time (milliseconds) is a slow reader or writer (CVE-2016-1546,
        // Slowloris, slow POST) or an event stream with few events.
        private const int StretchTime = 500;
        private const int LeastOctets = 32;

        // The same for one that waits for its next event: what there was is sent, and its client comes back for the rest. Twice
        // this, and the pause before it comes back (milliseconds), pass until two browsers see what one of them changes.
        private const int EventTime = 125;

        // The same where several connections are served at once: one that moves nothing makes way before one that listens; and where
        // somebody needs a place: an idle one is closed before.
        private const int SharedEventTime = 250;

        // The same for a transfer, a WebSocket, a newcomer who speaks and a handshake, under any pressure, where others wait for their
        // events only: as long as a page that was cut off takes to come back. A response that the application owes has all of its
        // turn.
        internal const int NewsTime = 2000;

        // Milliseconds that a transfer in progress, or a deferred response, is allowed under any pressure.
        private const int LeastTurn = 250;

        // A busy event stream moves at most this many octets in its time; a download moves far more, and so does any transfer that
        // goes on after its turn while others wait for their events only.
        private const int LeastOctetsOfEvents = 2048;

        // A transfer that goes on after the connection's turn must move at least this many octets in that time.
        private const int LeastOctetsAtTheEnd = 8192;

        // Milliseconds that a client has to speak behind its handshake before its connection is set aside: another one would get
        // the turn that it has waited for.
        private const int SpeakTime = 50;

        // Marks of the connection: it has held up others; it was idle or silent for all the time that it had; it is ending;
        // the application has not answered; it can be set aside between two requests; it was ended while it listened to events;
        // those who wait have waited for news only.
        private const int HeldOthers = 1;
        private const int WasIdle = 2;
        private const int Ending = 4;
        private const int Owed = 8;
        private const int Parkable = 16;
        private const int Listened = 32;
        private const int ForNews = 64;

        private readonly HttpServerOptions _options;
        private readonly HttpSession _session;
        private readonly Crowd _crowd;
        private int _marks;
        private long _waitingSince;
        private int _seen;
        private long _began;
        private long _idleSince;
        private long _movedAt;
        private long _octets;
        private long _stretchSince;
        private long _stretchOctets;

        internal ConnectionGate(HttpServerOptions options, HttpSession session, Crowd crowd)
        {
            _options = options;
            _session = session;
            _crowd = crowd;
        }

        /// <summary>Octets that the connection has moved, in both directions.</summary>
        internal long Octets;

        /// <summary>Number of requests that it has sent.</summary>
        internal int Requests;

        /// <summary>The pressure of earlier connections.</summary>
        internal Crowd Crowd
        {
            get { return _crowd; }
        }

        /// <summary>When serving the connection began, in milliseconds.</summary>
        internal long Began
        {
            get { return _began; }
        }

        /// <summary>Whether the connection has been told to end, so that no other one has to make way meanwhile.</summary>
        internal bool IsEnding
        {
            get { return (_marks & Ending) != 0; }
        }

        /// <summary>Whether octets have moved within the last round trip, while others wait.</summary>
        /// <param name="now">Milliseconds.</param>
        internal bool HasMoved(long now)
        {
            return now - _movedAt < _crowd.Grace(Reception.RoundTrip);
        }

        /// <summary>Begins a connection.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="parkable">Whether it can be set aside between two requests over HTTP/1.1.</param>
        internal void Begin(long now, bool parkable)
        {
            _marks = parkable ? Parkable : 0;
            Requests = 0;
            _seen = 0;
            _began = now;
            _idleSince = -1;
            _waitingSince = -1;
            _octets = Octets;
        }

        /// <summary>Whether the HTTP/1.1 response that begins ends the connection (RFC 9112 9.6).</summary>
        /// <param name="others">Constants of <see cref="Others"/>, added up.</param>
        internal bool IsToClose(int others)
        {
            // A connection that is set aside keeps its place, unless the next client would need that place: then the
            // connection would be closed while a request may be on its way.
            return (others & (Others.Outside | Others.Full)) != 0 || ((others & Others.Waiting) != 0 && (_marks & Parkable) == 0);
        }

        /// <summary>The connection has ended.</summary>
        /// <param name="now">Milliseconds.</param>
        internal void Finish(long now)
        {
            if (_waitingSince >= 0 && _idleSince < 0 && (_marks & (Owed | Listened)) == 0 && now - _movedAt >= _crowd.Grace(_options.StallGrace) >> 1)
            {
                // It ended by itself, but after a silence that it has caused.
                _marks |= HeldOthers;
            }

            if ((_marks & (HeldOthers | WasIdle)) != 0)
            {
                _crowd.Press((_marks & HeldOthers) != 0 ? Hosting.Crowd.Held : 0, (_marks & WasIdle) != 0 ? Hosting.Crowd.Idle : 0);
            }
            else if ((_marks & Listened) != 0)
            {
                _crowd.Listen();
            }
            else if (Requests != 0)
            {
                _crowd.Press(Hosting.Crowd.Answered, Hosting.Crowd.Answered);
            }
        }

        /// <summary>Decides about the connection.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="others">The other clients: constants of <see cref="Others"/>, added up.</param>
        /// <param name="flushed">Whether the transport has passed everything on: while a connection is set aside nothing is sent.</param>
        /// <returns><see cref="Keep"/>, <see cref="End"/>, <see cref="Drop"/> or <see cref="Park"/>.</returns>
        internal int Decide(long now, int others, bool flushed)
        {
            bool requested = Requests != _seen;
            _seen = Requests;
            if (requested || !_session.IsBetweenRequests)
            {
                _idleSince = -1;
            }
            else if (_idleSince < 0)
            {
                _idleSince = now;
            }

            // Events come for ever, and are no crowd.
            _crowd.Observe(now, (others & Others.Asking) != 0);
            if ((others & Others.Held) == 0)
            {
                // No client is held up.
                _waitingSince = -1;
                return Keep;
            }

            if (flushed && (_marks & Parkable) != 0 && IsToPark(now, others))
            {
                return Park;
            }

            if ((others & Others.Spared) != 0)
            {
                return Keep;
            }

            if (Requests == 0)
            {
                return DecideNewcomer(now, (others & Others.Asking) == 0);
            }

            return _idleSince >= 0 ? DecideIdle(now) : DecideBusy(now, others);
        }

        private bool IsToPark(long now, int others)
        {
            if (_session.IsParkable)
            {
                return Requests != 0 || now - _began >= _crowd.IdleGrace(SpeakTime);
            }

            // One that waits for events makes way for a client that can be served meanwhile. One that needs a place gets it from those
            // that are answered, or, if there are none, from this connection. Sources that always say that they have something take
            // turns of a millisecond.
            return ((others & Others.Waiting) != 0 || ((others & Others.Outside) == 0 && now != _began))
                && _session.MayRest((others & Others.Http1) != 0);
        }

        // A browser may open a connection, including TLS, before it needs it.
        private int DecideNewcomer(long now, bool news)
        {
            if (_octets != Octets)
            {
                return now - _began >= (news ? NewsTime : _crowd.Grace(_options.NewcomerGrace)) ? Dropped(HeldOthers) : Keep;
            }

            if (now - _began < _crowd.ParkedGrace)
            {
                return Keep;
            }

            _marks |= WasIdle;
            Ended();
            return Drop;
        }

        // A browser that uses HTTP/2 pauses between a page and its resources, so the connection is kept for a while. With
        // HTTP/1.1 it has other connections, and only a request that may already be on its way is waited for.
        private int DecideIdle(long now)
        {
            bool http2 = _session.Connection is Http2Connection;
            int grace = http2 ? _crowd.IdleGrace(_options.GiveWayGrace) : Reception.RoundTrip;
            long idle = now - _idleSince;
            if (idle < grace)
            {
                return Keep;
            }

            if (IsEnding && idle - grace >= _crowd.Grace(_options.StallGrace))
            {
                // It does not take the last octets, which the transport keeps.
                return Dropped(HeldOthers);
            }

            _marks |= http2 ? WasIdle : 0;
            return Ended();
        }

        private int DecideBusy(long now, int others)
        {
            bool younger = (others & Others.Younger) != 0;

            // While the application has not answered, the client is not to blame for the silence.
            bool owed = _session.Connection.OwesResponse;
            _marks = owed ? _marks | Owed : _marks & ~Owed;
            bool waits = _session.AwaitsApplication;
            bool listens = waits && !owed;
            bool news = (!listens || _session.Connection.HasSocket) && (others & Others.Asking) == 0;
            int time = !listens ? StretchTime : (others & (Others.Served | Others.Outside)) == 0 ? EventTime : SharedEventTime;
            int stretchTime;
            if (news)
            {
                stretchTime = owed ? int.MaxValue : NewsTime;
            }
            else
            {
                stretchTime = listens ? _crowd.EventGrace(time) : _crowd.Grace(time);
                stretchTime = owed && stretchTime < LeastTurn ? LeastTurn : stretchTime;
            }

            long octets = Octets;
            if (_waitingSince < 0 || (!news && (_marks & ForNews) != 0))
            {
                _marks &= ~ForNews;
                _waitingSince = now;
                _stretchSince = now;
                _stretchOctets = octets;
                _octets = octets - 1;
            }

            _marks |= news ? ForNews : 0;
            if (octets != _octets)
            {
                _octets = octets;
                _movedAt = now;
            }
            else if (now - _movedAt >= (waits || news ? stretchTime : _crowd.Grace(_options.StallGrace)) && !(younger && waits))
            {
                return Dropped(listens ? Listened : HeldOthers);
            }

            int turn = _crowd.Turn;
            bool late = now - _waitingSince >= (turn < LeastTurn ? LeastTurn : turn);
            if (late && !younger && (owed || !news))
            {
                return Dropped(HeldOthers);
            }

            long stretch = now - _stretchSince;
            if (stretch < stretchTime)
            {
                return Keep;
            }

            long moved = octets - _stretchOctets;
            _stretchSince = now;
            _stretchOctets = octets;
            bool ending = IsEnding;
            int least = ending ? LeastOctetsAtTheEnd : waits || (late && news) ? LeastOctetsOfEvents : LeastOctets;
            if (moved * time < least * stretch && !(younger && waits))
            {
                return Dropped(listens ? Listened : HeldOthers);
            }

            // The connection has had its turn: open requests are finished, and new ones need another connection.
            return ending || younger || news ? Keep : Ended();
        }

        private int Ended()
        {
            if (!IsEnding)
            {
                _marks |= Ending;
                _crowd.Counters.GaveWay++;
            }

            return End;
        }

        private int Dropped(int mark)
        {
            _marks |= mark;
            if (!IsEnding && _session.Connection != null && _session.Connection.HasSocket)
            {
                // The Close frame of a WebSocket tells the client why; a page that needs the socket reconnects by itself.
                return Ended();
            }

            Ended();
            return Drop;
        }
    }
}
