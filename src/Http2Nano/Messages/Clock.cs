using System;

namespace Http2Nano.Messages
{
    /// <summary>Gives applications and guards the time. A test replaces it.</summary>
    public class Clock
    {
        /// <summary>Milliseconds of a monotonic clock.</summary>
        public virtual long Now
        {
            get { return Environment.TickCount64; }
        }
    }
}
