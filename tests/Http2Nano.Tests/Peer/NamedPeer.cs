using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>A client with an address.</summary>
    public class NamedPeer : ConnectionPeer
    {
        private readonly string _address;

        /// <summary>Makes a client.</summary>
        public NamedPeer(string address)
        {
            _address = address;
        }

        /// <inheritdoc/>
        public override string PeerAddress
        {
            get { return _address; }
        }
    }
}
