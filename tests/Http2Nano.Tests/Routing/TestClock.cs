using Http2Nano.Messages;

namespace Http2Nano.Tests.Routing
{
    /// <summary>A clock that goes when it is told to.</summary>
    public class TestClock : Clock
    {
        /// <summary>Milliseconds.</summary>
        public long Time = 1000000;

        /// <inheritdoc/>
        public override long Now
        {
            get { return Time; }
        }
    }
}
