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
        private const int WholeOverhead = 2 * FrameReader.HeaderLength + ContentLengthRoom + HttpDate.LiteralLength + FrameWriter.RstStreamLength;

        // False when nothing was sent, because the response is another one.
        private bool SendWhole(int slot, HttpExchange exchange)
        {
            HttpResponse response = exchange.Response;
            Http2Connection connection = _connection;
            TransmitBuffer transmit = connection.Transmit;
            HeaderList fields = response.HeaderSection;
            byte[] bytes = transmit.Bytes;
            int start = transmit.End;
            int status = response.StatusCode;
            int length = response.BodyLength;
            int bound = WholeOverhead + _encoder.Bound(fields);
            int room = bytes.Length - start - bound;

            // RFC 9110 15.3.5, 15.3.6: statuses without content or a length are the long way's, and so is HEAD.
            if ((_streams.Flags[slot] & StreamTable.FlagMask) != StreamTable.RemoteClosed || length < 0 || response.Trailers >= 0 || room < 0
                || (status != 200 && !MayBeWhole(status, length)) || exchange.Request.MethodCode == HttpMethod.Head
                || bound > FrameReader.MaximumPayload || (length == 0 && response.Source != null))
            {
                return false;
            }

            int at = start + FrameReader.HeaderLength;
            bool dated = false;
            int count = _encoder.EncodeAgain(status, fields, bytes, at);
            if (count == 0)
            {
                int version = _encoder.Version;
                _encoder.Begin(bytes, at);
                _encoder.EncodeStatus(status);
                int found = EncodeFields(fields, fields.Used, status == 304);
                count = found == 0 ? _encoder.EndAndRemember(status, fields, version) : _encoder.End();
                dated = (found & Dated) != 0;
            }

            connection.Counters.FieldBytesSaved += fields.Total - (fields.Fields * HeaderList.FieldOverhead) - count;
            at += count;
            if (!dated)
            {
                at = _date.WriteLiteral(connection.Now, bytes, at);
            }

            if (status != 304)
            {
                at = WriteContentLength(length, bytes, at);
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
                    EndWhole(slot, stream, GlitchBudget.CourtesyOfEnd);
                }

                return true;
            }

            // A body in the exchange goes first, because it keeps the exchange from others; any other one in its turn, which it has where
            // no other response is under way and no other request has come.
            FlowControl windows = _streams.Windows;
            byte[] body = response.BodyBytes;
            if (body == null || (body != exchange.Storage && (_streams.SendingStreams != 0 || connection.Receive.Start != connection.Receive.End))
                || length > room || length > FrameReader.MaximumPayload
                || length > windows.Streams[slot << 1] || length > windows.SendConnection
                || transmit.End != at || _streams.Id[slot] != stream)
            {
                // The application may have promised something in its log, or ended the connection.
                SendRest(slot, stream, exchange);
                return true;
            }

            Array.Copy(body, response.BodyOffset, bytes, at + FrameReader.HeaderLength, length);
            connection.Writer.RepeatAsLastData(start, at, length);
            transmit.End = at + FrameReader.HeaderLength + length;
            windows.Sent(slot, length);
            EndWhole(slot, stream, GlitchBudget.CourtesyOfData + GlitchBudget.CourtesyOfEnd);
            return true;
        }

        private static bool MayBeWhole(int status, int length)
        {
            return status >= 200 && status <= 599 && status != 204 && status != 205 && (status != 304 || length == 0);
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
        private void EndWhole(int slot, int stream, int courtesy)
        {
            Http2Connection connection = _connection;
            connection.Glitches.Courtesy += courtesy;
            if (connection.Closed.IsOld(stream))
            {
                connection.Closed.Add(stream, ClosedStreams.Ended);
            }

            _streams.CloseWhole(slot);
        }
    }
}
