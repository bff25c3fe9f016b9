namespace Http2Nano.Messages
{
    /// <summary>Takes a request body of any length as it arrives.</summary>
    /// <remarks>
    /// The client is allowed to send no more than <see cref="Room"/> says: over HTTP/2 that is the stream's flow-control
    /// window, over HTTP/1.1 the socket is read no faster. Sinks are called on the server's thread and must not block.
    /// </remarks>
    public abstract class BodySink
    {
        /// <summary>How many bytes the sink can take now.</summary>
        /// <param name="key">What the handler gave to <see cref="HttpRequest.ReadBody"/>.</param>
        /// <returns>Bytes; <see cref="int.MaxValue"/> when it takes whatever comes.</returns>
        public abstract int Room(int key);

        /// <summary>Takes octets of the body.</summary>
        /// <param name="key">What the handler gave with the sink.</param>
        /// <param name="buffer">The server's receive buffer; it belongs to the sink only during the call.</param>
        /// <param name="offset">First octet.</param>
        /// <param name="count">Number of octets, at least 1 and at most <see cref="Room"/>.</param>
        public abstract void Write(int key, byte[] buffer, int offset, int count);

        /// <summary>The body ended, or will never be complete. Called exactly once for each body.</summary>
        /// <param name="key">What the handler gave with the sink.</param>
        /// <param name="complete">
        /// True when the whole body arrived; false when the stream was reset or the connection is gone.
        /// </param>
        public abstract void Close(int key, bool complete);
    }
}
