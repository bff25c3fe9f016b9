using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>Fields and path of a request, compared without allocation and as strings on demand.</summary>
    public static class RequestHeaders
    {
        /// <summary>Compares the path with octets. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="path">Octets to compare with, in the form that <see cref="HttpRequest.PathStart"/> has.</param>
        /// <returns>Whether they are equal.</returns>
        public static bool PathEquals(this HttpRequest request, byte[] path)
        {
            return path.Length == request.PathLength && Octets.Equal(request.Bytes, request.PathStart, path, 0, path.Length);
        }

        /// <summary>
        /// Compares a field's value with octets; of several fields with the same name the first. Allocates nothing.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="expected">Octets to compare with, case-sensitively.</param>
        /// <returns>False also when there is no such field.</returns>
        public static bool HeaderEquals(this HttpRequest request, int name, byte[] expected)
        {
            int position = request.Headers.Find(name);
            return position >= 0 && request.Headers.ValueEquals(position, expected);
        }

        /// <summary>
        /// Compares a field's value with octets; of several fields with the same name the first. Allocates nothing.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Name of the field in lower case.</param>
        /// <param name="expected">Octets to compare with, case-sensitively.</param>
        /// <returns>False also when there is no such field.</returns>
        public static bool HeaderEquals(this HttpRequest request, byte[] name, byte[] expected)
        {
            int position = request.Headers.Find(name);
            return position >= 0 && request.Headers.ValueEquals(position, expected);
        }

        /// <summary>
        /// Compares a field's value with text; of several fields with the same name the first. Allocates the octets of
        /// both: where that matters, pass octets that were made once.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Name of the field in lower case.</param>
        /// <param name="expected">Text to compare with, case-sensitively.</param>
        /// <returns>False also when there is no such field.</returns>
        public static bool HeaderEquals(this HttpRequest request, string name, string expected)
        {
            return request.HeaderEquals(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(expected));
        }

        /// <summary>
        /// Whether the body has a media type, ignoring its parameters and the case of its letters (RFC 9110 8.3.1).
        /// Allocates nothing.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="type">Type and subtype in lower case, such as <c>application/json</c>.</param>
        /// <returns>
        /// False also when there is no such field, when it is malformed, and when the exchange has no room to decode it.
        /// </returns>
        public static bool HasContentType(this HttpRequest request, byte[] type)
        {
            return request.HasContentType(type, 0, type.Length);
        }

        /// <summary>
        /// A field's value as a string; of several fields with the same name the first. Allocates the string.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <returns>The value, or null when there is no such field.</returns>
        public static string GetHeader(this HttpRequest request, int name)
        {
            int position = request.Headers.Find(name);
            return position < 0 ? null : request.Headers.GetValue(position);
        }

        /// <summary>
        /// A field's value as a string; of several fields with the same name the first. Allocates the name's octets and the
        /// string.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Name of the field in lower case.</param>
        /// <returns>The value, or null when there is no such field.</returns>
        public static string GetHeader(this HttpRequest request, string name)
        {
            int position = request.Headers.Find(Encoding.UTF8.GetBytes(name));
            return position < 0 ? null : request.Headers.GetValue(position);
        }

        /// <summary>
        /// Copies a field of the request to the response unchanged; of several fields with the same name the first.
        /// Allocates nothing.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="name">A constant of <see cref="FieldName"/>.</param>
        /// <param name="response">The response to this request; its body has not been begun.</param>
        /// <returns>False when there is no such field, or when it does not fit.</returns>
        public static bool CopyHeader(this HttpRequest request, int name, HttpResponse response)
        {
            int position = request.Headers.Find(name);
            if (position < 0)
            {
                return false;
            }

            // The value is decoded at the end of the storage, which is free, and then copied to its place.
            HeaderList target = response.Headers;
            int length = request.Headers.ValueLength(position);
            if (length > (target.Limit - target.End - HeaderList.Prefix) / 2)
            {
                return false;
            }

            int at = target.Limit - length;
            request.Headers.CopyValue(position, target.Storage, at);
            target.Put(name, target.Storage, at, length);
            return !target.TooLarge;
        }
    }
}
