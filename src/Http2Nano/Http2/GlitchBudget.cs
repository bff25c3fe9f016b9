using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// The budget for everything that costs a peer little and the server much (CVE-2019-9511 to 9518, CVE-2023-44487,
    /// CVE-2025-8671). It is restored over time. Frames that answer the server's own are free (courtesy): a few may follow
    /// each DATA frame and each end of a stream, so that an honest client is not limited however fast it is.
    /// </summary>
    internal sealed class GlitchBudget
    {
        /// <summary>
        /// Cost of a frame that moves no octets: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, an empty or unknown frame.
        /// </summary>
        internal const int Frame = 1;

        /// <summary>Cost of a stream that ends with a reset by either side: the request was processed in vain.</summary>
        internal const int Reset = 4;

        /// <summary>
        /// Free frames after a DATA frame: WINDOW_UPDATE for its stream and for the connection, however small the
        /// increment.
        /// </summary>
        internal const int CourtesyOfData = 2;

        /// <summary>
        /// Free frames after the server has ended a stream by END_STREAM or RST_STREAM: RST_STREAM or frames that were
        /// already sent, PING, PRIORITY or PRIORITY_UPDATE, and the WINDOW_UPDATE that some clients send with each request.
        /// </summary>
        internal const int CourtesyOfEnd = 4;

        // The most free frames that are saved up: those that can be in flight at once, but not a flood.
        private const int MostCourtesy = 4096;

        /// <summary>
        /// Number of free frames; increased by <see cref="CourtesyOfData"/> and <see cref="CourtesyOfEnd"/>.
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
        /// <returns>False when the budget is spent.</returns>
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

        /// <summary>Spends for a frame that moves no octets, unless a frame is free.</summary>
        /// <returns>False when the budget is spent.</returns>
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
