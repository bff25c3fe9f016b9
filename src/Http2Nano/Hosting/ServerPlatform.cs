using System;
using System.Threading;

namespace Http2Nano.Hosting
{
    /// <summary>What a server finds around it: the time and the network. A test gives another one.</summary>
    internal class ServerPlatform
    {
        /// <summary>Milliseconds since some moment; never goes back.</summary>
        internal virtual long Now
        {
            get { return Environment.TickCount64; }
        }

        /// <summary>Lets time go by.</summary>
        /// <param name="milliseconds">How long.</param>
        internal virtual void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }

        /// <summary>Makes what listens on a port; it does so from its first <see cref="Listener.Open"/> on.</summary>
        /// <param name="options">Address and backlog.</param>
        /// <param name="port">The port; 0 lets the system choose.</param>
        internal virtual Listener NewListener(HttpServerOptions options, int port)
        {
            return new SocketListener(options, port);
        }

        /// <summary>Makes what carries one accepted connection after the other.</summary>
        internal virtual AcceptedTransport NewTransport()
        {
            return new TcpTransport();
        }
    }
}
