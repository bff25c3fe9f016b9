using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Everything that a peer may not put off for ever. The deadlines are looked at four times a second, so that they cost
    /// nothing while requests are being served.
    /// </summary>
    internal sealed class ConnectionDeadlines
    {
        private const int Granularity = 250;

        private readonly Http2Connection _connection;
        private long _began;
        private long _blockSince;
        private int _block;
        private long _writeSince;
        private long _idleSince;
        private long _drainUntil;
        private int _sentCount;
        private int _lastStream;

        /// <summary>When to look next, in milliseconds.</summary>
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

        /// <summary>The server stops: what is in flight has until then.</summary>
        internal void Drain(long now)
        {
            _drainUntil = now + _connection.Limits.DrainTimeout;
        }

        internal void Check()
        {
            long now = _connection.Now;
            if (now < Next || _connection.Finished)
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

            if (!_connection.Control.Acknowledged && now - _began >= limits.SettingsTimeout)
            {
                // RFC 9113 6.5.3.
                _connection.ConnectionError(ErrorCode.SettingsTimeout);
                return;
            }

            CheckFieldBlock(now, limits);
            CheckSending(now, limits);
            CheckStreams(now, limits);
            CheckIdle(now, limits);
        }

        // A field block that never ends: Slowloris, CONTINUATION flood (VU#421644).
        private void CheckFieldBlock(long now, HttpLimits limits)
        {
            // As long as blocks end, another one is seen each time.
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

        // A peer that takes nothing by TCP (CVE-2019-9511, CVE-2019-9517).
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
                // Nothing can be said to it any more.
                _connection.Abort();
                _connection.Transmit.Clear();
            }
        }

        // Bodies that the client keeps from moving, in either direction. Each stream has its own time: neither a frame that moves
        // nothing nor one of another stream prolongs it.
        private void CheckStreams(long now, HttpLimits limits)
        {
            StreamTable streams = _connection.Streams;
            for (int slot = 0; slot < streams.Top && !_connection.Finished; slot++)
            {
                if (streams.Id[slot] == 0)
                {
                    continue;
                }

                // The low bits of the time do: they wrap, and so does the difference.
                int still = (int)now - streams.Moved[slot];
                if (IsBlocked(streams, slot))
                {
                    // With no window on the connection it is not the stream's turn, as long as others have theirs.
                    int others = (int)now - _connection.Responses.LastGrant;
                    if (still >= limits.WriteTimeout && (streams.Windows.Send[slot] <= 0 || others >= limits.WriteTimeout) && CanReset)
                    {
                        _connection.ResetStream(streams.Id[slot], Resets.TooSlow);
                    }
                }
                else if (!IsDue(streams, slot))
                {
                    streams.Moved[slot] = (int)now;
                }
                else if (still >= limits.BodyTimeout)
                {
                    GiveUpBody(streams, slot);
                }
            }
        }

        // The response waits for a window (CVE-2016-1546).
        private static bool IsBlocked(StreamTable streams, int slot)
        {
            return (streams.Flags[slot] & (StreamTable.Sending | StreamTable.SourceEmpty)) == StreamTable.Sending && streams.Windows.Sendable(slot) <= 0;
        }

        // The request's body is due and has the window to come.
        private bool IsDue(StreamTable streams, int slot)
        {
            int flags = streams.Flags[slot];

            if ((flags & StreamTable.BodyRefused) == StreamTable.BodyRefused)
            {
                return true;
            }

            // Trailers that are on their way lie where the response would, and have a deadline of their own.
            return (flags & StreamTable.Receiving) != 0 && (flags & (StreamTable.Tunnel | StreamTable.LocalClosed)) != StreamTable.Tunnel && streams.Id[slot] != _connection.FieldBlocks.Stream
                && ((flags & StreamTable.Sinking) == 0 || streams.Windows.Receive[slot] > 0);
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
                bool refused = (flags & StreamTable.BodyRefused) == StreamTable.BodyRefused;
                _connection.ResetStream(streams.Id[slot], refused ? Resets.NotNeeded : Resets.TooSlow);
            }
        }

        private void CheckIdle(long now, HttpLimits limits)
        {
            if (!_connection.Idle || _connection.LastStream != _lastStream)
            {
                _lastStream = _connection.LastStream;
                _idleSince = now;
            }
            else if (now - _idleSince >= limits.IdleTimeout)
            {
                _connection.Shutdown(now);
            }
        }

        // What cannot be said now is said the next time.
        private bool CanReset
        {
            get { return _connection.Transmit.Reserve(FrameWriter.RstStreamLength); }
        }
    }
}
