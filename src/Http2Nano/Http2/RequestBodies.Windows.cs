using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The part with the windows of receiving streams (RFC 9113 6.9).
    internal sealed partial class RequestBodies
    {
        // A smaller increment is deferred until half of the window is used, because each update costs 13 octets.
        private const int WorthwhileIncrement = 512;

        // A client may pad its frames (RFC 9113 6.1), so the window is wider than a known length by the padding of a frame.
        private const int LongestPadding = 256;

        /// <summary>Enlarges the streams' windows by the room that has become free (RFC 9113 6.9).</summary>
        /// <remarks>
        /// That of a tunnel only when half of it is used: its messages are short, and asking its sink for room costs as much as one.
        /// </remarks>
        internal void Grant()
        {
            StreamTable streams = _streams;
            for (int slot = 0; slot < streams.Top; slot++)
            {
                int flags = streams.Flags[slot];
                if ((flags & (Tunnelling | StreamTable.Receiving | StreamTable.ContinueDue)) == Tunnelling
                    ? streams.Windows.Streams[(slot << 1) + 1] <= _connection.Limits.MaximumWindowSize >> 1 : (flags & StreamTable.Receiving) != 0)
                {
                    if (Grant(slot) < 0 && _connection.Transmit.Reserve(FrameWriter.RstStreamLength))
                    {
                        BreakOff(slot);
                    }
                    else if ((flags & StreamTable.ContinueDue) != 0 && _connection.Responses.SendContinue(slot))
                    {
                        // From now on the client may be late.
                        _streams.Moved[slot] = (int)_connection.Now;
                    }
                }
            }
        }

        // Returns a negative number when the sink has thrown.
        private int Grant(int slot)
        {
            StreamTable streams = _streams;
            FrameReader reader = _reader;
            int flags = streams.Flags[slot];
            int room;
            if ((flags & StreamTable.Gathering) != 0)
            {
                // One octet more than there is room for, so that a body that is too large is detected.
                room = streams.Exchange[slot].Request.ContentRoom + 1;
            }
            else if ((flags & StreamTable.Discarding) != 0)
            {
                room = _connection.Limits.MaximumDrain - streams.Position[slot];
            }
            else
            {
                room = GuardedBody.Room(streams.SinkOf(slot), streams.Keys[(slot << 1) + 1], _connection.Counters);
                if (room < 0)
                {
                    return room;
                }

                if (room > _connection.Limits.MaximumWindowSize)
                {
                    room = _connection.Limits.MaximumWindowSize;
                }
            }

            if (slot == _slot && reader.Type == FrameType.Data && reader.Remaining > reader.Padding && Current())
            {
                // The rest of the current frame has used its window, but not yet its room.
                room -= reader.Remaining - reader.Padding;
            }

            int expected = streams.ContentRemaining[slot];
            if (expected >= 0 && room - LongestPadding > expected)
            {
                room = expected + LongestPadding;
            }

            int window = streams.Windows.ReceiveOf(slot);
            if (window < room && (streams.Windows.Increment(slot, room) >= WorthwhileIncrement || window <= room / 2)
                && _connection.Transmit.Reserve(FrameWriter.ControlFrameRoom))
            {
                _connection.Writer.WindowUpdate(streams.Id[slot], streams.Windows.Grant(slot, room));
            }

            return 0;
        }

        // Some clients reserve a window first and send the DATA later, after their acknowledgement of smaller windows. RFC
        // 9113 6.9.3 allows the server to go on with such a stream. The octets are bounded, because the socket is read no
        // faster than the sink takes them.
        private int Tolerance(int slot)
        {
            return (_streams.Flags[slot] & StreamTable.BeforeSettings) != 0 ? FlowControl.DefaultWindow - InitialWindow : 0;
        }
    }
}
