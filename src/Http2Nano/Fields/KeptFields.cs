namespace Http2Nano.Fields
{
    /// <summary>
    /// Request fields that are kept, or the request is answered with 431. When a request has more fields than an exchange
    /// has room for, those of <see cref="UnreadFields"/> are read over: they are checked and count, and handlers do not see
    /// them. If that is not enough, all are read over but those that are kept.
    /// </summary>
    /// <remarks>
    /// <para>The server keeps what it reads itself: the pseudo-header fields, what frames and routes a message, what
    /// conditional requests, ranges, access control, WebSockets and event streams need. An application adds what it cannot do
    /// without.</para>
    /// <para>Once it has named a cookie, <c>cookie</c> fields contain the named ones only, in every request: those of other
    /// services under the same host name take no room. Until then, <c>cookie</c> is a field like any other.</para>
    /// <para>Heap on the device: 48 bytes; each name takes its octets and 16 bytes more.</para>
    /// </remarks>
    public sealed class KeptFields
    {
        /// <summary>The longest name, in octets.</summary>
        internal const int LongestName = 64;

        private const int HalfBits = 6;

        // The pseudo-header fields of the static table (RFC 7541 appendix A).
        internal const int LastPseudo = 14;

        // What the server reads, a bit for each number of a name: 0 to 63, and from 64 on.
        private const long Low =
            1L << FieldName.Accept | 1L << FieldName.AcceptEncoding | 1L << FieldName.Authorization
            | 1L << FieldName.ContentEncoding | 1L << FieldName.ContentLength | 1L << FieldName.ContentRange
            | 1L << FieldName.ContentType | 1L << FieldName.Expect | 1L << FieldName.Host | 1L << FieldName.IfMatch
            | 1L << FieldName.IfModifiedSince | 1L << FieldName.IfNoneMatch | 1L << FieldName.IfRange
            | 1L << FieldName.IfUnmodifiedSince | 1L << FieldName.ProxyAuthorization | 1L << FieldName.Range
            | 1L << FieldName.TransferEncoding | 1L << FieldName.Protocol | 1L << FieldName.Connection;

        private const int High =
            1 << (FieldName.KeepAlive - 64) | 1 << (FieldName.ProxyConnection - 64) | 1 << (FieldName.TE - 64)
            | 1 << (FieldName.Upgrade - 64) | 1 << (FieldName.Origin - 64) | 1 << (FieldName.LastEventId - 64)
            | 1 << (FieldName.Priority - 64) | 1 << (FieldName.SecFetchMode - 64) | 1 << (FieldName.SecFetchSite - 64);

        internal readonly UnreadFields Unread;

        // A well-known name is 0 and its number.
        internal byte[][] Names;
        internal byte[][] Cookies;

        /// <summary>Makes the list of what the server itself needs.</summary>
        /// <param name="unread">The fields that nobody reads.</param>
        public KeptFields(UnreadFields unread)
        {
            Unread = unread;
        }

        /// <summary>Whether cookies are kept by their names.</summary>
        internal bool HasCookies
        {
            get { return Cookies != null; }
        }

        /// <summary>Whether a cookie has been declared.</summary>
        internal bool IsCookie(byte[] bytes, int at, int length)
        {
            return FieldNames.Contain(Cookies, bytes, at, length);
        }

        /// <summary>Whether a field may be read over.</summary>
        /// <param name="packed">Holds the field, as a <see cref="HeaderList"/> does.</param>
        /// <param name="at">Its offset.</param>
        /// <param name="faults">Those of its list: what has been read over so far.</param>
        internal bool MayGo(byte[] packed, int at, int faults)
        {
            int name = packed[at];
            if (name == FieldName.None)
            {
                at += HeaderList.Prefix;
                return MayGo(packed, at + 2, packed[at] << 8 | packed[at + 1], faults);
            }

            if (name >= HeaderList.StaticField)
            {
                name = WellKnownFields.FirstOfName(name - HeaderList.StaticField);
            }
            else if (name == FieldName.Cookie && Cookies != null && packed[at + 2] == 0 && packed[at + 3] == HeaderList.Prefix)
            {
                // None of the cookies in it was declared.
                return true;
            }

            return MayGo(name, faults);
        }

        /// <summary>Whether a field with a well-known name may be read over.</summary>
        internal bool MayGo(int name, int faults)
        {
            if (name <= LastPseudo
                || (name >> HalfBits == 0 ? (Low >> name & 1) != 0 : (High >> (name - 64) & 1) != 0)
                || (name == FieldName.Cookie && Cookies != null))
            {
                return false;
            }

            if ((faults & HeaderList.OverAll) == 0 && !Unread.Contains(name))
            {
                return false;
            }

            for (int i = Names == null ? 0 : Names.Length; --i >= 0;)
            {
                if (Names[i][0] == 0 && Names[i][1] == name)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a field with a name that is not well known may be read over.</summary>
        internal bool MayGo(byte[] bytes, int at, int length, int faults)
        {
            // A pseudo-header field that is unknown is malformed (RFC 9113 8.3), and must be seen.
            if (length == 0 || bytes[at] == ':' || IsServers(bytes, at, length)
                || ((faults & HeaderList.OverAll) == 0 && !Unread.Contains(bytes, at, length)))
            {
                return false;
            }

            return !FieldNames.Contain(Names, bytes, at, length);
        }

        // sec-websocket-..., access-control-request-... . It does no harm that a few others are taken for these.
        private static bool IsServers(byte[] bytes, int at, int length)
        {
            return length > 4 + KnownText.WebSocketLength
                && (Octets.Equal(bytes, at + 4, KnownText.Octets, KnownText.WebSocket, KnownText.WebSocketLength)
                    || (length > 22 && bytes[at + 6] == '-' && bytes[at + 14] == '-' && bytes[at + 22] == '-'));
        }
    }
}
