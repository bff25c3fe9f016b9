namespace Http2Nano.Framing
{
    /// <summary>Sees the frames of a connection pass, in both directions. Without one, a frame costs one comparison more.</summary>
    public abstract class FrameObserver
    {
        internal FrameObserver()
        {
        }

        /// <summary>A frame header was read, or a frame stands in the transmit buffer.</summary>
        /// <param name="bytes">Holds the nine octets of the header, and its payload as far as it is there.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="end">The end of the octets that belong to the frame, or to frames behind it.</param>
        /// <param name="sent">Whether the server sends it.</param>
        internal abstract void Observe(byte[] bytes, int offset, int end, bool sent);
    }
}
