using Http2Nano.Tracing;

namespace Http2Nano.Dashboard
{
    /// <summary>The body of <c>/api/frames</c>. Its key is the number of the first frame.</summary>
    internal sealed class FrameText : LineSource
    {
        private const int LineLength = 80;
        private const int NumberWidth = 10;
        private const int StreamWidth = 10;
        private const int OctetWidth = 3;
        private const int LengthWidth = 8;
        private const int SignedWidth = 11;

        // A frame may have been overwritten since the length was told: then a newer one is in its place.
        private readonly FrameTrace _trace;
        private readonly byte[] _path = new byte[FrameTrace.LongestPath];

        internal FrameText(FrameTrace trace)
            : base(LineLength)
        {
            _trace = trace;
        }

        /// <summary>Length of the body in bytes.</summary>
        internal static int Length(int frames)
        {
            return (1 + FrameTrace.Paths + frames) * LineLength;
        }

        /// <inheritdoc/>
        protected override void Write(FixedLine line, int key, int number)
        {
            if (number == 0)
            {
                line.Number(NumberWidth, _trace.Connection);
                line.Number(NumberWidth, _trace.Next);
                line.Number(NumberWidth, _trace.Hidden);
                line.Number(SignedWidth, _trace.Now);
            }
            else if (number <= FrameTrace.Paths)
            {
                line.Number(StreamWidth, _trace.PathStream(number - 1));
                line.Text(2 * FrameTrace.LongestPath - 16, _path, _trace.CopyPath(number - 1, _path, 0));
            }
            else
            {
                WriteFrame(line, key + number - 1 - FrameTrace.Paths);
            }
        }

        private void WriteFrame(FixedLine line, int frame)
        {
            int kind = _trace.Get(frame, FrameTrace.Kind);
            line.Number(NumberWidth - 1, frame);
            line.Number(SignedWidth, _trace.Get(frame, FrameTrace.Time));
            line.Number(1, (kind & FrameTrace.Sent) != 0 ? 1 : 0);
            line.Number(OctetWidth, kind & 0xFF);
            line.Number(OctetWidth, kind >> 8 & 0xFF);
            line.Number(StreamWidth, _trace.Get(frame, FrameTrace.Stream));
            line.Number(LengthWidth, _trace.Get(frame, FrameTrace.Length));
            line.Number(SignedWidth - 1, _trace.Get(frame, FrameTrace.Value));
            line.Number(NumberWidth, _trace.Get(frame, FrameTrace.Second));
            line.Number(2, _trace.Get(frame, FrameTrace.Priority));
        }
    }
}
