using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace Http2Nano.Devices
{
    /// <summary>
    /// Restarts the device when its main loop has stopped turning. The chip's own watchdog, where the firmware uses it, is fed by
    /// the firmware and sees only a runtime that hangs as a whole.
    /// </summary>
    internal sealed class LoopWatchdog
    {
        // Longer than joining a network, waiting for an address and setting the clock together.
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

        /// <summary>The loop has turned.</summary>
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
