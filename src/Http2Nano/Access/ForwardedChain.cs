using System;
using Http2Nano.Fields;

namespace Http2Nano.Access
{
    /// <summary>
    /// The chain of gateways that forwarding fields tell of, one element for each, the nearest to this server last. The
    /// client is the last that is no trusted gateway: what stands before it, the client may have written itself.
    /// </summary>
    internal sealed class ForwardedChain
    {
        /// <summary>No scheme is told.</summary>
        internal const int NoScheme = 0;

        /// <summary>The client uses no TLS.</summary>
        internal const int Http = 1;

        /// <summary>The client uses TLS.</summary>
        internal const int Https = 2;

        private const int LongestHost = 128;

        private readonly NetworkList _trusted;
        private readonly byte[] _unknown = Ascii.Pack("unknown");

        internal ForwardedChain(NetworkList trusted)
        {
            _trusted = trusted;
            Client = new byte[AddressText.Longest];
            Host = new byte[LongestHost];
        }

        /// <summary>The client's address as text.</summary>
        internal byte[] Client { get; private set; }

        /// <summary>Its length; 0 when it is not told.</summary>
        internal int ClientLength { get; private set; }

        /// <summary>The authority that the client used.</summary>
        internal byte[] Host { get; private set; }

        /// <summary>Its length; 0 when it is not told.</summary>
        internal int HostLength { get; private set; }

        /// <summary>One of the constants above.</summary>
        internal int Scheme { get; private set; }

        /// <summary>Number of values that were ignored because they are malformed.</summary>
        internal int Malformed { get; private set; }

        /// <summary>Number of elements from that of the client to the last; 1 when there is none.</summary>
        internal int Hops { get; private set; }

        /// <summary>Begins with a request.</summary>
        internal void Begin()
        {
            Malformed = 0;
            Begin(0);
        }

        /// <summary>
        /// Adds an element with its node (RFC 7239 6): an address, which may be in brackets and have a port; <c>unknown</c>;
        /// or a name that a gateway has made up.
        /// </summary>
        /// <param name="bytes">Holds the node; nothing when the element has none.</param>
        /// <param name="at">Its first octet.</param>
        /// <param name="end">The offset after the last.</param>
        /// <returns>Whether scheme and host of this element are the client's.</returns>
        internal bool Add(byte[] bytes, int at, int end)
        {
            if (at == end || bytes[at] == '_' || IsUnknown(bytes, at, end))
            {
                // The gateway does not say who its client is, so nothing before it counts.
                Begin(0);
                return true;
            }

            long high;
            long low;
            if (!RemovePort(bytes, ref at, ref end) || !AddressText.TryParse(bytes, at, end, out high, out low))
            {
                Break();
                return true;
            }

            if (ClientLength != 0 && _trusted.Contains(high, low))
            {
                Hops++;
                return false;
            }

            Begin(end - at);
            Array.Copy(bytes, at, Client, 0, end - at);
            return true;
        }

        /// <summary>Something malformed was ignored: what stands before it does not count.</summary>
        internal void Break()
        {
            Malformed++;
            Begin(0);
        }

        /// <summary>Takes the scheme of the client.</summary>
        internal void SetScheme(byte[] bytes, int at, int end)
        {
            int length = end - at;

            // Gateways that pass WebSockets on say ws and wss.
            bool web = length >= 4 && Octets.EqualAnyCase(bytes, at, KnownText.Octets, KnownText.Https, KnownText.HttpLength);
            bool socket = !web && length >= 2 && (bytes[at] | 0x20) == 'w' && (bytes[at + 1] | 0x20) == 's';
            int left = length - (web ? KnownText.HttpLength : 2);
            if ((!web && !socket) || left > 1 || (left == 1 && (bytes[end - 1] | 0x20) != 's'))
            {
                Malformed++;
                return;
            }

            Scheme = left == 1 ? Https : Http;
        }

        /// <summary>Takes the authority that the client used.</summary>
        internal void SetHost(byte[] bytes, int at, int end)
        {
            int length = end - at;
            if (length > LongestHost || !AuthoritySyntax.IsWhole(AuthoritySyntax.Check(AuthoritySyntax.Empty, bytes, at, length)))
            {
                Malformed++;
                return;
            }

            HostLength = length;
            Array.Copy(bytes, at, Host, 0, length);
        }

        /// <summary>A value was ignored because it is malformed.</summary>
        internal void CountMalformed()
        {
            Malformed++;
        }

        // The element is that of the client.
        private void Begin(int length)
        {
            ClientLength = length;
            HostLength = 0;
            Scheme = NoScheme;
            Hops = 1;
        }

        // Leaves the address alone, without brackets and port. False when what is around it is malformed.
        private static bool RemovePort(byte[] bytes, ref int at, ref int end)
        {
            bool bracket = bytes[at] == '[';
            int close = Find(bytes, bracket ? ']' : ':', at, end);
            int port = close;
            if (bracket)
            {
                at++;
                port++;
                if (close == end || Find(bytes, ':', at, close) == close)
                {
                    return false;
                }
            }
            else if (close != end && Find(bytes, ':', close + 1, end) != end)
            {
                // An IPv6 address without brackets has several colons, and no port.
                return true;
            }

            bool good = port == end || IsPort(bytes, port, end);
            end = close;
            return good;
        }

        // The offset of an octet; that of the end when it does not come.
        private static int Find(byte[] bytes, int octet, int at, int end)
        {
            while (at < end && bytes[at] != octet)
            {
                at++;
            }

            return at;
        }

        // RFC 7239 6: ":" and digits, or a name that begins with "_".
        private static bool IsPort(byte[] bytes, int at, int end)
        {
            if (bytes[at++] != ':' || at == end)
            {
                return false;
            }

            bool digits = bytes[at] != '_';
            if (digits && end - at > 5)
            {
                return false;
            }

            for (; at < end; at++)
            {
                int octet = bytes[at];
                bool digit = octet >= '0' && octet <= '9';
                if (!digit && (digits || octet == ':'))
                {
                    return false;
                }
            }

            return true;
        }

        private bool IsUnknown(byte[] bytes, int at, int end)
        {
            int length = _unknown.Length;
            return end - at >= length
                && Octets.EqualAnyCase(bytes, at, _unknown, 0, length)
                && (end - at == length || IsPort(bytes, at + length, end));
        }
    }
}
