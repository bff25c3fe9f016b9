using Http2Nano.Framing;
using Http2Nano.Http1;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    // The part that exchanges SETTINGS (RFC 9113 6.5): what the server announces, and what the client does.
    internal sealed partial class ControlFrames
    {
        // Length of one setting (RFC 9113 6.5.1). It is read when all of it has arrived.
        private const int SettingLength = 6;

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

        // The client's initial window before the frame that is being read.
        private int _windowBefore;

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
                Apply((payload[i] << 8) | payload[i + 1], FrameReader.Int32At(payload, i + 2));
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
    }
}
