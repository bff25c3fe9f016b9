using System;
using Http2Nano.Framing;
using Http2Nano.Hpack;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Sends responses (RFC 9113 8.1): field sections as soon as they fit, bodies as the scheduler picks their streams and
    /// as the windows and the transmit buffer have room.
    /// </summary>
    internal sealed class ResponseSender
    {
        // What :status and two changes of the table size may take in front of the fields.
        private const int BlockOverhead = 24;

        private readonly Http2Connection _connection;
        private readonly StreamTable _streams;
        private readonly StreamScheduler _scheduler;
        private readonly HpackEncoder _encoder;

        // Field sections wait for room, or for handlers that put their response off: the streams are to be looked through.
        private bool _attention;
        private bool _sourceEmpty;

        internal ResponseSender(Http2Connection connection)
        {
            _connection = connection;
            _streams = connection.Streams;
            _scheduler = new StreamScheduler(_streams);
            _encoder = new HpackEncoder(connection.Limits.EncoderTableSize);
        }

        /// <summary>The connection's window for sending, in bytes (RFC 9113 6.9.1).</summary>
        internal int Window { get; private set; }

        /// <summary>The highest stream identifier that was promised (RFC 9113 5.1.1), or 0.</summary>
        internal int LastPromised { get; private set; }

        /// <summary>Whether a source or a deferred response may go on without anything being received.</summary>
        internal bool Waits
        {
            get { return _attention || _sourceEmpty; }
        }

        internal int TableBytes
        {
            get { return _encoder.TableSize; }
        }

        internal void Begin()
        {
            Window = FlowControl.DefaultWindow;
            LastPromised = 0;
            _attention = false;
            _sourceEmpty = false;
            _encoder.Reset();
        }

        internal void SetPeerTableSize(int size)
        {
            _encoder.SetLimit(size);
        }

        internal bool GrowConnectionWindow(int increment)
        {
            if (!FlowControl.CanGrow(Window, increment))
            {
                return false;
            }

            Window += increment;
            return true;
        }

        /// <summary>SETTINGS_INITIAL_WINDOW_SIZE moves the windows of all streams (RFC 9113 6.9.2).</summary>
        /// <returns>False when one would exceed 2^31-1.</returns>
        internal bool ChangeInitialWindow(int change)
        {
            if (change == 0)
            {
                return true;
            }

            for (int slot = 0; slot < _streams.Capacity; slot++)
            {
                if (_streams.Id[slot] != 0)
                {
                    if (change > 0 && !FlowControl.CanGrow(_streams.SendWindow[slot], change))
                    {
                        return false;
                    }

                    _streams.SendWindow[slot] += change;
                }
            }

            return true;
        }

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

        /// <summary>A response is made: its field section goes out now if there is room, and a short body behind it.</summary>
        internal void Ready(int slot)
        {
            _streams.Flags[slot] |= StreamTable.HeadersPending;
            int stream = _streams.Id[slot];
            if (!WriteHeaders(slot))
            {
                _attention = true;
                return;
            }

            // A body that lies in the exchange blocks it for other requests, so it goes at once where that is nobody's loss.
            if (_streams.Id[slot] == stream && _streams.Exchange[slot] != null && Window > 0 && _streams.SendWindow[slot] > 0)
            {
                WriteData(slot);
            }
        }

        /// <summary>A handler has put its response off.</summary>
        internal void Defer(int slot)
        {
            _streams.Flags[slot] |= StreamTable.Deferred;
            _attention = true;
        }

        /// <summary>Sends whatever windows and buffer allow.</summary>
        internal void Send()
        {
            if (_attention)
            {
                SendPending();
            }

            int slot = _scheduler.Next(Window);
            while (slot != StreamTable.None && WriteData(slot))
            {
                slot = _scheduler.Next(Window);
            }
        }

        /// <summary>Whether an exchange will be free as soon as the transmit buffer is: nothing but room is missing.</summary>
        internal bool ExchangeWillBeFree()
        {
            for (int slot = 0; slot < _streams.Capacity; slot++)
            {
                if (_streams.Exchange[slot] == null)
                {
                    continue;
                }

                int flags = _streams.Flags[slot];
                if ((flags & StreamTable.HeadersPending) != 0
                    || ((flags & (StreamTable.Sending | StreamTable.SourceEmpty)) == StreamTable.Sending && Window > 0 && _streams.SendWindow[slot] > 0))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Sends 103 Early Hints (RFC 8297): an informational response before the final one (RFC 9113 8.1).</summary>
        internal bool SendEarlyHints(int stream, HeaderList fields)
        {
            int bound = _encoder.Bound(fields) + BlockOverhead;
            return _connection.Transmit.Reserve(bound + FrameReader.HeaderLength + FrameWriter.ControlFrameRoom)
                && WriteBlock(stream, 103, fields, FrameType.Headers, FrameFlags.EndHeaders, 0);
        }

        /// <summary>Sends PUSH_PROMISE (RFC 9113 6.6) for a GET of a path and opens the promised stream.</summary>
        /// <returns>Its slot, or <see cref="StreamTable.None"/> when the client takes no promise or there is no room.</returns>
        internal int Promise(HttpExchange cause, byte[] path)
        {
            int limit = _connection.Limits.MaximumPushes;
            if (limit > _connection.Peer.MaxConcurrentStreams)
            {
                limit = _connection.Peer.MaxConcurrentStreams;
            }

            // RFC 9113 8.4: only on a stream that the client opened; 6.6: only if it said so; 5.1.1: ids run out.
            if (!_connection.Peer.EnablePush || _connection.ClientGoingAway || _connection.GoingAway || _streams.Pushes >= limit
                || (cause.Stream & 1) == 0 || LastPromised >= int.MaxValue - 1)
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
            int bound = 0;
            bool fits = PromisedRequest.Fill(cause.Request, exchange, path);
            if (fits)
            {
                bound = _encoder.Bound(fields) + BlockOverhead + 4;
                fits = _connection.Transmit.Reserve(bound + FrameReader.HeaderLength + FrameWriter.ControlFrameRoom)
                    && WriteBlock(cause.Stream, 0, fields, FrameType.PushPromise, FrameFlags.EndHeaders, promised);
            }

            if (!fits)
            {
                exchange.End();
                return StreamTable.None;
            }

            LastPromised = promised;
            int slot = _streams.Open(promised, StreamTable.Pushed | StreamTable.RemoteClosed, _connection.Peer.InitialWindowSize, 0);
            _streams.Exchange[slot] = exchange;

            // What was promised is needed after the page that needs it.
            _streams.Priority[slot] = _streams.Priority[_streams.Find(cause.Stream)];
            return slot;
        }

        /// <summary>Both sides are done with a stream.</summary>
        internal void CloseStream(int slot)
        {
            _connection.Closed.Add(_streams.Id[slot], ClosedStreams.Ended);
            _streams.Close(slot, true);
        }

        private void SendPending()
        {
            _attention = false;
            for (int slot = 0; slot < _streams.Capacity; slot++)
            {
                int flags = _streams.Flags[slot];
                if ((flags & StreamTable.Deferred) != 0)
                {
                    if (_streams.Exchange[slot].Response.IsDeferred)
                    {
                        _attention = true;
                        continue;
                    }

                    _streams.Flags[slot] = flags & ~StreamTable.Deferred;
                    Ready(slot);
                }
                else if ((flags & StreamTable.HeadersPending) != 0)
                {
                    Ready(slot);
                }
            }
        }

        // False when there is no room yet.
        private bool WriteHeaders(int slot)
        {
            HttpExchange exchange = _streams.Exchange[slot];
            HttpResponse response = exchange.Response;
            int length = response.BodyLength;

            // RFC 9110 6.4.1, 15.3.5, 15.4.5: no content in answer to HEAD, nor with 204 and 304.
            bool noContent = response.Status == 204 || response.Status == 304;
            bool hasBody = !noContent && exchange.Request.Method != HttpMethod.Head && length != 0;
            if (length >= 0 && !noContent && response.Headers.Find(FieldName.ContentLength) < 0)
            {
                response.Headers.AddNumber(FieldName.ContentLength, length);
            }

            int room = _encoder.Bound(response.Headers) + BlockOverhead + FrameReader.HeaderLength;
            if (room > _connection.Transmit.Bytes.Length - FrameWriter.ControlFrameRoom || room > FrameReader.MaximumPayload)
            {
                // It will never fit: what the handler made is replaced by an error that does.
                _connection.Counters.HandlerFailures++;
                response.Replace(500);
                return WriteHeaders(slot);
            }

            if (!_connection.Transmit.Reserve(room + FrameWriter.ControlFrameRoom) && !_connection.Transmit.Reserve(room))
            {
                return false;
            }

            bool endStream = !hasBody;
            int flags = FrameFlags.EndHeaders | (endStream ? FrameFlags.EndStream : 0);
            int stream = _streams.Id[slot];
            WriteBlock(stream, response.Status, response.Headers, FrameType.Headers, flags, 0);
            _streams.Flags[slot] &= ~StreamTable.HeadersPending;
            _connection.Dispatcher.Log(exchange, _connection.Counters);
            if (endStream)
            {
                response.CloseSource(true);
                EndStream(slot);
            }
            else
            {
                TakeBody(slot, exchange);
            }

            return true;
        }

        private bool WriteBlock(int stream, int status, HeaderList fields, int type, int flags, int promised)
        {
            byte[] bytes = _connection.Transmit.Bytes;
            int start = _connection.Transmit.End;
            int block = start + FrameReader.HeaderLength;
            int payload = block;
            if (promised != 0)
            {
                _connection.Transmit.End = block;
                _connection.Writer.Int32(promised);
                block += 4;
            }

            _encoder.Begin(bytes, block);
            if (status != 0)
            {
                _encoder.EncodeStatus(status);
            }

            _encoder.Encode(fields);
            int end = block + _encoder.End();
            _connection.Writer.WriteHeader(start, end - payload, type, flags, stream);
            _connection.Transmit.End = end;
            return true;
        }

        private void TakeBody(int slot, HttpExchange exchange)
        {
            HttpResponse response = exchange.Response;
            BodySource source = response.Source;
            _streams.Flags[slot] |= StreamTable.Sending;
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

            if (!response.BodyIsInExchange)
            {
                _streams.ReleaseExchange(slot);
            }
        }

        // Writes one DATA frame (RFC 9113 6.1). False when the transmit buffer has no room for it.
        private bool WriteData(int slot)
        {
            int remaining = _streams.Remaining[slot];
            int wanted = remaining < 0 ? int.MaxValue : remaining;
            int window = _streams.SendWindow[slot];
            if (wanted > window)
            {
                wanted = window;
            }

            if (wanted > Window)
            {
                wanted = Window;
            }

            if (wanted > FrameReader.MaximumPayload)
            {
                wanted = FrameReader.MaximumPayload;
            }

            // Nothing smaller than a quarter of the buffer is sent for want of room: frames have headers.
            byte[] bytes = _connection.Transmit.Bytes;
            int worthwhile = bytes.Length / 4;
            if (!_connection.Transmit.Reserve(FrameReader.HeaderLength + (wanted < worthwhile ? wanted : worthwhile)))
            {
                return false;
            }

            int start = _connection.Transmit.End;
            int offset = start + FrameReader.HeaderLength;
            if (wanted > bytes.Length - offset)
            {
                wanted = bytes.Length - offset;
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

            _connection.Writer.WriteHeader(start, count, FrameType.Data, end ? FrameFlags.EndStream : 0, _streams.Id[slot]);
            _connection.Transmit.End = offset + count;
            _streams.SendWindow[slot] = window - count;
            Window -= count;
            _connection.Glitches.Earn();
            if (end)
            {
                _streams.CloseBody(slot, true);
                EndStream(slot);
            }

            return true;
        }

        // Negative when the body broke off and the stream is gone.
        private int ReadBody(int slot, byte[] bytes, int offset, int count)
        {
            int remaining = _streams.Remaining[slot];
            int position = _streams.Position[slot];
            BodySource source = _streams.Body[slot] as BodySource;
            int read = count;
            if (source == null)
            {
                Array.Copy((byte[])_streams.Body[slot], position, bytes, offset, count);
            }
            else if (remaining != 0)
            {
                read = GuardedBody.Read(source, _streams.SourceKey[slot], position, bytes, offset, count, _connection.Counters);
                if (read == BodySource.EndOfBody && remaining < 0)
                {
                    _streams.Remaining[slot] = 0;
                    return 0;
                }

                if (read < 0)
                {
                    // RFC 9113 8.1: a response that cannot be completed.
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

        // END_STREAM was sent.
        private void EndStream(int slot)
        {
            int flags = (_streams.Flags[slot] & ~StreamTable.Sending) | StreamTable.LocalClosed;
            _streams.Flags[slot] = flags;
            if ((flags & StreamTable.RemoteClosed) != 0)
            {
                CloseStream(slot);
            }
            else if ((flags & StreamTable.Sinking) != 0)
            {
                _streams.ReleaseExchange(slot);
            }
            else
            {
                // RFC 9113 8.1: the response is complete and the rest of the request is not needed.
                _connection.ResetStream(_streams.Id[slot], ErrorCode.NoError);
            }
        }
    }
}
