namespace Http2Nano.Http2
{
    /// <summary>
    /// Decides which stream sends next (RFC 9218 10): the most urgent first; within an urgency the non-incremental streams
    /// one after the other in the order of their identifiers, then the incremental ones in turn.
    /// </summary>
    /// <remarks>
    /// A turn is a number of octets, not of frames, because the length of frames depends on the windows and the buffer. One
    /// choice in thirty-two goes round all streams, so that none starves while others never end (RFC 9218 10). A choice
    /// visits each stream once.
    /// </remarks>
    internal sealed class StreamScheduler
    {
        private const int Ready = StreamTable.Sending;
        private const int ReadyMask = StreamTable.Sending | StreamTable.SourceEmpty;

        // So large that the unused rest of a turn is less than a tenth of it.
        private const int LongestTurn = 32768;
        private const int BuffersPerTurn = 4;

        // The rest of a turn is not worth a frame when it is less than this part of the turn: a quarter of the buffer.
        private const int LeastPart = 16;

        // A power of two.
        private const int ChoicesPerRound = 32;

        private readonly StreamTable _streams;
        private readonly int _turn;
        private int _last;
        private int _left;
        private int _round;
        private int _choices;

        /// <summary>Makes a scheduler.</summary>
        /// <param name="streams">The streams.</param>
        /// <param name="bufferSize">Size of the transmit buffer in bytes.</param>
        internal StreamScheduler(StreamTable streams, int bufferSize)
        {
            _streams = streams;
            _turn = bufferSize * BuffersPerTurn < LongestTurn ? bufferSize * BuffersPerTurn : LongestTurn;
        }

        internal void Begin()
        {
            _last = 0;
            _left = 0;
            _round = 0;
            _choices = 0;
        }

        /// <summary>Chooses the next stream that has octets to send and a window for them.</summary>
        /// <param name="connectionWindow">The connection's window in bytes; without one nothing can be sent.</param>
        /// <returns>A slot, or <see cref="StreamTable.None"/>.</returns>
        internal int Next(int connectionWindow)
        {
            if (_streams.SendingStreams == 0 || connectionWindow <= 0)
            {
                return StreamTable.None;
            }

            if (_streams.SendingStreams == 1)
            {
                return NextOfOne();
            }

            _choices = (_choices + 1) & (ChoicesPerRound - 1);
            if (_choices == 0)
            {
                return NextOfAll();
            }

            int best = StreamTable.None;
            int[] flags = _streams.Flags;
            int count = _streams.Top;

            // The search begins after the slot that was served last, so that equal streams take turns.
            int slot = _left > 0 ? _last : _last + 1;
            for (int i = 0; i < count; i++, slot++)
            {
                if (slot >= count)
                {
                    slot = 0;
                }

                if ((flags[slot] & ReadyMask) == Ready && _streams.Windows.Streams[slot << 1] > 0
                    && (best == StreamTable.None || IsBefore(slot, best)))
                {
                    best = slot;
                }
            }

            if (best != StreamTable.None && (best != _last || _left <= 0))
            {
                _last = best;
                _left = _turn;
            }

            return best;
        }

        /// <summary>Octets of a stream have been sent.</summary>
        internal void Sent(int slot, int count)
        {
            if (slot == _last)
            {
                _left -= count;
                if (_left < _turn / LeastPart)
                {
                    _left = 0;
                }
            }
        }

        // The usual case: only one stream is sending.
        private int NextOfOne()
        {
            int[] flags = _streams.Flags;
            int slot = _last;
            if ((flags[slot] & StreamTable.Sending) == 0)
            {
                slot = 0;
                while ((flags[slot] & StreamTable.Sending) == 0)
                {
                    slot++;
                }

                _left = 0;
            }

            if ((flags[slot] & ReadyMask) != Ready || _streams.Windows.Streams[slot << 1] <= 0)
            {
                return StreamTable.None;
            }

            _last = slot;
            return slot;
        }

        private int NextOfAll()
        {
            int[] flags = _streams.Flags;
            int count = _streams.Top;
            for (int i = 0; i < count; i++)
            {
                _round++;
                if (_round >= count)
                {
                    _round = 0;
                }

                if ((flags[_round] & ReadyMask) == Ready && _streams.Windows.Streams[_round << 1] > 0)
                {
                    return _round;
                }
            }

            return StreamTable.None;
        }

        private bool IsBefore(int slot, int other)
        {
            int priority = _streams.PriorityOf(slot);
            int otherPriority = _streams.PriorityOf(other);
            int urgency = StreamPriority.Urgency(priority);
            int otherUrgency = StreamPriority.Urgency(otherPriority);
            if (urgency != otherUrgency)
            {
                return urgency < otherUrgency;
            }

            if (((priority ^ otherPriority) & StreamPriority.Incremental) != 0)
            {
                return (priority & StreamPriority.Incremental) == 0;
            }

            return (priority & StreamPriority.Incremental) == 0 && Place(slot) < Place(other);
        }

        // By the identifier; but promised streams come after the responses that refer to them.
        private int Place(int slot)
        {
            int id = _streams.Id[slot];
            return (id & 1) != 0 ? id >> 1 : (id >> 1) | 0x40000000;
        }
    }
}
