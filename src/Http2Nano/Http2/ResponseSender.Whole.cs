using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The usual response: a field section and a short body for a request that is complete, with window and room for all of it. It
    // goes out as the long way would send it, without the scheduler and the states in between.
    internal sealed partial class ResponseSender
    {
        // What a response has beside the encoder's octets and the body.
        private const int WholeOverhead = 2 * FrameReader.HeaderLength + ContentLengthRoom + DateRoom + FrameWriter.RstStreamLength;

        // False when nothing was sent, because the response is another one.
        private bool SendWhole(int slot, HttpExchange exchange)
        {
            HttpResponse response = exchange.Response;
            TransmitBuffer transmit = _connection.Transmit;
            HeaderList fields = response.Headers;
            byte[] bytes = transmit.Bytes;
            int start = transmit.End;
            int status = response.StatusCode;
            int length = response.BodyLength;
            int needed = WholeOverhead + _encoder.Bound(fields);
            if (_streams.Flags[slot] != StreamTable.RemoteClosed || length < 0 || response.Trailers >= 0 || response.Source != null
                || needed > FrameReader.MaximumPayload || length > FrameReader.MaximumPayload || needed + length > bytes.Length - start)
            {
                return false;
            }

            // RFC 9110 15.3.5, 15.3.6: statuses without content or a length are the long way's, and so is HEAD.
            if (status < 200 || status > 599 || status == 204 || status == 205 || exchange.Request.Method == HttpMethod.Head)
            {
                return false;
            }

            if (length != 0 && (status == 304 || response.BodyBytes != exchange.Storage
                || length > _streams.Windows.Send[slot] || length > _streams.Windows.SendConnection))
            {
                return false;
            }

            int at = start + FrameReader.HeaderLength;
            _encoder.Begin(bytes, at);
            _encoder.EncodeStatus(status);
            int found = EncodeFields(fields, fields.Used, status == 304);
            at += EndCounted(fields);
            if ((found & Dated) == 0)
            {
                at += WriteDate(at);
            }

            if (status != 304)
            {
                at += WriteContentLength(at, length);
            }

            int stream = exchange.Stream;
            _connection.Writer.WriteHeader(
                start, at - start - FrameReader.HeaderLength, FrameType.Headers,
                length != 0 ? FrameFlags.EndHeaders : FrameFlags.EndHeaders | FrameFlags.EndStream, stream);
            transmit.End = at;
            _connection.Dispatcher.Log(exchange, _connection.Counters);
            if (transmit.End != at || _streams.Id[slot] != stream)
            {
                // The application has promised something meanwhile, or that ended the connection.
                GoOn(slot, stream, exchange, length);
                return true;
            }

            if (length != 0)
            {
                Array.Copy(exchange.Storage, response.BodyOffset, bytes, at + FrameReader.HeaderLength, length);
                _connection.Writer.WriteHeader(at, length, FrameType.Data, FrameFlags.EndStream, stream);
                transmit.End = at + FrameReader.HeaderLength + length;
                _streams.Windows.Sent(slot, length);
                _connection.Glitches.Courtesy += GlitchBudget.CourtesyOfData;
            }

            _connection.Glitches.Courtesy += GlitchBudget.CourtesyOfEnd;
            _connection.Closed.Add(stream, ClosedStreams.Ended);
            _streams.CloseWhole(slot);
            return true;
        }

        // The field section is sent, and the rest is to be sent like any other.
        private void GoOn(int slot, int stream, HttpExchange exchange, int length)
        {
            if (_streams.Id[slot] != stream)
            {
                return;
            }

            if (length == 0)
            {
                EndStream(slot);
                return;
            }

            TakeBody(slot, exchange, false);
            WriteData(slot);
        }
    }
}
