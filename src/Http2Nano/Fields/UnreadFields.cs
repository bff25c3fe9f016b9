using System;

namespace Http2Nano.Fields
{
    /// <summary>
    /// Request fields that neither the server nor the application reads. They are the first to be read over when a request has
    /// more fields than an exchange has room for. When the HPACK decoder has less memory than the dynamic table that clients
    /// may use, the table keeps these fields without their values.
    /// </summary>
    /// <remarks>
    /// <para>Initially these are the fields in which browsers and tools describe themselves and their users:
    /// <c>accept-charset</c>, <c>accept-language</c>, <c>from</c>, <c>referer</c>, <c>sec-ch-ua</c>,
    /// <c>sec-ch-ua-mobile</c>, <c>sec-ch-ua-platform</c>, <c>sec-fetch-dest</c>, <c>sec-fetch-user</c>,
    /// <c>upgrade-insecure-requests</c>, <c>user-agent</c> and <c>via</c>.</para>
    /// <para>With less memory than table, the header list of a request over HTTP/2 always has such a field with an empty value,
    /// so what a handler sees does not depend on earlier requests. The size of the value still counts, and forbidden octets in
    /// it still make the request malformed. HTTP/1.1 has no table, so there the fields keep their values.</para>
    /// <para>Heap on the device: 48 bytes; each name that is not well known takes its octets and 16 bytes more.</para>
    /// </remarks>
    public sealed class UnreadFields
    {
        private const int HalfBits = 6;

        // The pseudo-header fields of the static table (RFC 7541 appendix A).
        private const int LastPseudo = 14;

        // The numbers of the names (FieldName), a bit for each: 0 to 63, and from 64 on.
        private long _low =
            1L << FieldName.AcceptCharset | 1L << FieldName.AcceptLanguage | 1L << FieldName.From | 1L << FieldName.Referer
            | 1L << FieldName.UserAgent | 1L << FieldName.Via;

        private long _high =
            1L << FieldName.UpgradeInsecureRequests | 1L << FieldName.SecChUa | 1L << FieldName.SecChUaMobile
            | 1L << FieldName.SecChUaPlatform | 1L << FieldName.SecFetchDest | 1L << FieldName.SecFetchUser;

        // The names that are not well known.
        private byte[][] _names;

        /// <summary>Declares that nobody reads a field. To be called before the server is made.</summary>
        /// <param name="name">The field's name, in any case.</param>
        /// <exception cref="ArgumentException">
        /// The name is not a token, the server needs the field, or there are too many names.
        /// </exception>
        public void Add(string name)
        {
            byte[] octets = FieldNames.Lower(name);
            int number = FieldName.IndexOf(octets);
            if (number != FieldName.None)
            {
                if (IsNeeded(number))
                {
                    throw new ArgumentException("The server itself reads " + name + ": it cannot be unread.");
                }

                Set(number, true);
                return;
            }

            _names = FieldNames.With(_names, octets);
        }

        /// <summary>Declares that the application reads a field. To be called before the server is made.</summary>
        /// <param name="name">The field's name, in any case.</param>
        /// <exception cref="ArgumentException">The name is not a token.</exception>
        public void Remove(string name)
        {
            byte[] octets = FieldNames.Lower(name);
            int number = FieldName.IndexOf(octets);
            if (number != FieldName.None)
            {
                Set(number, false);
                return;
            }

            if (!Contains(octets, 0, octets.Length))
            {
                return;
            }

            byte[][] names = new byte[_names.Length - 1][];
            int kept = 0;
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i].Length != octets.Length || !Octets.Equal(_names[i], 0, octets, 0, octets.Length))
                {
                    names[kept++] = _names[i];
                }
            }

            _names = names;
        }

        /// <summary>Whether a field with a well-known name is unread.</summary>
        internal bool Contains(int number)
        {
            return ((int)(number >> HalfBits == 0 ? _low >> number : _high >> number) & 1) != 0;
        }

        /// <summary>Whether a field with a name that is not well known is unread.</summary>
        internal bool Contains(byte[] buffer, int offset, int length)
        {
            return FieldNames.Contain(_names, buffer, offset, length);
        }

        // The pseudo-header fields (RFC 9113 8.3), and the fields that decide how the message is read.
        private static bool IsNeeded(int number)
        {
            switch (number)
            {
                case FieldName.ContentLength:
                case FieldName.Expect:
                case FieldName.Host:
                case FieldName.TransferEncoding:
                case FieldName.Connection:
                case FieldName.KeepAlive:
                case FieldName.ProxyConnection:
                case FieldName.TE:
                case FieldName.Upgrade:
                case FieldName.Protocol:
                    return true;

                default:
                    return number <= LastPseudo;
            }
        }

        private void Set(int number, bool unread)
        {
            long bit = 1L << (number & ((1 << HalfBits) - 1));
            if (number >> HalfBits == 0)
            {
                _low = unread ? _low | bit : _low & ~bit;
            }
            else
            {
                _high = unread ? _high | bit : _high & ~bit;
            }
        }
    }
}
