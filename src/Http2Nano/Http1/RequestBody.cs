using System;
using Http2Nano.Buffers;
using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    /// <summary>
    /// Moves the body of a request out of the receive buffer (RFC 9112 6): gathers it in the request, passes it to a sink,
    /// or drops it.
    /// </summary>
    internal sealed class RequestBody
    {
        /// <summary>Nothing could be done.</summary>
        internal const int Nothing = 0;

        /// <summary>Octets were consumed, or the body is complete.</summary>
        internal const int Progress = 1;

        /// <summary>The body does not fit into the request. Its framing is valid.</summary>
        internal const int TooLarge = 2;

        // The destination of the octets.
        private const int ToRequest = 0;
        private const int ToSink = 1;
        private const int ToNobody = 2;

        /// <summary>In <see cref="State"/>: more is expected.</summary>
        internal const int Reading = 0;

        private const int Whole = 1;
        private const int Abandoned = 2;

        private readonly ReceiveBuffer _receive;
        private readonly ChunkedDecoder _decoder;
        private readonly ServerCounters _counters;

        /// <summary>What is left to do with it: <see cref="Reading"/>, or nothing because it is whole or abandoned.</summary>
        internal int State;

        private int _goal;
        private bool _chunked;
        private int _left;
        private int _dropLimit;
        private HttpRequest _request;
        private BodySink _sink;

        internal RequestBody(ReceiveBuffer receive, ChunkedDecoder decoder, ServerCounters counters)
        {
            _receive = receive;
            _decoder = decoder;
            _counters = counters;
        }

        /// <summary>Whether more of the body is expected.</summary>
        internal bool IsReading
        {
            get { return State == Reading; }
        }

        /// <summary>Whether the body was abandoned, so that the beginning of the next request is unknown.</summary>
        internal bool IsAbandoned
        {
            get { return State == Abandoned; }
        }

        /// <summary>Whether the body is gathered or goes to a sink, rather than being dropped.</summary>
        internal bool IsWanted
        {
            get { return State == Reading && _goal != ToNobody; }
        }

        /// <summary>Whether the body goes to a sink that has not been closed.</summary>
        internal bool HasSink
        {
            get { return _sink != null; }
        }

        /// <summary>Whether octets have arrived for which the sink has no room.</summary>
        internal bool IsBlocked;

        /// <summary>Whether octets of the body have arrived.</summary>
        internal bool HasBegun;

        /// <summary>Octets of data taken since the reader of this field has set it to 0.</summary>
        internal int Taken;

        /// <summary>Octets to come if the length is known, otherwise 0.</summary>
        internal int KnownRest
        {
            get { return _chunked || State != Reading ? 0 : _left; }
        }

        /// <summary>
        /// Begins the body of a request whose fields are complete. It is gathered unless another destination is set.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="length">Octets of the body, less than 1 for none; ignored for a chunked one.</param>
        /// <param name="chunked">Whether it has the chunked transfer coding.</param>
        internal void Begin(HttpRequest request, int length, bool chunked)
        {
            _request = request;
            _goal = ToRequest;
            _left = length;
            _chunked = chunked;
            State = chunked || length > 0 ? Reading : Whole;
            Taken = 0;
            IsBlocked = false;
            HasBegun = false;
            if (chunked)
            {
                _decoder.Begin();
            }
        }

        /// <summary>
        /// Passes the body to a sink from now on. A body that is already complete is empty, or was gathered and is not
        /// passed again.
        /// </summary>
        internal void SendTo(BodySink sink)
        {
            _goal = ToSink;
            _sink = sink;
            if (State != Reading)
            {
                CloseSink(State == Whole && _request.ContentCount == 0);
            }
        }

        /// <summary>Drops the body from now on.</summary>
        /// <param name="limit">Octets of data after which the rest is abandoned.</param>
        internal void Drop(int limit)
        {
            _goal = ToNobody;
            _dropLimit = limit;
        }

        /// <summary>Stops reading. A sink is told that the body is incomplete.</summary>
        internal void Abandon()
        {
            if (State == Reading)
            {
                State = Abandoned;
            }

            IsBlocked = false;
            CloseSink(false);
        }

        /// <summary>Moves the octets that have arrived to their destination.</summary>
        /// <returns><see cref="Nothing"/>, <see cref="Progress"/>, <see cref="TooLarge"/>, or the status that refuses the request.</returns>
        internal int Advance()
        {
            int result = Nothing;
            IsBlocked = false;
            while (State == Reading)
            {
                int count = _receive.Length;
                if (_chunked)
                {
                    int start = _receive.Start;
                    int found = _decoder.Advance();
                    if (_receive.Start != start)
                    {
                        HasBegun = true;
                        result = Progress;
                    }

                    if (found != ChunkedDecoder.Data)
                    {
                        if (found == ParseResult.Complete)
                        {
                            Complete();
                        }

                        return found >= ParseResult.Error ? found : result;
                    }

                    count = _receive.Length;
                    _left = _decoder.Left;
                }

                if (count > _left)
                {
                    count = _left;
                }

                if (count == 0)
                {
                    return result;
                }

                HasBegun = true;
                count = Deliver(count);
                if (count <= 0)
                {
                    IsBlocked = count == 0 && State == Reading;
                    return count < 0 ? TooLarge : result;
                }

                result = Progress;
                _receive.Start += count;
                _left -= count;
                Taken += count;
                if (_chunked)
                {
                    _decoder.Take(count);
                }
                else if (_left == 0)
                {
                    Complete();
                }
            }

            return result;
        }

        // Returns the octets taken; 0 when there is no room at present, -1 when there will never be.
        private int Deliver(int count)
        {
            switch (_goal)
            {
                case ToRequest:
                    if (count > _request.ContentRoom)
                    {
                        return -1;
                    }

                    _request.AppendContent(_receive.Bytes, _receive.Start, count);
                    return count;

                case ToSink:
                    return Write(count);

                default:
                    _dropLimit -= count;
                    if (_dropLimit < 0)
                    {
                        Abandon();
                        return 0;
                    }

                    return count;
            }
        }

        private int Write(int count)
        {
            try
            {
                int room = _sink.Room(_request.SinkKey);
                if (room < count)
                {
                    count = room < 0 ? 0 : room;
                }

                if (count != 0)
                {
                    _sink.Write(_request.SinkKey, _receive.Bytes, _receive.Start, count);
                }

                return count;
            }
            catch (Exception exception)
            {
                GuardedBody.Count(exception, _counters);
                Abandon();
                return 0;
            }
        }

        private void Complete()
        {
            State = Whole;
            CloseSink(true);
        }

        private void CloseSink(bool complete)
        {
            BodySink sink = _sink;
            if (sink == null)
            {
                return;
            }

            _sink = null;
            GuardedBody.Close(sink, _request.SinkKey, complete, _counters);
        }
    }
}
