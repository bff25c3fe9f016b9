using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>
    /// The default limits with little room for HTTP/2, for tests whose connections speak HTTP/1.1: so that they run in a heap
    /// of 64 KB, where the runtime, the test framework and the tests themselves take half.
    /// </summary>
    public static class SmallLimits
    {
        /// <summary>Makes a set, which may be changed before it is used.</summary>
        public static HttpLimits Make()
        {
            HttpLimits limits = new HttpLimits();
            limits.ReceiveBufferSize = 512;
            limits.TransmitBufferSize = 1024;
            limits.Exchanges = 1;
            limits.MaximumStreams = 1;
            limits.MaximumPushes = 0;
            limits.DecoderTableSize = 0;
            limits.EncoderTableSize = 0;
            return limits;
        }
    }
}
