using System;
using System.Net.Sockets;

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

        /// <summary>Sets the options of a socket that is to listen: its port can be taken again at once.</summary>
        internal static void Prepare(Socket listener)
        {
            try
            {
                listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }
            catch (Exception)
            {
                // Some network stacks lack the option; then a quick restart may have to wait for the port.
            }
        }
    }
}
