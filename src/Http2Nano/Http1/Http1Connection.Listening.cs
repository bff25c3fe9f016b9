using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // A response that waits for its source and ends with its connection: nothing but the source, its key and its position is needed
    // to go on with it, so that the connection can be set aside while others are served.
    internal sealed partial class Http1Connection
    {
        /// <summary>Whether it waits for the source of such a response, and everything is sent that there was.</summary>
        internal bool IsListening
        {
            get
            {
                return _phase == InExchange && _response == BodyDue && _waits && !_closing && !PeerHalfClosed && _content.Coding == ResponseBody.UntilClose
                    && !_body.IsReading && _exchange.Response.Source != null && Receive.Length == 0 && Transmit.Length == 0;
            }
        }

        /// <summary>The key for the source, and below it, in 32 bits, the number of octets that have been read.</summary>
        internal long KeyAndPosition
        {
            get { return ((long)_exchange.Response.SourceKey << 32) | (uint)_content.Position; }
        }

        /// <summary>Ends, and leaves the source to the caller.</summary>
        internal BodySource TakeSource()
        {
            BodySource source = _exchange.Response.Source;
            _exchange.Response.Source = null;
            Abort();
            return source;
        }

        /// <summary>Begins with the rest of a response.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <param name="source">What <see cref="TakeSource"/> returned.</param>
        /// <param name="keyAndPosition">What <see cref="KeyAndPosition"/> was before.</param>
        /// <returns>False when there is no exchange for it; then the source still is the caller's.</returns>
        internal bool BeginListening(long now, BodySource source, long keyAndPosition)
        {
            Begin(now, IsSecure);
            HttpExchange exchange = Exchanges.Take(this, 0);
            if (exchange == null)
            {
                return false;
            }

            _exchange = exchange;
            exchange.Response.SetBody(source, (int)(keyAndPosition >> 32), HttpResponse.UnknownLength);
            _body.Begin(exchange.Request, ControlFields.NoLength, false);
            _content.Begin(exchange.Response, ResponseBody.UntilClose);
            _content.Position = (int)keyAndPosition;
            _phase = InExchange;
            _response = BodyDue;
            _close = true;
            _deadline = Never;
            return true;
        }
    }
}
