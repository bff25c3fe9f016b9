using System;
using Http2Nano.Buffers;
using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    // The part with DATA frames of tunnels that have arrived completely.
    internal sealed partial class RequestBodies
    {
        // A tunnel whose client has not ended it, with a sink.
        private const int Tunnelling = StreamTable.Tunnel | StreamTable.Sinking;

        /// <summary>
        /// Takes what comes next in one step when it is a DATA frame that belongs to the tunnel of the DATA frame before, has
        /// neither padding nor END_STREAM, has fewer than 256 octets that have all arrived, and there is room for them: a message
        /// through a WebSocket costs less than the steps in which other frames are read.
        /// </summary>
        /// <returns>False for other frames. Then nothing has changed.</returns>
        internal bool TakeWhole()
        {
            ReceiveBuffer receive = _connection.Receive;
            byte[] bytes = receive.Bytes;
            int start = receive.Start;
            int slot = _slot;
            StreamTable streams = _streams;

            // Four octets in one go, in the order of the platform: the length in three, the type, which is 0.
            int length = BitConverter.ToInt32(bytes, start);
            if ((length & unchecked((int)0xFF00FFFF)) != 0)
            {
                return false;
            }

            // Then the flags, and the identifier but for its last octet.
            int next = BitConverter.ToInt32(bytes, start + 4);
            length >>= 16;
            int end = start + FrameReader.HeaderLength + length;
            if (slot < 0 || end > receive.End || length < LeastFrameOfTunnel || (next & 0xFF) != 0
                || (streams.Flags[slot] & (Tunnelling | StreamTable.RemoteClosed | StreamTable.ContinueDue)) != Tunnelling
                || streams.Id[slot] != (((next & 0x7F00) << 16) | (next & 0xFF0000) | ((next >> 16) & 0xFF00) | bytes[start + 8])
                || _reader.Observer != null || _connection.FieldBlocks.Stream != 0
                || !streams.Windows.TakeWhole(slot, length))
            {
                return false;
            }

            int written = streams.Offer(slot, bytes, start + FrameReader.HeaderLength, length, length);
            if (written == 0)
            {
                // The frame waits for room, and is read in steps. It takes its windows then.
                streams.Windows.TakeWhole(slot, -length);
                return false;
            }

            streams.Moved[slot] = (int)_connection.Now;
            if (written < 0)
            {
                BreakOff(slot);
            }

            receive.Start = end;
            return true;
        }
    }
}
