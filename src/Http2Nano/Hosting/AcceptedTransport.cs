namespace Http2Nano.Hosting
{
    /// <summary>
    /// A connection as it was accepted: over TCP, and not yet looked at. One object carries one connection after the other.
    /// </summary>
    internal abstract class AcceptedTransport : Transport
    {
        /// <summary>The peer has said nothing yet.</summary>
        internal const int Silent = 0;

        /// <summary>The peer has said something.</summary>
        internal const int Spoken = 1;

        /// <summary>The peer has ended the connection without a word, or it is lost.</summary>
        internal const int Ended = 2;

        public override bool IsSecure
        {
            get { return false; }
        }

        /// <summary>Octets that can be received at once; 0 when the connection is lost.</summary>
        internal abstract int Available { get; }

        /// <summary>Looks at the connection without waiting.</summary>
        /// <returns><see cref="Silent"/>, <see cref="Spoken"/> or <see cref="Ended"/>.</returns>
        internal abstract int Look();

        /// <summary>Reads the first octets and leaves them to be received. Only to be called when some are available.</summary>
        /// <returns>How many were read, or <see cref="Transport.Lost"/>.</returns>
        internal abstract int Peek(byte[] buffer, int count);

        /// <summary>Prepares for being served.</summary>
        /// <param name="writeTimeout">Milliseconds after which a send that waits although there was room is given up.</param>
        internal abstract void Begin(int writeTimeout);

        /// <summary>Hands the connection over to TLS; this object is free for another one then, whatever comes of it.</summary>
        /// <param name="acceptor">Does the handshake.</param>
        /// <param name="limit">The handshake's time.</param>
        /// <param name="writeTimeout">As for <see cref="Begin"/>.</param>
        /// <returns>Null when the handshake failed; the connection is closed then.</returns>
        internal abstract Transport Secure(TlsAcceptor acceptor, IHandshakeLimit limit, int writeTimeout);
    }
}
