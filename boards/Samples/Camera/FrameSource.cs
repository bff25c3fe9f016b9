namespace Http2Nano.Samples.Camera
{
    /// <summary>What takes pictures: on a device a camera, on a PC a test picture.</summary>
    public abstract class FrameSource
    {
        /// <summary>The media type of a picture, for instance <c>image/jpeg</c>.</summary>
        public abstract string ContentType { get; }

        /// <summary>Octets of the largest picture.</summary>
        public abstract int LargestFrame { get; }

        /// <summary>Takes a picture. Called on the server's thread: it must not block.</summary>
        /// <param name="buffer">Takes it, from its beginning.</param>
        /// <returns>Its octets; 0 while there is no new one.</returns>
        public abstract int Take(byte[] buffer);
    }
}
