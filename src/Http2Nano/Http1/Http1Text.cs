namespace Http2Nano.Http1
{
    /// <summary>What HTTP/1.1 itself writes now and then; see <see cref="Fields.KnownText"/> for the rest.</summary>
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

        // The whole of 100 Continue.
        internal const int Continue = ConnectionKeepAlive + ConnectionKeepAliveLength;
        internal const int ContinueLength = 25;

        // The status line of 103 Early Hints.
        internal const int EarlyHints = Continue + ContinueLength;
        internal const int EarlyHintsLength = 26;

        // The whole of 101 Switching Protocols.
        internal const int SwitchingProtocols = EarlyHints + EarlyHintsLength;
        internal const int SwitchingProtocolsLength = 71;

        // The whole of 400 Bad Request, for plain HTTP where TLS is expected.
        internal const int BadRequest = SwitchingProtocols + SwitchingProtocolsLength;
        internal const int BadRequestLength = 66;

        /// <summary>All of it; what comes often stands first, where it is found soonest.</summary>
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
