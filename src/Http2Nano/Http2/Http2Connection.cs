using System;
using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Http1;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>
    /// The server's side of an HTTP/2 connection (RFC 9113), without I/O: frames in, frames out. This class contains what
    /// concerns the connection as a whole; <see cref="RequestStreams"/> opens requests, <see cref="ResponseSender"/> sends
    /// responses.
    /// </summary>
    public sealed partial class Http2Connection : HttpConnection
    {
        internal readonly FrameReader Reader;
        internal readonly FrameWriter Writer;
        internal readonly StreamTable Streams;
        internal readonly ClosedStreams Closed;
        internal readonly PeerSettings Peer;
        internal readonly GlitchBudget Glitches;
        internal readonly FieldBlocks FieldBlocks;
        internal readonly RequestStreams Requests;
        internal readonly RequestBodies Bodies;
        internal readonly ResponseSender Responses;
        internal readonly ControlFrames Control;
        private readonly ConnectionDeadlines _deadlines;

        /// <summary>The time of the current call, in milliseconds.</summary>
        internal long Now;

        /// <summary>The highest stream identifier that the client has used.</summary>
        internal int LastStream;

        /// <summary>The highest stream whose request was or may yet be processed: the Last-Stream-ID of GOAWAY.</summary>
        internal int LastProcessed;

        /// <summary>
        /// Whether GOAWAY was sent: streams above <see cref="LastProcessed"/> are ignored (RFC 9113 6.8).
        /// </summary>
        internal bool GoingAway;

        // States of the current frame.
        private const int AtHeader = 0;
        private const int AtPayload = 1;
        private const int InPayload = 2;

        private HttpExchange _upgraded;
        private bool _prefaceTaken;
        private bool _goAwayDue;
        private int _frame;

        internal Http2Connection(ReceiveBuffer receive, TransmitBuffer transmit, ExchangePool exchanges, RequestDispatcher dispatcher, HttpLimits limits, ServerCounters counters, HttpDate date)
            : base(receive, transmit, exchanges, dispatcher, limits, counters)
        {
            Reader = new FrameReader(receive);
            Writer = new FrameWriter(transmit);
            Streams = new StreamTable(limits.MaximumStreams + limits.MaximumPushes, counters);
            Closed = new ClosedStreams();
            Peer = new PeerSettings();
            Glitches = new GlitchBudget(limits, counters);
            FieldBlocks = new FieldBlocks(this);
            Requests = new RequestStreams(this);
            Bodies = new RequestBodies(this);
            Responses = new ResponseSender(this, date);
            Control = new ControlFrames(this);
            _deadlines = new ConnectionDeadlines(this);
        }

        internal override long Deadline
        {
            get { return Finished ? Never : _deadlines.Next; }
        }

        internal override bool AwaitsApplication
        {
            get { return Responses.AwaitsApplication || Bodies.AwaitsSink || IsRequestWaiting; }
        }

        internal override int OpenStreams
        {
            get { return Streams.Count; }
        }

        internal override int TableBytes
        {
            get { return FieldBlocks.TableBytes + Responses.TableBytes; }
        }

        internal override int SendWindow
        {
            get { return Streams.Windows.SendConnection; }
        }

        internal override bool OwesResponse
        {
            get { return Streams.HasAny(StreamTable.Deferred | StreamTable.RemoteClosed); }
        }

        internal override bool HasSocket
        {
            get { return Streams.HasAny(StreamTable.Tunnel | StreamTable.Sinking); }
        }

        internal override bool IsBetweenRequests
        {
            get { return Transmit.Length == 0 && !FieldBlocks.InFieldBlock && (Streams.Count == 0 || !Streams.HasNeeded()); }
        }

        /// <summary>Whether nothing is read, because a request waits for a place.</summary>
        internal bool IsRequestWaiting
        {
            get { return _frame == AtPayload; }
        }

        /// <summary>Whether the client has acknowledged the server's SETTINGS.</summary>
        internal bool SettingsAcknowledged
        {
            get { return (Control.Settings & ControlFrames.Acknowledged) != 0; }
        }

        internal override void Begin(long now, bool secure)
        {
            base.Begin(now, secure);
            Now = now;
            LastStream = 0;
            LastProcessed = 0;
            GoingAway = false;
            _upgraded = null;
            _prefaceTaken = false;
            _goAwayDue = false;
            _frame = AtHeader;
            Reader.Reset();
            Writer.Observer = null;
            Closed.Clear();
            Peer.Reset();
            Glitches.Begin(now);
            FieldBlocks.Begin();
            Requests.Begin();
            Streams.Begin();
            Bodies.Begin();
            Responses.Begin();
            Control.Begin();
            _deadlines.Begin(now);
            Counters.Current = this;
            Counters.FieldBytesSaved = 0;
        }

        /// <summary>
        /// Begins after an HTTP/1.1 request that asked for the upgrade (RFC 7540 3.2): the request becomes stream 1, and
        /// the client's preface has still to arrive.
        /// </summary>
        internal void BeginUpgraded(long now, bool secure, Http1Connection http1)
        {
            Begin(now, secure);
            PeerHalfClosed = http1.PeerHalfClosed;
            _upgraded = http1.TakeUpgraded();
            _upgraded.Connection = this;
            _upgraded.Stream = 1;
            LastStream = 1;
            Closed.Advance(1);
            Control.ApplyUpgrade(http1.UpgradeSettings);
        }

        internal override void Advance(long now)
        {
            Now = now;
            if (Finished)
            {
                return;
            }

            if (_goAwayDue)
            {
                // GOAWAY did not fit when the server began to stop.
                GoAway(ErrorCode.NoError);
            }

            Closed.Answered = LastStream;
            if (_prefaceTaken || TakePreface())
            {
                while (ReadFrame())
                {
                    // Called here and not where the frame is read, so that a handler, and the sending of its response,
                    // start with few stack frames below them.
                    if (Requests.Due != StreamTable.None)
                    {
                        int ready = Requests.Answer();
                        if (ready != StreamTable.None)
                        {
                            Responses.Ready(ready);
                        }
                    }
                }

                // Not before: a request that waits has to know which sources had nothing.
                Responses.Send();
            }

            if (Streams.ReceivingStreams != 0)
            {
                Bodies.Grant();
            }

            if (PeerHalfClosed && !Bodies.AwaitsSink && HasReadAll())
            {
                EndUnfinished();
            }

            if (now >= _deadlines.Next)
            {
                _deadlines.Check();
            }

            if (GoingAway && Streams.Count == 0 && !Finished)
            {
                Finished = true;
            }
        }

        // Whether no received octets wait for room, an exchange or a sink: what is left is less than a frame.
        private bool HasReadAll()
        {
            if (!_prefaceTaken)
            {
                return (Control.Settings & ControlFrames.Sent) != 0;
            }

            return Transmit.Reserve(FrameWriter.ControlFrameRoom)
                && (_frame == AtHeader ? Receive.Length < FrameReader.HeaderLength : _frame == InPayload);
        }

        // The client sends nothing more: incomplete requests stay incomplete, windows stay closed, and no source is waited
        // for. Complete requests are answered, then the connection ends.
        private void EndUnfinished()
        {
            GoingAway = true;
            for (int slot = 0; slot < Streams.Top; slot++)
            {
                if (Streams.Id[slot] == 0)
                {
                    continue;
                }

                if (Responses.IsStuck(slot) && Transmit.Reserve(FrameWriter.RstStreamLength))
                {
                    // RFC 9113 8.1: a reset tells the client that the response is incomplete.
                    ResetStream(Streams.Id[slot], Resets.BrokenOff);
                }
                else if ((Streams.Flags[slot] & StreamTable.RemoteClosed) == 0 || Responses.IsStuck(slot))
                {
                    Streams.Close(slot, false);
                }
            }
        }

        internal override void Shutdown(long now)
        {
            Now = now;
            if (!Finished && !GoingAway)
            {
                GoAway(ErrorCode.NoError);
                Streams.EndTunnels();
                ResetUnneeded();
                _deadlines.Drain(now);
                if (Streams.Count == 0)
                {
                    Finished = true;
                }
            }
        }

        // The connection does not wait for clients that may still send what is not needed.
        private void ResetUnneeded()
        {
            for (int slot = 0; slot < Streams.Top && !_goAwayDue; slot++)
            {
                if (Streams.Id[slot] != 0 && !Streams.IsNeeded(slot) && Transmit.Reserve(FrameWriter.RstStreamLength))
                {
                    ResetStream(Streams.Id[slot], Resets.NotNeeded);
                }
            }
        }

        internal override bool Cut(long now)
        {
            Now = now;
            bool sending = Streams.ReceivingStreams != 0;
            BreakOff(true);
            if (!GoingAway)
            {
                GoAway(ErrorCode.NoError);
            }

            Abort();
            return sending;
        }

        internal override void Abort()
        {
            Finished = true;
            FieldBlocks.Abort();
            _upgraded = null;
            for (int slot = 0; slot < Streams.Top; slot++)
            {
                if (Streams.Id[slot] != 0)
                {
                    Streams.Close(slot, false);
                }
            }

            Exchanges.TakeBack(this);
            if (Counters.Current == this)
            {
                Counters.Current = null;
            }
        }

        internal override bool SendEarlyHints(HttpExchange exchange, HeaderList fields)
        {
            try
            {
                return Responses.SendEarlyHints(exchange.Stream, fields);
            }
            catch (Exception exception)
            {
                return BreakOff(exception);
            }
        }

        internal override bool Push(HttpExchange exchange, byte[] path)
        {
            try
            {
                return Requests.Promise(exchange, path);
            }
            catch (Exception exception)
            {
                return BreakOff(exception);
            }
        }

        // A handler may catch the exception, and the state of the frame and of the dynamic table is unknown.
        private bool BreakOff(Exception exception)
        {
            GuardedBody.Count(exception, Counters);
            Counters.ConnectionErrors++;
            Abort();
            Transmit.Clear();
            return false;
        }

        /// <summary>Ends the connection with an error (RFC 9113 5.4.1).</summary>
        /// <param name="errorCode">An <see cref="ErrorCode"/>.</param>
        internal void ConnectionError(int errorCode)
        {
            if (Finished)
            {
                return;
            }

            Counters.ConnectionErrors++;
            BreakOff(false);
            GoAway(errorCode);
            Abort();
        }

        /// <summary>
        /// Resets the unanswered streams before the connection ends, with an error code that tells whether the request may
        /// be repeated (RFC 9113 8.7): see <see cref="Resets"/>.
        /// </summary>
        /// <param name="refusing">
        /// Whether requests on which nothing was done may be repeated: not after a mistake of the client, which it would
        /// repeat as well.
        /// </param>
        internal void BreakOff(bool refusing)
        {
            // Leaves room for SETTINGS and GOAWAY.
            for (int slot = 0; slot < Streams.Top && Transmit.Reserve(FrameWriter.RstStreamLength + FrameWriter.ControlFrameRoom); slot++)
            {
                int flags = Streams.Flags[slot];
                if (Streams.Id[slot] == 0 || (Control.Settings & ControlFrames.Sent) == 0 || (flags & (StreamTable.LocalClosed | StreamTable.Pushed)) != 0)
                {
                    continue;
                }

                if ((flags & StreamTable.Gathering) == 0)
                {
                    ResetStream(Streams.Id[slot], Resets.BrokenOff);
                }
                else if (refusing)
                {
                    ResetStream(Streams.Id[slot], Resets.Refused);
                }
            }
        }

        /// <summary>Ends a stream with an error (RFC 9113 5.4.2).</summary>
        /// <param name="stream">The stream.</param>
        /// <param name="errorCode">An <see cref="ErrorCode"/>.</param>
        internal void StreamError(int stream, int errorCode)
        {
            // RFC 9113 6.4: an idle stream cannot be reset.
            if (IsIdle(stream))
            {
                ConnectionError(errorCode);
                return;
            }

            // An error costs the server the work of a request, and the client next to nothing (CVE-2025-8671).
            if (!Glitches.Spend(GlitchBudget.Reset, Now))
            {
                ConnectionError(ErrorCode.EnhanceYourCalm);
                return;
            }

            ResetStream(stream, errorCode);
        }

        /// <summary>Sends RST_STREAM and forgets the stream.</summary>
        internal void ResetStream(int stream, int errorCode)
        {
            if (!Transmit.Reserve(FrameWriter.RstStreamLength))
            {
                // Everybody who writes for a stream leaves this much room, so only a defect leads here.
                ConnectionError(ErrorCode.InternalError);
                return;
            }

            int slot = Streams.Find(stream);
            Writer.RstStream(stream, errorCode == Resets.BrokenOff && slot != StreamTable.None && Streams.IsCut(slot) ? Resets.CutShort : errorCode);

            Counters.Resets++;
            Glitches.Courtesy += GlitchBudget.CourtesyOfEnd;
            Closed.Add(stream, ClosedStreams.ResetByServer);
            if (slot != StreamTable.None)
            {
                Streams.Close(slot, false);
            }
        }

        /// <summary>Spends from the glitch budget.</summary>
        /// <returns>False when the budget is spent and the connection has ended.</returns>
        internal bool Spend(int cost)
        {
            if (Glitches.Spend(cost, Now))
            {
                return true;
            }

            ConnectionError(ErrorCode.EnhanceYourCalm);
            return false;
        }

        /// <summary>Spends for a frame that may be free (<see cref="GlitchBudget"/>).</summary>
        /// <returns>False when the budget is spent and the connection has ended.</returns>
        internal bool SpendCourtesy()
        {
            if (Glitches.SpendCourtesy(Now))
            {
                return true;
            }

            ConnectionError(ErrorCode.EnhanceYourCalm);
            return false;
        }

        internal bool IsIdle(int stream)
        {
            return (stream & 1) != 0 ? stream > LastStream : stream > Responses.LastPromised;
        }

        /// <summary>Sends GOAWAY (RFC 9113 6.8): no stream above <see cref="LastProcessed"/> is processed from here on.</summary>
        internal void GoAway(int errorCode)
        {
            GoingAway = true;
            if ((Control.Settings & ControlFrames.Sent) == 0)
            {
                // RFC 9113 3.4: SETTINGS must be the first frame.
                Control.SendSettings();
            }

            _goAwayDue = (Control.Settings & ControlFrames.Sent) == 0 || !Transmit.Reserve(FrameWriter.GoAwayLength);
            if (!_goAwayDue)
            {
                Writer.GoAway(LastProcessed, errorCode);
            }
        }
    }
}
