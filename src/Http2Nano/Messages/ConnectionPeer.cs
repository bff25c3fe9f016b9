namespace Http2Nano.Messages
{
    /// <summary>The peer of a connection, for requests that ask about it.</summary>
    public abstract class ConnectionPeer
    {
        /// <summary>In <see cref="Facts"/>: a <see cref="GatewayPolicy"/> has decided whether the peer is trusted.</summary>
        internal const int Judged = 1;

        /// <summary>In <see cref="Facts"/>: the peer is a trusted gateway.</summary>
        internal const int Trusted = 2;

        /// <summary>What is known of the connection since it was accepted, in bits.</summary>
        internal int Facts;

        /// <summary>The peer's address as text, without the port; empty when it is unknown. Allocates.</summary>
        public virtual string PeerAddress
        {
            get { return string.Empty; }
        }
    }
}
