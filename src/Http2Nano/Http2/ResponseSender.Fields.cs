using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The part with field sections: of responses, of promises and of trailers.
    internal sealed partial class ResponseSender
    {
        // A literal content-length without indexing (RFC 7541 6.2.2): its index in the static table with a prefix of four
        // bits, a length, ten digits.
        private const int ContentLengthRoom = 3 + 10;

        private const int LiteralPrefix = 0x0F;

        // What was found among the fields of a response: one that does not go out, a date, a content-length that does.
        private const int Omitted = 1;
        private const int Dated = 2;
        private const int HasLength = 4;

        /// <summary>
        /// Sends 100 Continue (RFC 9110 15.2.1), because the body is wanted. Deferred when it does not fit; sent before the
        /// final response in any case (RFC 9113 8.1).
        /// </summary>
        /// <returns>Whether it was sent.</returns>
        internal bool SendContinue(int slot)
        {
            if (!_connection.Transmit.Reserve(FrameWriter.ControlFrameRoom + FrameWriter.RstStreamLength))
            {
                return false;
            }

            // The status and at most two table size updates, which take less than a control frame.
            int block = BeginBlock(0);
            _encoder.EncodeStatus(100);
            EndBlock(block, _encoder.End(), FrameType.Headers, FrameFlags.EndHeaders, _streams.Id[slot]);
            _streams.ContinueOver(slot);
            return true;
        }

        // Whether 100 Continue is due for a body that goes to a sink while the response is sent.
        private bool IsContinueDue(int slot)
        {
            const int Both = StreamTable.ContinueDue | StreamTable.Sinking;
            return (_streams.Flags[slot] & Both) == Both;
        }

        /// <summary>Sends 103 Early Hints (RFC 8297): an informational response before the final one (RFC 9113 8.1).</summary>
        internal bool SendEarlyHints(int stream, HeaderList fields)
        {
            // RFC 9113 4.2: one frame, of at most the size that every client accepts.
            if (Room(fields) > FrameReader.MaximumPayload || !Reserve(fields, FrameWriter.ControlFrameRoom))
            {
                return false;
            }

            int block = BeginBlock(0);
            _encoder.EncodeStatus(103);
            _encoder.Encode(fields);
            EndBlock(block, EndCounted(fields), FrameType.Headers, FrameFlags.EndHeaders, stream);
            return true;
        }

        /// <summary>Sends PUSH_PROMISE (RFC 9113 6.6) for a GET of a path and opens the promised stream.</summary>
        /// <returns>
        /// Its slot, or <see cref="StreamTable.None"/> when the client accepts no promise or it does not fit.
        /// </returns>
        internal int Promise(HttpExchange cause, byte[] path)
        {
            int limit = _connection.Limits.MaximumPushes;
            if (limit > _connection.Peer.MaxConcurrentStreams)
            {
                limit = _connection.Peer.MaxConcurrentStreams;
            }

            // RFC 9113 8.4: only on a stream that the client has opened; 6.6: only if SETTINGS_ENABLE_PUSH allows it;
            // 5.1.1: identifiers may be used up.
            if ((_connection.Peer.Facts & (PeerSettings.EnablePush | PeerSettings.GoingAway)) != PeerSettings.EnablePush || _connection.GoingAway || _streams.Pushes >= limit
                || (cause.Stream & 1) == 0 || LastPromised >= int.MaxValue - 1)
            {
                return StreamTable.None;
            }

            // RFC 9113 6.6: the stream must be open or half-closed (remote), so its response must not be complete.
            int causeSlot = _streams.Find(cause.Stream);
            if (causeSlot == StreamTable.None || (_streams.Flags[causeSlot] & StreamTable.LocalClosed) != 0)
            {
                return StreamTable.None;
            }

            int promised = LastPromised + 2;
            HttpExchange exchange = _connection.Exchanges.Take(_connection, promised);
            if (exchange == null)
            {
                return StreamTable.None;
            }

            HeaderList fields = exchange.Request.Headers;
            if (!PromisedRequest.Fill(cause.Request, exchange, path) || Room(fields) > FrameReader.MaximumPayload
                || !Reserve(fields, FrameWriter.ControlFrameRoom))
            {
                ExchangePool.Return(exchange, false);
                return StreamTable.None;
            }

            int block = BeginBlock(promised);
            _encoder.Encode(fields);
            EndBlock(block, EndCounted(fields), FrameType.PushPromise, FrameFlags.EndHeaders, cause.Stream);
            LastPromised = promised;
            int slot = _streams.Open(promised, StreamTable.Pushed | StreamTable.RemoteClosed | StreamTable.Unsignalled, _connection.Peer.InitialWindowSize, 0);
            _streams.Exchange[slot] = exchange;
            _streams.SetPriority(slot, _streams.PriorityOf(causeSlot));
            return slot;
        }

        // Returns false when the section does not fit yet.
        private bool WriteHeaders(int slot)
        {
            HttpResponse response = _streams.Exchange[slot].Response;
            HeaderList fields = response.Headers;
            int status = response.Status;
            if (status < 200 || status > 599 || !CanEverFit(fields))
            {
                // The handler's fields cannot be sent, so an error replaces the response.
                _connection.Counters.HandlerFailures++;
                response.Replace(500);
                status = 500;
            }

            if (!Reserve(fields, FrameWriter.RstStreamLength))
            {
                return false;
            }

            BeginBlock(0);
            _encoder.EncodeStatus(status);
            int found = EncodeFields(fields, response.Trailers < 0 ? fields.End : response.Trailers, MayKeepLength(slot, status));
            EndHeaders(slot, response, status, found);
            return true;
        }

        // Writes a response that consists of a status. Returns false when it does not fit yet.
        private bool WriteStatus(int slot)
        {
            if (!Reserve(null, FrameWriter.RstStreamLength))
            {
                return false;
            }

            int block = BeginBlock(0);
            _encoder.EncodeStatus(_streams.Remaining[slot]);
            byte[] bytes = _connection.Transmit.Bytes;
            int end = _date.WriteLiteral(_connection.Now, bytes, block + _encoder.End());
            end = WriteContentLength(0, bytes, end);
            EndBlock(block, end - block, FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, _streams.Id[slot]);
            EndStream(slot);
            return true;
        }

        // RFC 9110 8.6: a response to HEAD has the length that GET would have; 204 has none. A length that the handler has
        // set is kept where there is no body to measure.
        private bool MayKeepLength(int slot, int status)
        {
            HttpExchange exchange = _streams.Exchange[slot];
            return (status == 205 || exchange.Response.BodyLength == 0) && (status == 304 || exchange.Request.Method == HttpMethod.Head);
        }

        // The fields are encoded: adds date and length, sends the section, and begins the body.
        private void EndHeaders(int slot, HttpResponse response, int status, int found)
        {
            HttpExchange exchange = _streams.Exchange[slot];
            int length = status == 205 ? 0 : response.BodyLength;
            int block = _connection.Transmit.End + FrameReader.HeaderLength;
            byte[] bytes = _connection.Transmit.Bytes;
            int end = block + EndCounted(response.HeaderSection);
            if ((found & Dated) == 0)
            {
                end = _date.WriteLiteral(_connection.Now, bytes, end);
            }

            if (length >= 0 && status != 204 && status != 304 && (found & HasLength) == 0)
            {
                end = WriteContentLength(length, bytes, end);
            }

            // RFC 9110 6.4.1, 15.3.5, 15.3.6, 15.4.5: no content in answer to HEAD, nor with 204, 205 and 304.
            bool mayHave = status != 204 && status != 205 && status != 304 && exchange.Request.Method != HttpMethod.Head;
            bool hasBody = mayHave && length != 0;
            bool hasTrailers = mayHave && response.Trailers >= 0;
            EndBlock(block, end - block, FrameType.Headers, hasBody || hasTrailers ? FrameFlags.EndHeaders : FrameFlags.EndHeaders | FrameFlags.EndStream, _streams.Id[slot]);
            _connection.Dispatcher.Log(exchange, _connection.Counters);
            if (hasBody)
            {
                TakeBody(slot, exchange, hasTrailers);
                return;
            }

            // The response must not have a body, so it is not read.
            response.CloseSource(true);
            if (hasTrailers)
            {
                EndBody(slot);
            }
            else
            {
                EndStream(slot);
            }
        }

        // Writes the trailer section (RFC 9113 8.1), which ends the stream. Returns false when it does not fit yet.
        private bool WriteTrailers(int slot)
        {
            HttpResponse response = _streams.Exchange[slot].Response;
            HeaderList fields = response.Headers;
            if (!CanEverFit(fields))
            {
                _connection.Counters.HandlerFailures++;
                return Abandon(slot);
            }

            if (!Reserve(fields, FrameWriter.RstStreamLength))
            {
                return false;
            }

            int block = BeginBlock(0);
            _encoder.Encode(fields.Storage, response.Trailers, fields.End);
            EndBlock(block, _encoder.End(), FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, _streams.Id[slot]);
            _streams.TrailersSent(slot);
            EndStream(slot);
            return true;
        }

        private bool Abandon(int slot)
        {
            if (!_connection.Transmit.Reserve(FrameWriter.RstStreamLength))
            {
                return false;
            }

            _connection.ResetStream(_streams.Id[slot], Resets.BrokenOff);
            return true;
        }

        // Encodes all fields up to the trailers, except the connection-specific ones (RFC 9113 8.2.2). By number, the first
        // eight names are those of pseudo-header fields, the last those of connection-specific ones, and 0 is a name as
        // text. Returns what was found: Dated, HasLength.
        private int EncodeFields(HeaderList fields, int end, bool mayKeepLength)
        {
            int start = fields.Start;
            int run = _encoder.Expected;
            if (run == _plainRun && end - start == _plainLength && end == fields.Used && _encoder.EncodeRun(fields))
            {
                // Octet for octet the fields of a response before: there is nothing to be looked for.
                return 0;
            }

            byte[] storage = fields.Storage;
            int from = start;
            int at = start;
            int found = 0;
            while (at < end)
            {
                int name = storage[at];
                int next = name >= HeaderList.StaticField ? at + 1 : at + (storage[at + 2] << 8 | storage[at + 3]);

                // Nearly all names are none of these; fields of the static table are among those that are looked at.
                if (name == FieldName.ContentLength || name == FieldName.Date || (name >= FieldName.TransferEncoding && name <= FieldName.Upgrade && name != FieldName.Vary)
                    || name >= HeaderList.StaticField || (name != 0 && name <= FieldName.Status))
                {
                    name = fields.NameIndex(at);
                    if (IsOmitted(name, mayKeepLength))
                    {
                        _encoder.Encode(storage, from, at);
                        from = next;
                        found |= Omitted;
                    }
                    else if (name == FieldName.Date)
                    {
                        found |= Dated;
                    }
                    else if (name == FieldName.ContentLength)
                    {
                        found |= HasLength;
                    }
                }

                at = next;
            }

            // Same as Encode, without another stack frame: the stack is deep below here.
            if (from != start || end != fields.Used)
            {
                _encoder.Encode(storage, from, end);
            }
            else if (!_encoder.EncodeRun(fields))
            {
                _encoder.Encode(storage, from, end);
            }
            else if (found == 0)
            {
                _plainRun = run;
                _plainLength = end - start;
            }

            return found;
        }

        private static bool IsOmitted(int name, bool keepLength)
        {
            return name == FieldName.ContentLength
                ? !keepLength
                : RequestFields.IsConnectionSpecific(name) || (name != 0 && name <= FieldName.Status);
        }

        // Written after the encoder's octets and without the encoder, because the literal goes into no table.
        private static int WriteContentLength(int length, byte[] bytes, int at)
        {
            bytes[at] = LiteralPrefix;
            bytes[at + 1] = FieldName.ContentLength - LiteralPrefix;
            int end = DecimalDigits.WriteTo(length, bytes, at + 3);
            bytes[at + 2] = (byte)(end - at - 3);
            return end;
        }

        private bool Reserve(HeaderList fields, int behind)
        {
            return _connection.Transmit.Reserve(Room(fields) + behind);
        }

        private int Room(HeaderList fields)
        {
            // A promise has a stream identifier instead of a content-length.
            return FrameReader.HeaderLength + _encoder.Bound(fields) + ContentLengthRoom + HttpDate.LiteralLength;
        }

        private bool CanEverFit(HeaderList fields)
        {
            int room = Room(fields);
            return room <= _connection.Transmit.Bytes.Length - FrameWriter.RstStreamLength && room <= FrameReader.MaximumPayload;
        }

        // Returns the offset of the field block.
        private int BeginBlock(int promised)
        {
            int block = _connection.Transmit.End + FrameReader.HeaderLength;
            if (promised != 0)
            {
                _connection.Transmit.End = block;
                _connection.Writer.Int32(promised);
                _connection.Transmit.End = block - FrameReader.HeaderLength;
                block += 4;
            }

            _encoder.Begin(_connection.Transmit.Bytes, block);
            return block;
        }

        // Ends the encoded fields of a list, and counts the octets saved.
        private int EndCounted(HeaderList fields)
        {
            int count = _encoder.End();
            _connection.Counters.FieldBytesSaved += fields.Total - (fields.Fields * HeaderList.FieldOverhead) - count;
            return count;
        }

        private void EndBlock(int block, int count, int type, int flags, int stream)
        {
            int start = _connection.Transmit.End;
            int end = block + count;
            _connection.Writer.WriteHeader(start, end - start - FrameReader.HeaderLength, type, flags, stream);
            _connection.Transmit.End = end;
        }
    }
}
