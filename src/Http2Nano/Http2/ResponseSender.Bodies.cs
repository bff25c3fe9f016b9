using System;
using Http2Nano.Buffers;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The part with bodies, as DATA frames (RFC 9113 6.1).
    internal sealed partial class ResponseSender
    {
        // Bytes of the transmit buffer that a DATA frame needs beside its payload: its header, and room for RST_STREAM.
        private const int DataOverhead = FrameReader.HeaderLength + FrameWriter.RstStreamLength;

        private void TakeBody(int slot, HttpExchange exchange, bool hasTrailers)
        {
            HttpResponse response = exchange.Response;
            BodySource source = response.Source;
            _streams.BeginSending(slot);
            _streams.Remaining[slot] = response.BodyLength;
            _unknownLength |= response.BodyLength == HttpResponse.UnknownLength;
            if (source != null)
            {
                _streams.Bodies[slot << 1] = source;
                _streams.Keys[slot << 1] = response.SourceKey;
                _streams.Position[slot] = 0;
                response.Source = null;
            }
            else
            {
                _streams.Bodies[slot << 1] = response.BodyBytes;
                _streams.Position[slot] = response.BodyOffset;
            }

            if (!hasTrailers && !response.BodyIsInExchange)
            {
                _streams.ReleaseExchange(slot);
            }
        }

        // Writes one DATA frame, as long as windows, frame size and buffer allow. Returns whether there may be room for another one.
        private bool WriteData(int slot)
        {
            StreamTable streams = _streams;
            TransmitBuffer transmit = _connection.Transmit;
            byte[] bytes = transmit.Bytes;
            int count = streams.Windows.Sendable(slot);
            int remaining = streams.Remaining[slot];
            if (remaining >= 0 && count > remaining)
            {
                count = remaining;
            }

            if (count > FrameReader.MaximumPayload)
            {
                count = FrameReader.MaximumPayload;
            }

            // RST_STREAM always fits after the frame.
            int room = bytes.Length - transmit.End - DataOverhead;
            bool fills = count >= room;
            if (fills)
            {
                // Less than a quarter of the buffer is not sent for lack of room, because each frame has a header.
                int worthwhile = bytes.Length >> 2;
                if (count < worthwhile)
                {
                    worthwhile = count;
                }

                if (room < worthwhile)
                {
                    if (!transmit.Reserve(DataOverhead + worthwhile))
                    {
                        return false;
                    }

                    room = bytes.Length - transmit.End - DataOverhead;
                }

                if (count > room)
                {
                    count = room;
                }

                fills = transmit.Start == 0;
            }

            int at = transmit.End + FrameReader.HeaderLength;
            byte[] octets = streams.Bodies[slot << 1] as byte[];
            int read = count;
            if (octets == null)
            {
                read = ReadBody(slot, at, count);
                if (read <= 0)
                {
                    return read == 0 ? EndRead(slot) : !_connection.Finished;
                }
            }
            else
            {
                int position = streams.Position[slot];
                Array.Copy(octets, position, bytes, at, count);
                streams.Position[slot] = position + count;
                streams.Remaining[slot] = remaining - count;
            }

            if (EndData(slot, read))
            {
                EndBody(slot);
                return true;
            }

            if (read == count)
            {
                return !fills;
            }

            // Sources of bodies whose length is known have all of it.
            return remaining >= 0 || !streams.IsDry(slot) || EndRead(slot);
        }

        // The source had nothing, or its body is complete. A single body that has run dry would not be chosen again.
        private bool EndRead(int slot)
        {
            if (EndData(slot, 0))
            {
                EndBody(slot);
                return true;
            }

            return _streams.SendingStreams != 1;
        }

        // RFC 9113 6.9.1: the end of a body needs no window. When only the source knows whether the body ends where the
        // window ends, it is asked for one more octet, which is kept.
        private void LookAhead()
        {
            for (int slot = 0; slot < _streams.Top && !_connection.Finished; slot++)
            {
                if ((_streams.Flags[slot] & (StreamTable.Sending | StreamTable.SourceEmpty)) == StreamTable.Sending
                    && _streams.Remaining[slot] == HttpResponse.UnknownLength && _streams.Windows.Sendable(slot) <= 0
                    && _connection.Transmit.Reserve(DataOverhead + 1))
                {
                    LookAhead(slot);
                }
            }
        }

        private void LookAhead(int slot)
        {
            int at = _connection.Transmit.End + FrameReader.HeaderLength;
            int count = ReadBody(slot, at, 1);
            if (count > 0)
            {
                _streams.HoldOctet(slot, _connection.Transmit.Bytes[at]);
            }
            else if (count == 0)
            {
                EndRead(slot);
            }
        }

        // The octets of the body are in place: writes the frame header before them. Returns whether the body is complete.
        private bool EndData(int slot, int count)
        {
            StreamTable streams = _streams;
            bool end = streams.Remaining[slot] == 0;
            if (count == 0 && !end)
            {
                streams.RunDry(slot);
                _attention |= Dry;
                return false;
            }

            bool trailers = end && HasTrailers(slot);
            if (count != 0 || !trailers)
            {
                Http2Connection connection = _connection;
                TransmitBuffer transmit = connection.Transmit;
                connection.Writer.WriteHeader(transmit.End, count, FrameType.Data, end && !trailers ? FrameFlags.EndStream : 0, streams.Id[slot]);
                transmit.End += FrameReader.HeaderLength + count;
                streams.Windows.Sent(slot, count);
                connection.Glitches.Courtesy += GlitchBudget.CourtesyOfData;
                if (!end)
                {
                    streams.Moved[slot] = (int)connection.Now;
                }

                if (streams.SendingStreams != 1)
                {
                    _scheduler.Sent(slot, count);
                }
            }

            return end;
        }

        // Reads from a source. Negative when the body has failed and the stream is gone.
        private int ReadBody(int slot, int offset, int count)
        {
            StreamTable streams = _streams;
            int remaining = streams.Remaining[slot];
            int held = remaining < HttpResponse.UnknownLength ? TakeHeld(slot, offset) : 0;
            if (count == held)
            {
                return held;
            }

            int position = streams.Position[slot];
            int read = GuardedBody.Read(
                (BodySource)streams.Bodies[slot << 1], streams.Keys[slot << 1], position, _connection.Transmit.Bytes, offset + held, count - held, _connection.Counters);
            if (read <= 0)
            {
                if (read == 0)
                {
                    return held;
                }

                if (read == BodySource.EndOfBody && remaining < 0)
                {
                    streams.Remaining[slot] = 0;
                    return held;
                }

                // RFC 9113 8.1: the response cannot be completed, or is shorter than its length.
                _connection.ResetStream(streams.Id[slot], Resets.BrokenOff);
                return -1;
            }

            streams.Position[slot] = position > int.MaxValue - read ? int.MaxValue : position + read;
            if (remaining > 0)
            {
                streams.Remaining[slot] = remaining - read;
            }

            return read + held;
        }

        // Writes the octet that was read before there was a window for it.
        private int TakeHeld(int slot, int offset)
        {
            _connection.Transmit.Bytes[offset] = (byte)_streams.TakeHeld(slot);
            return 1;
        }

        // The body is complete: trailers follow, or the stream ends.
        private void EndBody(int slot)
        {
            _streams.EndSending(slot);
            _streams.CloseBody(slot, true);
            if (!HasTrailers(slot))
            {
                if ((_streams.Flags[slot] & StreamTable.FlagMask) == StreamTable.RemoteClosed)
                {
                    EndWhole(slot, _streams.Id[slot], GlitchBudget.CourtesyOfEnd);
                }
                else
                {
                    EndStream(slot);
                }

                return;
            }

            _streams.TrailersDue(slot);
            if (!WriteTrailers(slot))
            {
                _attention |= Waiting;
            }
        }

        private bool HasTrailers(int slot)
        {
            HttpExchange exchange = _streams.Exchange[slot];
            return exchange != null && exchange.Response.Trailers >= 0;
        }
    }
}
