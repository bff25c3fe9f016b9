using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// Decides when the present connection makes way for a client that waits. A server for one connection at a time must not
    /// be held by one that has nothing to say, says it too slowly, or listens to events without end.
    /// </summary>
    internal sealed class ConnectionGate
    {
        /// <summary>The connection stays.</summary>
        internal const int Keep = 0;

        /// <summary>The connection is ended gracefully.</summary>
        internal const int End = 1;

        /// <summary>The connection is ended at once.</summary>
        internal const int Drop = 2;

        /// <summary>The connection has nothing to say and is set aside until it speaks again.</summary>
        internal const int Park = 3;

        // Pressure halves every grace as often as it counts, down to this many milliseconds: whoever has waited in the backlog
        // has sent its request long ago. Two hundred that hold the server up cost less than two seconds.
        private const int LeastGrace = 3;
        private const int MostPressure = 12;

        // A newcomer is accepted as soon as it comes, so that its first octets may be on their way still.
        private const int LeastSilence = 5;

        // Milliseconds without anybody who waits after which a crowd is taken to be gone. Its next members come sooner.
        private const int CrowdTime = 1000;

        // A browser opens so many connections at once, and may be slow to speak on them. Those are no crowd.
        private const int ForgivenSilences = 6;

        // What a connection adds to the pressure when it is over: it held others up, it was silent as a newcomer or idle, it was
        // answered in time.
        private const int Held = 2;
        private const int Silent = 2;
        private const int Idle = 2;
        private const int Answered = -1;

        // A connection that moves fewer octets than this in a stretch of time is a slow reader or a slow writer
        // (CVE-2016-1546, Slowloris, slow POST), or a stream of events with little to tell.
        private const int StretchTime = 500;
        private const int LeastOctets = 32;

        // However many have held others up, a transfer that moves is let go on for as long, in milliseconds, and a response that
        // the application has put off is waited for.
        private const int LeastTurn = 250;

        // A stream of events that tells much moves no more than this; a download, far more.
        private const int LeastOctetsOfEvents = 2048;

        // What is still open when a connection has had its turn must come to an end.
        private const int LeastOctetsAtTheEnd = 8192;

        private readonly HttpServerOptions _options;
        private readonly HttpSession _session;
        private readonly ServerCounters _counters;
        private int _pressure;

        // The part of the pressure that comes from connections without a request. Ending one more of these early loses nothing, but
        // it is no reason to break off a response.
        private int _idlePressure;
        private int _silences;
        private bool _held;
        private bool _idled;
        private bool _ending;
        private bool _owed;
        private bool _parkable;
        private long _quietSince;
        private long _waitingSince;
        private int _begunBefore;
        private int _begun;
        private long _began;
        private long _idleSince;
        private long _movedAt;
        private long _octets;
        private long _stretchSince;
        private long _stretchOctets;

        internal ConnectionGate(HttpServerOptions options, HttpSession session, ServerCounters counters)
        {
            _options = options;
            _session = session;
            _counters = counters;
        }

        /// <summary>Milliseconds after which a newcomer that is silent may be closed for another one.</summary>
        internal int ParkedGrace
        {
            get
            {
                int grace = IdleGrace(_options.NewcomerGrace);
                return grace < LeastSilence ? LeastSilence : grace;
            }
        }

        /// <summary>What the server counts.</summary>
        internal ServerCounters Counters
        {
            get { return _counters; }
        }

        /// <summary>Whether the connection has brought a request.</summary>
        internal bool HasAsked
        {
            get { return _counters.RequestsBegun != _begunBefore; }
        }

        /// <summary>A time, as much of it as is left when others wait and many before have held them up.</summary>
        /// <param name="time">Milliseconds.</param>
        /// <returns>Milliseconds: <paramref name="time"/> halved, not below 3.</returns>
        internal int Grace(int time)
        {
            return Shrink(time, _pressure);
        }

        /// <summary>A new connection begins.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="parkable">Whether it may be set aside between two requests over HTTP/1.1.</param>
        internal void Begin(long now, bool parkable)
        {
            _parkable = parkable;
            _begunBefore = _counters.RequestsBegun;
            _begun = _begunBefore;
            _began = now;
            _idleSince = -1;
            _waitingSince = -1;
            _ending = false;
            _owed = false;
            _held = false;
            _idled = false;
            _octets = Octets;
        }

        /// <summary>Notes whether somebody waits. After a while without, the crowd is gone, and whoever comes next has the whole time again.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="waiting">Whether somebody waits.</param>
        internal void Observe(long now, bool waiting)
        {
            if (waiting)
            {
                _quietSince = -1;
            }
            else if (_quietSince < 0)
            {
                _quietSince = now;
            }
            else if (now - _quietSince >= CrowdTime)
            {
                _pressure = 0;
                _idlePressure = 0;
                _silences = 0;
            }
        }

        /// <summary>Whether an HTTP/1.1 response that is begun says that the connection ends with it (RFC 9112 9.6).</summary>
        /// <param name="others">Constants of <see cref="Others"/>, added up.</param>
        internal bool IsToClose(int others)
        {
            // Between two requests it makes way for whoever has a place, and keeps its own: as long as there is another one for who
            // comes next, who would have to be given this one while a request is on its way to it.
            return (others & (Others.Outside | Others.Full)) != 0 || ((others & Others.Waiting) != 0 && !_parkable);
        }

        /// <summary>A newcomer was closed for another one before it had said a word.</summary>
        internal void NewcomerSilent()
        {
            if (_silences < ForgivenSilences)
            {
                _silences++;
                return;
            }

            Press(0, Silent);
        }

        /// <summary>A connection held others up for as long as it was let, otherwise than <see cref="Decide"/> can know.</summary>
        internal void HeldUp()
        {
            Press(2 * Held, 0);
        }

        /// <summary>The connection is over.</summary>
        /// <param name="now">Milliseconds.</param>
        internal void Finish(long now)
        {
            if (_waitingSince >= 0 && _idleSince < 0 && !_owed && now - _movedAt >= Grace(_options.StallGrace) >> 1)
            {
                // It came to its end by itself, after a silence that it need not have had.
                _held = true;
            }

            if (_held || _idled)
            {
                Press(_held ? Held : 0, _idled ? Idle : 0);
            }
            else if (HasAsked)
            {
                Press(Answered, Answered);
            }
        }

        /// <summary>Looks at the connection.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="another">Whether another client waits.</param>
        /// <returns><see cref="Keep"/>, <see cref="End"/>, <see cref="Drop"/> or <see cref="Park"/>.</returns>
        internal int Decide(long now, bool another)
        {
            bool requested = _counters.RequestsBegun != _begun;
            _begun = _counters.RequestsBegun;
            if (requested || !_session.Idle)
            {
                _idleSince = -1;
            }
            else if (_idleSince < 0)
            {
                _idleSince = now;
            }

            Observe(now, another);
            if (!another)
            {
                // Nobody is held up.
                _waitingSince = -1;
                return Keep;
            }

            if (_parkable && _session.IsParkable)
            {
                return Park;
            }

            if (_begun == _begunBefore)
            {
                return DecideNewcomer(now);
            }

            return _idleSince >= 0 ? DecideIdle(now) : DecideBusy(now);
        }

        // A browser may open a connection, with TLS and all, before it needs it.
        private int DecideNewcomer(long now)
        {
            if (_octets != Octets)
            {
                return now - _began >= Grace(_options.NewcomerGrace) ? Dropped() : Keep;
            }

            if (now - _began < ParkedGrace)
            {
                return Keep;
            }

            _idled = true;
            Ended();
            return Drop;
        }

        // A browser that speaks HTTP/2 pauses between the page and what the page needs. With HTTP/1.1 it has other connections, and
        // only a request that is on its way already is waited for: nobody told the client not to send one.
        private int DecideIdle(long now)
        {
            bool http2 = _session.Connection is Http2Connection;
            int grace = http2 ? IdleGrace(_options.GiveWayGrace) : Reception.RoundTrip;
            if (now - _idleSince < grace)
            {
                return Keep;
            }

            _idled |= http2;
            return Ended();
        }

        private int DecideBusy(long now)
        {
            // While the application has yet to answer, the silence is not the client's.
            _owed = _session.Connection.Owes;
            int stretchTime = Grace(StretchTime);
            stretchTime = _owed && stretchTime < LeastTurn ? LeastTurn : stretchTime;
            long octets = Octets;
            if (_waitingSince < 0)
            {
                _waitingSince = now;
                _stretchSince = now;
                _stretchOctets = octets;
                _octets = octets - 1;
            }

            if (octets != _octets)
            {
                _octets = octets;
                _movedAt = now;
            }
            else if (now - _movedAt >= (_session.Waits ? stretchTime : Grace(_options.StallGrace)))
            {
                return Dropped();
            }

            int turn = _options.MaximumTurn >> _pressure;
            if (now - _waitingSince >= (turn < LeastTurn ? LeastTurn : turn))
            {
                return Dropped();
            }

            long stretch = now - _stretchSince;
            if (stretch < stretchTime)
            {
                return Keep;
            }

            long moved = octets - _stretchOctets;
            _stretchSince = now;
            _stretchOctets = octets;
            int least = _ending ? LeastOctetsAtTheEnd : _session.Waits ? LeastOctetsOfEvents : LeastOctets;
            if (moved * StretchTime < least * stretch)
            {
                return Dropped();
            }

            // It has had its turn: what is open is finished, what is new goes to its next connection.
            return _ending ? Keep : Ended();
        }

        private int Ended()
        {
            if (!_ending)
            {
                _ending = true;
                _counters.GaveWay++;
            }

            return End;
        }

        private int Dropped()
        {
            _held = true;
            if (!_ending && _session.Connection != null && _session.Connection.HasSocket)
            {
                // It takes one frame to say so, and a page that reads it comes back in its own time.
                return Ended();
            }

            Ended();
            return Drop;
        }

        private long Octets
        {
            get { return _counters.BytesReceived + _counters.BytesSent; }
        }

        private int IdleGrace(int time)
        {
            return Shrink(time, _pressure + _idlePressure);
        }

        private void Press(int held, int idle)
        {
            _pressure = Bound(_pressure + held);
            _idlePressure = Bound(_idlePressure + idle);
        }

        private static int Bound(int pressure)
        {
            return pressure < 0 ? 0 : pressure > MostPressure ? MostPressure : pressure;
        }

        private static int Shrink(int time, int pressure)
        {
            time >>= pressure;
            return time < LeastGrace ? LeastGrace : time;
        }
    }
}
