using System;
using Http2Nano.Fields;
using Http2Nano.Framing;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>Turns a complete field section into a stream, and has the request answered (RFC 9113 8.1).</summary>
    internal sealed class RequestStreams
    {
        /// <summary>
        /// What is announced as SETTINGS_MAX_CONCURRENT_STREAMS, whatever there are places for, to clients with a wide window: RFC
        /// 9113 6.5.2 recommends no less, and some of them fail with a smaller number instead of waiting for a place.
        /// </summary>
        internal const int Hundred = 100;

        // With less on the connection a hundred responses stop before they end, and what lets them go on lies behind the requests
        // that wait. Clients with such windows (Node, nghttp) wait for places themselves.
        private const int WideWindow = 1 << 20;

        // Milliseconds that a request waits, and with it all frames after it, for the application to go on with a response; and for
        // responses that only have to be sent. Longer, a client could not stop one of these, and its own PING would be late.
        private const int ApplicationPatience = 1000;
        private const int SendingPatience = 5000;

        // Calls of Review, which come four times a second.
        private const int HeldForLong = 4;

        // Octets of free storage that suffice for most requests: their targets are copied there, and values decoded.
        private const int LittleRoom = 256;

        // An extended CONNECT (RFC 8441 4).
        private const int Extended = RequestRules.WebSocket | RequestRules.OtherProtocol;

        private readonly Http2Connection _connection;
        private readonly StreamTable _streams;

        /// <summary>The slot of the request that is ready for <see cref="Answer"/>, or <see cref="StreamTable.None"/>.</summary>
        internal int Due;

        // Since when a request has waited for a place; not set back by one that was refused.
        private long _waitingSince;

        // In how many calls of Review one after the other the same requests have held all places.
        private int _held;

        internal RequestStreams(Http2Connection connection)
        {
            _connection = connection;
            _streams = connection.Streams;
        }

        internal void Begin()
        {
            Due = StreamTable.None;
            _waitingSince = HttpConnection.Never;
            _held = 0;
        }

        /// <summary>
        /// Whether the request whose HEADERS begin has to wait in the receive buffer: there is no place for it, but there will be one
        /// without anything being read. What would have to be read, such as DATA or WINDOW_UPDATE, lies behind the request, so for
        /// that it is not waited, and the request is refused.
        /// </summary>
        internal bool MustWait()
        {
            bool isFull = _streams.Requests >= _connection.Limits.MaximumStreams;
            bool hasExchange = _connection.Exchanges.HasFree(_connection);
            if ((hasExchange && !isFull) || _connection.GoingAway)
            {
                _waitingSince = HttpConnection.Never;
                return false;
            }

            int needs = ResponseSender.NeedsRoom;
            if (!hasExchange)
            {
                // Asked in this order, because a thread may complete a response meanwhile.
                bool elsewhere = _connection.Exchanges.IsAnyElsewhere(_connection);
                needs = _connection.Responses.Needs(true);
                needs = elsewhere && needs > ResponseSender.NeedsApplication ? ResponseSender.NeedsApplication : needs;
            }

            if (isFull)
            {
                int others = _connection.Responses.Needs(false);
                needs = others > needs ? others : needs;
            }

            if (_waitingSince == HttpConnection.Never)
            {
                _waitingSince = _connection.Now;
            }

            long patience = needs == ResponseSender.NeedsRoom ? SendingPatience : needs == ResponseSender.NeedsApplication ? ApplicationPatience : 0;
            return _connection.Now - _waitingSince < patience;
        }

        /// <summary>
        /// Called a few times a second while no request waits. When the same requests hold all places for longer than it takes to
        /// send responses, the client should keep others back; until all of them have ended.
        /// </summary>
        /// <param name="hasNew">Whether there have been other requests since the last call.</param>
        internal void Review(bool hasNew)
        {
            bool isFull = _streams.Requests >= _connection.Limits.MaximumStreams;
            if (!isFull && _connection.Exchanges.HasFree(_connection))
            {
                _waitingSince = HttpConnection.Never;
            }

            bool isHeld = isFull && !hasNew && _connection.Responses.Needs(false) != ResponseSender.NeedsRoom;
            _held = isHeld ? _held + 1 : 0;
            if (_streams.Requests == 0)
            {
                AnnounceHundred();
            }
            else if (_held >= HeldForLong)
            {
                _connection.Control.Announce(false);
            }
        }

        /// <summary>Announces a hundred streams if the client has a window for as many responses.</summary>
        internal void AnnounceHundred()
        {
            if (_streams.Windows.SendConnection >= WideWindow)
            {
                _connection.Control.Announce(true);
            }
        }

        /// <summary>A request's field section is complete.</summary>
        /// <param name="stream">The stream, which is still idle.</param>
        /// <param name="exchange">The exchange that holds the fields.</param>
        /// <param name="endStream">Whether no body follows.</param>
        /// <param name="weight">Weight of RFC 7540 5.3.2, 1 to 256, or 0.</param>
        /// <returns>Whether it is to be served, and the next one with the same octets would be.</returns>
        internal bool Open(int stream, HttpExchange exchange, bool endStream, int weight)
        {
            HttpRequest request = exchange.Request;
            HeaderList fields = request.Headers;
            int status = RequestFields.Malformed;
            int contentLength = RequestFields.NoLength;
            int priority = -1;
            int found = 0;
            if (!fields.Malformed)
            {
                if (fields.Bound - fields.Used < LittleRoom && !fields.TooLarge)
                {
                    request.FreeBehind(fields.Find(FieldName.Path), fields.Find(FieldName.Authority), _connection.Limits.Kept);
                }

                // A field that did not fit is not missing, so nothing else is checked. Each check returns before the next
                // one begins, because their stack frames are large.
                int path = -1;
                status = fields.TooLarge
                    ? RequestRules.TooLong(fields, fields.Find(FieldName.Path))
                    : RequestFields.Check(request, _connection.IsSecure, endStream, out contentLength, out priority, out path, out found);
                if (status == RequestFields.Valid)
                {
                    // RFC 8441 4: without the setting, :protocol is an unknown pseudo-header field.
                    bool unasked = (found & Extended) != 0 && !_connection.Dispatcher.ServesWebSockets;
                    status = unasked ? RequestFields.Malformed : RequestFields.TakeTarget(request, path);
                }

                if (status == RequestFields.Valid)
                {
                    if (request.AuthorityPosition >= 0 && !IsAuthority(request))
                    {
                        found |= RequestRules.NoAuthority;
                    }

                    status = RequestRules.Decide(_connection, request.Method, found);
                }
            }

            if (status == RequestFields.Malformed)
            {
                ExchangePool.Return(exchange, false);
                _connection.StreamError(stream, ErrorCode.ProtocolError);
                return false;
            }

            int flags = endStream ? StreamTable.RemoteClosed : 0;
            if ((found & Extended) != 0)
            {
                flags |= StreamTable.Tunnel;
            }
            else if (!endStream && (found & RequestRules.AwaitsContinue) != 0)
            {
                flags = StreamTable.ContinueDue;
            }

            int slot = OpenSlot(stream, exchange, flags);
            _streams.ContentRemaining[slot] = contentLength;
            bool early = stream == _connection.Control.EarlyStream;
            Prioritise(slot, stream, exchange, priority, weight);
            if (status != RequestFields.Valid)
            {
                AnswerBare(slot, exchange, status);
                return false;
            }

            Due = slot;
            exchange.BlockPriority = priority >= 0 ? _streams.PriorityOf(slot) : -1;
            return priority < 0 || !early;
        }

        /// <summary>A request has come that its exchange remembers.</summary>
        /// <param name="stream">The stream, still idle.</param>
        /// <param name="exchange">The exchange that holds all of it.</param>
        /// <param name="weight">Weight of RFC 7540 5.3.2, 1 to 256, or 0.</param>
        internal void OpenAgain(int stream, HttpExchange exchange, int weight)
        {
            int priority = exchange.BlockPriority;
            int flags = StreamTable.RemoteClosed | (priority < 0 ? StreamPriority.Unsignalled : priority) << StreamTable.PriorityShift;
            int slot = _streams.Open(stream, flags, _connection.Peer.InitialWindowSize, 0);
            _streams.Exchange[slot] = exchange;
            _connection.LastProcessed = stream;
            Due = slot;
            if (stream == _connection.Control.EarlyStream || (weight != 0 && priority < 0))
            {
                Prioritise(slot, stream, exchange, -1, weight);
            }
        }

        /// <summary>
        /// Opens stream 1 for the request that asked for the upgrade, half-closed by the client (RFC 7540 3.2).
        /// </summary>
        internal void OpenUpgraded(HttpExchange exchange)
        {
            exchange.Request.Protocol = HttpProtocol.Http2;
            Due = OpenSlot(1, exchange, StreamTable.RemoteClosed);
            int ready = Answer();
            if (ready != StreamTable.None)
            {
                _connection.Responses.Ready(ready);
            }
        }

        /// <summary>The body of a request has been gathered.</summary>
        internal void Gathered(int slot)
        {
            Due = slot;
        }

        /// <summary>
        /// Has a request answered: the one that the latest frame has completed, or one whose body the client is still to
        /// send.
        /// </summary>
        /// <returns>The slot of the response that can be sent, or <see cref="StreamTable.None"/>.</returns>
        internal int Answer()
        {
            int slot = Due;
            Due = StreamTable.None;
            StreamTable streams = _streams;
            HttpExchange exchange = streams.Exchange[slot];
            int stream = exchange.Stream;
            if ((streams.Flags[slot] & StreamTable.Gathering) != 0)
            {
                HttpRequest request = exchange.Request;
                streams.EndReceiving(slot);
                exchange.Response.Place(request.Trailers != null ? request.Trailers.End : request.ContentOffset + request.ContentCount);
            }
            else
            {
                if ((exchange.Request.Facts & HttpRequest.Remembered) == 0)
                {
                    exchange.Response.Place(exchange.Request.ContentOffset);
                }

                int disposition = _connection.Dispatcher.Begin(exchange, _connection.Counters);
                if (streams.Id[slot] != stream)
                {
                    Leave(stream, exchange);
                    return StreamTable.None;
                }

                if (disposition >= (int)Disposition.Answered)
                {
                    return IsReady(slot, exchange, disposition == (int)Disposition.Answered ? 0 : disposition) && _connection.Bodies.Discard(slot) ? slot : StreamTable.None;
                }

                // RFC 9110 9.3.1: content of a GET means nothing. Some clients (got, Apache) end its stream with an empty DATA frame,
                // behind the HEADERS of more requests than there are exchanges, so that frame is not waited for. GET and HEAD are 1
                // and 2.
                if (disposition == (int)Disposition.Gather && (streams.Flags[slot] & StreamTable.RemoteClosed) == 0
                    && (((int)exchange.Request.Method - 1 & ~1) != 0 || streams.ContentRemaining[slot] != RequestFields.NoLength))
                {
                    _connection.Bodies.Gather(slot);
                    return StreamTable.None;
                }
            }

            int failure = _connection.Dispatcher.Run(exchange, _connection.Counters);

            // As Conclude would say, for most requests.
            return (failure == 0 && streams.Id[slot] == stream && exchange.Owner == ExchangePool.Protocol
                    && exchange.Request.Sink == null && exchange.Request.TrailerSection == null)
                || Conclude(slot, stream, exchange, failure) ? slot : StreamTable.None;
        }

        /// <summary>Promises the response to a GET of this origin (RFC 9113 8.4) and makes it.</summary>
        internal bool Promise(HttpExchange cause, byte[] path)
        {
            int slot = _connection.Responses.Promise(cause, path);
            if (slot == StreamTable.None)
            {
                return false;
            }

            // The request is handled at once; the scheduler sends its response after the one that refers to it.
            HttpExchange exchange = _streams.Exchange[slot];
            int stream = exchange.Stream;
            exchange.Response.Place(exchange.Request.ContentOffset);
            int disposition = _connection.Dispatcher.Begin(exchange, _connection.Counters);
            bool ready;
            if (disposition >= (int)Disposition.Answered)
            {
                ready = (_streams.Id[slot] == stream || Leave(stream, exchange)) && IsReady(slot, exchange, disposition == (int)Disposition.Answered ? 0 : disposition);
            }
            else
            {
                int failure = _connection.Dispatcher.Run(exchange, _connection.Counters);
                ready = Conclude(slot, stream, exchange, failure);
            }

            if (ready)
            {
                _connection.Responses.Ready(slot);
            }

            return true;
        }

        /// <summary>Answers with a status without a body.</summary>
        internal void AnswerBare(int slot, HttpExchange exchange, int status)
        {
            _streams.EndReceiving(slot);
            if (exchange.Response.IsDeferred)
            {
                _streams.AnswerWithStatus(slot, status);
            }
            else
            {
                exchange.Response.Place(FreeOffset(exchange.Request));
                _connection.Dispatcher.Refuse(exchange, status, _connection.Counters);
            }

            _connection.Responses.Ready(slot);
        }

        private bool IsAuthority(HttpRequest request)
        {
            HeaderList fields = request.Headers;
            int position = request.AuthorityPosition;
            byte[] storage = fields.Storage;
            int length = storage[position] >= HeaderList.StaticField ? 1 : storage[position + 2] << 8 | storage[position + 3];
            ExchangePool exchanges = _connection.Exchanges;
            if (length == -exchanges.KnownAuthorityLength && Octets.Equal(storage, position, exchanges.KnownAuthority, 0, length))
            {
                return true;
            }

            if (!RequestFields.IsAuthority(fields, position, FreeOffset(request)))
            {
                return false;
            }

            if (length <= exchanges.KnownAuthority.Length)
            {
                Array.Copy(storage, position, exchanges.KnownAuthority, 0, length);
                exchanges.KnownAuthorityLength = -length;
            }

            return true;
        }

        // The offset after the fields, or after the target when it is known.
        private static int FreeOffset(HttpRequest request)
        {
            return request.ContentOffset != 0 ? request.ContentOffset : request.Headers.End;
        }

        private int OpenSlot(int stream, HttpExchange exchange, int flags)
        {
            int slot = _streams.Open(stream, flags | StreamTable.Unsignalled, _connection.Peer.InitialWindowSize, _connection.Bodies.InitialWindow);
            _streams.Exchange[slot] = exchange;
            exchange.Stream = stream;
            _connection.LastProcessed = stream;
            return slot;
        }

        // By the priority field at a position, or else by a weight of RFC 7540.
        private void Prioritise(int slot, int stream, HttpExchange exchange, int position, int weight)
        {
            ControlFrames control = _connection.Control;
            if (stream == control.EarlyStream)
            {
                // RFC 9218 7.1: PRIORITY_UPDATE takes precedence over the field.
                _streams.SetPriority(slot, control.EarlyPriority);
                control.EarlyStream = 0;
                return;
            }

            if (position >= 0)
            {
                HeaderList fields = exchange.Request.Headers;

                // The value is decoded where the body will be, which is free.
                int offset = FreeOffset(exchange.Request);
                int length = fields.ValueLength(position);
                if (length <= fields.Limit - offset)
                {
                    fields.CopyValue(position, exchange.Storage, offset);
                    _streams.SetPriority(slot, StreamPriority.Parse(exchange.Storage, offset, length));
                }
            }
            else if (weight != 0)
            {
                control.SignalWeight(slot, weight);
            }
        }

        // The application may have ended the connection in its call, and may have set bodies all the same.
        private static bool Leave(int stream, HttpExchange exchange)
        {
            if (exchange.Stream == stream)
            {
                ExchangePool.Return(exchange, false);
            }

            return false;
        }

        // Whether the response can be sent: it was not deferred, or it has failed after that and consists of a status.
        private bool IsReady(int slot, HttpExchange exchange, int failure)
        {
            if (failure != 0)
            {
                _streams.AnswerWithStatus(slot, failure);
                return true;
            }

            if (exchange.Response.IsDeferred)
            {
                _connection.Responses.Defer(slot);
                return false;
            }

            return true;
        }

        // The handler has returned. Returns whether the response can be sent.
        private bool Conclude(int slot, int stream, HttpExchange exchange, int failure)
        {
            if (_streams.Id[slot] != stream)
            {
                return Leave(stream, exchange);
            }

            HttpRequest request = exchange.Request;

            // The list of trailers is used for one request after the other.
            request.Trailers = null;
            BodySink sink = request.Sink;
            if (sink != null)
            {
                request.Sink = null;
                _connection.Bodies.Sink(slot, sink, request.SinkKey);
                if (_streams.Id[slot] != stream)
                {
                    return Leave(stream, exchange);
                }
            }

            return (failure == 0 && exchange.Owner == ExchangePool.Protocol) || IsReady(slot, exchange, failure);
        }
    }
}
