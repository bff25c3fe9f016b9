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
        internal const int HalfBits = 6;

        // The numbers of the names (FieldName), a bit for each: 0 to 63, and from 64 on.
        internal long Low =
            1L << FieldName.AcceptCharset | 1L << FieldName.AcceptLanguage | 1L << FieldName.From | 1L << FieldName.Referer
            | 1L << FieldName.UserAgent | 1L << FieldName.Via;

        internal long High =
            1L << FieldName.UpgradeInsecureRequests | 1L << FieldName.SecChUa | 1L << FieldName.SecChUaMobile
            | 1L << FieldName.SecChUaPlatform | 1L << FieldName.SecFetchDest | 1L << FieldName.SecFetchUser;

        // The names that are not well known.
        internal byte[][] Names;

        /// <summary>Whether a field with a well-known name is unread.</summary>
        internal bool Contains(int number)
        {
            return ((int)(number >> HalfBits == 0 ? Low >> number : High >> number) & 1) != 0;
        }

        /// <summary>Whether a field with a name that is not well known is unread.</summary>
        internal bool Contains(byte[] buffer, int offset, int length)
        {
            return FieldNames.Contain(Names, buffer, offset, length);
        }
    }
}
