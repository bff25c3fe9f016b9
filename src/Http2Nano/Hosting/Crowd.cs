using Http2Nano.Messages;

namespace Http2Nano.Hosting
{
    /// <summary>
    /// What connections leave behind for those after them: each that held others up shortens the time that the next one is given, as
    /// long as somebody waits.
    /// </summary>
    internal sealed class Crowd
    {
        /// <summary>
        /// What a connection adds to the pressure when it is over: it held others up, it was silent as a newcomer or idle, it was
        /// answered in time.
        /// </summary>
        internal const int Held = 2;
        internal const int Silent = 2;
        internal const int Idle = 2;
        internal const int Answered = -1;

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

        private readonly HttpServerOptions _options;
        private int _pressure;

        // The part of the pressure that comes from connections without a request. Ending one more of these early loses nothing, but
        // it is no reason to break off a response.
        private int _idlePressure;
        private int _silences;
        private long _quietSince;

        internal Crowd(HttpServerOptions options, ServerCounters counters)
        {
            _options = options;
            Counters = counters;
        }

        /// <summary>What the server counts.</summary>
        internal ServerCounters Counters { get; }

        /// <summary>Milliseconds after which a newcomer that is silent may be closed for another one.</summary>
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

        /// <summary>A time, as much of it as is left when others wait and many before have held them up.</summary>
        /// <param name="time">Milliseconds.</param>
        /// <returns>Milliseconds: <paramref name="time"/> halved, not below 3.</returns>
        internal int Grace(int time)
        {
            return Shrink(time, _pressure);
        }

        /// <summary>The same for who has no request under way.</summary>
        /// <param name="time">Milliseconds.</param>
        internal int IdleGrace(int time)
        {
            return Shrink(time, _pressure + _idlePressure);
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

        /// <summary>A connection held others up for as long as it was let, otherwise than its <see cref="ConnectionGate"/> can know.</summary>
        internal void HeldUp()
        {
            Press(2 * Held, 0);
        }

        /// <summary>A connection is over.</summary>
        /// <param name="held">What it adds to the pressure on all.</param>
        /// <param name="idle">What it adds to the pressure on those without a request.</param>
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
