namespace Http2Nano.Http2
{
    /// <summary>
    /// Remembers how the latest streams were closed, because the answer to a late frame depends on it (RFC 9113 5.1).
    /// </summary>
    internal sealed class ClosedStreams
    {
        /// <summary>Nothing is known: the stream was closed long ago, or skipped.</summary>
        internal const int Unknown = 0;

        /// <summary>Both sides sent END_STREAM.</summary>
        internal const int Ended = 1;

        /// <summary>The client sent RST_STREAM.</summary>
        internal const int ResetByClient = 2;

        /// <summary>The server sent RST_STREAM: frames that the client had sent before it knew are to be expected.</summary>
        internal const int ResetByServer = 3;

        // A power of two. Sixteen streams reset at once are what the default stream limit can have in flight.
        private const int Size = 16;
        private const int None = -1;
        private const int HowMask = 3;

        private readonly int[] _streams = new int[Size];

        // How each of them was closed, two bits each.
        private int _how;
        private int _next;

        internal void Clear()
        {
            for (int i = 0; i < Size; i++)
            {
                _streams[i] = 0;
            }
        }

        internal void Add(int stream, int how)
        {
            int i = how == Ended ? None : IndexOf(stream);
            if (i != None)
            {
                // Reset for a frame that came after its end.
                SetHow(i, how);
                return;
            }

            i = _next;
            _streams[i] = stream;
            SetHow(i, how);
            _next = (i + 1) & (Size - 1);
        }

        internal int How(int stream)
        {
            int i = IndexOf(stream);
            return i == None ? Unknown : (_how >> (i << 1)) & HowMask;
        }

        private void SetHow(int i, int how)
        {
            _how = (_how & ~(HowMask << (i << 1))) | (how << (i << 1));
        }

        private int IndexOf(int stream)
        {
            for (int i = 0; i < Size; i++)
            {
                if (_streams[i] == stream)
                {
                    return i;
                }
            }

            return None;
        }
    }
}
