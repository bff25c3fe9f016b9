using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>How much the network stack is handed with one call.</summary>
    internal static class SendPortion
    {
        /// <summary>
        /// The platform's Send waits until all is sent. A socket that is ready to write has room for at least two segments and an
        /// octet (lwIP's TCP_SNDLOWAT), so that this much does not have to wait.
        /// </summary>
        internal const int Most = 2 * 1440;

        /// <summary>Nothing is to be set.</summary>
        internal static void Apply(Socket socket)
        {
        }
    }
}
