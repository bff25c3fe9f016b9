using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The usual response: to a complete request, not to HEAD, without trailers, and with room for its field section. It goes out as
    // the long way would send it, without the states in between; with it a short body, if there are window and room for all of it.
    internal sealed partial class ResponseSender
    {
        // What a response has beside the encoder's octets and the body.
        private const int WholeOverhead = 2 * FrameReader.HeaderLength + ContentLengthRoom + DateRoom + FrameWriter.RstStreamLength;

        // False when nothing was sent, because the response is another one.
        private bool SendWhole(int slot, HttpExchange exchange)
        {
            HttpResponse response = exchange.Response;
            Http2Connection connection = _connection;
            TransmitBuffer transmit = connection.Transmit;
            HeaderList fields = response.Headers;
            byte[] bytes = transmit.Bytes;
            int start = transmit.End;
            int status = response.StatusCode;
            int length = response.BodyLength;
            int room = bytes.Length - start - WholeOverhead - _encoder.Bound(fields);

            // RFC 9110 15.3.5, 15.3.6: statuses without content or a length are the long way's, and so is HEAD.
            if ((_streams.Flags[slot] & StreamTable.FlagMask) != StreamTable.RemoteClosed || length < 0 || response.Trailers >= 0 || room < 0 || status < 200
                || (status != 200 && !MayBeWhole(status, length)) || exchange.Request.Method == HttpMethod.Head
                || bytes.Length - start - room > FrameReader.MaximumPayload || (length == 0 && response.Source != null))
            {
                return false;
            }

            int at = start + FrameReader.HeaderLength;
            int found = 0;
            int count = _encoder.EncodeAgain(status, fields, bytes, at);
            if (count == 0)
            {
                int version = _encoder.Version;
                _encoder.Begin(bytes, at);
                _encoder.EncodeStatus(status);
                found = EncodeFields(fields, fields.Used, status == 304);
                count = found == 0 ? _encoder.EndAndRemember(status, fields, version) : _encoder.End();
            }

            connection.Counters.FieldBytesSaved += fields.Total - (fields.Fields * HeaderList.FieldOverhead) - count;
            at += count;
            if ((found & Dated) == 0)
            {
                at += WriteDate(at);
            }

            if (status != 304)
            {
                at += WriteContentLength(at, length);
            }

            int stream = exchange.Stream;
            connection.Writer.WriteHeader(
                start, at - start - FrameReader.HeaderLength, FrameType.Headers,
                length != 0 ? FrameFlags.EndHeaders : FrameFlags.EndHeaders | FrameFlags.EndStream, stream);
            transmit.End = at;
            connection.Dispatcher.Log(exchange, connection.Counters);
            if (length == 0)
            {
                if (_streams.Id[slot] == stream)
                {
                    EndWhole(slot, stream);
                }
            }
            else if (response.BodyBytes != exchange.Storage || length > room || length > FrameReader.MaximumPayload
                || length > _streams.Windows.Streams[slot << 1] || length > _streams.Windows.SendConnection
                || transmit.End != at || _streams.Id[slot] != stream)
            {
                // The application may have promised something in its log, or ended the connection.
                SendRest(slot, stream, exchange);
            }
            else
            {
                Array.Copy(exchange.Storage, response.BodyOffset, bytes, at + FrameReader.HeaderLength, length);
                connection.Writer.RepeatHeader(start, at, length, FrameType.Data, FrameFlags.EndStream);
                transmit.End = at + FrameReader.HeaderLength + length;
                _streams.Windows.Sent(slot, length);
                connection.Glitches.Courtesy += GlitchBudget.CourtesyOfData;
                EndWhole(slot, stream);
            }

            return true;
        }

        private static bool MayBeWhole(int status, int length)
        {
            return status <= 599 && status != 204 && status != 205 && (status != 304 || length == 0);
        }

        // The field section is sent, and the body is to be sent like any other.
        private void SendRest(int slot, int stream, HttpExchange exchange)
        {
            if (_streams.Id[slot] == stream)
            {
                int priority = exchange.Response.Priority;
                if (priority >= 0)
                {
                    _streams.SetPriority(slot, priority | StreamPriority.Overridden);
                }

                TakeBody(slot, exchange, false);
                SendAtOnce(slot);
            }
        }

        // A body in the exchange keeps it from other requests, so it is sent at once where that delays no other stream.
        private void SendAtOnce(int slot)
        {
            if (_streams.Exchange[slot] != null && _streams.Windows.Sendable(slot) > 0)
            {
                WriteData(slot);
            }
        }

        // END_STREAM has been sent on a stream that was half-closed (remote), and nothing but its exchange hangs on it.
        private void EndWhole(int slot, int stream)
        {
            _connection.Glitches.Courtesy += GlitchBudget.CourtesyOfEnd;
            _connection.Closed.Add(stream, ClosedStreams.Ended);
            _streams.CloseWhole(slot);
        }
    }
}
