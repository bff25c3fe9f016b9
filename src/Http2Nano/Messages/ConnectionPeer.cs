namespace Http2Nano.Messages
{
    /// <summary>The peer of a connection, for requests that ask about it.</summary>
    public abstract class ConnectionPeer
    {
        /// <summary>The peer's address as text, without the port; empty when it is unknown. Allocates.</summary>
        public virtual string PeerAddress
        {
            get { return string.Empty; }
        }
    }
}
