using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// The pressure of waiting clients: each connection that has held up others shortens the time of the next one, as long
    /// as a client waits. Pages that take turns with their event streams are no crowd: they shorten only the time of event
    /// streams, and only while one or another of them waits without a pause.
    /// </summary>
    internal sealed class Crowd
    {
        /// <summary>
        /// The pressure that a connection adds when it ends: it has held up others, it was silent as a newcomer or idle, it
        /// has listened to events and made way, or it was answered in time.
        /// </summary>
        internal const int Held = 2;
        internal const int Silent = 2;
        internal const int Idle = 2;
        internal const int Listened = 1;
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

        // The same for event streams. Pages come back after a pause, so that there are moments when none of a few waits, and in
        // a crowd there are none.
        private const int PauseTime = 50;

        // A browser opens up to this many connections at once and may use them late. They cause no pressure.
        private const int ForgivenSilences = 6;

        // Pressures, each with 8 bits of one number, because a field takes 12 bytes of the heap. That of everybody; the part
        // that comes from connections without a request, which ends more of these early and so loses nothing, but must not end
        // a response; and the part that comes from event streams, which return by themselves. Silences that cause none are
        // counted beside them.
        private const int Everybody = 0;
        private const int Idlers = 8;
        private const int Listeners = 16;
        private const int Silences = 24;

        private int _pressures;
        private long _quietSince;

        internal Crowd(HttpServerOptions options, ServerCounters counters)
        {
            Options = options;
            Counters = counters;
        }

        /// <summary>The server's options.</summary>
        internal readonly HttpServerOptions Options;

        /// <summary>The server's counters.</summary>
        internal readonly ServerCounters Counters;

        /// <summary>Milliseconds after which a silent newcomer may be closed in favour of another client.</summary>
        internal int ParkedGrace
        {
            get
            {
                int grace = IdleGrace(Options.NewcomerGrace);
                return grace < LeastSilence ? LeastSilence : grace;
            }
        }

        /// <summary>Milliseconds after which a connection has had its turn while others wait.</summary>
        internal int Turn
        {
            get { return Options.MaximumTurn >> Pressure(Everybody); }
        }

        /// <summary>A grace time, shortened by the pressure of clients that wait.</summary>
        /// <param name="time">Milliseconds.</param>
        /// <returns>Milliseconds: <paramref name="time"/>, halved for each unit of pressure, at least 3.</returns>
        internal int Grace(int time)
        {
            return Shrink(time, Pressure(Everybody));
        }

        /// <summary>Like <see cref="Grace"/>, for an event stream.</summary>
        /// <param name="time">Milliseconds.</param>
        internal int EventGrace(int time)
        {
            return Shrink(time, Pressure(Everybody) + Pressure(Listeners));
        }

        /// <summary>Like <see cref="Grace"/>, for a connection without a request.</summary>
        /// <param name="time">Milliseconds.</param>
        internal int IdleGrace(int time)
        {
            return Shrink(time, Pressure(Everybody) + Pressure(Idlers));
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
                _pressures = 0;
            }
            else if (now - _quietSince >= PauseTime)
            {
                Add(Listeners, -MostPressure);
            }
        }

        /// <summary>A newcomer was closed in favour of another client before it sent anything.</summary>
        internal void NewcomerSilent()
        {
            if (Pressure(Silences) < ForgivenSilences)
            {
                Add(Silences, 1);
                return;
            }

            Add(Idlers, Silent);
        }

        /// <summary>
        /// A connection held up others for all the time that it had, in a way that its <see cref="ConnectionGate"/> cannot
        /// see.
        /// </summary>
        internal void HeldUp()
        {
            Add(Everybody, 2 * Held);
        }

        /// <summary>A connection has ended.</summary>
        /// <param name="held">The pressure that it adds for all connections.</param>
        /// <param name="idle">The pressure that it adds for connections without a request.</param>
        internal void Press(int held, int idle)
        {
            Add(Everybody, held);
            Add(Idlers, idle);
        }

        /// <summary>An event stream was ended, and its client will come back for the rest.</summary>
        internal void Listen()
        {
            Press(Answered, Answered);
            Add(Listeners, Listened);
        }

        private int Pressure(int whose)
        {
            return (_pressures >> whose) & 0xFF;
        }

        private void Add(int whose, int pressure)
        {
            int before = Pressure(whose);
            int after = before + pressure;
            after = after < 0 ? 0 : after > MostPressure ? MostPressure : after;
            _pressures += (after - before) << whose;
        }

        private static int Shrink(int time, int pressure)
        {
            time >>= pressure;
            return time < LeastGrace ? LeastGrace : time;
        }
    }
}
