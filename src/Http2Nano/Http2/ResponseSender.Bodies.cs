using System;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // Bodies, as DATA frames (RFC 9113 6.1).
    internal sealed partial class ResponseSender
    {
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

        // Writes one DATA frame. False when the transmit buffer has no room for it.
        private bool WriteData(int slot)
        {
            int remaining = _streams.Remaining[slot];
            int window = _streams.SendWindow[slot];
            int wanted = window < Window ? window : Window;
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
            byte[] bytes = _connection.Transmit.Bytes;
            int worthwhile = bytes.Length / 4;
            if (!_connection.Transmit.Reserve(FrameReader.HeaderLength + FrameWriter.RstStreamLength + (wanted < worthwhile ? wanted : worthwhile)))
            {
                return false;
            }

            int start = _connection.Transmit.End;
            int offset = start + FrameReader.HeaderLength;
            if (wanted > bytes.Length - offset - FrameWriter.RstStreamLength)
            {
                wanted = bytes.Length - offset - FrameWriter.RstStreamLength;
            }

            int count = ReadBody(slot, bytes, offset, wanted);
            if (count < 0)
            {
                return !_connection.Finished;
            }

            bool end = _streams.Remaining[slot] == 0;
            if (count == 0 && !end)
            {
                _streams.Flags[slot] |= StreamTable.SourceEmpty;
                _sourceEmpty = true;
                return true;
            }

            bool trailers = end && HasTrailers(slot);
            if (count != 0 || !trailers)
            {
                _connection.Writer.WriteHeader(start, count, FrameType.Data, end && !trailers ? FrameFlags.EndStream : 0, _streams.Id[slot]);
                _connection.Transmit.End = offset + count;
                _streams.SendWindow[slot] = window - count;
                Window -= count;
                _connection.Glitches.Earn(count);
                _scheduler.Sent(slot, count);
            }

            if (end)
            {
                EndBody(slot);
            }

            return true;
        }

        // Negative when the body broke off and the stream is gone.
        private int ReadBody(int slot, byte[] bytes, int offset, int count)
        {
            int remaining = _streams.Remaining[slot];
            int position = _streams.Position[slot];
            object body = _streams.Body[slot];
            BodySource source = body as BodySource;
            int read = count;
            if (source == null)
            {
                Array.Copy((byte[])body, position, bytes, offset, count);
            }
            else
            {
                read = GuardedBody.Read(source, _streams.SourceKey[slot], position, bytes, offset, count, _connection.Counters);
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
