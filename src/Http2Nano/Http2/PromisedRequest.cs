using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Http2
{
    /// <summary>The request that a promise stands for (RFC 9113 8.4): a GET of the same origin.</summary>
    internal static class PromisedRequest
    {
        /// <summary>Writes the fields of the promised request.</summary>
        /// <param name="cause">The request whose response refers to the path.</param>
        /// <param name="exchange">A fresh exchange.</param>
        /// <param name="path">The path, from the solidus on.</param>
        /// <returns>False when the path is none, or the exchange has no room for the fields.</returns>
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

            // What the client accepts decides which form of the resource it gets.
            int encoding = cause.Headers.Find(FieldName.AcceptEncoding);
            if (encoding >= 0)
            {
                filled &= Copy(cause.Headers, encoding, exchange, FieldName.AcceptEncoding);
            }

            request.Method = HttpMethod.Get;
            request.Protocol = HttpProtocol.Http2;
            return filled && !fields.TooLarge && request.SetTarget(pathPosition);
        }

        // The value is laid down plain at the far end of the storage, where nothing else is yet.
        private static bool Copy(HeaderList source, int position, HttpExchange exchange, int name)
        {
            HeaderList fields = exchange.Request.Headers;
            int length = source.ValueLength(position);
            int offset = exchange.Storage.Length - length;
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
