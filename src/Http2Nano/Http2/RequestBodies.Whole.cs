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

            // Four octets in one go, in the order of the platform: the length in three, the type, which is 0.
            int length = BitConverter.ToInt32(bytes, start);
            if ((length & unchecked((int)0xFF00FFFF)) != 0)
            {
                return false;
            }

            length >>= 16;
            int end = start + FrameReader.HeaderLength + length;
            if (slot < 0 || end > receive.End || length < LeastFrameOfTunnel || bytes[start + 4] != 0
                || (_streams.Flags[slot] & (Tunnelling | StreamTable.RemoteClosed | StreamTable.ContinueDue)) != Tunnelling
                || _streams.Id[slot] != (FrameReader.Int32At(bytes, start + 5) & int.MaxValue)
                || _reader.Observer != null || _connection.FieldBlocks.InFieldBlock
                || !_streams.Windows.TakeWhole(slot, length))
            {
                return false;
            }

            int written = _streams.Offer(slot, bytes, start + FrameReader.HeaderLength, length, length);
            if (written == 0)
            {
                // The frame waits for room, and is read in steps. It takes its windows then.
                _streams.Windows.TakeWhole(slot, -length);
                return false;
            }

            _streams.Moved[slot] = (int)_connection.Now;
            if (written < 0)
            {
                BreakOff(slot);
            }

            receive.Start = end;
            return true;
        }
    }
}
