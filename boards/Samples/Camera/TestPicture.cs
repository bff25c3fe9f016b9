namespace Http2Nano.Samples.Camera
{
    /// <summary>A moving test picture: a bitmap with eight bits per pixel.</summary>
    public sealed class TestPicture : FrameSource
    {
        private const int Width = 64;
        private const int Height = 48;
        private const int Palette = 4 * 256;
        private const int HeaderLength = 54;
        private const int Pixels = HeaderLength + Palette;

        private int _frame;

        /// <inheritdoc/>
        public override string ContentType
        {
            get { return "image/bmp"; }
        }

        /// <inheritdoc/>
        public override int LargestFrame
        {
            get { return Pixels + (Width * Height); }
        }

        /// <inheritdoc/>
        public override int Take(byte[] buffer)
        {
            int length = LargestFrame;
            buffer[0] = (byte)'B';
            buffer[1] = (byte)'M';
            Put(buffer, 2, length);
            Put(buffer, 6, 0);
            Put(buffer, 10, Pixels);
            Put(buffer, 14, 40);
            Put(buffer, 18, Width);
            Put(buffer, 22, Height);

            // One plane, eight bits per pixel, not compressed.
            Put(buffer, 26, 1 | (8 << 16));
            Put(buffer, 30, 0);
            Put(buffer, 34, Width * Height);
            Put(buffer, 38, 0);
            Put(buffer, 42, 0);
            Put(buffer, 46, 256);
            Put(buffer, 50, 0);
            for (int i = 0; i < 256; i++)
            {
                Put(buffer, HeaderLength + (4 * i), i | (i << 8) | (i << 16));
            }

            int at = Pixels;
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    buffer[at] = (byte)((x * 4) + (y * 2) + (_frame * 8));
                    at++;
                }
            }

            _frame++;
            return length;
        }

        private static void Put(byte[] buffer, int at, int value)
        {
            buffer[at] = (byte)value;
            buffer[at + 1] = (byte)(value >> 8);
            buffer[at + 2] = (byte)(value >> 16);
            buffer[at + 3] = (byte)(value >> 24);
        }
    }
}
