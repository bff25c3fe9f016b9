using System;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Remembers how streams were closed, because the answer to a late frame depends on it (RFC 9113 5.1). It knows the
    /// latest 113 to 128 requests, so that a hundred requests that are reset at once are still known; and the latest four of
    /// the promised streams and of those that outlasted a hundred later ones.
    /// </summary>
    internal sealed class ClosedStreams
    {
        /// <summary>Both sides sent END_STREAM: what is taken for granted of a request, so that most need no note.</summary>
        internal const int Ended = 0;

        /// <summary>Unknown: the stream was closed long ago, or skipped.</summary>
        internal const int Unknown = 1;

        /// <summary>The client sent RST_STREAM.</summary>
        internal const int ResetByClient = 2;

        /// <summary>
        /// The server sent RST_STREAM: frames that the client had sent before it received it may still come.
        /// </summary>
        internal const int ResetByServer = 3;

        // Powers of two. A number holds how sixteen streams were closed, two bits each. Request identifiers are odd, so the
        // bits of a request are at the even number below its identifier. With the first of its streams a number is cleared.
        private const int Latest = 128;
        private const int PerNumber = 16;
        private const int Others = 4;
        private const int None = -1;
        private const int HowMask = 3;

        // The other streams: their offset in the numbers, and how they were closed; above that, which one is replaced next.
        private const int FirstOther = Latest >> 4;
        private const int OthersHow = FirstOther + Others;
        private const int NextShift = 2 * Others;

        // How far behind the last request, in identifiers, one is whose bits may have been cleared.
        private const int OldAge = 2 * (Latest - PerNumber + 1);

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

        /// <summary>
        /// A request has left the idle state, and so have all lower identifiers that were skipped. Unless something else is added,
        /// it ends as it should.
        /// </summary>
        internal void Advance(int stream)
        {
            if (stream - _last > 2 || (stream & 0x1E) == 0)
            {
                Skip(stream);
            }

            _last = stream;
        }

        /// <summary>Whether a stream has outlasted so many later ones that its end has to be added.</summary>
        internal bool IsOld(int stream)
        {
            return _last - stream >= OldAge;
        }

        internal void Add(int stream, int how)
        {
            int number = (stream & ((Latest << 1) - 1)) >> 5;
            int shift = stream & 0x1E;
            if ((stream & 1) == 0 || _last - stream >= OldAge)
            {
                number = OthersHow;
                shift = Remember(stream) << 1;
            }

            int[] numbers = _numbers;
            numbers[number] = (numbers[number] & ~(HowMask << shift)) | (how << shift);
        }

        internal int How(int stream)
        {
            if ((stream & 1) != 0 && _last - stream < OldAge)
            {
                return (_numbers[(stream & ((Latest << 1) - 1)) >> 5] >> (stream & 0x1E)) & HowMask;
            }

            int other = IndexOf(stream);
            return other == None ? Unknown : (_numbers[OthersHow] >> (other << 1)) & HowMask;
        }

        private void Skip(int stream)
        {
            int skipped = (_last + 1) | 1;
            if (stream - skipped > Latest << 1)
            {
                skipped = stream - (Latest << 1);
            }

            int[] numbers = _numbers;
            for (; ; skipped += 2)
            {
                int number = (skipped & ((Latest << 1) - 1)) >> 5;
                if ((skipped & 0x1E) == 0)
                {
                    numbers[number] = 0;
                }

                if (skipped == stream)
                {
                    return;
                }

                numbers[number] |= Unknown << (skipped & 0x1E);
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
