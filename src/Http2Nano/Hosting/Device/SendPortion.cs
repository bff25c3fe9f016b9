using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>The number of octets that one call passes to the network stack.</summary>
    internal static class SendPortion
    {
        /// <summary>
        /// The platform's Send blocks until everything is sent. A socket that is ready to write has more room than lwIP's
        /// TCP_SNDLOWAT: half its send buffer, but at least two segments and an octet, or all of a smaller buffer. This is
        /// 2,882 octets of 5,760 on an ESP32, and 2,960 of 2,960 on ChibiOS boards, so this many octets do not block.
        /// </summary>
        internal const int Most = 2 * 1440;

        /// <summary>Does nothing: the device needs no setting.</summary>
        internal static void Apply(Socket socket)
        {
        }
    }
}
