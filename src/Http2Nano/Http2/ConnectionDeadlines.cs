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
        private long _windowSince;
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
            _lastStream = 0;
            _writeSince = now;
            _windowSince = now;
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
            CheckBodies(now, limits);
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

        // A peer that takes nothing, by TCP or by its windows (CVE-2016-1546, CVE-2019-9511, CVE-2019-9517).
        private void CheckSending(long now, HttpLimits limits)
        {
            int sent = _connection.Transmit.SentCount;
            if (sent != _sentCount)
            {
                _sentCount = sent;
                _writeSince = now;
                _windowSince = now;
                return;
            }

            if (_connection.Transmit.Length == 0)
            {
                _writeSince = now;
            }
            else if (now - _writeSince >= limits.WriteTimeout)
            {
                _connection.Abort();
                return;
            }

            bool blocked = false;
            StreamTable streams = _connection.Streams;
            for (int slot = 0; slot < streams.Capacity; slot++)
            {
                if (!IsBlocked(streams, slot))
                {
                    continue;
                }

                blocked = true;
                if (now - _windowSince >= limits.WriteTimeout && !_connection.Finished && CanReset)
                {
                    _connection.ResetStream(streams.Id[slot], ErrorCode.Cancel);
                }
            }

            if (!blocked)
            {
                _windowSince = now;
            }
        }

        private bool IsBlocked(StreamTable streams, int slot)
        {
            return (streams.Flags[slot] & (StreamTable.Sending | StreamTable.SourceEmpty)) == StreamTable.Sending
                && (streams.SendWindow[slot] <= 0 || _connection.Responses.Window <= 0);
        }

        // A request body that is due and does not come.
        private void CheckBodies(long now, HttpLimits limits)
        {
            if (_connection.Streams.Receivers == 0 || now - _connection.Bodies.LastData < limits.BodyTimeout)
            {
                return;
            }

            StreamTable streams = _connection.Streams;
            for (int slot = 0; slot < streams.Capacity && !_connection.Finished; slot++)
            {
                int flags = streams.Flags[slot];
                if (streams.Id[slot] == _connection.FieldBlocks.Stream)
                {
                    // Its trailers are on their way, and lie where the response would.
                    continue;
                }

                if ((flags & StreamTable.Gathering) != 0)
                {
                    _connection.Requests.AnswerBare(slot, streams.Exchange[slot], 408);
                }
                else if ((flags & StreamTable.Discarding) != 0)
                {
                    _connection.Bodies.EndDiscarding(slot);
                    _connection.Responses.Ready(slot);
                }
                else if ((flags & StreamTable.Sinking) != 0 && streams.ReceiveWindow[slot] > 0 && CanReset)
                {
                    _connection.ResetStream(streams.Id[slot], ErrorCode.Cancel);
                }
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
