using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// One budget for everything that costs a peer little and the server much (CVE-2019-9511 to 9518, CVE-2023-44487,
    /// CVE-2025-8671). It refills with time and with useful work, so that honest bursts pass.
    /// </summary>
    internal sealed class GlitchBudget
    {
        /// <summary>Cost of a frame that moves nothing: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, an empty or unknown frame.</summary>
        internal const int Frame = 1;

        /// <summary>Cost of a stream that ended in a reset, whoever caused it: its request was read for nothing.</summary>
        internal const int Reset = 4;

        // What comes back for a frame of response that the peer let through, and how long such a frame is at least: whoever
        // lets octets through one by one earns nothing (CVE-2019-9511).
        private const int Reward = 2;
        private const int RewardedLength = 128;

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

        /// <summary>Octets of a response were sent.</summary>
        internal void Earn(int count)
        {
            if (count >= RewardedLength && _left <= _limits.GlitchBudget - Reward)
            {
                _left += Reward;
            }
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
