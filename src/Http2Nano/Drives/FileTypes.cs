namespace Http2Nano.Drives
{
    /// <summary>The media types of files, by the ends of their names. As those of the packing tool.</summary>
    internal static class FileTypes
    {
        /// <summary>The media type of a file; <c>application/octet-stream</c> where the end of the name says nothing.</summary>
        /// <param name="bytes">Array that holds the name.</param>
        /// <param name="at">Its first octet.</param>
        /// <param name="count">Its length.</param>
        internal static string Of(byte[] bytes, int at, int count)
        {
            // The letters behind the last dot, one octet each.
            long letters = 0;
            for (int i = at + count - 1; i >= at && i > at + count - 9; i--)
            {
                if (bytes[i] == '.')
                {
                    return Of(letters);
                }

                letters |= (long)(bytes[i] | 0x20) << (8 * (at + count - 1 - i));
            }

            return Of(0);
        }

        private static string Of(long letters)
        {
            switch (letters)
            {
                case 0x68746D6C:
                case 0x68746D:
                    return "text/html; charset=utf-8";
                case 0x637373:
                    return "text/css; charset=utf-8";
                case 0x6A73:
                case 0x6D6A73:
                    return "text/javascript; charset=utf-8";
                case 0x6A736F6E:
                case 0x6D6170:
                    return "application/json";
                case 0x747874:
                case 0x6C6F67:
                    return "text/plain; charset=utf-8";
                case 0x637376:
                    return "text/csv; charset=utf-8";
                case 0x6D64:
                    return "text/markdown; charset=utf-8";
                case 0x786D6C:
                    return "application/xml";
                case 0x737667:
                    return "image/svg+xml";
                case 0x706E67:
                    return "image/png";
                case 0x6A7067:
                case 0x6A706567:
                    return "image/jpeg";
                case 0x676966:
                    return "image/gif";
                case 0x69636F:
                    return "image/x-icon";
                case 0x77656270:
                    return "image/webp";
                case 0x61766966:
                    return "image/avif";
                case 0x6D7033:
                    return "audio/mpeg";
                case 0x776176:
                    return "audio/wav";
                case 0x6D7034:
                    return "video/mp4";
                case 0x7765626D:
                    return "video/webm";
                case 0x706466:
                    return "application/pdf";
                case 0x7761736D:
                    return "application/wasm";
                case 0x776F6666:
                    return "font/woff";
                case 0x776F666632:
                    return "font/woff2";
                default:
                    return "application/octet-stream";
            }
        }
    }
}
