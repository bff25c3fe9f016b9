using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The fields of a form (<c>application/x-www-form-urlencoded</c>) in the gathered body. They are stored encoded, and
    /// decoded when they are compared.
    /// </summary>
    public sealed partial class HttpRequest
    {
        /// <summary>
        /// Whether the content type is that of a form, all escapes are complete, and the decoded text is UTF-8. A handler
        /// that needs a form answers 415 or 400 when it is not. Allocates nothing.
        /// </summary>
        public bool HasForm
        {
            get
            {
                return HasContentType(KnownText.Octets, KnownText.Form, KnownText.FormLength)
                    && FormText.IsValid(_exchange.Storage, ContentOffset, ContentOffset + ContentCount);
            }
        }

        internal bool HasContentType(byte[] type, int offset, int count)
        {
            int position = Headers.Find(FieldName.ContentType);
            return position >= 0
                && MediaType.Is(Headers, position, _exchange.Response.FreeStart, _exchange.Size, type, offset, count);
        }
    }
}
