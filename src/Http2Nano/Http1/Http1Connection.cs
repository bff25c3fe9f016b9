using Http2Nano.Buffers;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>
    /// The server's side of one HTTP/1.1 or HTTP/1.0 connection (RFC 9112), without I/O. Requests are answered in order:
    /// the next one is parsed when the response before it is completely in the transmit buffer (RFC 9112 9.3.2).
    /// </summary>
    /// <remarks>
    /// This part contains the connection's phases, its deadlines and its end; the other parts contain one exchange and a
    /// connection that has switched protocols. Nothing is allocated after the constructor.
    /// </remarks>
    internal sealed partial class Http1Connection : HttpConnection
    {
        // RFC 9112 2.2: empty lines before a request are ignored, up to this number.
        private const int MaximumEmptyLines = 4;

        // Phases of the connection.
        private const int Waiting = 0;
        private const int InRequestLine = 1;
        private const int InFields = 2;
        private const int InExchange = 3;
        private const int Upgrading = 4;
        private const int Failing = 5;
        private const int Lingering = 6;
        private const int Upgraded = 7;
        private const int Tunnelling = 8;

        private readonly RequestLine _line;
        private readonly FieldLines _fields;
        private readonly ControlFields _control;
        private readonly RequestBody _body;
        private readonly ResponseHead _head;
        private readonly ResponseBody _content;

        private int _phase;
        private HttpExchange _exchange;
        private int _emptyLines;
        private bool _closing;
        private bool _waits;

        private long _deadline;
        private long _writeDeadline;
        private int _unsent;

        internal Http1Connection(ReceiveBuffer receive, TransmitBuffer transmit, ExchangePool exchanges, RequestDispatcher dispatcher, HttpLimits limits, ServerCounters counters, HttpDate date, byte[] memory)
            : base(receive, transmit, exchanges, dispatcher, limits, counters)
        {
            _memory = memory;
            _canCopy = ResponseHead.Rest(memory) != memory.Length && exchanges.Count > 1;

            _control = new ControlFields();
            _line = new RequestLine(receive);
            _fields = new FieldLines(receive, _control, limits, exchanges);
            _body = new RequestBody(receive, new ChunkedDecoder(receive, _fields), counters);
            _head = new ResponseHead(transmit, date, memory);
            _content = new ResponseBody(transmit, counters);
            Forget(false);
        }

        /// <summary>
        /// Whether 101 has been written, so that the octets received from now on are HTTP/2 (RFC 7540 3.2).
        /// </summary>
        internal bool WantsHttp2
        {
            get { return _phase == Upgraded; }
        }

        /// <summary>
        /// Another client waits: the next response says <c>connection: close</c>, and the connection ends after it. The
        /// host sets it at any time.
        /// </summary>
        internal bool GiveWay;

        /// <summary>
        /// The settings of the upgrade request. They are stored in the exchange that <see cref="TakeUpgraded"/> returns.
        /// </summary>
        internal Http2SettingsField UpgradeSettings
        {
            get { return _control.Settings; }
        }

        internal override long Deadline
        {
            get { return _deadline < _writeDeadline ? _deadline : _writeDeadline; }
        }

        internal override bool AwaitsApplication
        {
            get { return _waits; }
        }

        internal override bool OwesResponse
        {
            get { return _phase == InExchange && _response == Deferred && !_body.IsReading; }
        }

        internal override bool HasSocket
        {
            get { return _phase == Tunnelling; }
        }

        internal override bool IsBetweenRequests
        {
            get { return _phase == Waiting && Receive.Length == 0 && Transmit.Length == 0; }
        }

        internal override void Begin(long now, bool secure)
        {
            HttpExchange known = StaysKnown(secure) ? _remembered : null;
            base.Begin(now, secure);
            _exchange = null;
            _failure = 0;
            _lingerLeft = 0;
            _lingerEnd = Never;
            _closing = false;
            _continue = false;
            _close = false;
            _waits = false;
            _unsent = 0;
            _response = Complete;
            _writeDeadline = Never;
            _headStart = Nowhere;
            _remembered = known;
            if (known == null)
            {
                _headLength = 0;
            }
            else
            {
                known.BlockLength = HttpExchange.HeadRemembered;
                known.BlockVersion = FieldLines.NotPlain;
            }

            Wait(now);
        }

        internal override void Advance(long now)
        {
            if (Finished)
            {
                return;
            }

            if (_response == BodyDue && _body.State != RequestBody.Reading && _content.Fill())
            {
                // There was room, so the client has taken octets.
                _waits = false;
                _unsent = Transmit.Bytes.Length;
                _writeDeadline = now + Limits.WriteTimeout;
                return;
            }

            if (_phase >= Upgraded)
            {
                if (_phase == Tunnelling)
                {
                    AdvanceTunnel(now);
                }

                return;
            }

            ObserveSending(now);
            _waits = false;

            bool busy = true;
            if (_response == BodyDue && !_body.IsReading)
            {
                // A long body is usually all that there is to do.
                int result = _content.Advance();
                if (result == ResponseBody.NoRoom && now < _writeDeadline && !PeerHalfClosed)
                {
                    NoteUnsent(now);
                    return;
                }

                busy = EndContent(result);
                if (busy && _response == Complete)
                {
                    CompleteExchange(now);
                }
            }

            do
            {
                while (busy && !Finished && _phase != Upgraded && Step(now))
                {
                    // Called here and not where the request is parsed, so that a handler starts with few stack frames below
                    // it.
                    if (_response == RouteDue)
                    {
                        Dispatch();
                    }

                    if (_response == HandlerDue)
                    {
                        RunHandler();
                    }

                    // As the next steps would do it.
                    if (_response == HeadDue && !_body.IsReading && WriteHead(now) && _response == BodyDue
                        && EndContent(_content.Advance()) && _response == Complete)
                    {
                        CompleteExchange(now);
                    }
                }

                busy = true;
            }
            while (!Finished && _phase != Upgraded && CheckDeadline(now));

            if (PeerHalfClosed && !Finished && IsUnfinishable)
            {
                Finish();
            }

            if (Finished)
            {
                _waits = false;
                _deadline = Never;
            }

            NoteUnsent(now);
        }

        // RFC 9112 8: a request that the client has not finished can never be complete, even if some of its octets are
        // unread. A client that is gone does not wait for events either.
        private bool IsUnfinishable
        {
            get
            {
                if (_phase == InExchange)
                {
                    return !_body.IsBlocked && (_body.IsReading || (_response == BodyDue && _waits));
                }

                return _phase != Failing && _phase != Upgrading && _phase < Upgraded;
            }
        }

        internal override void Shutdown(long now)
        {
            _closing = true;
            if (_phase <= InFields)
            {
                // No request has been processed, so the client may send it again elsewhere (RFC 9112 9.3.1).
                Finish();
            }
            else if (_phase == Tunnelling)
            {
                // The rest of the request is not read; the response is still sent.
                _exchange.Request.CloseSink(true);
            }
        }

        internal override bool Cut(long now)
        {
            // RFC 9112 8: without its last chunk, or all of its octets, a response is known to be incomplete.
            Abort();
            return false;
        }

        internal override void Abort()
        {
            Finish();
            Exchanges.TakeBack(this);
        }

        internal override bool SendEarlyHints(HttpExchange exchange, HeaderList fields)
        {
            // RFC 9110 15.2: an HTTP/1.0 client must not get a 1xx response.
            return exchange == _exchange
                && _phase == InExchange
                && _response <= Deferred
                && exchange.Request.Protocol == HttpProtocol.Http11
                && _head.WriteEarlyHints(fields);
        }

        internal override bool Push(HttpExchange exchange, byte[] path)
        {
            return false;
        }

        /// <summary>
        /// Passes the request that asked for the upgrade to HTTP/2: it is complete and without a body, its target is set,
        /// its response is placed, and it has not been dispatched. The caller owns the exchange from now on.
        /// </summary>
        internal HttpExchange TakeUpgraded()
        {
            HttpExchange exchange = _exchange;
            _exchange = null;
            return exchange;
        }

        // Returns whether there may be more to do at once.
        private bool Step(long now)
        {
            switch (_phase)
            {
                case Waiting:
                    return BeginRequest(now);

                case InRequestLine:
                    int result = _line.Parse(_exchange.Request, IsSecure);
                    if (result == ParseResult.Complete)
                    {
                        _control.Begin();
                        _fields.Begin(_exchange.Request.Headers, _line.HasAuthority);
                        _phase = InFields;
                        return true;
                    }

                    return Refuse(result);

                case InFields:
                    result = ParseFields();
                    if (result == ParseResult.Complete)
                    {
                        BeginExchange(now);
                        return true;
                    }

                    if (result == 431)
                    {
                        result = RequestRules.TooLong(_exchange.Request.Headers, _line.PathPosition);
                    }

                    return Refuse(result);

                case InExchange:
                    return AdvanceExchange(now);

                case Tunnelling:
                    // Octets after the request belong to the new protocol.
                    AdvanceTunnel(now);
                    return false;

                case Upgrading:
                    if (_head.WriteSwitchingProtocols())
                    {
                        _phase = Upgraded;
                    }

                    return false;

                case Failing:
                    return WriteFailure(now);

                default:
                    return Linger(now);
            }
        }

        private void Wait(long now)
        {
            _phase = Waiting;
            _emptyLines = 0;
            _deadline = now + Limits.IdleTimeout;
        }

        private bool BeginRequest(long now)
        {
            byte[] bytes = Receive.Bytes;
            while (Receive.Start < Receive.End && bytes[Receive.Start] == '\r')
            {
                if (Receive.Length == 1)
                {
                    return false;
                }

                if (bytes[Receive.Start + 1] != '\n' || ++_emptyLines > MaximumEmptyLines)
                {
                    Fail(400);
                    return true;
                }

                Receive.Start += 2;
            }

            if (Receive.Start == Receive.End)
            {
                return false;
            }

            if (_headLength != 0 && _headLength <= Receive.End - Receive.Start && BeginAgain())
            {
                return true;
            }

            NoteHead();
            _exchange = Exchanges.Take(this, 0);
            if (_exchange == null)
            {
                Fail(503);
                return true;
            }

            _line.Begin();
            _phase = InRequestLine;
            _deadline = now + Limits.FieldsTimeout;
            return true;
        }

        // Ends the connection in any state. The octets in the transmit buffer are still sent.
        private void Finish()
        {
            Release();
            Finished = true;
        }

        // Returns the exchange to the pool. The source and the sink of an incomplete exchange are closed.
        private void Release()
        {
            _body.Abandon();
            EndExchange(false);
        }

        private void EndExchange(bool complete)
        {
            HttpExchange exchange = _exchange;
            if (exchange != null)
            {
                _exchange = null;
                ExchangePool.Return(exchange, complete);
            }
        }
    }
}
