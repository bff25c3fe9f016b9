namespace Http2Nano.Hosting
{
    /// <summary>
    /// An accepted TCP connection that has not been examined. One object carries one connection after the other.
    /// </summary>
    internal abstract class AcceptedTransport : Transport
    {
        /// <summary>The peer has sent nothing yet.</summary>
        internal const int Silent = 0;

        /// <summary>The peer has sent octets.</summary>
        internal const int Spoken = 1;

        /// <summary>The peer has ended the connection without sending anything, or it is lost.</summary>
        internal const int Ended = 2;

        /// <summary>In <see cref="Messages.ConnectionPeer.Facts"/>: it was accepted at the TLS port.</summary>
        internal const int AtTlsPort = 4;

        /// <summary>In the same: its peer speaks HTTP/1.1.</summary>
        internal const int SpeaksHttp1 = 8;

        /// <summary>In the same: octets of its peer have arrived since it was set aside.</summary>
        internal const int Asks = 16;

        public override bool IsSecure
        {
            get { return false; }
        }

        /// <summary>The peer's address as a number: the same for all connections of a client. Allocates; 0 when it is unknown.</summary>
        internal abstract int PeerNumber { get; }

        /// <summary>Number of octets that can be received at once; 0 when the connection is lost.</summary>
        internal abstract int Available { get; }

        /// <summary>Examines the connection without waiting.</summary>
        /// <returns><see cref="Silent"/>, <see cref="Spoken"/> or <see cref="Ended"/>.</returns>
        internal abstract int Look();

        /// <summary>Reads the first octets without consuming them. To be called only when some are available.</summary>
        /// <returns>The number of octets read, or <see cref="Transport.Lost"/>.</returns>
        internal abstract int Peek(byte[] buffer, int count);

        /// <summary>Prepares the connection for being served.</summary>
        /// <param name="writeTimeout">
        /// Milliseconds after which a blocked send fails, although there was room when it began.
        /// </param>
        internal abstract void Begin(int writeTimeout);

        /// <summary>Passes the connection to TLS. This object can then carry another one, whatever the result.</summary>
        /// <param name="acceptor">Does the handshake.</param>
        /// <param name="limit">The handshake's time.</param>
        /// <param name="writeTimeout">Like <see cref="Begin"/>.</param>
        /// <returns>Null when the handshake failed; the connection is closed then.</returns>
        internal abstract Transport Secure(TlsAcceptor acceptor, IHandshakeLimit limit, int writeTimeout);
    }
}
