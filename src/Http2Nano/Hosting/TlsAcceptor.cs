using System.Net.Sockets;

namespace Http2Nano.Hosting
{
    /// <summary>The time that a TLS handshake is given, which becomes shorter when another client waits.</summary>
    public interface IHandshakeLimit
    {
        /// <summary>Whether the handshake has had its time.</summary>
        bool HasPassed { get; }
    }

    /// <summary>
    /// Makes TLS connections of accepted sockets. The platform's TLS and the host's differ, so each has an acceptor of its own
    /// behind this seam.
    /// </summary>
    public abstract class TlsAcceptor
    {
        /// <summary>
        /// Whether connections that have said nothing since their handshake may be kept while another one is served: there is
        /// memory for several sessions.
        /// </summary>
        public virtual bool CanKeepSeveral
        {
            get { return false; }
        }

        /// <summary>Does the handshake. The first record of it has arrived already.</summary>
        /// <param name="socket">The accepted socket; the transport closes it.</param>
        /// <param name="limit">Says when the handshake has had its time; asked now and then where the platform can interrupt one.</param>
        /// <param name="writeTimeout">Milliseconds after which a send that waits is given up.</param>
        /// <returns>The connection; null when the handshake failed, and the socket is closed then.</returns>
        public abstract Transport Accept(Socket socket, IHandshakeLimit limit, int writeTimeout);
    }
}
