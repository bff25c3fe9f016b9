using System;
using System.Threading;
using Http2Nano.Boards.Tests;

namespace Http2Nano.Devices
{
    /// <summary>Threads whose sleep is the board's: its clock goes on, and nobody waits.</summary>
    internal sealed class Thread
    {
        private readonly System.Threading.Thread _thread;

        internal Thread(ThreadStart start)
        {
            _thread = new System.Threading.Thread(start);
            _thread.IsBackground = true;
        }

        internal void Start()
        {
            _thread.Start();
        }

        internal static void Sleep(int milliseconds)
        {
            if (FakeBoard.Present.IsMainThread)
            {
                FakeBoard.Present.Sleep(milliseconds);
            }
            else
            {
                System.Threading.Thread.Sleep(Math.Min(milliseconds, 20));
            }
        }
    }
}
