using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>Fields and cookies of a request, compared without allocation and as strings on demand.</summary>
    public sealed partial class HttpRequest
    {
        /// <summary>
        /// Compares a field's value with octets; of several fields with the same name the first. Allocates nothing.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="expected">Octets to compare with, case-sensitively.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool HeaderEquals(int name, byte[] expected)
        {
            int position = Headers.Find(name);
            return position >= 0 && Headers.ValueEquals(position, expected);
        }

        /// <summary>
        /// Compares a field's value with octets; of several fields with the same name the first. Allocates nothing.
        /// </summary>
        /// <param name="name">Name of the field in lower case.</param>
        /// <param name="expected">Octets to compare with, case-sensitively.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool HeaderEquals(byte[] name, byte[] expected)
        {
            int position = Headers.Find(name);
            return position >= 0 && Headers.ValueEquals(position, expected);
        }

        /// <summary>
        /// Compares a field's value with text; of several fields with the same name the first. Allocates the octets of
        /// both: where that matters, pass octets that were made once.
        /// </summary>
        /// <param name="name">Name of the field in lower case.</param>
        /// <param name="expected">Text to compare with, case-sensitively.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool HeaderEquals(string name, string expected)
        {
            return HeaderEquals(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(expected));
        }

        /// <summary>
        /// Whether the body has a media type, ignoring its parameters and the case of its letters (RFC 9110 8.3.1).
        /// Allocates nothing.
        /// </summary>
        /// <param name="type">Type and subtype in lower case, such as <c>application/json</c>.</param>
        /// <returns>
        /// False also when there is no such field, when it is malformed, and when the exchange has no room to decode it.
        /// </returns>
        public bool HasContentType(byte[] type)
        {
            return HasContentType(type, 0, type.Length);
        }

        internal bool HasContentType(byte[] type, int offset, int count)
        {
            int position = Headers.Find(FieldName.ContentType);
            return position >= 0
                && MediaType.Is(Headers, position, _exchange.Response.FreeStart, _exchange.Size, type, offset, count);
        }

        /// <summary>
        /// A field's value as a string; of several fields with the same name the first. Allocates the string.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <returns>The value, or null when there is no such field.</returns>
        public string GetHeader(int name)
        {
            int position = Headers.Find(name);
            return position < 0 ? null : Headers.GetValue(position);
        }

        /// <summary>
        /// A field's value as a string; of several fields with the same name the first. Allocates the name's octets and the
        /// string.
        /// </summary>
        /// <param name="name">Name of the field in lower case.</param>
        /// <returns>The value, or null when there is no such field.</returns>
        public string GetHeader(string name)
        {
            int position = Headers.Find(Encoding.UTF8.GetBytes(name));
            return position < 0 ? null : Headers.GetValue(position);
        }

        /// <summary>
        /// Copies a field of the request to the response unchanged; of several fields with the same name the first.
        /// Allocates nothing.
        /// </summary>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="response">The response to this request; its body has not been begun.</param>
        /// <returns>False when there is no such field, or when it does not fit.</returns>
        public bool CopyHeader(int name, HttpResponse response)
        {
            int position = Headers.Find(name);
            if (position < 0)
            {
                return false;
            }

            // The value is decoded at the end of the storage, which is free, and then copied to its place.
            HeaderList target = response.Headers;
            int length = Headers.ValueLength(position);
            if (length > (target.Limit - target.End - HeaderList.Prefix) / 2)
            {
                return false;
            }

            int at = target.Limit - length;
            Headers.CopyValue(position, target.Storage, at);
            target.Put(name, target.Storage, at, length);
            return !target.TooLarge;
        }
    }
}
