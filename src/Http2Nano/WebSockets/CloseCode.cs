namespace Http2Nano.WebSockets
{
    /// <summary>Why a WebSocket was closed (RFC 6455 7.4.1). An application may use 3000 to 4999 for reasons of its own.</summary>
    public static class CloseCode
    {
        /// <summary>What the socket was for is done.</summary>
        public const int Normal = 1000;

        /// <summary>The server stops, or a page is left.</summary>
        public const int GoingAway = 1001;

        /// <summary>A frame or its place in the sequence is against the protocol.</summary>
        public const int ProtocolError = 1002;

        /// <summary>A kind of message that the receiver does not take: binary data where it reads text, for instance.</summary>
        public const int Unsupported = 1003;

        /// <summary>The other side gave no reason. Never sent.</summary>
        public const int NoStatus = 1005;

        /// <summary>The connection ended without a Close frame. Never sent.</summary>
        public const int Abnormal = 1006;

        /// <summary>Text is not UTF-8.</summary>
        public const int InvalidData = 1007;

        /// <summary>A message is against the rules of the application.</summary>
        public const int PolicyViolation = 1008;

        /// <summary>A message, or a frame, is larger than the receiver takes.</summary>
        public const int TooBig = 1009;

        /// <summary>The server cannot go on.</summary>
        public const int InternalError = 1011;

        // RFC 6455 7.4.2, and what is registered by now (1012 to 1014).
        internal static bool MayBeSent(int code)
        {
            return (code >= Normal && code <= Unsupported) || (code >= InvalidData && code <= 1014) || (code >= 3000 && code <= 4999);
        }
    }
}
