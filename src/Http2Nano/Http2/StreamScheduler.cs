namespace Http2Nano.Http2
{
    /// <summary>
    /// Decides whose octets go next (RFC 9218 10): the most urgent first; within an urgency the streams that are not
    /// incremental one after the other in the order of their ids, then the incremental ones in turn.
    /// </summary>
    internal sealed class StreamScheduler
    {
        private const int Ready = StreamTable.Sending;
        private const int ReadyMask = StreamTable.Sending | StreamTable.SourceEmpty;

        private readonly StreamTable _streams;
        private int _last;

        internal StreamScheduler(StreamTable streams)
        {
            _streams = streams;
        }

        /// <summary>Picks the next stream that has something to send and the window for it.</summary>
        /// <param name="connectionWindow">The connection's window in bytes: with none, only ends of bodies can go.</param>
        /// <returns>A slot, or <see cref="StreamTable.None"/>.</returns>
        internal int Next(int connectionWindow)
        {
            int best = StreamTable.None;
            int bestRank = int.MaxValue;
            int[] flags = _streams.Flags;
            int count = flags.Length;
            int slot = _last;
            for (int i = 0; i < count; i++)
            {
                // Beginning behind the slot that was served last makes equals take turns.
                slot++;
                if (slot >= count)
                {
                    slot = 0;
                }

                if ((flags[slot] & ReadyMask) != Ready)
                {
                    continue;
                }

                if (_streams.Remaining[slot] != 0 && (connectionWindow <= 0 || _streams.SendWindow[slot] <= 0))
                {
                    continue;
                }

                int rank = Rank(slot);
                if (rank < bestRank)
                {
                    bestRank = rank;
                    best = slot;
                }
            }

            if (best != StreamTable.None)
            {
                _last = best;
            }

            return best;
        }

        // Urgency first; then the stream id, which all incremental streams of an urgency have in common: the highest.
        private int Rank(int slot)
        {
            int priority = _streams.Priority[slot];
            int urgency = StreamPriority.Urgency(priority) << 28;
            if ((priority & StreamPriority.Incremental) != 0)
            {
                return urgency | 0x0FFFFFFF;
            }

            int id = _streams.Id[slot];
            return urgency | (id < 0x0FFFFFFF ? id : 0x0FFFFFFE);
        }
    }
}
