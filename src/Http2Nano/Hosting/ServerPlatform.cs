using System;
using System.Threading;

namespace Http2Nano.Hosting
{
    /// <summary>The server's view of time and network. A test replaces it.</summary>
    internal class ServerPlatform
    {
        /// <summary>Milliseconds of a monotonic clock.</summary>
        internal virtual long Now
        {
            get { return Environment.TickCount64; }
        }

        /// <summary>Waits.</summary>
        /// <param name="milliseconds">The time to wait.</param>
        internal virtual void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }

        /// <summary>Makes the listener of a port. It listens from its first <see cref="Listener.Open"/> on.</summary>
        /// <param name="options">Address and backlog.</param>
        /// <param name="port">The port; 0 lets the system choose.</param>
        internal virtual Listener NewListener(HttpServerOptions options, int port)
        {
            return new SocketListener(options, port);
        }

        /// <summary>Makes a transport, which carries one accepted connection after the other.</summary>
        internal virtual AcceptedTransport NewTransport()
        {
            return PlatformTransport.Make();
        }
    }
}
