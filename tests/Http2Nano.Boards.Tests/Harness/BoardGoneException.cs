using System;

namespace Http2Nano.Boards.Tests
{
    /// <summary>Ends the main thread of a board that restarts or has no power any more. It is thrown again at each sleep.</summary>
    internal sealed class BoardGoneException : Exception
    {
    }
}
