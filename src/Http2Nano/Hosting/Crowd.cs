using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The pressure of waiting clients: each connection that has held up others shortens the time of the next one, as long
    /// as a client waits.
    /// </summary>
    internal sealed class Crowd
    {
        /// <summary>
        /// The pressure that a connection adds when it ends: it has held up others, it was silent as a newcomer or idle, or
        /// it was answered in time.
        /// </summary>
        internal const int Held = 2;
        internal const int Silent = 2;
        internal const int Idle = 2;
        internal const int Answered = -1;

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

        private readonly HttpServerOptions _options;
        private int _pressure;

        // The part of the pressure that comes from connections without a request. It ends more of these early, which loses
        // nothing, but it must not end a response.
        private int _idlePressure;
        private int _silences;
        private long _quietSince;

        internal Crowd(HttpServerOptions options, ServerCounters counters)
        {
            _options = options;
            Counters = counters;
        }

        /// <summary>The server's counters.</summary>
        internal ServerCounters Counters { get; }

        /// <summary>Milliseconds after which a silent newcomer may be closed in favour of another client.</summary>
        internal int ParkedGrace
        {
            get
            {
                int grace = IdleGrace(_options.NewcomerGrace);
                return grace < LeastSilence ? LeastSilence : grace;
            }
        }

        /// <summary>Milliseconds after which a connection has had its turn while others wait.</summary>
        internal int Turn
        {
            get { return _options.MaximumTurn >> _pressure; }
        }

        /// <summary>A grace time, shortened by the pressure of clients that wait.</summary>
        /// <param name="time">Milliseconds.</param>
        /// <returns>Milliseconds: <paramref name="time"/>, halved for each unit of pressure, at least 3.</returns>
        internal int Grace(int time)
        {
            return Shrink(time, _pressure);
        }

        /// <summary>Like <see cref="Grace"/>, for a connection without a request.</summary>
        /// <param name="time">Milliseconds.</param>
        internal int IdleGrace(int time)
        {
            return Shrink(time, _pressure + _idlePressure);
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
        /// A connection held up others for all the time that it had, in a way that its <see cref="ConnectionGate"/> cannot
        /// see.
        /// </summary>
        internal void HeldUp()
        {
            Press(2 * Held, 0);
        }

        /// <summary>A connection has ended.</summary>
        /// <param name="held">The pressure that it adds for all connections.</param>
        /// <param name="idle">The pressure that it adds for connections without a request.</param>
        internal void Press(int held, int idle)
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
