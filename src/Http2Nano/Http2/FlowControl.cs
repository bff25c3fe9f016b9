namespace Http2Nano.Http2
{
    /// <summary>Window arithmetic (RFC 9113 6.9). An addition that overflows is silent here, so each is checked before it is made.</summary>
    internal static class FlowControl
    {
        /// <summary>The window of a connection and of a stream before anybody changes it (RFC 9113 6.9.2), in bytes.</summary>
        internal const int DefaultWindow = 65535;

        /// <summary>Whether a window may grow by an amount: it must not exceed 2^31-1 (RFC 9113 6.9.1).</summary>
        /// <param name="window">The window, which may be negative.</param>
        /// <param name="increment">0 or more.</param>
        internal static bool CanGrow(int window, int increment)
        {
            return window <= 0 || increment <= int.MaxValue - window;
        }
    }
}
