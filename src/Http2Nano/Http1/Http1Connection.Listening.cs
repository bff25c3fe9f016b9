using Http2Nano.Messages;

namespace Http2Nano.Http1
{
    // A response that waits for its source and ends with its connection: nothing but the source and its position is needed to go
    // on with it, so that the connection can be set aside while others are served.
    internal sealed partial class Http1Connection
    {
        /// <summary>The response that waits for its source, with everything sent that there was; null when it is otherwise.</summary>
        internal HttpResponse Listening
        {
            get
            {
                return _phase == InExchange && _response == BodyDue && _waits && !_closing && !PeerHalfClosed && Content.Coding == ResponseBody.UntilClose && !_body.IsReading
                    && _exchange.Response.Source != null && Receive.Length == 0 && Transmit.Length == 0 ? _exchange.Response : null;
            }
        }

        /// <summary>Begins with the rest of a response that was <see cref="Listening"/>.</summary>
        /// <param name="now">Milliseconds of a monotonic clock.</param>
        /// <param name="source">Its source, which belongs to the connection again.</param>
        /// <param name="key">The key for the source.</param>
        /// <param name="position">Octets that have been read.</param>
        /// <returns>False when there is no exchange for it.</returns>
        internal bool BeginListening(long now, BodySource source, int key, int position)
        {
            Begin(now, IsSecure);
            HttpExchange exchange = Exchanges.Take(this, 0);
            if (exchange == null)
            {
                return false;
            }

            _exchange = exchange;
            exchange.Response.SetBody(source, key, HttpResponse.UnknownLength);
            _body.Begin(exchange.Request, ControlFields.NoLength, false);
            Content.Begin(exchange.Response, ResponseBody.UntilClose);
            Content.Position = position;
            _phase = InExchange;
            _response = BodyDue;
            _close = true;
            _deadline = Never;
            return true;
        }
    }
}
