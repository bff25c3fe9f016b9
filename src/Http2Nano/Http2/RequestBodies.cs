using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// The client's DATA frames and their flow control (RFC 9113 6.1, 6.9). A stream's window is the room for its body, so
    /// that nothing is ever received for which there is no storage.
    /// </summary>
    internal sealed partial class RequestBodies
    {
        // A DATA frame of fewer octets than its header moves next to nothing, and costs a call of the sink.
        private const int WorthwhileLength = 8;

        // A frame of a WebSocket may be that short, because its own header has six octets (RFC 6455 5.2).
        private const int LeastFrameOfTunnel = 6;

        // Milliseconds for which octets without room in a sink may block all frames after them.
        internal const int SinkPatience = 5000;

        private readonly Http2Connection _connection;
        private readonly StreamTable _streams;
        private readonly FrameReader _reader;

        // Since when the current DATA frame has waited for room in a sink; Never while it does not wait.
        private long _waitingSince;
        private int _slot;

        /// <summary>
        /// The window of a new stream, in bytes: the default, until the client has acknowledged the server's setting (RFC
        /// 9113 6.5.3).
        /// </summary>
        internal int InitialWindow
        {
            get { return _connection.SettingsAcknowledged ? _connection.Limits.InitialWindowSize : FlowControl.DefaultWindow; }
        }

        internal RequestBodies(Http2Connection connection)
        {
            _connection = connection;
            _streams = connection.Streams;
            _reader = connection.Reader;
        }

        /// <summary>Whether the current DATA frame waits for room in a sink.</summary>
        internal bool AwaitsSink
        {
            get { return _waitingSince != HttpConnection.Never; }
        }

        internal void Begin()
        {
            _waitingSince = HttpConnection.Never;
            _slot = StreamTable.None;
        }

        /// <summary>From now on the client uses the announced initial window (RFC 9113 6.9.2).</summary>
        internal void SettingsAcknowledged()
        {
            _streams.Windows.MoveReceive(_streams, _connection.Limits.InitialWindowSize - FlowControl.DefaultWindow);
            _streams.SettingsAcknowledged();
            Grant();
        }

        /// <summary>Begins to gather the body of a request in its exchange.</summary>
        internal void Gather(int slot)
        {
            HttpExchange exchange = _streams.Exchange[slot];
            if (_streams.ContentRemaining[slot] > exchange.Request.ContentRoom)
            {
                _connection.Requests.AnswerBare(slot, exchange, 413);
                return;
            }

            BeginReceiving(slot, StreamTable.Gathering);
        }

        /// <summary>
        /// Lets a response wait for the end of a request whose body nobody wants. A short body is read and dropped, so that
        /// the client is not reset in the middle of it and a malformed body is still detected (RFC 9113 8.1.1).
        /// </summary>
        /// <returns>Whether the response need not wait.</returns>
        internal bool Discard(int slot)
        {
            // RFC 9110 10.1.1: a client that waits for 100 Continue, or for a tunnel, is told at once that the body is not
            // wanted.
            if ((_streams.Flags[slot] & (StreamTable.RemoteClosed | StreamTable.ContinueDue | StreamTable.Tunnel)) != 0 || _streams.ContentRemaining[slot] > _connection.Limits.MaximumDrain)
            {
                return true;
            }

            BeginReceiving(slot, StreamTable.Discarding);
            return false;
        }

        /// <summary>Begins to pass the body of a request to a sink.</summary>
        internal void Sink(int slot, BodySink sink, int key)
        {
            _streams.Bodies[(slot << 1) + 1] = sink;
            _streams.Keys[(slot << 1) + 1] = key;
            _streams.Moved[slot] = (int)_connection.Now;
            if ((_streams.Flags[slot] & StreamTable.RemoteClosed) != 0)
            {
                _streams.CloseSink(slot, true);
            }
            else
            {
                BeginReceiving(slot, StreamTable.Sinking);
            }
        }

        private void BeginReceiving(int slot, int destination)
        {
            _streams.BeginReceiving(slot, destination);
            _streams.Moved[slot] = (int)_connection.Now;
            Grant(slot);
        }

        /// <summary>A DATA frame begins.</summary>
        internal void BeginData()
        {
            int stream = _reader.Stream;
            int length = _reader.Length;
            _reader.Padding = 0;
            _reader.PrefixPending = (_reader.Flags & FrameFlags.Padded) != 0;
            StreamTable streams = _streams;
            int slot = streams.Find(stream);
            _slot = slot;

            // RFC 9113 6.1: DATA on stream 0 is an error, and so is DATA on an idle stream (5.1).
            if (stream == 0 || _connection.IsIdle(stream))
            {
                FailConnection(ErrorCode.ProtocolError);
                return;
            }

            if (_reader.PrefixPending && length == 0)
            {
                _connection.ConnectionError(ErrorCode.FrameSizeError);
                return;
            }

            // RFC 9113 6.9: the whole payload counts, including padding, whatever happens to the stream.
            if (!streams.Windows.TakeConnection(length))
            {
                FailConnection(ErrorCode.FlowControlError);
                return;
            }

            int increment = streams.Windows.GrantConnection();
            if (increment != 0)
            {
                _connection.Writer.WindowUpdate(0, increment);
            }

            if (slot == StreamTable.None)
            {
                RejectClosed(stream, length);
                return;
            }

            if (length > FrameReader.MaximumPayload)
            {
                Fail(stream, ErrorCode.FrameSizeError);
            }
            else if ((streams.Flags[slot] & StreamTable.RemoteClosed) != 0)
            {
                Fail(stream, ErrorCode.StreamClosed);
            }
            else if (!streams.Windows.Take(slot, length, Tolerance(slot)))
            {
                Fail(stream, ErrorCode.FlowControlError);
            }
            else if ((streams.Flags[slot] & StreamTable.BodyRefused) == StreamTable.BodyRefused)
            {
                // The frame's octets still arrive, and are dropped.
                _slot = StreamTable.None;
                _connection.ResetStream(stream, Resets.NotNeeded);
            }
            else
            {
                // RFC 9110 10.1.1: 100 Continue is not needed when the client has begun to send the body.
                streams.ContinueOver(slot);
                if (length < WorthwhileLength && (length < LeastFrameOfTunnel || (streams.Flags[slot] & StreamTable.Tunnel) == 0))
                {
                    SpendForLittle();
                }
            }
        }

        /// <summary>Reads the part of the frame that has arrived and for which there is room.</summary>
        /// <returns>Whether the frame is finished.</returns>
        internal bool ReadData()
        {
            FrameReader reader = _reader;
            if (reader.PrefixPending)
            {
                if (reader.Available == 0)
                {
                    return false;
                }

                reader.PrefixPending = false;
                reader.Padding = reader.TakeByte();
                if (reader.Padding > reader.Remaining)
                {
                    // RFC 9113 6.1: the padding is as long as the payload or longer.
                    _connection.ConnectionError(ErrorCode.ProtocolError);
                    return false;
                }

                if (reader.Padding == reader.Remaining && !SpendForLittle())
                {
                    return false;
                }
            }

            // A sink may take a part and then have room again.
            for (int count = AvailableData; count > 0; count = AvailableData)
            {
                if (!Consume(count))
                {
                    return false;
                }
            }

            if (reader.Remaining <= reader.Padding)
            {
                int skipped = reader.Available;
                reader.Padding -= skipped;
                reader.Take(skipped);
            }

            if (reader.Remaining != 0)
            {
                return false;
            }

            if ((reader.Flags & FrameFlags.EndStream) != 0 && Current())
            {
                End(_slot);
            }

            return !_connection.Finished;
        }

        /// <summary>The client has sent END_STREAM.</summary>
        internal void End(int slot)
        {
            int stream = _streams.Id[slot];
            if (_streams.ContentRemaining[slot] > 0)
            {
                // RFC 9113 8.1.1: the body is shorter than content-length.
                _connection.StreamError(stream, ErrorCode.ProtocolError);
                return;
            }

            int flags = _streams.EndRemote(slot);
            if ((flags & StreamTable.Gathering) != 0)
            {
                _connection.Requests.Gathered(slot);
            }
            else if ((flags & StreamTable.Discarding) != 0)
            {
                EndDiscarding(slot);
            }
            else if ((flags & StreamTable.Sinking) != 0)
            {
                _streams.EndReceiving(slot);
                _streams.CloseSink(slot, true);
                if ((flags & StreamTable.LocalClosed) != 0)
                {
                    _connection.Responses.CloseStream(slot);
                }
            }
            else if ((flags & StreamTable.LocalClosed) != 0)
            {
                _connection.Responses.CloseStream(slot);
            }
        }

        /// <summary>Stops waiting for the rest of a body that nobody wants.</summary>
        internal void StopDiscarding(int slot)
        {
            _streams.EndReceiving(slot);
            _streams.Position[slot] = 0;
        }

        private void EndDiscarding(int slot)
        {
            StopDiscarding(slot);
            _connection.Responses.ReadySoon(slot);
        }

        // Whether the stream of the current frame is still in the state that it had when the frame began.
        private bool Current()
        {
            return _slot != StreamTable.None && _streams.Id[_slot] == _reader.Stream;
        }

        // Returns false when the rest has to wait for room.
        private bool Consume(int count)
        {
            long since = _waitingSince;
            _waitingSince = HttpConnection.Never;
            if (!Current())
            {
                _reader.Take(count);
                return true;
            }

            int slot = _slot;
            StreamTable streams = _streams;
            int flags = streams.Flags[slot];
            byte[] bytes = _connection.Receive.Bytes;
            int start = _connection.Receive.Start;
            int expected = streams.ContentRemaining[slot];
            if (expected >= 0 && count > expected)
            {
                // RFC 9113 8.1.1: the body is longer than content-length.
                Fail(_reader.Stream, ErrorCode.ProtocolError);
                return !_connection.Finished;
            }

            if ((flags & StreamTable.Sinking) != 0)
            {
                int written = streams.Offer(slot, bytes, start, count, 1);
                if (written <= 0)
                {
                    return written < 0 ? BreakOff(slot) : !WaitForRoom(since);
                }

                count = written;
            }

            if ((flags & StreamTable.Unneeded) != StreamTable.LocalClosed)
            {
                streams.Moved[slot] = (int)_connection.Now;
            }

            if (expected >= 0)
            {
                streams.ContentRemaining[slot] = expected - count;
            }

            if ((flags & StreamTable.Gathering) != 0)
            {
                HttpExchange exchange = streams.Exchange[slot];
                if (count > exchange.Request.ContentRoom)
                {
                    _connection.Requests.AnswerBare(slot, exchange, 413);
                }
                else
                {
                    exchange.Request.AppendContent(bytes, start, count);
                }
            }
            else if ((flags & StreamTable.Discarding) != 0)
            {
                // The column of the response's position is free until the response begins.
                int left = _connection.Limits.MaximumDrain - streams.Position[slot];
                if (count >= left)
                {
                    EndDiscarding(slot);
                }
                else
                {
                    streams.Position[slot] += count;
                }
            }

            if (_connection.Finished)
            {
                return false;
            }

            _reader.Take(count);
            return true;
        }

        // Only octets that were sent before the client knew the windows have to wait: the initial window does not depend on
        // the sink. Returns true while they are waited for; then the stream is reset, because nothing after its frame can
        // be read, not even the frame that the sink may depend on.
        private bool WaitForRoom(long since)
        {
            if (since == HttpConnection.Never)
            {
                since = _connection.Now;
            }

            if (_connection.Now - since < SinkPatience)
            {
                _waitingSince = since;
                return true;
            }

            _connection.ResetStream(_reader.Stream, Resets.TooSlow);
            return _connection.Finished;
        }

        // The sink has thrown. Returns whether the connection goes on.
        private bool BreakOff(int slot)
        {
            _connection.ResetStream(_streams.Id[slot], Resets.BrokenOff);
            return !_connection.Finished;
        }

        // CVE-2019-9518: frames that move no octets, or single ones.
        private bool SpendForLittle()
        {
            return (_reader.Flags & FrameFlags.EndStream) != 0 || _connection.Spend(GlitchBudget.Frame);
        }

        private int AvailableData
        {
            get
            {
                int count = _reader.Remaining - _reader.Padding;
                int available = _reader.Available;
                return count < available ? count : available;
            }
        }

        private void Fail(int stream, int errorCode)
        {
            _slot = StreamTable.None;
            _connection.StreamError(stream, errorCode);
        }

        // RFC 9113 4.2: a frame that is too long is first of all that.
        private void FailConnection(int errorCode)
        {
            _connection.ConnectionError(_reader.Length > FrameReader.MaximumPayload ? ErrorCode.FrameSizeError : errorCode);
        }

        private void RejectClosed(int stream, int length)
        {
            // RFC 9113 5.1: frames that a client sent before it received RST_STREAM are dropped; any other frame on a
            // closed stream is an error.
            if (_connection.Closed.How(stream) != ClosedStreams.ResetByServer && !_connection.GoingAway)
            {
                _connection.StreamError(stream, ErrorCode.StreamClosed);
            }
            else if (length < WorthwhileLength)
            {
                _connection.SpendCourtesy();
            }
        }
    }
}
