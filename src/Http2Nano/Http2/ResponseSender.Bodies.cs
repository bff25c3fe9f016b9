using System;
using Http2Nano.Buffers;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // Bodies, as DATA frames (RFC 9113 6.1).
    internal sealed partial class ResponseSender
    {
        // What a DATA frame takes of the transmit buffer beside its payload, with RST_STREAM behind it.
        private const int DataOverhead = FrameReader.HeaderLength + FrameWriter.RstStreamLength;

        /// <summary>Sources that had nothing are asked again.</summary>
        internal void BeginTurn()
        {
            if (_sourceEmpty)
            {
                _sourceEmpty = false;
                for (int slot = 0; slot < _streams.Capacity; slot++)
                {
                    _streams.Flags[slot] &= ~StreamTable.SourceEmpty;
                }
            }
        }

        private void TakeBody(int slot, HttpExchange exchange, bool hasTrailers)
        {
            HttpResponse response = exchange.Response;
            BodySource source = response.Source;
            _streams.BeginSending(slot);
            _streams.Remaining[slot] = response.BodyLength;
            if (source != null)
            {
                _streams.Body[slot] = source;
                _streams.SourceKey[slot] = response.SourceKey;
                _streams.Position[slot] = 0;
                response.Source = null;
            }
            else
            {
                _streams.Body[slot] = response.BodyBytes;
                _streams.Position[slot] = response.BodyOffset;
            }

            if (!hasTrailers && !response.BodyIsInExchange)
            {
                _streams.ReleaseExchange(slot);
            }
        }

        // Writes one DATA frame. False when the transmit buffer has no room for it. What an application does in its source runs
        // above this frame of the stack, so the parts before and after it are methods of their own.
        private bool WriteData(int slot)
        {
            int wanted = RoomForData(slot);
            if (wanted < 0)
            {
                return false;
            }

            int count = ReadBody(slot, _connection.Transmit.End + FrameReader.HeaderLength, wanted);
            if (count < 0)
            {
                return !_connection.Finished;
            }

            if (EndData(slot, count))
            {
                EndBody(slot);
            }

            return true;
        }

        // How many octets of the body can be sent now, with room in the transmit buffer for them and all that goes with them.
        // Negative when there is none.
        private int RoomForData(int slot)
        {
            TransmitBuffer transmit = _connection.Transmit;
            int remaining = _streams.Remaining[slot];
            int wanted = _streams.SendWindow[slot];
            if (wanted > Window)
            {
                wanted = Window;
            }

            if (remaining >= 0 && wanted > remaining)
            {
                wanted = remaining;
            }

            if (wanted > FrameReader.MaximumPayload)
            {
                wanted = FrameReader.MaximumPayload;
            }

            // Nothing smaller than a quarter of the buffer is sent for want of room, because frames have headers; and RST_STREAM
            // has room behind it.
            int worthwhile = transmit.Bytes.Length / 4;
            if (!transmit.Reserve(DataOverhead + (wanted < worthwhile ? wanted : worthwhile)))
            {
                return -1;
            }

            int room = transmit.Bytes.Length - transmit.End - DataOverhead;
            return wanted < room ? wanted : room;
        }

        // The body's octets are where they belong: the frame's header goes before them. Whether the body is complete.
        private bool EndData(int slot, int count)
        {
            bool end = _streams.Remaining[slot] == 0;
            if (count == 0 && !end)
            {
                _streams.Flags[slot] |= StreamTable.SourceEmpty;
                _sourceEmpty = true;
                return false;
            }

            bool trailers = end && HasTrailers(slot);
            if (count != 0 || !trailers)
            {
                TransmitBuffer transmit = _connection.Transmit;
                _connection.Writer.WriteHeader(transmit.End, count, FrameType.Data, end && !trailers ? FrameFlags.EndStream : 0, _streams.Id[slot]);
                transmit.End += FrameReader.HeaderLength + count;
                _streams.SendWindow[slot] -= count;
                Window -= count;
                _connection.Glitches.Earn(count);
                _scheduler.Sent(slot, count);
            }

            return end;
        }

        // Negative when the body broke off and the stream is gone.
        private int ReadBody(int slot, int offset, int count)
        {
            int remaining = _streams.Remaining[slot];
            int position = _streams.Position[slot];
            BodySource source = _streams.Body[slot] as BodySource;
            int read = count;
            if (source == null)
            {
                Array.Copy((byte[])_streams.Body[slot], position, _connection.Transmit.Bytes, offset, count);
            }
            else
            {
                read = GuardedBody.Read(
                    source, _streams.SourceKey[slot], position, _connection.Transmit.Bytes, offset, count, _connection.Counters);
                if (read == BodySource.EndOfBody && remaining < 0)
                {
                    _streams.Remaining[slot] = 0;
                    return 0;
                }

                if (read < 0)
                {
                    // RFC 9113 8.1: a response that cannot be completed, or is shorter than it said.
                    _connection.ResetStream(_streams.Id[slot], ErrorCode.InternalError);
                    return -1;
                }
            }

            _streams.Position[slot] = position > int.MaxValue - read ? int.MaxValue : position + read;
            if (remaining > 0)
            {
                _streams.Remaining[slot] = remaining - read;
            }

            return read;
        }

        // The body is complete: trailers follow, or the stream ends.
        private void EndBody(int slot)
        {
            _streams.EndSending(slot);
            _streams.CloseBody(slot, true);
            if (!HasTrailers(slot))
            {
                EndStream(slot);
                return;
            }

            _streams.Flags[slot] |= StreamTable.TrailersPending;
            if (!WriteTrailers(slot))
            {
                _attention = true;
            }
        }

        private bool HasTrailers(int slot)
        {
            HttpExchange exchange = _streams.Exchange[slot];
            return exchange != null && exchange.Response.Trailers >= 0;
        }
    }
}
