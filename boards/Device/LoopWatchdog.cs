using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Restarts the device when its main loop has stopped. The chip's own watchdog does not see that: the firmware feeds it
    /// as long as the runtime runs.
    /// </summary>
    internal sealed class LoopWatchdog
    {
        // Milliseconds; longer than joining a network, getting an address and setting the clock together.
        private const int Patience = 180000;
        private const int Look = 10000;

        private readonly Timer _timer;
        private int _turns;
        private int _turnsSeen;
        private long _seenAt = Environment.TickCount64;

        internal LoopWatchdog()
        {
            _timer = new Timer(Check, null, Look, Look);
        }

        /// <summary>Says that the loop is running.</summary>
        internal void Feed()
        {
            _turns++;
        }

        private void Check(object state)
        {
            long now = Environment.TickCount64;
            if (_turns != _turnsSeen)
            {
                _turnsSeen = _turns;
                _seenAt = now;
            }
            else if (now - _seenAt >= Patience)
            {
                Console.WriteLine("The main loop hangs; the device restarts.");
                Power.RebootDevice();
            }
        }
    }
}
