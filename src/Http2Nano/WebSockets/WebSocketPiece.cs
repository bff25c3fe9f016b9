namespace Http2Nano.WebSockets
{
    /// <summary>
    /// What a piece of a message is (RFC 6455 5.4, 5.6). Pieces are as large as there was room for, and need not be what the
    /// sender's frames were.
    /// </summary>
    public enum WebSocketPiece
    {
        /// <summary>There is nothing to send at the moment.</summary>
        None = 0,

        /// <summary>Text, of which more follows. A character may go on in the next piece.</summary>
        TextPart = 1,

        /// <summary>Binary data, of which more follows.</summary>
        BinaryPart = 2,

        /// <summary>The end of a text, or all of it.</summary>
        TextEnd = 5,

        /// <summary>The end of binary data, or all of it.</summary>
        BinaryEnd = 6,
    }
}
