using System;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Remembers how streams were closed, because the answer to a late frame depends on it (RFC 9113 5.1). It knows the
    /// latest 128 requests, so that a hundred requests that are reset at once are still known; and the latest four of the
    /// promised streams and of those that outlasted a hundred later ones.
    /// </summary>
    internal sealed class ClosedStreams
    {
        /// <summary>Unknown: the stream was closed long ago, or skipped.</summary>
        internal const int Unknown = 0;

        /// <summary>Both sides sent END_STREAM.</summary>
        internal const int Ended = 1;

        /// <summary>The client sent RST_STREAM.</summary>
        internal const int ResetByClient = 2;

        /// <summary>
        /// The server sent RST_STREAM: frames that the client had sent before it received it may still come.
        /// </summary>
        internal const int ResetByServer = 3;

        // Powers of two. A number holds how sixteen streams were closed, two bits each. Request identifiers are odd, so the
        // bits of a request are at the even number below its identifier.
        private const int Latest = 128;
        private const int Others = 4;
        private const int None = -1;
        private const int HowMask = 3;

        // The other streams: their offset in the numbers, and how they were closed; above that, which one is replaced next.
        private const int FirstOther = Latest >> 4;
        private const int OthersHow = FirstOther + Others;
        private const int NextShift = 2 * Others;

        private readonly int[] _numbers = new int[OthersHow + 1];
        private int _last;

        /// <summary>
        /// The highest request whose response the client may have seen: later ones began in the current call.
        /// </summary>
        internal int Answered;

        internal void Clear()
        {
            _last = 0;
            Answered = 0;
            Array.Clear(_numbers, 0, _numbers.Length);
        }

        /// <summary>A request has left the idle state, and so have all lower identifiers that were skipped.</summary>
        internal void Advance(int stream)
        {
            if (stream - _last > 2)
            {
                Skip(stream);
            }

            _last = stream;
        }

        internal void Add(int stream, int how)
        {
            int number = (stream & ((Latest << 1) - 1)) >> 5;
            int shift = stream & 0x1E;
            if ((stream & 1) == 0 || _last - stream >= Latest << 1)
            {
                number = OthersHow;
                shift = Remember(stream) << 1;
            }

            int[] numbers = _numbers;
            numbers[number] = (numbers[number] & ~(HowMask << shift)) | (how << shift);
        }

        internal int How(int stream)
        {
            if ((stream & 1) != 0 && _last - stream < Latest << 1)
            {
                return (_numbers[(stream & ((Latest << 1) - 1)) >> 5] >> (stream & 0x1E)) & HowMask;
            }

            int other = IndexOf(stream);
            return other == None ? Unknown : (_numbers[OthersHow] >> (other << 1)) & HowMask;
        }

        private void Skip(int stream)
        {
            int skipped = (stream - _last) >> 1;
            if (skipped > Latest)
            {
                skipped = Latest;
            }

            for (int last = stream; skipped > 0; skipped--, last -= 2)
            {
                _numbers[(last & ((Latest << 1) - 1)) >> 5] &= ~(HowMask << (last & 0x1E));
            }
        }

        private int Remember(int stream)
        {
            int other = IndexOf(stream);
            if (other == None)
            {
                int others = _numbers[OthersHow];
                other = others >> NextShift;
                _numbers[OthersHow] = (others & ((1 << NextShift) - 1)) | ((other + 1) & (Others - 1)) << NextShift;
                _numbers[FirstOther + other] = stream;
            }

            return other;
        }

        private int IndexOf(int stream)
        {
            for (int i = 0; i < Others; i++)
            {
                if (_numbers[FirstOther + i] == stream)
                {
                    return i;
                }
            }

            return None;
        }
    }
}
