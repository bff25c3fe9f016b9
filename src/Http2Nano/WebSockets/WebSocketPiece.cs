namespace Http2Nano.WebSockets
{
    /// <summary>
    /// The type of a piece of a message (RFC 6455 5.4, 5.6). The size of pieces depends on the free room, not on the
    /// sender's frames.
    /// </summary>
    public enum WebSocketPiece
    {
        /// <summary>There is nothing to send at present.</summary>
        None = 0,

        /// <summary>A part of a text; more follows. A character may continue in the next piece.</summary>
        TextPart = 1,

        /// <summary>A part of binary data; more follows.</summary>
        BinaryPart = 2,

        /// <summary>The end of a text, or a whole text.</summary>
        TextEnd = 5,

        /// <summary>The end of binary data, or all of it.</summary>
        BinaryEnd = 6,
    }
}
