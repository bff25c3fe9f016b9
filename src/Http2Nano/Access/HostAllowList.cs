using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Access
{
    /// <summary>
    /// The host names that this server answers to. A request for any other gets 421, so that a page whose name was made to
    /// resolve to this device (DNS rebinding) can neither read nor change anything.
    /// </summary>
    /// <remarks>IP addresses (RFC 3986 3.2.2) are allowed unless told otherwise: DNS cannot rebind them.</remarks>
    public sealed class HostAllowList : RequestGuard
    {
        private readonly byte[][] _names;

        /// <summary>Makes a list.</summary>
        /// <param name="names">
        /// Names without ports and without a dot at the end, in lower case, such as <c>device.local</c>. They stand for the
        /// same names with the dot, too.
        /// </param>
        /// <exception cref="ArgumentException">One of them could never match; the message names it.</exception>
        public HostAllowList(string[] names)
        {
            _names = new byte[names.Length][];
            for (int i = 0; i < names.Length; i++)
            {
                _names[i] = Encoding.UTF8.GetBytes(names[i]);
                if (!IsName(_names[i]))
                {
                    throw new ArgumentException("'" + names[i] + "' is no host name as the list compares it: write it in small letters, "
                        + "without a port and without a dot at its end, such as device.local.");
                }
            }

            AllowAddresses = true;
        }

        /// <summary>Whether the host may be an IP address. True unless set.</summary>
        public bool AllowAddresses { get; set; }

        /// <inheritdoc/>
        public override bool Admit(HttpRequest request, HttpResponse response)
        {
            HeaderList free = response.Headers;
            int at = OriginCheck.CopyAuthority(request, free, free.Limit);
            if (at >= 0 && IsAllowed(free.Storage, at, free.Limit))
            {
                return true;
            }

            // RFC 9110 15.5.20: Misdirected Request.
            Problem.Write(response, 421);
            return false;
        }

        private bool IsAllowed(byte[] bytes, int at, int end)
        {
            if (at < end && bytes[at] == '[')
            {
                return AllowAddresses;
            }

            int colon = at;
            bool address = at < end && bytes[at] >= '0' && bytes[at] <= '9';
            while (colon < end && bytes[colon] != ':')
            {
                int octet = bytes[colon++];
                address &= octet == '.' || (octet >= '0' && octet <= '9');
            }

            int length = colon - at;
            if (address && length > 0)
            {
                return AllowAddresses;
            }

            // RFC 3986 3.2.2: the dot at the end of a whole domain name may be written.
            if (length > 1 && bytes[colon - 1] == '.')
            {
                length--;
            }

            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i].Length == length && Matches(bytes, at, _names[i]))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsName(byte[] name)
        {
            for (int i = 0; i < name.Length; i++)
            {
                int octet = name[i];
                if (octet <= ' ' || octet == '/' || octet == ':' || (octet >= 'A' && octet <= 'Z'))
                {
                    return false;
                }
            }

            return name.Length != 0 && name[name.Length - 1] != '.';
        }

        private static bool Matches(byte[] bytes, int at, byte[] name)
        {
            for (int i = 0; i < name.Length; i++)
            {
                if (OriginCheck.Lower(bytes[at + i]) != name[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
