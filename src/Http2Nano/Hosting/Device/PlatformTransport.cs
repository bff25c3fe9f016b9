namespace Http2Nano.Hosting
{
    /// <summary>The transport of accepted connections on the device.</summary>
    internal static class PlatformTransport
    {
        /// <summary>Makes one.</summary>
        internal static AcceptedTransport Make()
        {
            return new TcpTransport();
        }
    }
}
