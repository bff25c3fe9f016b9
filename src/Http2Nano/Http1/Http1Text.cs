namespace Http2Nano.Http1
{
    /// <summary>The text that only HTTP/1.1 writes, and seldom; <see cref="Fields.KnownText"/> has the rest.</summary>
    internal static class Http1Text
    {
        // transfer-encoding: chunked CR LF
        internal const int TransferEncodingChunked = 0;
        internal const int TransferEncodingChunkedLength = 28;

        // connection: close CR LF
        internal const int ConnectionClose = TransferEncodingChunked + TransferEncodingChunkedLength;
        internal const int ConnectionCloseLength = 19;

        // connection: keep-alive CR LF
        internal const int ConnectionKeepAlive = ConnectionClose + ConnectionCloseLength;
        internal const int ConnectionKeepAliveLength = 24;

        // A complete 100 Continue response.
        internal const int Continue = ConnectionKeepAlive + ConnectionKeepAliveLength;
        internal const int ContinueLength = 25;

        // The status line of 103 Early Hints.
        internal const int EarlyHints = Continue + ContinueLength;
        internal const int EarlyHintsLength = 26;

        // A complete 101 Switching Protocols response.
        internal const int SwitchingProtocols = EarlyHints + EarlyHintsLength;
        internal const int SwitchingProtocolsLength = 71;

        // A complete 400 Bad Request response, for plain HTTP on the TLS port.
        internal const int BadRequest = SwitchingProtocols + SwitchingProtocolsLength;
        internal const int BadRequestLength = 66;

        /// <summary>All of this text. The parts that are used often come first, because they are found fastest.</summary>
        internal static readonly string Text =
            "transfer-encoding: chunked\r\n"
            + "connection: close\r\n"
            + "connection: keep-alive\r\n"
            + "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\n"
            + "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
            + "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    }
}
