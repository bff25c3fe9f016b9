using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // One request and its response, from the end of the fields to the end of both bodies.
    internal sealed partial class Http1Connection
    {
        // States of the response. The first two are gone through as soon as they are reached.
        private const int RouteDue = -2;
        private const int HandlerDue = -1;
        private const int Pending = 0;
        private const int Deferred = 1;
        private const int HeadDue = 2;
        private const int BodyDue = 3;
        private const int Complete = 4;

        private int _response;

        // 100 Continue is owed to the client, unless a final response comes first.
        private bool _continue;

        // The connection ends after this response, as its head says or because the framing is lost.
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
            status = RequestRules.Decide(request.Method, found);
            if (status == 400 || status == 413)
            {
                // Where the next request begins is not known, or too far away.
                Fail(status);
                return;
            }

            exchange.Response.Place(request.ContentOffset);
            if (_control.HasUpgrade)
            {
                request.ForWebSocket = _control.AsksForWebSocket(request);
            }

            if (status == RequestRules.Served && Limits.UpgradeToHttp2 && !IsSecure && _control.AsksForHttp2(request.Protocol))
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
        }

        // What decides whether the request may be served.
        private int Findings(HttpRequest request)
        {
            bool http11 = request.Protocol == HttpProtocol.Http11;
            int found = _control.Found;
            if (found != 0 && !http11)
            {
                // RFC 9110 10.1.1: in HTTP/1.0 the expectation is ignored.
                found &= ~(RequestRules.AwaitsContinue | RequestRules.OtherExpectation);
            }

            if (_line.IsMisdirected)
            {
                found |= RequestRules.Misdirected;
            }

            // HTTP/1.0 has no Host, but where it comes it is one.
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
                _body.SendTo(sink, request.SinkKey);
            }

            _response = exchange.Owner >= ExchangePool.Application ? Deferred : HeadDue;
            if (failure != 0)
            {
                Fail(failure);
            }
        }

        // The server's own answer to a request whose framing is sound.
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

            // The body from here: below it runs what an application does in its source.
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
                // RFC 9110 10.1.1: not needed any more when the client did not wait.
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

            // The response may depend on what will never come.
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
                // It is not the client that is late.
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
                // 100 Continue goes first, and has no room yet.
                return false;
            }

            HttpResponse response = _exchange.Response;
            int needed = ResponseHead.LengthWith(response.Headers);
            if (needed > Transmit.Bytes.Length || response.Status < 200 || response.Status > 599)
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

            int status = response.Status;
            if (status == 205)
            {
                // RFC 9110 15.3.6: no content, and said so.
                response.BodyLength = 0;
            }

            bool head = _exchange.Request.Method == HttpMethod.Head;
            bool bodiless = head || status == 204 || status == 205 || status == 304;
            int coding = CodingOf(response);
            DecideOnClose(bodiless ? ResponseBody.None : coding);
            _content.Begin(response, bodiless ? ResponseBody.None : coding);

            // RFC 9110 8.6: a length goes with HEAD as it would with GET, and never with 204. One that the handler gave where
            // there is no body to measure is believed.
            bool keepLength = (head || status == 304) && response.Source == null && response.BodyLength == 0
                && response.Headers.Find(FieldName.ContentLength) >= 0;
            if (keepLength || status == 204 || status == 304 || (head && coding != ResponseBody.Counted))
            {
                coding = ResponseBody.None;
            }

            _head.Write(response, coding, keepLength, Persistence(), now);
            Dispatcher.Log(_exchange, Counters);
            _response = BodyDue;
            return true;
        }

        // RFC 9112 6.1 and 6.3.
        private int CodingOf(HttpResponse response)
        {
            if (response.BodyLength >= 0)
            {
                return ResponseBody.Counted;
            }

            // Events never end by themselves: whoever has to make way for another client closes them, which is no broken body then.
            HeaderList fields = response.Headers;
            int type = fields.Find(FieldName.ContentType);
            bool events = type >= 0 && MediaType.Is(fields, type, fields.End, fields.Limit, KnownText.Octets, KnownText.EventStream, KnownText.EventStreamLength);
            return events || IsHttp10 ? ResponseBody.UntilClose : ResponseBody.Chunked;
        }

        private bool IsHttp10
        {
            get { return _exchange.Request.Protocol == HttpProtocol.Http10; }
        }

        // What the head says about the connection.
        private int Persistence()
        {
            return _close ? ResponseHead.Close : IsHttp10 ? ResponseHead.KeepAlive : ResponseHead.Silent;
        }

        private void DecideOnClose(int coding)
        {
            bool unknown = _continue && !_body.HasBegun;
            if (unknown || (!_body.HasSink && _body.KnownRest > Limits.MaximumDrain))
            {
                // There is more to drop than the connection is worth; or it cannot be known whether a client that got no 100
                // sends the body after all (RFC 9110 10.1.1).
                _body.Abandon();
            }

            if (GiveWay || _closing || _body.IsAbandoned || coding == ResponseBody.UntilClose)
            {
                _close = true;
            }
        }

        private bool AdvanceContent()
        {
            int unsent = Transmit.Length;
            switch (_content.Advance())
            {
                case ResponseBody.NothingYet:
                    _waits = true;
                    return _body.IsBlocked && Transmit.Length != unsent;

                case ResponseBody.NoRoom:
                    // What a source gave may have made room in a sink.
                    return _body.IsBlocked && Transmit.Length != unsent;

                case ResponseBody.Broken:
                    // RFC 9112 8: the client sees that the message is incomplete, because the connection ends too early.
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
