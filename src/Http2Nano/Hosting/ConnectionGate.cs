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

        // Newcomers in a row that said nothing make the next one's grace shorter, down to this many milliseconds: whoever has
        // waited in the backlog has sent its request long ago. So two hundred silent connections cost about a second.
        private const int LeastGrace = 2;

        // A connection that moves fewer octets than this in a stretch of time is a slow reader or a slow writer
        // (CVE-2016-1546, Slowloris, slow POST), or a stream of events with little to tell.
        private const int StretchTime = 500;
        private const int LeastOctets = 32;

        // A stream of events that tells much moves no more than this; a download, far more.
        private const int LeastOctetsOfEvents = 2048;

        // What is still open when a connection has had its turn must come to an end.
        private const int LeastOctetsAtTheEnd = 8192;

        private readonly HttpServerOptions _options;
        private readonly HttpSession _session;
        private readonly ServerCounters _counters;
        private int _silentNewcomers;
        private int _stalled;
        private bool _ending;
        private long _waitingSince;
        private int _begunBefore;
        private int _begun;
        private long _began;
        private long _idleSince;
        private long _stretchSince;
        private long _stretchOctets;

        internal ConnectionGate(HttpServerOptions options, HttpSession session, ServerCounters counters)
        {
            _options = options;
            _session = session;
            _counters = counters;
        }

        /// <summary>Milliseconds that a newcomer is given for its first octets while another client waits. Then it is set aside.</summary>
        internal int SilentGrace
        {
            get { return Grace(_options.NewcomerGrace / 8, _silentNewcomers); }
        }

        /// <summary>A new connection begins.</summary>
        internal void Begin(long now)
        {
            _begunBefore = _counters.RequestsBegun;
            _begun = _begunBefore;
            _began = now;
            _idleSince = -1;
            _stretchSince = -1;
            _ending = false;
        }

        /// <summary>A newcomer went without a request, whoever ended it.</summary>
        internal void NewcomerFailed()
        {
            if (_silentNewcomers < int.MaxValue)
            {
                _silentNewcomers++;
            }
        }

        /// <summary>The connection is over.</summary>
        internal void Finish()
        {
            if (_counters.RequestsBegun == _begunBefore)
            {
                NewcomerFailed();
            }
        }

        /// <summary>Looks at the connection.</summary>
        /// <param name="now">Milliseconds.</param>
        /// <param name="another">Whether another client waits.</param>
        /// <returns><see cref="Keep"/>, <see cref="End"/> or <see cref="Drop"/>.</returns>
        internal int Decide(long now, bool another)
        {
            bool requested = _counters.RequestsBegun != _begun;
            if (requested)
            {
                _begun = _counters.RequestsBegun;
                _silentNewcomers = 0;
            }

            if (requested || !_session.Idle)
            {
                _idleSince = -1;
            }
            else if (_idleSince < 0)
            {
                _idleSince = now;
                if (_begun != _begunBefore)
                {
                    // Everything that it asked for was answered.
                    _stalled >>= 1;
                }
            }

            if (!another)
            {
                _stretchSince = -1;
                return Keep;
            }

            if (_begun == _begunBefore)
            {
                return now - _began >= Grace(_options.NewcomerGrace, _silentNewcomers) ? Drop : Keep;
            }

            return _idleSince >= 0 ? DecideIdle(now) : DecideBusy(now);
        }

        // Halved for each of the same kind before it.
        private static int Grace(int grace, int before)
        {
            grace = before > 16 ? 0 : grace >> before;
            return grace < LeastGrace ? LeastGrace : grace;
        }

        // A browser that speaks HTTP/2 pauses between the page and what the page needs; with HTTP/1.1 it has other connections.
        private int DecideIdle(long now)
        {
            int grace = _session.Connection is Http2Connection ? _options.GiveWayGrace : 0;
            return now - _idleSince >= grace ? End : Keep;
        }

        private int DecideBusy(long now)
        {
            long octets = _counters.BytesReceived + _counters.BytesSent;
            if (_stretchSince < 0)
            {
                _stretchSince = now;
                _waitingSince = now;
                _stretchOctets = octets;
            }

            long stretch = now - _stretchSince;
            if (stretch < Grace(StretchTime, _stalled))
            {
                return Keep;
            }

            long moved = octets - _stretchOctets;
            _stretchSince = now;
            _stretchOctets = octets;
            int least = _session.Waits ? LeastOctetsOfEvents : _ending ? LeastOctetsAtTheEnd : LeastOctets;
            if (moved < least * stretch / StretchTime)
            {
                _stalled++;
                return Drop;
            }

            if (now - _waitingSince < StretchTime)
            {
                return Keep;
            }

            // It has had its turn: what is open is finished, what is new goes to its next connection.
            _ending = true;
            return End;
        }
    }
}
