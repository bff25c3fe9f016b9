namespace Http2Nano.WebSockets
{
    /// <summary>
    /// The reasons for closing a WebSocket (RFC 6455 7.4.1). An application may use 3000 to 4999 for its own.
    /// </summary>
    public static class CloseCode
    {
        /// <summary>The purpose of the socket is fulfilled.</summary>
        public const int Normal = 1000;

        /// <summary>The server stops, or the browser leaves the page.</summary>
        public const int GoingAway = 1001;

        /// <summary>A frame, or the order of frames, violates the protocol.</summary>
        public const int ProtocolError = 1002;

        /// <summary>
        /// The receiver does not accept this type of message: binary data where it expects text, for instance.
        /// </summary>
        public const int Unsupported = 1003;

        /// <summary>The other side gave no code. Never sent.</summary>
        public const int NoStatus = 1005;

        /// <summary>The connection ended without a Close frame. Never sent.</summary>
        public const int Abnormal = 1006;

        /// <summary>A text is not UTF-8.</summary>
        public const int InvalidData = 1007;

        /// <summary>A message violates the application's rules.</summary>
        public const int PolicyViolation = 1008;

        /// <summary>A message or a frame is larger than the receiver accepts.</summary>
        public const int TooBig = 1009;

        /// <summary>The server has failed.</summary>
        public const int InternalError = 1011;

        // RFC 6455 7.4.2, and the codes registered since (1012 to 1014).
        internal static bool MayBeSent(int code)
        {
            return (code >= Normal && code <= Unsupported) || (code >= InvalidData && code <= 1014) || (code >= 3000 && code <= 4999);
        }
    }
}
