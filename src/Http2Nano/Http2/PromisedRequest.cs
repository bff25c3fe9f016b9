using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>The request of a promise (RFC 9113 8.4): a GET for the same origin.</summary>
    internal static class PromisedRequest
    {
        /// <summary>Writes the fields of the promised request.</summary>
        /// <param name="cause">The request whose response refers to the path.</param>
        /// <param name="exchange">A new exchange.</param>
        /// <param name="path">The path, beginning with a solidus.</param>
        /// <returns>False when it is not a path, or when the fields do not fit into the exchange.</returns>
        internal static bool Fill(HttpRequest cause, HttpExchange exchange, byte[] path)
        {
            if (path.Length == 0 || path[0] != '/')
            {
                return false;
            }

            HttpRequest request = exchange.Request;
            HeaderList fields = request.Headers;
            fields.Put(FieldName.Method, KnownText.Octets, KnownText.Methods, KnownText.GetLength);
            bool filled = Copy(cause.Headers, cause.Headers.Find(FieldName.Scheme), exchange, FieldName.Scheme);
            request.AuthorityPosition = fields.End;
            filled &= Copy(cause.Headers, cause.AuthorityPosition, exchange, FieldName.Authority);
            int pathPosition = fields.End;
            fields.Add(FieldName.Path, path);

            // Copied, because it determines the form of the resource that the client gets.
            int encoding = cause.Headers.Find(FieldName.AcceptEncoding);
            if (encoding >= 0)
            {
                filled &= Copy(cause.Headers, encoding, exchange, FieldName.AcceptEncoding);
            }

            request.Method = HttpMethod.Get;
            request.Protocol = HttpProtocol.Http2;
            return filled && !fields.TooLarge && request.SetTarget(pathPosition);
        }

        // The value is decoded at the end of the storage, which is free.
        private static bool Copy(HeaderList source, int position, HttpExchange exchange, int name)
        {
            HeaderList fields = exchange.Request.Headers;
            int length = source.ValueLength(position);
            int offset = exchange.Size - length;
            if (offset < fields.End + length + HeaderList.FieldOverhead)
            {
                return false;
            }

            source.CopyValue(position, exchange.Storage, offset);
            fields.Put(name, exchange.Storage, offset, length);
            return true;
        }
    }
}
