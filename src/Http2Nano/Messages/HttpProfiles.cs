namespace Http2Nano.Messages
{
    /// <summary>
    /// Sets of limits that fit together. Each call makes a new set, which may be changed before it is used.
    /// </summary>
    public static class HttpProfiles
    {
        /// <summary>
        /// Limits for boards with little memory: four streams, one gathered request at a time, and over HTTP/2 no values of
        /// fields that nobody reads (<see cref="HttpLimits.Unread"/>). The server takes at most 16 KB of the device's
        /// heap.
        /// </summary>
        /// <returns>The limits.</returns>
        public static HttpLimits Tiny()
        {
            HttpLimits limits = new HttpLimits();
            limits.ReceiveBufferSize = 384;
            limits.TransmitBufferSize = 512;
            limits.Exchanges = 1;
            limits.ExchangeSize = 1024;
            limits.MaximumFields = 40;
            limits.MaximumFieldSectionSize = 4096;
            limits.MaximumStreams = 4;
            limits.MaximumPushes = 0;
            limits.DecoderMemory = 508;
            limits.EncoderTableSize = 128;
            limits.InitialWindowSize = 1024;
            limits.MaximumWindowSize = 4096;
            limits.MaximumDrain = 8192;
            return limits;
        }

        /// <summary>
        /// The default values of <see cref="HttpLimits"/>: sixteen streams. The server takes at most 24 KB of the device's
        /// heap.
        /// </summary>
        /// <returns>The limits.</returns>
        public static HttpLimits Default()
        {
            return new HttpLimits();
        }

        /// <summary>
        /// Limits for boards with megabytes: a hundred streams, sixteen gathered requests, large buffers, four
        /// connections at once. At most 349 KB, and 72 KB more for each connection beyond the first.
        /// </summary>
        /// <returns>The limits.</returns>
        public static HttpLimits Large()
        {
            HttpLimits limits = new HttpLimits();
            limits.ReceiveBufferSize = 16384;
            limits.TransmitBufferSize = 32768;
            limits.Exchanges = 16;
            limits.ExchangeSize = 16384;
            limits.MaximumFields = 128;
            limits.MaximumFieldSectionSize = 16384;
            limits.MaximumStreams = 100;
            limits.MaximumPushes = 16;
            limits.DecoderTableSize = 4096;
            limits.DecoderMemory = 4096;
            limits.EncoderTableSize = 4096;
            limits.InitialWindowSize = 65535;
            limits.MaximumWindowSize = 1048576;
            limits.MaximumDrain = 65536;
            limits.GlitchBudget = 1000;
            limits.GlitchRefill = 250;
            limits.Connections = 4;
            return limits;
        }
    }
}
