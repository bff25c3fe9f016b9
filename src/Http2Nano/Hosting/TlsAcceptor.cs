using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>The time limit of a TLS handshake, which is shorter while another client waits.</summary>
    public interface IHandshakeLimit
    {
        /// <summary>Whether the time is used up.</summary>
        bool HasPassed { get; }
    }

    /// <summary>
    /// Makes TLS connections of accepted sockets. The TLS of the platform and of the host differ, so each has an acceptor
    /// of its own.
    /// </summary>
    public abstract class TlsAcceptor
    {
        /// <summary>
        /// Whether silent connections may be kept after their handshake while another one is served, because there is
        /// memory for several sessions.
        /// </summary>
        public virtual bool CanKeepSeveral
        {
            get { return false; }
        }

        /// <summary>Does the handshake. Its first record has already arrived.</summary>
        /// <param name="socket">The accepted socket; the transport closes it.</param>
        /// <param name="limit">The time limit, which is checked where the platform can interrupt a handshake.</param>
        /// <param name="writeTimeout">Milliseconds after which a blocked send fails.</param>
        /// <returns>The connection; null when the handshake failed and the socket is closed.</returns>
        public abstract Transport Accept(Socket socket, IHandshakeLimit limit, int writeTimeout);
    }
}
