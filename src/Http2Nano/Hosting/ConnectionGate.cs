using Http2Nano.Http2;
using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// Decides when the current connection makes way for a client that waits. A server that serves one connection at a time
    /// must not be held by one that is idle, too slow, or an endless event stream.
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

        // Each unit of pressure halves every grace time, down to this many milliseconds: a client that has waited in the
        // backlog has sent its request long ago. Two hundred connections that hold up the server cost less than two
        // seconds.
        private const int LeastGrace = 3;
        private const int MostPressure = 12;

        // Milliseconds. A new connection is accepted at once, so its first octets may still be on their way.
        private const int LeastSilence = 5;

        // Milliseconds without a waiting client after which the pressure ends. Clients of one crowd come in shorter
        // intervals.
        private const int CrowdTime = 1000;

        // A browser opens up to this many connections at once and may use them late. They cause no pressure.
        private const int ForgivenSilences = 6;

        // The pressure that a connection adds when it ends: it has held up others, it was silent as a newcomer or idle, or
        // it was answered in time.
        private const int Held = 2;
        private const int Silent = 2;
        private const int Idle = 2;
        private const int Answered = -1;

        // A connection that moves fewer octets in this time (milliseconds) is a slow reader or writer (CVE-2016-1546,
        // Slowloris, slow POST) or an event stream with few events.
        private const int StretchTime = 500;
        private const int LeastOctets = 32;

        // Milliseconds that a transfer in progress, or a deferred response, is allowed under any pressure.
        private const int LeastTurn = 250;

        // A busy event stream moves at most this many octets in that time; a download moves far more.
        private const int LeastOctetsOfEvents = 2048;

        // A transfer that goes on after the connection's turn must move at least this many octets in that time.
        private const int LeastOctetsAtTheEnd = 8192;

        private readonly HttpServerOptions _options;
        private readonly HttpSession _session;
        private readonly ServerCounters _counters;
        private int _pressure;

        // The part of the pressure that comes from connections without a request. It ends more of these early, which loses
        // nothing, but it must not end a response.
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

        /// <summary>Milliseconds after which a silent newcomer may be closed in favour of another client.</summary>
        internal int ParkedGrace
        {
            get
            {
                int grace = IdleGrace(_options.NewcomerGrace);
                return grace < LeastSilence ? LeastSilence : grace;
            }
        }

        /// <summary>The server's counters.</summary>
        internal ServerCounters Counters
        {
            get { return _counters; }
        }

        /// <summary>Whether the connection has sent a request.</summary>
        internal bool HasAsked
        {
            get { return _counters.RequestsBegun != _begunBefore; }
        }

        /// <summary>A grace time, shortened by the pressure of clients that wait.</summary>
        /// <param name="time">Milliseconds.</param>
        /// <returns>Milliseconds: <paramref name="time"/>, halved for each unit of pressure, at least 3.</returns>
        internal int Grace(int time)
        {
            return Shrink(time, _pressure);
        }

        /// <summary>A new connection begins.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="parkable">Whether it can be set aside between two requests over HTTP/1.1.</param>
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

        /// <summary>
        /// Notes whether a client waits. After some time without one the pressure ends, and grace times are full again.
        /// </summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="waiting">Whether a client waits.</param>
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

        /// <summary>Whether the HTTP/1.1 response that begins ends the connection (RFC 9112 9.6).</summary>
        /// <param name="others">Constants of <see cref="Others"/>, added up.</param>
        internal bool IsToClose(int others)
        {
            // A connection that is set aside keeps its place, unless the next client would need that place: then the
            // connection would be closed while a request may be on its way.
            return (others & (Others.Outside | Others.Full)) != 0 || ((others & Others.Waiting) != 0 && !_parkable);
        }

        /// <summary>A newcomer was closed in favour of another client before it sent anything.</summary>
        internal void NewcomerSilent()
        {
            if (_silences < ForgivenSilences)
            {
                _silences++;
                return;
            }

            Press(0, Silent);
        }

        /// <summary>
        /// A connection held up others for all the time that it had, in a way that <see cref="Decide"/> cannot see.
        /// </summary>
        internal void HeldUp()
        {
            Press(2 * Held, 0);
        }

        /// <summary>The connection has ended.</summary>
        /// <param name="now">Milliseconds.</param>
        internal void Finish(long now)
        {
            if (_waitingSince >= 0 && _idleSince < 0 && !_owed && now - _movedAt >= Grace(_options.StallGrace) >> 1)
            {
                // It ended by itself, but after a silence that it has caused.
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

        /// <summary>Decides about the connection.</summary>
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
                // No client is held up.
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

        // A browser may open a connection, including TLS, before it needs it.
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

        // A browser that uses HTTP/2 pauses between a page and its resources, so the connection is kept for a while. With
        // HTTP/1.1 it has other connections, and only a request that may already be on its way is waited for.
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
            // While the application has not answered, the client is not to blame for the silence.
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

            // The connection has had its turn: open requests are finished, and new ones need another connection.
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
                // The Close frame of a WebSocket tells the client why; a page that needs the socket reconnects by itself.
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
