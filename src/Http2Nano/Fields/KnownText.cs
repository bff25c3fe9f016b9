namespace Http2Nano.Fields
{
    /// <summary>The octets that requests are compared with, and those that most responses contain.</summary>
    /// <remarks>
    /// All rooms share one array, because each array costs a header and a field on the device's heap: 0.4 KB. Longer text
    /// that is only written is in strings, see <see cref="Fields.FlashText"/>. Each part begins where the one before it
    /// ends. Built before Main from nothing outside this class.
    /// </remarks>
    internal static class KnownText
    {
        // HTTP/1.1 200 OK CR LF; every other status line has the same first nine octets.
        internal const int Ok = 0;
        internal const int OkLength = 17;
        internal const int VersionAndSpaceLength = 9;

        // HTTP/1.1 CR LF
        internal const int Version11 = Ok + OkLength;
        internal const int Version11Length = 10;

        // content-length: SP
        internal const int ContentLength = Version11 + Version11Length;
        internal const int ContentLengthLength = 16;

        // The last chunk and an empty trailer section (RFC 9112 7.1).
        internal const int LastChunk = ContentLength + ContentLengthLength;
        internal const int LastChunkLength = 5;

        // Connection options, codings, expectations and the HTTP2-Settings field.
        internal const int Close = LastChunk + LastChunkLength;
        internal const int CloseLength = 5;
        internal const int KeepAlive = Close + CloseLength;
        internal const int KeepAliveLength = 10;
        internal const int Upgrade = KeepAlive + KeepAliveLength;
        internal const int UpgradeLength = 7;
        internal const int H2c = Upgrade + UpgradeLength;
        internal const int H2cLength = 3;
        internal const int Chunked = H2c + H2cLength;
        internal const int ChunkedLength = 7;
        internal const int Expect100 = Chunked + ChunkedLength;
        internal const int Expect100Length = 12;
        internal const int Http2Settings = Expect100 + Expect100Length;
        internal const int Http2SettingsLength = 14;

        // "https://" and an asterisk.
        internal const int Https = Http2Settings + Http2SettingsLength;
        internal const int HttpLength = 4;
        internal const int HttpsLength = 5;
        internal const int SchemeEnd = Https + HttpsLength;
        internal const int SchemeEndLength = 3;
        internal const int HttpsAndSchemeEndLength = HttpsLength + SchemeEndLength;
        internal const int Solidus = SchemeEnd + 1;
        internal const int Asterisk = SchemeEnd + SchemeEndLength;

        // The client's connection preface (RFC 9113 3.4).
        internal const int Preface = Asterisk + 1;
        internal const int PrefaceLength = 24;

        internal const int Trailers = Preface + PrefaceLength;
        internal const int TrailersLength = 8;

        // The names of all methods, in the order of their numbers.
        internal const int Methods = Trailers + TrailersLength;
        internal const int GetLength = 3;
        internal const int MethodsLength = 44;

        // Media types.
        internal const int EventStream = Methods + MethodsLength;
        internal const int EventStreamLength = 17;
        internal const int Form = EventStream + EventStreamLength;
        internal const int FormLength = 33;

        // A whole content-type field as HeaderList packs it, whose high octet of the length is written later: it is 0, and the
        // runtime ends a string there. Its size is that of RFC 9113 6.5.2, with the name.
        internal const int JsonField = Form + FormLength;
        internal const int JsonFieldLength = HeaderList.Prefix + JsonLength;
        internal const int JsonFieldSize = HeaderList.FieldOverhead + 12 + JsonLength;
        internal const int Json = JsonField + HeaderList.Prefix;
        internal const int JsonLength = 16;

        internal const int Html = Json + JsonLength;
        internal const int HtmlLength = 9;

        // Field values.
        internal const int NoCache = Html + HtmlLength;
        internal const int NoCacheLength = 8;
        internal const int NoStore = NoCache + NoCacheLength;
        internal const int NoStoreLength = 8;
        internal const int NoLength = 2;
        internal const int Gzip = NoStore + NoStoreLength;
        internal const int GzipLength = 4;
        internal const int BytesUnit = Gzip + GzipLength;
        internal const int BytesUnitLength = 5;
        internal const int BytesEqualsLength = 6;
        internal const int Navigate = BytesUnit + BytesEqualsLength;
        internal const int NavigateLength = 8;
        internal const int SameOrigin = Navigate + NavigateLength;
        internal const int SameOriginLength = 11;
        internal const int None = SameOrigin + SameOriginLength;
        internal const int NoneLength = 4;

        // The protocol name of RFC 6455, in Upgrade and in :protocol.
        internal const int WebSocket = None + NoneLength;
        internal const int WebSocketLength = 9;

        /// <summary>The octets.</summary>
        internal static readonly byte[] Octets = Build();

        private static byte[] Build()
        {
            byte[] octets = Ascii.Pack(
                "HTTP/1.1 200 OK\r\n"
                + "HTTP/1.1\r\n"
                + "content-length: "
                + "0\r\n\r\n"
                + "close"
                + "keep-alive"
                + "upgrade"
                + "h2c"
                + "chunked"
                + "100-continue"
                + "http2-settings"
                + "https://*"
                + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                + "trailers"
                + "GETHEADPOSTPUTDELETECONNECTOPTIONSTRACEPATCH"
                + "text/event-stream"
                + "application/x-www-form-urlencoded"
                + "\u001f\u0001\u0001\u0014application/json"
                + "text/html"
                + "no-cache"
                + "no-store"
                + "gzip"
                + "bytes="
                + "navigate"
                + "same-origin"
                + "none"
                + "websocket");
            octets[JsonField + 2] = 0;
            return octets;
        }
    }
}
