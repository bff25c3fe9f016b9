using Http2Nano.Boards.Tests;

namespace Http2Nano.Devices
{
    /// <summary>The board's calendar: 1970, until a time server has answered.</summary>
    internal static class DateTime
    {
        internal static System.DateTime UtcNow
        {
            get { return FakeBoard.Present.ClockIsSet ? System.DateTime.UtcNow : new System.DateTime(1970, 1, 1).AddMilliseconds(FakeBoard.Present.Now); }
        }
    }
}
