using Http2Nano.Hosting.Host;

namespace Http2Nano.Hosting
{
    /// <summary>The transport of accepted connections on the host.</summary>
    internal static class PlatformTransport
    {
        /// <summary>Makes one.</summary>
        internal static AcceptedTransport Make()
        {
            return new HostTcpTransport(new HostSocket());
        }
    }
}
