using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// One budget for everything that costs a peer little and the server much (CVE-2019-9511 to 9518, CVE-2023-44487,
    /// CVE-2025-8671). It refills with time. What answers the server's own frames is not charged to it: each DATA frame and
    /// each end of a stream may be followed by a few frames of courtesy, so that no honest client is measured by its pace.
    /// </summary>
    internal sealed class GlitchBudget
    {
        /// <summary>Cost of a frame that moves nothing: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, an empty or unknown frame.</summary>
        internal const int Frame = 1;

        /// <summary>Cost of a stream that ended in a reset, whoever caused it: its request was read for nothing.</summary>
        internal const int Reset = 4;

        /// <summary>
        /// Frames that may follow a DATA frame: WINDOW_UPDATE of its stream and of the connection. They are work asked for, however
        /// few octets they let through.
        /// </summary>
        internal const int CourtesyOfData = 2;

        /// <summary>
        /// Frames that may follow a stream that was ended from the server's side, by END_STREAM or RST_STREAM: RST_STREAM or what was
        /// under way, PING, PRIORITY or PRIORITY_UPDATE, and the WINDOW_UPDATE that some clients send with each request.
        /// </summary>
        internal const int CourtesyOfEnd = 4;

        // Courtesy is not saved up for a flood: this much answers what can be under way at once.
        private const int MostCourtesy = 4096;

        /// <summary>
        /// Frames of courtesy that may come: to be increased by <see cref="CourtesyOfData"/> and <see cref="CourtesyOfEnd"/>.
        /// </summary>
        internal int Courtesy;

        private readonly HttpLimits _limits;
        private readonly ServerCounters _counters;
        private int _left;
        private long _refilled;

        internal GlitchBudget(HttpLimits limits, ServerCounters counters)
        {
            _limits = limits;
            _counters = counters;
        }

        internal void Begin(long now)
        {
            _left = _limits.GlitchBudget;
            Courtesy = 0;
            _refilled = now;
        }

        /// <summary>Spends from the budget.</summary>
        /// <returns>False when it is used up.</returns>
        internal bool Spend(int cost, long now)
        {
            _counters.Glitches++;
            if (_left < cost)
            {
                Refill(now);
            }

            _left -= cost;
            return _left >= 0;
        }

        /// <summary>Spends for a frame that moves nothing and may be a courtesy.</summary>
        /// <returns>False when the budget is used up.</returns>
        internal bool SpendCourtesy(long now)
        {
            if (Courtesy <= 0)
            {
                return Spend(Frame, now);
            }

            Courtesy = Courtesy > MostCourtesy ? MostCourtesy - 1 : Courtesy - 1;
            return true;
        }

        private void Refill(long now)
        {
            long elapsed = now - _refilled;
            _refilled = now;
            int capacity = _limits.GlitchBudget;
            long earned = elapsed >= 60000 ? capacity : elapsed * _limits.GlitchRefill / 1000;
            _left = earned >= capacity - _left ? capacity : _left + (int)earned;
        }
    }
}
