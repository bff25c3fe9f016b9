using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>The number of octets that one call passes to the network stack.</summary>
    internal static class SendPortion
    {
        /// <summary>No limit: a non-blocking socket takes as many as it has room for.</summary>
        internal const int Most = int.MaxValue;

        /// <summary>Makes the socket non-blocking, so that a send may take a part.</summary>
        internal static void Apply(Socket socket)
        {
            socket.Blocking = false;
        }
    }
}
