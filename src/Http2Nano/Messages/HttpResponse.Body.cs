namespace Http2Nano.Messages
{
    /// <summary>Bodies that the library itself writes in place.</summary>
    public sealed partial class HttpResponse
    {
        /// <summary>Lets the caller write straight behind the short body's last octet; fields cannot be added any more.</summary>
        /// <param name="offset">Where to write.</param>
        /// <param name="limit">Behind the last octet that may be written.</param>
        /// <returns>The array to write to. What is written there counts once <see cref="CloseBody"/> is called.</returns>
        internal byte[] OpenBody(out int offset, out int limit)
        {
            BeginWriting();
            offset = BodyOffset + BodyLength;
            limit = Limit;
            return _exchange.Storage;
        }

        /// <summary>Ends what <see cref="OpenBody"/> began.</summary>
        /// <param name="end">Behind the last octet that was written.</param>
        internal void CloseBody(int end)
        {
            BodyLength = end - BodyOffset;
        }
    }
}
