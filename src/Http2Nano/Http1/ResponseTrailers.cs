using Http2Nano.Fields;

namespace Http2Nano.Http1
{
    /// <summary>The trailer section of a chunked body (RFC 9112 7.1.2).</summary>
    internal static class ResponseTrailers
    {
        /// <summary>The number of bytes that <see cref="Write"/> will write.</summary>
        /// <param name="fields">The fields of a response.</param>
        /// <param name="first">Position of the first trailer field, or -1.</param>
        internal static int Length(HeaderList fields, int first)
        {
            int length = 0;
            for (int position = first; position >= 0; position = fields.Next(position))
            {
                if (IsAllowed(fields, position))
                {
                    length += fields.NameLength(position) + fields.ValueLength(position) + ResponseHead.LineOverhead;
                }
            }

            return length;
        }

        /// <summary>Writes the field lines, without the empty line after them.</summary>
        /// <returns>Offset after the last line.</returns>
        internal static int Write(HeaderList fields, int first, byte[] bytes, int end)
        {
            for (int position = first; position >= 0; position = fields.Next(position))
            {
                if (IsAllowed(fields, position))
                {
                    end = ResponseHead.WriteField(fields, position, bytes, end);
                }
            }

            return end;
        }

        // RFC 9110 6.5.1: trailers must not concern framing, routing or the connection.
        private static bool IsAllowed(HeaderList fields, int position)
        {
            switch (fields.NameIndex(position))
            {
                case FieldName.Connection:
                case FieldName.KeepAlive:
                case FieldName.ProxyConnection:
                case FieldName.TransferEncoding:
                case FieldName.ContentLength:
                case FieldName.Upgrade:
                case FieldName.Host:
                case FieldName.TE:
                    return false;

                default:
                    return !fields.IsPseudo(position);
            }
        }
    }
}
