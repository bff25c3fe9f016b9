using System.Net.Sockets;
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

        /// <summary>
        /// Sets the options of a socket that is to listen: none, because the runtime lets a port be taken again at once, and
        /// with ReuseAddress several programs would listen at one port.
        /// </summary>
        internal static void Prepare(Socket listener)
        {
        }
    }
}
