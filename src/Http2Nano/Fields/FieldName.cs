namespace Http2Nano.Fields
{
    /// <summary>Numbers of well-known field names, so that a name is stored, compared and sent as one octet.</summary>
    /// <remarks>
    /// 1 to 61 are positions in the static table (RFC 7541 appendix A), the first one for a name that stands there more
    /// than once. The numbers from 62 on belong to this library: HPACK sends those names as text. Constants take no heap.
    /// </remarks>
    public static class FieldName
    {
        /// <summary>Not a well-known name: the list stores its text.</summary>
        public const int None = 0;

        /// <summary><c>:authority</c> (RFC 9113 8.3.1).</summary>
        public const int Authority = 1;

        /// <summary><c>:method</c> (RFC 9113 8.3.1).</summary>
        public const int Method = 2;

        /// <summary><c>:path</c> (RFC 9113 8.3.1).</summary>
        public const int Path = 4;

        /// <summary><c>:scheme</c> (RFC 9113 8.3.1).</summary>
        public const int Scheme = 6;

        /// <summary><c>:status</c> (RFC 9113 8.3.2).</summary>
        public const int Status = 8;

        /// <summary><c>accept-charset</c>.</summary>
        public const int AcceptCharset = 15;

        /// <summary><c>accept-encoding</c>.</summary>
        public const int AcceptEncoding = 16;

        /// <summary><c>accept-language</c>.</summary>
        public const int AcceptLanguage = 17;

        /// <summary><c>accept-ranges</c>.</summary>
        public const int AcceptRanges = 18;

        /// <summary><c>accept</c>.</summary>
        public const int Accept = 19;

        /// <summary><c>access-control-allow-origin</c>.</summary>
        public const int AccessControlAllowOrigin = 20;

        /// <summary><c>age</c>.</summary>
        public const int Age = 21;

        /// <summary><c>allow</c>.</summary>
        public const int Allow = 22;

        /// <summary><c>authorization</c>. Sent as never indexed (RFC 7541 7.1.3).</summary>
        public const int Authorization = 23;

        /// <summary><c>cache-control</c>.</summary>
        public const int CacheControl = 24;

        /// <summary><c>content-disposition</c>.</summary>
        public const int ContentDisposition = 25;

        /// <summary><c>content-encoding</c>.</summary>
        public const int ContentEncoding = 26;

        /// <summary><c>content-language</c>.</summary>
        public const int ContentLanguage = 27;

        /// <summary><c>content-length</c>.</summary>
        public const int ContentLength = 28;

        /// <summary><c>content-location</c>.</summary>
        public const int ContentLocation = 29;

        /// <summary><c>content-range</c>.</summary>
        public const int ContentRange = 30;

        /// <summary><c>content-type</c>.</summary>
        public const int ContentType = 31;

        /// <summary><c>cookie</c>.</summary>
        public const int Cookie = 32;

        /// <summary><c>date</c>.</summary>
        public const int Date = 33;

        /// <summary><c>etag</c>.</summary>
        public const int ETag = 34;

        /// <summary><c>expect</c>.</summary>
        public const int Expect = 35;

        /// <summary><c>expires</c>.</summary>
        public const int Expires = 36;

        /// <summary><c>from</c>.</summary>
        public const int From = 37;

        /// <summary><c>host</c>.</summary>
        public const int Host = 38;

        /// <summary><c>if-match</c>.</summary>
        public const int IfMatch = 39;

        /// <summary><c>if-modified-since</c>.</summary>
        public const int IfModifiedSince = 40;

        /// <summary><c>if-none-match</c>.</summary>
        public const int IfNoneMatch = 41;

        /// <summary><c>if-range</c>.</summary>
        public const int IfRange = 42;

        /// <summary><c>if-unmodified-since</c>.</summary>
        public const int IfUnmodifiedSince = 43;

        /// <summary><c>last-modified</c>.</summary>
        public const int LastModified = 44;

        /// <summary><c>link</c>.</summary>
        public const int Link = 45;

        /// <summary><c>location</c>.</summary>
        public const int Location = 46;

        /// <summary><c>max-forwards</c>.</summary>
        public const int MaxForwards = 47;

        /// <summary><c>proxy-authenticate</c>.</summary>
        public const int ProxyAuthenticate = 48;

        /// <summary><c>proxy-authorization</c>. Sent as never indexed (RFC 7541 7.1.3).</summary>
        public const int ProxyAuthorization = 49;

        /// <summary><c>range</c>.</summary>
        public const int Range = 50;

        /// <summary><c>referer</c>.</summary>
        public const int Referer = 51;

        /// <summary><c>refresh</c>.</summary>
        public const int Refresh = 52;

        /// <summary><c>retry-after</c>.</summary>
        public const int RetryAfter = 53;

        /// <summary><c>server</c>.</summary>
        public const int Server = 54;

        /// <summary><c>set-cookie</c>. Sent as never indexed (RFC 7541 7.1.3).</summary>
        public const int SetCookie = 55;

        /// <summary><c>strict-transport-security</c>.</summary>
        public const int StrictTransportSecurity = 56;

        /// <summary><c>transfer-encoding</c>, forbidden in HTTP/2 (RFC 9113 8.2.2).</summary>
        public const int TransferEncoding = 57;

        /// <summary><c>user-agent</c>.</summary>
        public const int UserAgent = 58;

        /// <summary><c>vary</c>.</summary>
        public const int Vary = 59;

        /// <summary><c>via</c>.</summary>
        public const int Via = 60;

        /// <summary><c>www-authenticate</c>.</summary>
        public const int WwwAuthenticate = 61;

        /// <summary><c>:protocol</c> (RFC 8441 4).</summary>
        public const int Protocol = 62;

        /// <summary><c>connection</c>, forbidden in HTTP/2 (RFC 9113 8.2.2).</summary>
        public const int Connection = 63;

        /// <summary><c>keep-alive</c>, forbidden in HTTP/2 (RFC 9113 8.2.2).</summary>
        public const int KeepAlive = 64;

        /// <summary><c>proxy-connection</c>, forbidden in HTTP/2 (RFC 9113 8.2.2).</summary>
        public const int ProxyConnection = 65;

        /// <summary><c>te</c>, in HTTP/2 only with the value <c>trailers</c> (RFC 9113 8.2.2).</summary>
        public const int TE = 66;

        /// <summary><c>upgrade</c>, forbidden in HTTP/2 (RFC 9113 8.2.2).</summary>
        public const int Upgrade = 67;

        /// <summary><c>origin</c> (RFC 6454 7).</summary>
        public const int Origin = 68;

        /// <summary><c>last-event-id</c> of a resumed event stream.</summary>
        public const int LastEventId = 69;

        /// <summary><c>priority</c> (RFC 9218 5).</summary>
        public const int Priority = 70;

        /// <summary><c>upgrade-insecure-requests</c>.</summary>
        public const int UpgradeInsecureRequests = 71;

        /// <summary><c>sec-ch-ua</c>.</summary>
        public const int SecChUa = 72;

        /// <summary><c>sec-ch-ua-mobile</c>.</summary>
        public const int SecChUaMobile = 73;

        /// <summary><c>sec-ch-ua-platform</c>.</summary>
        public const int SecChUaPlatform = 74;

        /// <summary><c>sec-fetch-dest</c>.</summary>
        public const int SecFetchDest = 75;

        /// <summary><c>sec-fetch-mode</c>.</summary>
        public const int SecFetchMode = 76;

        /// <summary><c>sec-fetch-site</c>.</summary>
        public const int SecFetchSite = 77;

        /// <summary><c>sec-fetch-user</c>.</summary>
        public const int SecFetchUser = 78;

        /// <summary><c>content-security-policy</c>.</summary>
        public const int ContentSecurityPolicy = 79;

        /// <summary><c>referrer-policy</c>.</summary>
        public const int ReferrerPolicy = 80;

        /// <summary><c>x-content-type-options</c>.</summary>
        public const int XContentTypeOptions = 81;

        /// <summary><c>x-frame-options</c>.</summary>
        public const int XFrameOptions = 82;

        /// <summary>Looks up the number of a name.</summary>
        /// <param name="name">The name, in lower case.</param>
        /// <returns>The number, or <see cref="None"/> when the name is not well known.</returns>
        public static int IndexOf(byte[] name)
        {
            return WellKnownFields.IndexOf(name, 0, name.Length);
        }
    }
}
