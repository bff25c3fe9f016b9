using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// The deadlines of everything that a peer must not delay for ever. They are checked four times a second, so that they
    /// cost nothing while requests are served.
    /// </summary>
    internal sealed class ConnectionDeadlines
    {
        private const int Granularity = 250;

        // Milliseconds after a complete response until RST_STREAM tells the client not to send the rest of its request.
        private const int ResetDelay = 100;

        private readonly Http2Connection _connection;
        private long _began;
        private long _blockSince;
        private int _block;
        private long _writeSince;
        private long _idleSince;
        private long _drainUntil;
        private int _sentCount;
        private int _lastStream;

        /// <summary>Time of the next check, in milliseconds.</summary>
        internal long Next;

        internal ConnectionDeadlines(Http2Connection connection)
        {
            _connection = connection;
        }

        internal void Begin(long now)
        {
            Next = now + Granularity;
            _began = now;
            _block = 0;
            _blockSince = now;
            _lastStream = 0;
            _writeSince = now;
            _idleSince = now;
            _drainUntil = HttpConnection.Never;
            _sentCount = _connection.Transmit.SentCount;
        }

        /// <summary>The server stops: sets the deadline of the streams in flight.</summary>
        internal void Drain(long now)
        {
            _drainUntil = now + _connection.Limits.DrainTimeout;
        }

        /// <summary>To be called when it is time for <see cref="Next"/>.</summary>
        internal void Check()
        {
            long now = _connection.Now;
            if (_connection.Finished)
            {
                return;
            }

            Next = now + Granularity;
            HttpLimits limits = _connection.Limits;
            if (now >= _drainUntil)
            {
                _connection.BreakOff(true);
                _connection.Abort();
                return;
            }

            bool hasNew = _connection.LastStream != _lastStream;
            _lastStream = _connection.LastStream;
            bool isWaiting = _connection.IsRequestWaiting;
            if (!_connection.SettingsAcknowledged && !isWaiting && now - _began >= limits.SettingsTimeout)
            {
                // RFC 9113 6.5.3.
                _connection.ConnectionError(ErrorCode.SettingsTimeout);
                return;
            }

            CheckFieldBlock(now, limits);
            CheckSending(now, limits);
            if (!isWaiting)
            {
                _connection.Requests.Review(hasNew);
            }

            CheckStreams(now, limits, isWaiting);
            CheckIdle(now, limits, hasNew);
        }

        // A field block that does not end: Slowloris, CONTINUATION flood (VU#421644).
        private void CheckFieldBlock(long now, HttpLimits limits)
        {
            // While blocks end, each check finds another one.
            int block = _connection.FieldBlocks.Stream;
            if (block == 0 || block != _block)
            {
                _block = block;
                _blockSince = now;
            }
            else if (now - _blockSince >= limits.FieldsTimeout)
            {
                _connection.ConnectionError(ErrorCode.EnhanceYourCalm);
            }
        }

        // A peer that takes no octets from TCP (CVE-2019-9511, CVE-2019-9517).
        private void CheckSending(long now, HttpLimits limits)
        {
            int sent = _connection.Transmit.SentCount;
            if (sent != _sentCount || _connection.Transmit.Length == 0)
            {
                _sentCount = sent;
                _writeSince = now;
            }
            else if (now - _writeSince >= limits.WriteTimeout)
            {
                // Nothing can be sent to the peer any more.
                _connection.Abort();
                _connection.Transmit.Clear();
            }
        }

        // Bodies that the client does not let move, in either direction. Each stream has its own deadline: frames that move
        // nothing, and frames of other streams, do not extend it.
        private void CheckStreams(long now, HttpLimits limits, bool isWaiting)
        {
            StreamTable streams = _connection.Streams;
            for (int slot = 0; slot < streams.Top && !_connection.Finished; slot++)
            {
                if (streams.Id[slot] == 0)
                {
                    continue;
                }

                if (isWaiting && !IsRefused(streams.Flags[slot]))
                {
                    // What the client has sent in time may lie behind the request that waits.
                    streams.Moved[slot] = (int)now;
                    continue;
                }

                // The low 32 bits of the time suffice, because the difference wraps as well.
                int still = (int)now - streams.Moved[slot];
                if (IsBlocked(streams, slot))
                {
                    // Without a connection window a stream has to wait while others may send.
                    int others = (int)now - _connection.Responses.LastGrant;
                    if (still >= limits.WriteTimeout && (streams.Windows.Streams[slot << 1] <= 0 || others >= limits.WriteTimeout) && CanReset)
                    {
                        _connection.ResetStream(streams.Id[slot], Resets.TooSlow);
                    }
                }
                else if (!IsDue(streams, slot))
                {
                    streams.Moved[slot] = (int)now;
                }
                else if (still >= (IsRefused(streams.Flags[slot]) ? ResetDelay : limits.BodyTimeout))
                {
                    GiveUpBody(streams, slot);
                }
            }
        }

        // The response waits for a flow-control window (CVE-2016-1546).
        private static bool IsBlocked(StreamTable streams, int slot)
        {
            return (streams.Flags[slot] & (StreamTable.Sending | StreamTable.SourceEmpty)) == StreamTable.Sending && streams.Windows.Sendable(slot) <= 0;
        }

        // The request's body is incomplete, and the client has a window for it.
        private bool IsDue(StreamTable streams, int slot)
        {
            int flags = streams.Flags[slot];
            if (!streams.IsNeeded(slot))
            {
                return true;
            }

            // Trailers being read are stored where the response would be; the field block has a deadline of its own.
            return (flags & StreamTable.Receiving) != 0 && (flags & (StreamTable.Tunnel | StreamTable.LocalClosed)) != StreamTable.Tunnel && streams.Id[slot] != _connection.FieldBlocks.Stream
                && ((flags & StreamTable.Sinking) == 0 || streams.Windows.ReceiveOf(slot) > 0);
        }

        /// <summary>
        /// Whether the response is complete, and the client may be sending the rest of its request: it is not waiting for 100
        /// Continue. Such a stream is reset soon.
        /// </summary>
        internal static bool IsRefused(int flags)
        {
            return (flags & (StreamTable.Unneeded | StreamTable.ContinueDue)) == StreamTable.LocalClosed;
        }

        private void GiveUpBody(StreamTable streams, int slot)
        {
            int flags = streams.Flags[slot];
            if ((flags & StreamTable.Gathering) != 0)
            {
                _connection.Requests.AnswerBare(slot, streams.Exchange[slot], 408);
            }
            else if ((flags & StreamTable.Discarding) != 0)
            {
                _connection.Bodies.StopDiscarding(slot);
                _connection.Responses.Ready(slot);
            }
            else if (CanReset)
            {
                _connection.ResetStream(streams.Id[slot], streams.IsNeeded(slot) ? Resets.TooSlow : Resets.NotNeeded);
            }
        }

        private void CheckIdle(long now, HttpLimits limits, bool hasNew)
        {
            if (!_connection.IsBetweenRequests || hasNew)
            {
                _idleSince = now;
            }
            else if (now - _idleSince >= limits.IdleTimeout)
            {
                _connection.Shutdown(now);
            }
        }

        // A stream that cannot be reset at present is reset by a later check.
        private bool CanReset
        {
            get { return _connection.Transmit.Reserve(FrameWriter.RstStreamLength); }
        }
    }
}
