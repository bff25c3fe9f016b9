using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>What tells a client early what it will need besides a response.</summary>
    public static class ResponseHints
    {
        /// <summary>
        /// Sends 103 Early Hints with a <c>link</c> field (RFC 8297) at once, so that the client fetches what the page will
        /// need while the response is being made. Does nothing where it cannot be sent, and when the response is deferred,
        /// because only the server's thread may send.
        /// </summary>
        /// <param name="response">The response; its body has not been begun.</param>
        /// <param name="link">Value of the field (RFC 8288), for instance <c>&lt;/style.css&gt;; rel=preload; as=style</c>.</param>
        /// <returns>Whether it was sent.</returns>
        /// <exception cref="InvalidOperationException">The body has been begun.</exception>
        public static bool EarlyHints(this HttpResponse response, byte[] link)
        {
            if (response.IsWriting)
            {
                throw new InvalidOperationException("Early hints come before the body of the response.");
            }

            // The hints' fields are stored after those of the response, and are not among them.
            HeaderList headers = response.Headers;
            HttpExchange exchange = response.Exchange;
            int start = headers.Start;
            int used = headers.Used;
            int fields = headers.Fields;
            int total = headers.Total;
            headers.Reset(used, response.Limit);
            try
            {
                headers.Add(FieldName.Link, link);
                return !headers.TooLarge && exchange.Owner == ExchangePool.Protocol && !exchange.Connection.Dispatcher.WithoutEarlyHints
                    && exchange.Connection.SendEarlyHints(exchange, headers);
            }
            finally
            {
                headers.Reset(start, response.Limit);
                headers.Used = used;
                headers.Fields = fields;
                headers.Total = total;
            }
        }

        /// <summary>
        /// Promises the response to a GET of another path of this origin (RFC 9113 8.4), before the response that refers to
        /// it. Does nothing when the client does not accept pushes, over HTTP/1.1, when all pushes are in use, and when the
        /// response is deferred.
        /// </summary>
        /// <param name="response">The response.</param>
        /// <param name="path">The path, beginning with a solidus.</param>
        /// <returns>Whether it was promised.</returns>
        public static bool Push(this HttpResponse response, byte[] path)
        {
            if (path == null)
            {
                throw new ArgumentNullException("path");
            }

            HttpExchange exchange = response.Exchange;
            return exchange.Owner == ExchangePool.Protocol && exchange.Connection.Push(exchange, path);
        }
    }
}
