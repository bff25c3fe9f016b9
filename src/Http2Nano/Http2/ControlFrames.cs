using Http2Nano.Framing;
using Http2Nano.Http1;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Processes the frames that concern the connection or the state of a stream: SETTINGS, PING, GOAWAY, RST_STREAM,
    /// WINDOW_UPDATE, PRIORITY, PRIORITY_UPDATE, and unknown ones.
    /// </summary>
    internal sealed class ControlFrames
    {
        // Octets that must have arrived before a payload of this length is processed; longer payloads are read in parts.
        private const int SettingLength = 6;

        private readonly Http2Connection _connection;
        private int _windowBefore;

        /// <summary>In <see cref="Settings"/>: the server's SETTINGS have been sent.</summary>
        internal const int Sent = 1;

        /// <summary>In <see cref="Settings"/>: the client's first SETTINGS have arrived.</summary>
        internal const int Received = 2;

        /// <summary>In <see cref="Settings"/>: the client has acknowledged the server's SETTINGS.</summary>
        internal const int Acknowledged = 4;

        /// <summary>In <see cref="Settings"/>: the client may open a hundred streams, whatever there are places for.</summary>
        internal const int Hundred = 8;

        /// <summary>How far SETTINGS have been exchanged: the bits above.</summary>
        internal int Settings;

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

        /// <summary>Sends the server's connection preface (RFC 9113 3.4).</summary>
        internal void SendSettings()
        {
            HttpLimits limits = _connection.Limits;
            FrameWriter writer = _connection.Writer;
            if (!_connection.Transmit.Reserve(FrameWriter.ControlFrameRoom))
            {
                return;
            }

            writer.Header(6 * SettingLength, FrameType.Settings, 0, 0);
            writer.Setting(Setting.HeaderTableSize, limits.DecoderTableSize);
            writer.Setting(Setting.MaxConcurrentStreams, limits.MaximumStreams);
            writer.Setting(Setting.InitialWindowSize, limits.InitialWindowSize);
            writer.Setting(Setting.MaxHeaderListSize, limits.MaximumFieldSectionSize);

            // RFC 8441 3: extended CONNECT, if a route needs it. RFC 9218 2.1: the server uses the priorities of RFC 9218.
            writer.Setting(Setting.EnableConnectProtocol, _connection.Dispatcher.ServesWebSockets ? 1 : 0);
            writer.Setting(Setting.NoRfc7540Priorities, 1);
            Settings |= Sent;
        }

        /// <summary>
        /// Sends another SETTINGS_MAX_CONCURRENT_STREAMS, if it is another one: a hundred, or as many as there are places.
        /// </summary>
        internal void Announce(bool hundred)
        {
            int streams = hundred ? RequestStreams.Hundred : _connection.Limits.MaximumStreams;
            if (hundred != ((Settings & Hundred) != 0) && _connection.Limits.MaximumStreams < RequestStreams.Hundred && !_connection.GoingAway
                && _connection.Transmit.Reserve(FrameWriter.ControlFrameRoom))
            {
                Settings ^= Hundred;
                _connection.Writer.Header(SettingLength, FrameType.Settings, 0, 0);
                _connection.Writer.Setting(Setting.MaxConcurrentStreams, streams);

                // The acknowledgement is free.
                _connection.Glitches.Courtesy++;
            }
        }

        /// <summary>Applies the payload of HTTP2-Settings (RFC 7540 3.2.1), which needs no acknowledgement.</summary>
        internal void ApplyUpgrade(Http2SettingsField settings)
        {
            byte[] payload = settings.Payload;
            int end = settings.Start + settings.Length;
            for (int i = settings.Start; i < end && !_connection.Finished; i += SettingLength)
            {
                int value = (payload[i + 2] << 24) | (payload[i + 3] << 16) | (payload[i + 4] << 8) | payload[i + 5];
                Apply((payload[i] << 8) | payload[i + 1], value);
            }
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
                    if (stream != 0)
                    {
                        _connection.ConnectionError(ErrorCode.ProtocolError);
                    }
                    else if ((reader.Flags & FrameFlags.Ack) != 0 ? length != 0 : length % SettingLength != 0)
                    {
                        _connection.ConnectionError(ErrorCode.FrameSizeError);
                    }

                    // RFC 9113 6.5.3: the settings of a frame are applied in order; the windows move once, at the end of
                    // the frame.
                    _windowBefore = _connection.Peer.InitialWindowSize;
                    break;

                case FrameType.Ping:
                    ExpectConnection(8);
                    break;

                case FrameType.GoAway:
                    if (stream != 0)
                    {
                        _connection.ConnectionError(ErrorCode.ProtocolError);
                    }
                    else if (length < 8)
                    {
                        _connection.ConnectionError(ErrorCode.FrameSizeError);
                    }
                    else
                    {
                        // RFC 9113 6.8: the client accepts no more promises; open streams are finished.
                        _connection.Peer.Facts |= PeerSettings.GoingAway;
                        _connection.Spend(GlitchBudget.Frame);
                    }

                    break;

                case FrameType.RstStream:
                    ExpectStream(4);
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
                    if (stream != 0)
                    {
                        _connection.ConnectionError(ErrorCode.ProtocolError);
                    }
                    else if (length < 4)
                    {
                        _connection.ConnectionError(ErrorCode.FrameSizeError);
                    }

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

        private bool ReadSettings()
        {
            FrameReader reader = _connection.Reader;
            if ((reader.Flags & FrameFlags.Ack) != 0)
            {
                if ((Settings & Acknowledged) == 0)
                {
                    Settings |= Acknowledged;
                    _connection.Bodies.SettingsAcknowledged();
                    _connection.FieldBlocks.SettingsAcknowledged();
                }
                else
                {
                    Cost();
                }

                return !_connection.Finished;
            }

            while (reader.Remaining != 0)
            {
                if (reader.Available < SettingLength)
                {
                    return false;
                }

                int identifier = reader.TakeUInt16();
                if (!Apply(identifier, reader.TakeInt32()) || !Cost())
                {
                    return false;
                }
            }

            if (!_connection.Streams.Windows.MoveSend(_connection.Streams, _connection.Peer.InitialWindowSize - _windowBefore))
            {
                // RFC 9113 6.9.2: a window exceeds 2^31-1.
                _connection.ConnectionError(ErrorCode.FlowControlError);
                return false;
            }

            Settings |= Received;
            _connection.Writer.SettingsAck();
            return Cost();
        }

        private bool Apply(int identifier, int value)
        {
            PeerSettings peer = _connection.Peer;
            int error = peer.Apply(identifier, value);
            if (error != ErrorCode.NoError)
            {
                _connection.ConnectionError(error);
                return false;
            }

            if (identifier == Setting.HeaderTableSize)
            {
                _connection.Responses.SetPeerTableSize(peer.HeaderTableSize);
            }

            return true;
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

        private void ExpectConnection(int length)
        {
            if (_connection.Reader.Stream != 0)
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
            }
            else if (_connection.Reader.Length != length)
            {
                _connection.ConnectionError(ErrorCode.FrameSizeError);
            }
        }

        private void ExpectStream(int length)
        {
            if (_connection.Reader.Stream == 0)
            {
                _connection.ConnectionError(ErrorCode.ProtocolError);
            }
            else if (_connection.Reader.Length != length)
            {
                _connection.ConnectionError(ErrorCode.FrameSizeError);
            }
        }
    }
}
