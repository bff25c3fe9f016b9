using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>
    /// The reverse proxies that are believed when they say who their client is. For requests that come from them,
    /// <see cref="HttpRequest.PeerAddress"/>, <see cref="HttpRequest.IsSecure"/>, the check of origins and that of host names
    /// are about the client, and any scheme is accepted. What others say of clients is ignored.
    /// </summary>
    /// <remarks>
    /// <para>Read are <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>, <c>X-Forwarded-Host</c> and, where none of them is
    /// there, <c>Forwarded</c> (RFC 7239); <c>X-Forwarded-Prefix</c>, or <c>X-Ingress-Path</c> of Home Assistant. In a list the
    /// client is the last address that is not itself that of a trusted proxy. A proxy must write these fields itself, and not
    /// pass on what its client has sent.</para>
    /// <para>Malformed values, those over 256 octets and hosts over 128 are ignored and counted. Heap: about 1.2 KB, and 32
    /// bytes for each network. Allocates nothing per request, except where an address or another text is asked for.</para>
    /// </remarks>
    public sealed class TrustedProxies : GatewayPolicy
    {
        private readonly NetworkList _networks;

        // Used by the server's thread, and by threads of the application that ask about a deferred request.
        private readonly ForwardedReader _reader;
        private int _ignored;

        /// <summary>Makes the list.</summary>
        /// <param name="networks">
        /// Addresses or networks, IPv4 or IPv6: <c>192.168.1.5</c>, <c>10.0.0.0/8</c>, <c>fd00::/8</c>.
        /// </param>
        /// <exception cref="ArgumentException">One is malformed; the message names it.</exception>
        public TrustedProxies(string[] networks)
        {
            if (networks == null)
            {
                throw new ArgumentNullException("networks");
            }

            _networks = new NetworkList(networks);
            _reader = new ForwardedReader(_networks);
        }

        /// <summary>
        /// Whether X-Forwarded-For, -Proto and -Host are ignored, because the proxies write <c>Forwarded</c> and pass those on
        /// as a client has sent them. False unless set.
        /// </summary>
        public bool OnlyForwarded { get; set; }

        /// <summary>
        /// Number of values from trusted proxies that were ignored because they are malformed. A request that comes again on
        /// its connection, octet for octet, is counted once.
        /// </summary>
        public int Ignored
        {
            get { return _ignored; }
        }

        /// <summary>The host and port that the client has asked for, as its proxy tells. Allocates the string.</summary>
        /// <param name="request">The request.</param>
        /// <returns>Null when no trusted proxy tells.</returns>
        public string GetHost(HttpRequest request)
        {
            lock (_reader)
            {
                int length = Reads(request) ? _reader.Chain.HostLength : 0;
                return length != 0 ? Encoding.UTF8.GetString(_reader.Chain.Host, 0, length) : null;
            }
        }

        /// <summary>
        /// What the client has to put before the paths of this server, for a Location or the Path of a cookie: the prefix that
        /// its proxy removes. Relative references need none. Allocates the string.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <returns>Empty, or a path without a solidus at its end.</returns>
        public string GetPrefix(HttpRequest request)
        {
            lock (_reader)
            {
                int length = ReadPrefix(request);
                return length <= 0 ? string.Empty : Encoding.UTF8.GetString(_reader.Text, 0, length);
            }
        }

        /// <summary>Like <see cref="GetPrefix"/>. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="target">Takes the prefix.</param>
        /// <param name="offset">Offset of the first octet.</param>
        /// <returns>The number of octets copied: 0 when there is no prefix, or no room for it.</returns>
        public int CopyPrefix(HttpRequest request, byte[] target, int offset)
        {
            lock (_reader)
            {
                int length = ReadPrefix(request);
                if (length <= 0 || length > target.Length - offset)
                {
                    return 0;
                }

                Array.Copy(_reader.Text, 0, target, offset, length);
                return length;
            }
        }

        /// <summary>Whether a trusted proxy has removed a prefix from the request's path.</summary>
        internal bool HasPrefix(HttpRequest request)
        {
            lock (_reader)
            {
                return ReadPrefix(request) > 0;
            }
        }

        /// <summary>Appends the prefix, if there is one, to a value that has been begun.</summary>
        internal void AppendPrefix(HttpRequest request, HeaderList fields)
        {
            lock (_reader)
            {
                int length = ReadPrefix(request);
                if (length > 0)
                {
                    fields.AppendValue(_reader.Text, 0, length);
                }
            }
        }

        internal override bool Trusts(ConnectionPeer peer)
        {
            if (peer == null)
            {
                return false;
            }

            if ((peer.Facts & ConnectionPeer.Judged) == 0)
            {
                peer.Facts |= ConnectionPeer.Judged | (IsInNetwork(peer.PeerAddress) ? ConnectionPeer.Trusted : 0);
            }

            return (peer.Facts & ConnectionPeer.Trusted) != 0;
        }

        internal override string ClientAddress(HttpRequest request, ConnectionPeer peer)
        {
            if (Trusts(peer))
            {
                lock (_reader)
                {
                    _reader.Read(request.Headers, OnlyForwarded);
                    ForwardedChain chain = _reader.Chain;
                    if (chain.ClientLength != 0)
                    {
                        return Encoding.UTF8.GetString(chain.Client, 0, chain.ClientLength);
                    }
                }
            }

            return peer.PeerAddress;
        }

        internal override bool IsSecure(HttpRequest request, ConnectionPeer peer, bool secure)
        {
            if (!Trusts(peer))
            {
                return secure;
            }

            lock (_reader)
            {
                _reader.Read(request.Headers, OnlyForwarded);
                int scheme = _reader.Chain.Scheme;
                return scheme == ForwardedChain.NoScheme ? secure : scheme == ForwardedChain.Https;
            }
        }

        internal override void Keep(KeptFields kept)
        {
            ForwardedReader.Keep(kept);
        }

        /// <summary>Counts the malformed values of a request.</summary>
        internal void Inspect(HttpRequest request)
        {
            if (Trusts(request.Peer))
            {
                lock (_reader)
                {
                    _reader.Read(request.Headers, OnlyForwarded);
                    _ignored += _reader.Chain.Malformed + (_reader.ReadPrefix(request.Headers) < 0 ? 1 : 0);
                }
            }
        }

        /// <summary>Copies the authority that the client has used: what its proxy tells, or else the request's own.</summary>
        /// <param name="request">The request.</param>
        /// <param name="free">The response's fields: the authority is copied behind them.</param>
        /// <param name="end">The offset at which the authority has to end.</param>
        /// <returns>Offset of the authority; -1 when there is none, or no room.</returns>
        internal static int CopyAuthority(HttpRequest request, HeaderList free, int end)
        {
            int at;
            TrustedProxies proxies = (TrustedProxies)request.Gateways;
            if (proxies != null)
            {
                lock (proxies._reader)
                {
                    int length = proxies.Reads(request) ? proxies._reader.Chain.HostLength : 0;
                    if (length != 0)
                    {
                        at = end - length;
                        if (at < free.End)
                        {
                            return -1;
                        }

                        Array.Copy(proxies._reader.Chain.Host, 0, free.Storage, at, length);
                        return at;
                    }
                }
            }

            int position = request.AuthorityPosition;
            at = position < 0 ? -1 : end - request.Headers.ValueLength(position);
            if (at < free.End)
            {
                return -1;
            }

            request.Headers.CopyValue(position, free.Storage, at);
            return at;
        }

        private bool Reads(HttpRequest request)
        {
            if (!Trusts(request.Peer))
            {
                return false;
            }

            _reader.Read(request.Headers, OnlyForwarded);
            return true;
        }

        private int ReadPrefix(HttpRequest request)
        {
            return Trusts(request.Peer) ? _reader.ReadPrefix(request.Headers) : 0;
        }

        // RFC 4007 11: the zone of a link-local address is not a part of it.
        private bool IsInNetwork(string address)
        {
            byte[] octets = Encoding.UTF8.GetBytes(address);
            int end = 0;
            while (end < octets.Length && octets[end] != '%')
            {
                end++;
            }

            long high;
            long low;
            return AddressText.TryParse(octets, 0, end, out high, out low) && _networks.Contains(high, low);
        }
    }
}
