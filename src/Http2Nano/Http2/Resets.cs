using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    internal static class Resets
    {
        internal const int BrokenOff = ErrorCode.Cancel;
        internal const int TooSlow = ErrorCode.Cancel;
        internal const int NotNeeded = ErrorCode.NoError;
        internal const int Refused = ErrorCode.RefusedStream;
    }
}
