namespace Http2Nano.Messages
{
    /// <summary>
    /// A response body that the server pulls: it asks for octets when the flow-control windows and the transmit buffer have
    /// room, and the source writes them straight into the transmit buffer.
    /// </summary>
    /// <remarks>
    /// A source keeps no state of a response: the server passes the key that the handler chose, and the position. So one
    /// object serves any number of streams, and nothing is allocated per request. Sources are called on the server's thread
    /// and must not block.
    /// </remarks>
    public abstract class BodySource
    {
        /// <summary>Returned by <see cref="Read"/> when the body is complete.</summary>
        public const int EndOfBody = -1;

        /// <summary>Returned by <see cref="Read"/> when the body cannot be completed: the response is aborted.</summary>
        public const int Failed = -2;

        /// <summary>Writes the next octets of a body.</summary>
        /// <param name="key">
        /// The key that the handler passed to <see cref="HttpResponse.SetBody(BodySource, int, int)"/>.
        /// </param>
        /// <param name="position">
        /// Octets read before, 0 at the start. It does not grow beyond 2,147,483,647.
        /// </param>
        /// <param name="buffer">The server's buffer; it belongs to the source only during the call.</param>
        /// <param name="offset">Offset at which to write.</param>
        /// <param name="count">The most bytes to write, at least 1.</param>
        /// <returns>
        /// Bytes written; 0 when none are available yet (the server asks again later); <see cref="EndOfBody"/>; or
        /// <see cref="Failed"/>.
        /// </returns>
        public abstract int Read(int key, int position, byte[] buffer, int offset, int count);

        /// <summary>
        /// Whether <see cref="Read"/> may return something other than 0, after it has written less than it could. Over HTTP/2 the
        /// server asks this first, then and at each turn of the connection: a source that knows the answer spares the work around
        /// a call of Read.
        /// </summary>
        /// <param name="key">The key that the handler passed with the source.</param>
        /// <returns>True unless overridden; then Read is called.</returns>
        public virtual bool IsReady(int key)
        {
            return true;
        }

        /// <summary>
        /// The server will not read this body again: it is complete, the stream was reset, or the connection is lost.
        /// Called exactly once for each body that was set.
        /// </summary>
        /// <param name="key">The key that the handler passed with the source.</param>
        /// <param name="complete">Whether the whole body was read.</param>
        public virtual void Close(int key, bool complete)
        {
        }
    }
}
