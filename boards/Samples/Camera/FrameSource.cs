namespace Http2Nano.Samples.Camera
{
    /// <summary>A source of pictures: a camera on a device, a test picture on a PC.</summary>
    public abstract class FrameSource
    {
        /// <summary>The media type of a picture, for instance <c>image/jpeg</c>.</summary>
        public abstract string ContentType { get; }

        /// <summary>Size of the largest picture in octets.</summary>
        public abstract int LargestFrame { get; }

        /// <summary>Takes a picture. Called on the server's thread: it must not block.</summary>
        /// <param name="buffer">Takes the picture, from offset 0.</param>
        /// <returns>The picture's size in octets; 0 while there is no new one.</returns>
        public abstract int Take(byte[] buffer);
    }
}
