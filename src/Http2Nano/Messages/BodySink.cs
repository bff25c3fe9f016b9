namespace Http2Nano.Messages
{
    /// <summary>Takes a request body of any length as it arrives.</summary>
    /// <remarks>
    /// The client may send no more than <see cref="Room"/> returns: over HTTP/2 that is the stream's flow-control window,
    /// over HTTP/1.1 the server reads no more from the socket. Sinks are called on the server's thread and must not block.
    /// </remarks>
    public abstract class BodySink
    {
        /// <summary>Number of bytes that the sink can take at present.</summary>
        /// <param name="key">The key that the handler passed to <see cref="HttpRequest.ReadBody"/>.</param>
        /// <returns>Bytes; <see cref="int.MaxValue"/> when it takes any number.</returns>
        public abstract int Room(int key);

        /// <summary>Takes octets of the body.</summary>
        /// <param name="key">The key that the handler passed with the sink.</param>
        /// <param name="buffer">The server's receive buffer; it belongs to the sink only during the call.</param>
        /// <param name="offset">Offset of the first octet.</param>
        /// <param name="count">Number of octets, at least 1 and at most <see cref="Room"/>.</param>
        public abstract void Write(int key, byte[] buffer, int offset, int count);

        /// <summary>The body has ended, or will never be complete. Called exactly once for each body.</summary>
        /// <param name="key">The key that the handler passed with the sink.</param>
        /// <param name="complete">
        /// True when the whole body has arrived; false when the stream was reset or the connection is lost.
        /// </param>
        public abstract void Close(int key, bool complete);
    }
}
