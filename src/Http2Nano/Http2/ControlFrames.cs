using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Processes the frames that concern the connection or the state of a stream: SETTINGS, PING, GOAWAY, RST_STREAM,
    /// WINDOW_UPDATE, PRIORITY, PRIORITY_UPDATE, and unknown ones.
    /// </summary>
    internal sealed partial class ControlFrames
    {
        private readonly Http2Connection _connection;

        /// <summary>An idle stream that already has a priority, or 0.</summary>
        internal int EarlyStream;

        /// <summary>The priority of <see cref="EarlyStream"/>.</summary>
        internal int EarlyPriority;

        internal ControlFrames(Http2Connection connection)
        {
            _connection = connection;
        }

        internal void Begin()
        {
            Settings = 0;
            EarlyStream = 0;
            EarlyPriority = 0;
            _windowBefore = 0;
        }

        /// <summary>Checks the frame header, before the payload is read.</summary>
        internal void BeginPayload()
        {
            FrameReader reader = _connection.Reader;
            int stream = reader.Stream;
            int length = reader.Length;
            switch (reader.Type)
            {
                case FrameType.Settings:
                    Expect(stream == 0, (reader.Flags & FrameFlags.Ack) != 0 ? length == 0 : length % SettingLength == 0);

                    // RFC 9113 6.5.3: the settings of a frame are applied in order; the windows move once, at the end of
                    // the frame.
                    _windowBefore = _connection.Peer.InitialWindowSize;
                    break;

                case FrameType.Ping:
                    Expect(stream == 0, length == 8);
                    break;

                case FrameType.GoAway:
                    if (Expect(stream == 0, length >= 8))
                    {
                        // RFC 9113 6.8: the client accepts no more promises; open streams are finished.
                        _connection.Peer.Facts |= PeerSettings.GoingAway;
                        _connection.Spend(GlitchBudget.Frame);
                    }

                    break;

                case FrameType.RstStream:
                    Expect(stream != 0, length == 4);
                    break;

                case FrameType.WindowUpdate:
                    if (length != 4)
                    {
                        _connection.ConnectionError(ErrorCode.FrameSizeError);
                    }

                    break;

                case FrameType.Priority:
                    if (stream == 0)
                    {
                        _connection.ConnectionError(ErrorCode.ProtocolError);
                    }
                    else if (length != 5)
                    {
                        // RFC 9113 6.3: a stream error, whatever the payload is.
                        _connection.StreamError(stream, ErrorCode.FrameSizeError);
                    }

                    break;

                case FrameType.PriorityUpdate:
                    // RFC 9218 7.1: the frame is on stream 0, and its payload begins with the four octets of the
                    // prioritised stream's identifier.
                    Expect(stream == 0, length >= 4);
                    break;

                case FrameType.PushPromise:
                    // RFC 9113 8.4: a client cannot push.
                    _connection.ConnectionError(ErrorCode.ProtocolError);
                    break;

                default:
                    // RFC 9113 5.5: frames of unknown types are ignored.
                    _connection.Spend(GlitchBudget.Frame);
                    break;
            }
        }

        /// <summary>Reads the part of the payload that has arrived.</summary>
        /// <returns>Whether the frame is finished.</returns>
        internal bool ReadPayload()
        {
            switch (_connection.Reader.Type)
            {
                case FrameType.Settings:
                    return ReadSettings();

                case FrameType.Ping:
                    return ReadPing();

                case FrameType.RstStream:
                    return ReadRstStream();

                case FrameType.WindowUpdate:
                    return ReadWindowUpdate();

                case FrameType.Priority:
                    return ReadPriority();

                case FrameType.PriorityUpdate:
                    return ReadPriorityUpdate();

                default:
                    return Skip();
            }
        }

        private bool ReadPing()
        {
            FrameReader reader = _connection.Reader;
            if (reader.Available < 8)
            {
                return false;
            }

            if ((reader.Flags & FrameFlags.Ack) == 0)
            {
                _connection.Writer.PingAck(_connection.Receive.Bytes, _connection.Receive.Start);
            }

            reader.Take(8);
            return Cost();
        }

        private bool ReadRstStream()
        {
            FrameReader reader = _connection.Reader;
            if (reader.Available < 4)
            {
                return false;
            }

            reader.TakeInt32();
            int stream = reader.Stream;
            if (_connection.IsIdle(stream))
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
                return false;
            }

            int slot = _connection.Streams.Find(stream);
            if (slot == StreamTable.None && IsCourtesy(stream))
            {
                return Cost();
            }

            int flags = 0;
            if (slot != StreamTable.None)
            {
                flags = _connection.Streams.Flags[slot];
                _connection.Counters.Resets++;
                _connection.Closed.Add(stream, ClosedStreams.ResetByClient);
                _connection.Streams.Close(slot, false);
            }

            if ((flags & StreamTable.LocalClosed) != 0)
            {
                // The client has its response, and need not send the rest of its request.
                return Cost();
            }

            // CVE-2023-44487: requests that are opened only to be reset. The client did not ask for a promised stream.
            return (flags & StreamTable.Pushed) != 0 || _connection.Spend(GlitchBudget.Reset);
        }

        // Resetting a closed stream cancels nothing: the client may have seen the response before it sent the reset, or one
        // side has reset the stream already. Some clients reset it again for each frame that they still receive.
        private bool IsCourtesy(int stream)
        {
            int how = _connection.Closed.How(stream);
            return how == ClosedStreams.Ended ? stream <= _connection.Closed.Answered : how != ClosedStreams.Unknown;
        }

        private bool ReadWindowUpdate()
        {
            FrameReader reader = _connection.Reader;
            if (reader.Available < 4)
            {
                return false;
            }

            int increment = reader.TakeInt32() & int.MaxValue;
            int stream = reader.Stream;
            if (_connection.IsIdle(stream))
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
                return false;
            }

            if (stream == 0)
            {
                if (increment == 0)
                {
                    _connection.ConnectionError(ErrorCode.ProtocolError);
                }
                else if (!_connection.Streams.Windows.GrowConnection(increment))
                {
                    _connection.ConnectionError(ErrorCode.FlowControlError);
                }

                if (_connection.LastStream <= 1 && !_connection.Finished)
                {
                    // Clients widen the window right behind their preface.
                    _connection.Requests.AnnounceHundred();
                }

                _connection.Responses.LastGrant = (int)_connection.Now;

                return !_connection.Finished && Cost();
            }

            int slot = _connection.Streams.Find(stream);
            if (slot != StreamTable.None)
            {
                // RFC 9113 6.9: an increment of 0 is a stream error; 6.9.1: so is a window over 2^31-1.
                if (increment == 0)
                {
                    _connection.StreamError(stream, ErrorCode.ProtocolError);
                }
                else if (!_connection.Streams.Windows.Grow(slot, increment))
                {
                    _connection.StreamError(stream, ErrorCode.FlowControlError);
                }
            }

            return !_connection.Finished && Cost();
        }

        private bool ReadPriority()
        {
            FrameReader reader = _connection.Reader;
            int stream = reader.Stream;
            if (reader.Length != 5)
            {
                return Skip();
            }

            if (reader.Available < 5)
            {
                return false;
            }

            int dependency = reader.TakeInt32() & int.MaxValue;
            int weight = reader.TakeByte() + 1;
            if (dependency == stream)
            {
                // RFC 7540 5.3.1: a stream cannot depend on itself.
                _connection.StreamError(stream, ErrorCode.ProtocolError);
                return !_connection.Finished;
            }

            SignalWeight(_connection.Streams.Find(stream), weight);
            return Cost();
        }

        /// <summary>Applies a priority signal of RFC 7540 5.3 to a stream that has none of RFC 9218.</summary>
        internal void SignalWeight(int slot, int weight)
        {
            if (slot != StreamTable.None && (_connection.Peer.Facts & PeerSettings.NoRfc7540Priorities) == 0
                && (_connection.Streams.PriorityOf(slot) & StreamPriority.NotSignalled) != 0)
            {
                _connection.Streams.SetPriority(slot, StreamPriority.FromWeight(weight));
            }
        }

        private bool ReadPriorityUpdate()
        {
            FrameReader reader = _connection.Reader;

            // A value longer than all defined parameters can only contain parameters to be ignored, so it is not waited
            // for.
            const int LongestValue = 32;
            int wanted = reader.Length < 4 + LongestValue ? reader.Length : 4 + LongestValue;
            if (reader.Remaining == reader.Length)
            {
                if (reader.Available < wanted)
                {
                    return false;
                }

                int stream = reader.TakeInt32() & int.MaxValue;
                int slot = _connection.Streams.Find(stream);
                if (stream == 0 || ((stream & 1) == 0 && _connection.IsIdle(stream)))
                {
                    // RFC 9218 7.1: stream 0 and promises that were not made cannot be prioritised.
                    _connection.ConnectionError(ErrorCode.ProtocolError);
                    return false;
                }

                int priority = StreamPriority.Parse(_connection.Receive.Bytes, _connection.Receive.Start, wanted - 4);
                if (slot != StreamTable.None)
                {
                    if ((_connection.Streams.PriorityOf(slot) & StreamPriority.Overridden) == 0)
                    {
                        _connection.Streams.SetPriority(slot, priority);
                    }
                }
                else if (_connection.IsIdle(stream))
                {
                    // RFC 9218 7.1: the frame may overtake the request that it prioritises. The latest one is kept.
                    EarlyStream = stream;
                    EarlyPriority = priority;
                }

                if (!Cost())
                {
                    return false;
                }
            }

            return Skip();
        }

        private bool Skip()
        {
            FrameReader reader = _connection.Reader;
            reader.Take(reader.Available);
            return reader.Remaining == 0;
        }

        private bool Cost()
        {
            return _connection.SpendCourtesy();
        }

        // RFC 9113 6: frames of a type belong to streams or to the connection, and have a length. Returns whether the connection goes on.
        private bool Expect(bool isInPlace, bool hasLength)
        {
            if (isInPlace && hasLength)
            {
                return true;
            }

            _connection.ConnectionError(isInPlace ? ErrorCode.FrameSizeError : ErrorCode.ProtocolError);
            return false;
        }
    }
}
