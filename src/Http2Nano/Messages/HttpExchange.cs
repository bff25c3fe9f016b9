namespace Http2Nano.Messages
{
    /// <summary>
    /// The pooled storage of one request and its response. In one array lie, one behind the other: the request's fields,
    /// its path, its gathered body, the response's fields and its short body.
    /// </summary>
    /// <remarks>
    /// A GET holds an exchange only while its handler runs and its field section is being written; a request with a
    /// gathered body until the body is complete; a deferred or short response until it has been moved to the transmit
    /// buffer.
    /// </remarks>
    public sealed class HttpExchange
    {
        /// <summary>Bytes at the end that requests may not use, so that an error response always has room.</summary>
        internal const int ResponseReserve = 256;

        internal readonly byte[] Storage;
        internal readonly HttpRequest Request;
        internal readonly HttpResponse Response;

        /// <summary>The connection that the exchange serves, or null while it is free.</summary>
        internal HttpConnection Connection;

        /// <summary>The connection's own number for the stream, 0 for HTTP/1.1.</summary>
        internal int Stream;

        internal HttpExchange(HttpLimits limits)
        {
            Storage = new byte[limits.ExchangeSize];
            Request = new HttpRequest(this);
            Response = new HttpResponse(this);
            Request.Headers.MaximumCount = limits.MaximumFields;
            Request.Headers.MaximumSize = limits.MaximumFieldSectionSize;
        }

        /// <summary>Takes a free exchange for a request of a connection.</summary>
        internal void Begin(HttpConnection connection, int stream)
        {
            Connection = connection;
            Stream = stream;
            Request.Reset(Storage.Length - ResponseReserve);
            Response.Reset();
        }

        /// <summary>Gives the exchange back.</summary>
        internal void End()
        {
            Connection = null;
        }
    }
}
