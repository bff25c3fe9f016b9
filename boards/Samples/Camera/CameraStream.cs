using System;
using System.Text;
using Http2Nano.Messages;

namespace Http2Nano.Samples.Camera
{
    /// <summary>
    /// A stream of pictures in one endless body (<c>multipart/x-mixed-replace</c>): a browser replaces each picture by the
    /// next.
    /// </summary>
    /// <remarks>
    /// There is one buffer, so there is one viewer at a time. A slow viewer gets fewer pictures, not old ones: the next
    /// picture is taken when the one before has been sent.
    /// </remarks>
    public sealed class CameraStream : BodySource
    {
        /// <summary>The boundary between pictures.</summary>
        public const string Boundary = "picture";

        private const int Nobody = -1;
        private const int LongestHead = 96;

        private readonly FrameSource _source;
        private readonly byte[] _frame;
        private readonly byte[] _picture;
        private readonly string _head;
        private int _viewer = Nobody;
        private int _next;
        private int _start;
        private int _end;

        /// <summary>Makes a stream.</summary>
        /// <param name="source">The camera.</param>
        public CameraStream(FrameSource source)
        {
            _source = source;
            _picture = new byte[source.LargestFrame];
            _frame = new byte[LongestHead + source.LargestFrame + 2];
            _head = "--" + Boundary + "\r\ncontent-type: " + source.ContentType + "\r\ncontent-length: ";
        }

        /// <summary>Admits a viewer.</summary>
        /// <returns>The key of the viewer's body; -1 while somebody else watches.</returns>
        public int Begin()
        {
            if (_viewer != Nobody)
            {
                return Nobody;
            }

            _viewer = _next;
            _next = (_next + 1) & 0xFFFF;
            _start = 0;
            _end = 0;
            return _viewer;
        }

        /// <inheritdoc/>
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            if (_start == _end && !TakePicture())
            {
                // The server asks again soon.
                return 0;
            }

            if (count > _end - _start)
            {
                count = _end - _start;
            }

            Array.Copy(_frame, _start, buffer, offset, count);
            _start += count;
            return count;
        }

        /// <inheritdoc/>
        public override void Close(int key, bool complete)
        {
            if (key == _viewer)
            {
                _viewer = Nobody;
            }
        }

        private bool TakePicture()
        {
            int length = _source.Take(_picture);
            if (length == 0)
            {
                return false;
            }

            // Allocates one string for each picture, and none for each request.
            string head = _head + length.ToString() + "\r\n\r\n";
            int at = Encoding.UTF8.GetBytes(head, 0, head.Length, _frame, 0);
            Array.Copy(_picture, 0, _frame, at, length);
            at += length;
            _frame[at] = (byte)'\r';
            _frame[at + 1] = (byte)'\n';
            _start = 0;
            _end = at + 2;
            return true;
        }
    }
}
