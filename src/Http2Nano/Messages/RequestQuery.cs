using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>The fields of the query. They are stored percent-encoded, and decoded when they are compared.</summary>
    /// <remarks>
    /// A field is found by reading through the query, whose length the exchange bounds. A value is addressed by the offset
    /// that <see cref="FindQuery"/> returns; of several fields with the same name the first counts.
    /// </remarks>
    public static class RequestQuery
    {
        /// <summary>Finds a field of the query. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>Offset of the encoded value in <see cref="HttpRequest.Bytes"/>; -1 when there is no such field.</returns>
        public static int FindQuery(this HttpRequest request, byte[] name)
        {
            int count = request.QueryCount;
            return count <= 0 ? -1 : UrlEncoded.Find(request.Bytes, request.QueryStart, request.QueryStart + count, name);
        }

        /// <summary>Length of an encoded value in <see cref="HttpRequest.Bytes"/>.</summary>
        /// <param name="request">The request.</param>
        /// <param name="at">The offset that <see cref="FindQuery"/> returned.</param>
        public static int QueryValueLength(this HttpRequest request, int at)
        {
            return QueryValueEnd(request, at) - at;
        }

        /// <summary>Compares a field of the query with octets. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name, decoded.</param>
        /// <param name="expected">The value, decoded.</param>
        /// <returns>False also when there is no such field.</returns>
        public static bool QueryEquals(this HttpRequest request, byte[] name, byte[] expected)
        {
            int at = request.FindQuery(name);
            return at >= 0 && UrlEncoded.DecodesTo(request.Bytes, at, QueryValueEnd(request, at), expected);
        }

        /// <summary>A field of the query as a number. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>
        /// The number; -1 when there is no such field, its value is not decimal digits only, or it exceeds 2,147,483,647.
        /// </returns>
        public static int GetQueryInt(this HttpRequest request, byte[] name)
        {
            int at = request.FindQuery(name);
            return at < 0 ? -1 : DecimalNumber.Parse(request.Bytes, at, request.QueryValueLength(at));
        }

        /// <summary>Copies a value, decoded. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="at">The offset that <see cref="FindQuery"/> returned.</param>
        /// <param name="destination">Has room for <see cref="QueryValueLength"/> octets.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Octets written, or -1 when an escape is malformed.</returns>
        public static int CopyQueryValue(this HttpRequest request, int at, byte[] destination, int offset)
        {
            return UrlEncoded.Decode(request.Bytes, at, QueryValueEnd(request, at), destination, offset);
        }

        /// <summary>A field of the query as a string. Allocates the octets of the name and the value, and the string.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name.</param>
        /// <returns>The value; null when there is no such field.</returns>
        public static string GetQueryValue(this HttpRequest request, string name)
        {
            int at = request.FindQuery(Encoding.UTF8.GetBytes(name));
            return at < 0 ? null : UrlEncoded.GetString(request.Bytes, at, QueryValueEnd(request, at));
        }

        private static int QueryValueEnd(HttpRequest request, int at)
        {
            return UrlEncoded.End(request.Bytes, at, request.QueryStart + request.QueryCount);
        }
    }
}
