namespace Http2Nano.Messages
{
    /// <summary>Lets the library write a short body in place.</summary>
    public sealed partial class HttpResponse
    {
        /// <summary>
        /// Lets the caller write directly after the short body's last octet. Fields cannot be added any more.
        /// </summary>
        /// <param name="offset">Offset at which to write.</param>
        /// <param name="limit">The end of the room, exclusive.</param>
        /// <returns>The array to write to. <see cref="CloseBody"/> makes the octets part of the body.</returns>
        internal byte[] OpenBody(out int offset, out int limit)
        {
            BeginWriting();
            offset = BodyOffset + BodyLength;
            limit = HeaderSection.Bound;
            return BodyBytes;
        }

        /// <summary>Completes the write that <see cref="OpenBody"/> began.</summary>
        /// <param name="end">Offset after the last octet written.</param>
        internal void CloseBody(int end)
        {
            BodyLength = end - BodyOffset;
        }
    }
}
