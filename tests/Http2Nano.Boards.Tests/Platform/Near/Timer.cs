using System.Threading;
using Http2Nano.Boards.Tests;

namespace Http2Nano.Devices
{
    /// <summary>A timer that goes by the board's clock.</summary>
    internal sealed class Timer
    {
        private readonly TimerCallback _callback;
        private readonly object _state;
        private readonly int _period;

        internal Timer(TimerCallback callback, object state, int dueTime, int period)
        {
            _callback = callback;
            _state = state;
            _period = period;
            Due = FakeBoard.Present.Now + dueTime;
            FakeBoard.Present.Timers.Add(this);
        }

        internal long Due { get; private set; }

        internal void Fire()
        {
            Due += _period;
            _callback(_state);
        }
    }
}
