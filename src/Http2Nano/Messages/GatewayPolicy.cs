using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// Which gateways (RFC 9110 3.7, "reverse proxies") are believed, and what they say about the clients behind them.
    /// </summary>
    public abstract class GatewayPolicy
    {
        internal GatewayPolicy()
        {
        }

        /// <summary>Whether the peer of a connection is believed. Allocates only when it is asked about for the first time.</summary>
        internal abstract bool Trusts(ConnectionPeer peer);

        /// <summary>Makes sure that the fields which are read here are kept.</summary>
        internal abstract void Keep(KeptFields kept);

        /// <summary>The address of a request's client as text. Allocates it.</summary>
        internal abstract string ClientAddress(HttpRequest request, ConnectionPeer peer);

        /// <summary>Whether the client of a request uses TLS.</summary>
        /// <param name="request">The request.</param>
        /// <param name="peer">The peer of its connection.</param>
        /// <param name="secure">Whether the connection is over TLS.</param>
        internal abstract bool IsSecure(HttpRequest request, ConnectionPeer peer, bool secure);
    }
}
