using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>How much the network stack is handed with one call.</summary>
    internal static class SendPortion
    {
        /// <summary>All that there is: a socket that does not block takes what it has room for.</summary>
        internal const int Most = int.MaxValue;

        /// <summary>Lets a send take a part.</summary>
        internal static void Apply(Socket socket)
        {
            socket.Blocking = false;
        }
    }
}
