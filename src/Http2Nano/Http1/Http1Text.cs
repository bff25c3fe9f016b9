namespace Http2Nano.Http1
{
    /// <summary>The octets that HTTP/1.1 itself writes and looks for, packed into one array.</summary>
    /// <remarks>One array, because each costs a header on the heap: 288 bytes there. Built before Main from nothing else.</remarks>
    internal static class Http1Text
    {
        // HTTP/1.1 200 OK CR LF; its first nine octets begin every other status line.
        internal const int Ok = 0;
        internal const int OkLength = 17;
        internal const int VersionAndSpaceLength = 9;

        // HTTP/1.1 CR LF
        internal const int Version11 = 17;
        internal const int Version11Length = 10;

        // content-length: SP
        internal const int ContentLength = 27;
        internal const int ContentLengthLength = 16;

        // transfer-encoding: chunked CR LF
        internal const int TransferEncodingChunked = 43;
        internal const int TransferEncodingChunkedLength = 28;
        internal const int Chunked = 62;
        internal const int ChunkedLength = 7;

        // connection: close CR LF
        internal const int ConnectionClose = 71;
        internal const int ConnectionCloseLength = 19;
        internal const int Close = 83;
        internal const int CloseLength = 5;

        // connection: keep-alive CR LF
        internal const int ConnectionKeepAlive = 90;
        internal const int ConnectionKeepAliveLength = 24;
        internal const int KeepAlive = 102;
        internal const int KeepAliveLength = 10;

        // The whole of 100 Continue.
        internal const int Continue = 114;
        internal const int ContinueLength = 25;

        // The status line of 103 Early Hints.
        internal const int EarlyHints = 139;
        internal const int EarlyHintsLength = 26;

        // The whole of 101 Switching Protocols.
        internal const int SwitchingProtocols = 165;
        internal const int SwitchingProtocolsLength = 71;
        internal const int Upgrade = 211;
        internal const int UpgradeLength = 7;
        internal const int H2c = 229;
        internal const int H2cLength = 3;

        // The last chunk and an empty trailer section.
        internal const int LastChunk = 236;
        internal const int LastChunkLength = 5;

        internal const int Expect100 = 241;
        internal const int Expect100Length = 12;

        internal const int Http2Settings = 253;
        internal const int Http2SettingsLength = 14;

        // https:// and an asterisk
        internal const int Https = 267;
        internal const int HttpLength = 4;
        internal const int HttpsLength = 5;
        internal const int SchemeEnd = 272;
        internal const int SchemeEndLength = 3;
        internal const int Solidus = 273;
        internal const int Asterisk = 275;

        /// <summary>The packed octets.</summary>
        internal static readonly byte[] Bytes = Ascii.Pack(
            "HTTP/1.1 200 OK\r\n"
            + "HTTP/1.1\r\n"
            + "content-length: "
            + "transfer-encoding: chunked\r\n"
            + "connection: close\r\n"
            + "connection: keep-alive\r\n"
            + "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\n"
            + "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
            + "0\r\n\r\n"
            + "100-continue"
            + "http2-settings"
            + "https://*");
    }
}
