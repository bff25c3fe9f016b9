using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // The part with one request and its response, from the end of the fields to the end of both bodies.
    internal sealed partial class Http1Connection
    {
        // States of the response. The first two are left as soon as they are reached.
        private const int RouteDue = -2;
        private const int HandlerDue = -1;
        private const int Pending = 0;
        private const int Deferred = 1;
        private const int HeadDue = 2;
        private const int BodyDue = 3;
        private const int Complete = 4;

        private int _response;

        // The client waits for 100 Continue, unless a final response comes first.
        private bool _continue;

        // The connection ends after this response, because its head says so or because the framing is lost.
        private bool _close;

        // The fields are complete.
        private void BeginExchange(long now)
        {
            HttpExchange exchange = _exchange;
            HttpRequest request = exchange.Request;
            if (!_line.HasAuthority)
            {
                request.AuthorityPosition = _fields.AuthorityPosition;
            }

            int status = _control.Check(request);
            if (status == 0 && !request.SetTarget(_line.PathPosition))
            {
                status = RequestRules.TooLong(request.Headers, _line.PathPosition);
            }

            if (status != 0)
            {
                Fail(status);
                return;
            }

            int found = Findings(request);
            status = RequestRules.Decide(this, request.Method, found);
            if (status == 400 || status == 413)
            {
                // The beginning of the next request is unknown, or too far away.
                Fail(status);
                return;
            }

            exchange.Response.Place(request.ContentOffset);
            if (_control.HasUpgrade && _control.AsksForWebSocket(request))
            {
                request.Facts |= HttpRequest.ForWebSocket;
            }

            if (status == RequestRules.Served && Limits.UpgradeToHttp2 && !IsSecure && _control.AsksForHttp2(request.Protocol) && !IsMemoryUsed)
            {
                if (_control.Settings.IsMalformed)
                {
                    Fail(400);
                    return;
                }

                if (_control.Settings.IsUsable)
                {
                    _phase = Upgrading;
                    _deadline = Never;
                    return;
                }
            }

            _body.Begin(request, _control.BodyLength, _control.IsChunked);
            _phase = InExchange;
            _deadline = _body.IsReading ? now + Limits.BodyTimeout : Never;
            _response = RouteDue;
            _close = _closing || !_control.IsPersistent(request.Protocol);
            _continue = (found & RequestRules.AwaitsContinue) != 0 && _body.IsReading;
            if (status != RequestRules.Served)
            {
                Answer(status);
            }
            else if (_headStart != Nowhere && !_body.IsReading && !_closing && !request.AsksForWebSocket)
            {
                RememberHead();
            }
        }

        // The findings that decide whether the request may be served.
        private int Findings(HttpRequest request)
        {
            bool http11 = request.Protocol == HttpProtocol.Http11;
            int found = _control.Found;
            if (found != 0 && !http11)
            {
                // RFC 9110 10.1.1: the expectation is ignored in HTTP/1.0.
                found &= ~(RequestRules.AwaitsContinue | RequestRules.OtherExpectation);
            }

            if (_line.IsMisdirected)
            {
                found |= RequestRules.Misdirected;
            }

            // HTTP/1.0 does not require Host, but a Host field must be valid.
            return request.AuthorityPosition < 0 && (http11 || _control.HasHost) ? found | RequestRules.NoAuthority : found;
        }

        private void Dispatch()
        {
            HttpExchange exchange = _exchange;
            int disposition = Dispatcher.Begin(exchange, Counters);
            switch (disposition)
            {
                case (int)Disposition.Gather:
                    if (_body.KnownRest > exchange.Request.ContentRoom)
                    {
                        Answer(413);
                    }
                    else
                    {
                        _response = _body.IsReading ? Pending : HandlerDue;
                    }

                    break;

                case (int)Disposition.Stream:
                    _response = HandlerDue;
                    break;

                case (int)Disposition.Answered:
                    _body.Drop(Limits.MaximumDrain);
                    _response = exchange.Response.IsDeferred ? Deferred : HeadDue;
                    break;

                default:
                    Fail(disposition);
                    break;
            }
        }

        private void RunHandler()
        {
            HttpExchange exchange = _exchange;
            HttpRequest request = exchange.Request;
            int failure = Dispatcher.Run(exchange, Counters);
            if (request.Sink == null)
            {
                _body.Drop(Limits.MaximumDrain);
            }
            else if (!IsTunnel(exchange))
            {
                BodySink sink = request.Sink;
                request.Sink = null;
                _body.SendTo(sink);
            }

            _response = exchange.Owner >= ExchangePool.Application ? Deferred : HeadDue;
            if (failure != 0)
            {
                Fail(failure);
            }
        }

        // Answers a request whose framing is valid with a status of the server's own.
        private void Answer(int status)
        {
            if (!Dispatcher.Refuse(_exchange, status, Counters))
            {
                Fail(status);
                return;
            }

            _body.Drop(Limits.MaximumDrain);
            _response = HeadDue;
        }

        private bool AdvanceExchange(long now)
        {
            _waits = false;
            bool progress = _body.IsReading && AdvanceBody(now);
            if (Finished || _phase != InExchange)
            {
                return true;
            }

            // The body is advanced directly from here, so that an application's source runs with few stack frames below it.
            if (_response == BodyDue ? AdvanceContent() : _response != Complete && AdvanceResponse(now))
            {
                progress = true;
            }

            if (Finished || _phase != InExchange || _response != Complete || _body.IsReading)
            {
                return progress;
            }

            CompleteExchange(now);
            return true;
        }

        private void CompleteExchange(long now)
        {
            if (!_close && !_closing && !_body.IsAbandoned)
            {
                Wait(now);
            }
            else if (_body.IsAbandoned || Receive.Length != 0)
            {
                BeginLingering();
            }
            else
            {
                Finish();
            }
        }

        private bool AdvanceBody(long now)
        {
            if (_continue && _body.IsWanted)
            {
                // RFC 9110 10.1.1: 100 Continue is not needed when the client has begun to send the body.
                if (Receive.Length != 0 || _head.WriteContinue())
                {
                    _continue = false;
                }
            }

            int result = _body.Advance();
            _waits = _body.IsBlocked;
            if (result == RequestBody.Nothing)
            {
                return false;
            }

            if (result >= ParseResult.Error)
            {
                BodyFailed(result);
                return true;
            }

            if (result == RequestBody.TooLarge)
            {
                Answer(413);
                return true;
            }

            if (_body.Taken >= Limits.MinimumBody)
            {
                _body.Taken = 0;
                _deadline = now + Limits.BodyTimeout;
            }

            if (_response == Pending && !_body.IsReading)
            {
                HttpExchange exchange = _exchange;
                exchange.Response.Place(exchange.Request.ContentOffset + exchange.Request.ContentCount);
                _response = HandlerDue;
            }

            return true;
        }

        // The body is malformed or too late.
        private void BodyFailed(int status)
        {
            _close = true;
            if (_response == Pending)
            {
                Fail(status);
                return;
            }

            bool wanted = _body.HasSink;
            _body.Abandon();
            if (!wanted)
            {
                return;
            }

            // The response may depend on the body, which will never be complete.
            if (_response == Deferred)
            {
                Fail(status);
            }
            else if (_response == BodyDue)
            {
                Finish();
            }
        }

        private bool CheckBodyDeadline(long now)
        {
            if (!_body.IsReading)
            {
                _deadline = Never;
                return false;
            }

            if (_body.IsBlocked || (_continue && _body.IsWanted))
            {
                // The delay is the application's, not the client's.
                _deadline = now + Limits.BodyTimeout;
                return false;
            }

            if (now < _deadline)
            {
                return false;
            }

            BodyFailed(408);
            return true;
        }

        private bool AdvanceResponse(long now)
        {
            switch (_response)
            {
                case Deferred:
                    if (!ExchangePool.IsBack(_exchange))
                    {
                        _waits = true;
                        return false;
                    }

                    _response = HeadDue;
                    return true;

                case HeadDue:
                    return WriteHead(now);

                default:
                    return false;
            }
        }

        private bool WriteHead(long now)
        {
            if (_continue && _body.IsWanted)
            {
                // 100 Continue has to be sent first and does not fit yet.
                return false;
            }

            HttpResponse response = _exchange.Response;
            int status = response.StatusCode;
            int needed = ResponseHead.LengthWith(response.Headers);
            if (needed > Transmit.Bytes.Length || status < 200 || status > 599)
            {
                if (needed <= Transmit.Bytes.Length && IsTunnel(_exchange))
                {
                    return BeginTunnel(needed, now);
                }

                Counters.HandlerFailures++;
                response.Replace(500);
                return true;
            }

            if (!Transmit.Reserve(needed))
            {
                return false;
            }

            if (status == 205)
            {
                // RFC 9110 15.3.6: 205 has no content, and content-length says so.
                response.BodyLength = 0;
            }

            bool head = _exchange.Request.Method == HttpMethod.Head;
            bool bodiless = head || status == 204 || status == 205 || status == 304;
            int coding = CodingOf(response);
            DecideOnClose(bodiless ? ResponseBody.None : coding);
            _content.Begin(response, bodiless ? ResponseBody.None : coding);

            // RFC 9110 8.6: a response to HEAD has the length that GET would have; 204 has none. A length that the handler
            // has set is kept where there is no body to measure.
            bool keepLength = (head || status == 304) && response.Source == null && response.BodyLength == 0;
            if (status == 204 || status == 304 || (head && coding != ResponseBody.Counted))
            {
                coding = ResponseBody.None;
            }

            _head.Write(response, coding, keepLength, Persistence(), now);
            Dispatcher.Log(_exchange, Counters);
            _response = BodyDue;
            return true;
        }

        // RFC 9112 6.1 and 6.3: how the end of the body is marked.
        private int CodingOf(HttpResponse response)
        {
            if (response.BodyLength >= 0)
            {
                return ResponseBody.Counted;
            }

            // An event stream never ends by itself. When another client waits the server ends it, which must not look like
            // a broken body.
            HeaderList fields = response.Headers;
            int type = fields.Find(FieldName.ContentType);
            bool events = type >= 0 && MediaType.Is(fields, type, fields.End, fields.Limit, KnownText.Octets, KnownText.EventStream, KnownText.EventStreamLength);
            return events || IsHttp10 ? ResponseBody.UntilClose : ResponseBody.Chunked;
        }

        private bool IsHttp10
        {
            get { return _exchange.Request.Protocol == HttpProtocol.Http10; }
        }

        // The connection option of the response's head.
        private int Persistence()
        {
            return _close ? ResponseHead.Close : IsHttp10 ? ResponseHead.KeepAlive : ResponseHead.Silent;
        }

        private void DecideOnClose(int coding)
        {
            if (_body.IsReading && ((_continue && !_body.HasBegun) || (!_body.HasSink && _body.KnownRest > Limits.MaximumDrain)))
            {
                // The rest of the body is larger than the connection is worth; or it is unknown whether a client that got
                // no 100 Continue still sends the body (RFC 9110 10.1.1).
                _body.Abandon();
            }

            if (GiveWay || _closing || _body.IsAbandoned || coding == ResponseBody.UntilClose)
            {
                _close = true;
            }
        }

        private bool AdvanceContent()
        {
            // The source may have made room in a sink.
            int unsent = Transmit.Length;
            return EndContent(_content.Advance()) || (_body.IsBlocked && Transmit.Length != unsent);
        }

        // Returns whether the exchange has changed.
        private bool EndContent(int result)
        {
            switch (result)
            {
                case ResponseBody.NothingYet:
                    _waits = true;
                    return false;

                case ResponseBody.NoRoom:
                    return false;

                case ResponseBody.Broken:
                    // RFC 9112 8: closing early shows the client that the message is incomplete.
                    Finish();
                    return true;

                default:
                    _response = Complete;
                    EndExchange(_content.IsRead);
                    return true;
            }
        }
    }
}
