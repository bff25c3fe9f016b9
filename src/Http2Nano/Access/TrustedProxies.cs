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

        /// <inheritdoc/>
        public override int Ignored
        {
            get { return _ignored; }
        }

        /// <inheritdoc/>
        public override string GetHost(HttpRequest request)
        {
            lock (_reader)
            {
                int length = Reads(request) ? _reader.Chain.HostLength : 0;
                return length != 0 ? Encoding.UTF8.GetString(_reader.Chain.Host, 0, length) : null;
            }
        }

        /// <inheritdoc/>
        public override string GetPrefix(HttpRequest request)
        {
            lock (_reader)
            {
                int length = ReadPrefix(request);
                return length <= 0 ? string.Empty : Encoding.UTF8.GetString(_reader.Text, 0, length);
            }
        }

        /// <inheritdoc/>
        public override int CopyPrefix(HttpRequest request, byte[] target, int offset)
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

        internal override void Inspect(HttpRequest request)
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

        internal override int CopyHost(HttpRequest request, byte[] target, int start, int end)
        {
            lock (_reader)
            {
                int length = Reads(request) ? _reader.Chain.HostLength : 0;
                int at = end - length;
                if (at < start)
                {
                    return -1;
                }

                Array.Copy(_reader.Chain.Host, 0, target, at, length);
                return at;
            }
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
