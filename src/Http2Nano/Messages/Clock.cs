using System;

namespace Http2Nano.Messages
{
    /// <summary>Where the routing room takes the time from. A test gives another one.</summary>
    public class Clock
    {
        /// <summary>Milliseconds since some moment; never goes back.</summary>
        public virtual long Now
        {
            get { return Environment.TickCount64; }
        }
    }
}
