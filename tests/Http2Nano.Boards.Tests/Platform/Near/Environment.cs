using Http2Nano.Boards.Tests;

namespace Http2Nano.Devices
{
    /// <summary>The board's clock since its start.</summary>
    internal static class Environment
    {
        internal static long TickCount64
        {
            get { return FakeBoard.Present.Now; }
        }
    }
}
