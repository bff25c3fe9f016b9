namespace Http2Nano.Messages
{
    /// <summary>The other end of a connection, as far as a request may ask about it.</summary>
    public abstract class ConnectionPeer
    {
        /// <summary>Its address as text, without the port; empty where it is not known. Allocates.</summary>
        public virtual string PeerAddress
        {
            get { return string.Empty; }
        }
    }
}
