using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Hpack;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// Sends responses (RFC 9113 8.1): field sections as soon as they fit; bodies in the order that the scheduler chooses,
    /// as far as the windows and the transmit buffer have room.
    /// </summary>
    internal sealed partial class ResponseSender
    {
        /// <summary>A stream goes on as soon as the transmit buffer has room.</summary>
        internal const int NeedsRoom = 0;

        /// <summary>It goes on when the application does: its response is deferred, or its source has nothing.</summary>
        internal const int NeedsApplication = 1;

        /// <summary>It goes on only when more is received: the rest of its request, or WINDOW_UPDATE.</summary>
        internal const int NeedsFrames = 2;

        private readonly Http2Connection _connection;
        private readonly StreamTable _streams;
        private readonly StreamScheduler _scheduler;
        private readonly HpackEncoder _encoder;
        private readonly HttpDate _date;

        // Whether the streams have to be searched for field sections that wait for room, or for deferred responses.
        private const int Waiting = 1;

        // A source had nothing.
        private const int Dry = 2;

        // The two bits above.
        private int _attention;

        // Whether a body of unknown length may be among those being sent.
        private bool _unknownLength;

        // Where in the encoder's table the last run of fields began of which none concerns this class, and its length in bytes.
        private int _plainRun;
        private int _plainLength;

        /// <summary>Time of the client's last WINDOW_UPDATE for the connection: the low 32 bits, in milliseconds.</summary>
        internal int LastGrant;

        internal ResponseSender(Http2Connection connection, HttpDate date)
        {
            _date = date;
            _connection = connection;
            _streams = connection.Streams;
            _scheduler = new StreamScheduler(_streams, connection.Limits.TransmitBufferSize);
            _encoder = new HpackEncoder(connection.Limits.EncoderTableSize);
        }

        /// <summary>The highest promised stream identifier (RFC 9113 5.1.1), or 0.</summary>
        internal int LastPromised;

        /// <summary>Whether a source or a deferred response may go on although nothing is received.</summary>
        internal bool AwaitsApplication
        {
            get { return _attention != 0; }
        }

        internal DynamicTable Table
        {
            get { return _encoder.Table; }
        }

        internal int TableBytes
        {
            get { return _encoder.TableSize; }
        }

        internal void Begin()
        {
            LastPromised = 0;
            LastGrant = (int)_connection.Now;
            _attention = 0;
            _unknownLength = false;
            _plainRun = 0;
            _plainLength = -1;
            _encoder.Reset();
            _scheduler.Begin();
        }

        internal void SetPeerTableSize(int size)
        {
            _encoder.SetLimit(size);
        }

        /// <summary>
        /// A response is complete: its field section is written at once if it fits, followed by a short body.
        /// </summary>
        internal void Ready(int slot)
        {
            if (_streams.ReceivingStreams != 0 && IsContinueDue(slot) && !SendContinue(slot))
            {
                // 100 Continue has to be sent before the response, because the body is wanted.
                ReadySoon(slot);
                return;
            }

            HttpExchange exchange = _streams.Exchange[slot];
            if (exchange == null)
            {
                if (!WriteStatus(slot))
                {
                    ReadySoon(slot);
                }

                return;
            }

            if (SendWhole(slot, exchange))
            {
                return;
            }

            int stream = _streams.Id[slot];
            int priority = exchange.Response.Priority;
            if (priority >= 0)
            {
                _streams.SetPriority(slot, priority | StreamPriority.Overridden);
            }

            if (!WriteHeaders(slot))
            {
                ReadySoon(slot);
                return;
            }

            if (_streams.Id[slot] == stream && (_streams.Flags[slot] & StreamTable.Sending) != 0)
            {
                SendAtOnce(slot);
            }
        }

        /// <summary>
        /// A response is complete and will be sent in the current call, but not from here, where the stack is deep.
        /// </summary>
        internal void ReadySoon(int slot)
        {
            _streams.HeadersDue(slot);
            _attention |= Waiting;
        }

        /// <summary>
        /// Whether a stream can never go on when nothing more is received: its window is closed, or its source has nothing.
        /// </summary>
        internal bool IsStuck(int slot)
        {
            int flags = _streams.Flags[slot];
            return (flags & StreamTable.Sending) != 0 && ((flags & StreamTable.SourceEmpty) != 0 || _streams.Windows.Sendable(slot) <= 0);
        }

        /// <summary>A handler has deferred its response.</summary>
        internal void Defer(int slot)
        {
            _streams.Defer(slot);
            _attention |= Waiting;
        }

        /// <summary>
        /// Sends as much as the windows and the transmit buffer allow. Sources that had nothing are asked again.
        /// </summary>
        internal void Send()
        {
            int attention = _attention;
            if (attention != 0)
            {
                if ((attention & Dry) != 0)
                {
                    int dry = _streams.Refill(_connection.Now);
                    if (dry == 0)
                    {
                        _attention = attention & ~Dry;
                    }
                    else if (attention == Dry && dry == _streams.SendingStreams)
                    {
                        return;
                    }
                }

                if ((attention & Waiting) != 0)
                {
                    SendPending();
                }
            }

            if (_streams.SendingStreams == 0)
            {
                return;
            }

            int slot = _scheduler.Next(_streams.Windows.SendConnection);
            while (slot != StreamTable.None && WriteData(slot))
            {
                slot = _scheduler.Next(_streams.Windows.SendConnection);
            }

            if (_unknownLength && ((_attention & Dry) == 0 || _streams.SendingStreams != 1))
            {
                LookAhead();
            }
        }

        /// <summary>What the first of some streams needs to go on.</summary>
        /// <param name="ofExchanges">
        /// Of the streams that hold an exchange, to release it; otherwise of those that the client has opened, to end.
        /// </param>
        internal int Needs(bool ofExchanges)
        {
            int least = NeedsFrames;
            for (int slot = 0; slot < _streams.Top; slot++)
            {
                if (ofExchanges ? _streams.Exchange[slot] != null : (_streams.Flags[slot] & (StreamTable.Pushed | StreamTable.RemoteClosed)) == StreamTable.RemoteClosed)
                {
                    int needs = Needs(slot);
                    least = needs < least ? needs : least;
                }
                else if (!ofExchanges && ConnectionDeadlines.IsRefused(_streams.Flags[slot]))
                {
                    // It is reset soon.
                    least = NeedsRoom;
                }
            }

            return least;
        }

        private int Needs(int slot)
        {
            int flags = _streams.Flags[slot];
            if ((flags & (StreamTable.HeadersPending | StreamTable.TrailersPending)) != 0)
            {
                return NeedsRoom;
            }

            if ((flags & StreamTable.Deferred) != 0)
            {
                return _streams.Exchange[slot].Response.IsDeferred ? NeedsApplication : NeedsRoom;
            }

            return (flags & StreamTable.Sending) == 0 || _streams.Windows.Sendable(slot) <= 0 ? NeedsFrames
                : (flags & StreamTable.SourceEmpty) != 0 ? NeedsApplication : NeedsRoom;
        }

        /// <summary>Both sides have ended a stream.</summary>
        internal void CloseStream(int slot)
        {
            _connection.Closed.Add(_streams.Id[slot], ClosedStreams.Ended);
            _streams.Close(slot, true);
        }

        private void SendPending()
        {
            _attention &= ~Waiting;
            for (int slot = 0; slot < _streams.Top; slot++)
            {
                int flags = _streams.Flags[slot];
                if ((flags & StreamTable.Deferred) != 0)
                {
                    if (!ExchangePool.IsBack(_streams.Exchange[slot]))
                    {
                        _attention |= Waiting;
                        continue;
                    }

                    _streams.Resume(slot);
                    Ready(slot);
                }
                else if ((flags & StreamTable.HeadersPending) != 0)
                {
                    _streams.TakeHeaders(slot);
                    Ready(slot);
                }
                else if ((flags & StreamTable.TrailersPending) != 0 && !WriteTrailers(slot))
                {
                    _attention |= Waiting;
                }
            }
        }

        // END_STREAM has been sent.
        private void EndStream(int slot)
        {
            _connection.Glitches.Courtesy += GlitchBudget.CourtesyOfEnd;
            int flags = _streams.EndLocal(slot);
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
                // RFC 9113 8.1: the response is complete and the rest of the request is not needed. The client should end
                // the stream itself: curl up to version 8 loses the response when it reads RST_STREAM together with it.
                // ConnectionDeadlines resets the stream if the client does not end it.
                _streams.Moved[slot] = (int)_connection.Now;
                _streams.ContentRemaining[slot] = -1;
                _streams.ReleaseExchange(slot);
            }
        }
    }
}
