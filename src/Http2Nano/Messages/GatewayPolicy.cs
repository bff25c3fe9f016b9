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

        /// <summary>
        /// Number of values from trusted gateways that were ignored because they are malformed. A request that comes again on
        /// its connection, octet for octet, is counted once.
        /// </summary>
        public abstract int Ignored { get; }

        /// <summary>The host and port that the client has asked for, as its gateway tells. Allocates the string.</summary>
        /// <param name="request">The request.</param>
        /// <returns>Null when no trusted gateway tells.</returns>
        public abstract string GetHost(HttpRequest request);

        /// <summary>
        /// What the client has to put before the paths of this server, for a Location or the Path of a cookie: the prefix that
        /// its gateway removes. Relative references need none. Allocates the string.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <returns>Empty, or a path without a solidus at its end.</returns>
        public abstract string GetPrefix(HttpRequest request);

        /// <summary>Like <see cref="GetPrefix"/>. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="target">Takes the prefix.</param>
        /// <param name="offset">Offset of the first octet.</param>
        /// <returns>The number of octets copied: 0 when there is no prefix, or no room for it.</returns>
        public abstract int CopyPrefix(HttpRequest request, byte[] target, int offset);

        /// <summary>Counts the malformed values of a request.</summary>
        internal abstract void Inspect(HttpRequest request);

        /// <summary>Copies the host that the client has asked for, as its gateway tells.</summary>
        /// <param name="request">The request.</param>
        /// <param name="target">Takes the host.</param>
        /// <param name="start">The offset at which it may begin.</param>
        /// <param name="end">The offset at which it has to end.</param>
        /// <returns>Its offset; -1 when there is no room for it, and <paramref name="end"/> when no trusted gateway tells.</returns>
        internal abstract int CopyHost(HttpRequest request, byte[] target, int start, int end);

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
