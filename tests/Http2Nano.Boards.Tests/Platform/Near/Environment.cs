using Http2Nano.Boards.Tests;

namespace Http2Nano.Devices
{
    /// <summary>The board's clock since its start. A thread that waits for datagrams is ahead by what it has waited.</summary>
    internal static class Environment
    {
        [System.ThreadStatic]
        private static long t_waited;

        internal static long TickCount64
        {
            get { return FakeBoard.Present.Now + t_waited; }
        }

        /// <summary>The thread has waited.</summary>
        internal static void Advance(int milliseconds)
        {
            t_waited += milliseconds;
        }
    }
}
