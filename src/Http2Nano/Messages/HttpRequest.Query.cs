using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>The fields of the query. They are stored percent-encoded, and decoded when they are compared.</summary>
    /// <remarks>
    /// A field is found by reading through the query, whose length the exchange bounds. A value is addressed by the offset
    /// that <see cref="FindQuery"/> returns; of several fields with the same name the first counts.
    /// </remarks>
    public sealed partial class HttpRequest
    {
        /// <summary>Finds a field of the query. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>Offset of the encoded value in <see cref="Bytes"/>; -1 when there is no such field.</returns>
        public int FindQuery(byte[] name)
        {
            int count = QueryCount;
            return count <= 0 ? -1 : UrlEncoded.Find(_exchange.Storage, QueryStart, QueryStart + count, name);
        }

        /// <summary>Length of an encoded value in <see cref="Bytes"/>.</summary>
        /// <param name="at">The offset that <see cref="FindQuery"/> returned.</param>
        public int QueryValueLength(int at)
        {
            return QueryValueEnd(at) - at;
        }

        /// <summary>Compares a field of the query with octets. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <param name="expected">The value, decoded.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool QueryEquals(byte[] name, byte[] expected)
        {
            int at = FindQuery(name);
            return at >= 0 && UrlEncoded.DecodesTo(_exchange.Storage, at, QueryValueEnd(at), expected);
        }

        /// <summary>A field of the query as a number. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>
        /// The number; -1 when there is no such field, its value is not decimal digits only, or it exceeds 2,147,483,647.
        /// </returns>
        public int GetQueryInt(byte[] name)
        {
            int at = FindQuery(name);
            return at < 0 ? -1 : DecimalDigits.Parse(_exchange.Storage, at, QueryValueLength(at));
        }

        /// <summary>Copies a value, decoded. Allocates nothing.</summary>
        /// <param name="at">The offset that <see cref="FindQuery"/> returned.</param>
        /// <param name="destination">Has room for <see cref="QueryValueLength"/> octets.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Octets written, or -1 when an escape is malformed.</returns>
        public int CopyQueryValue(int at, byte[] destination, int offset)
        {
            return UrlEncoded.Decode(_exchange.Storage, at, QueryValueEnd(at), destination, offset);
        }

        /// <summary>A field of the query as a string. Allocates the octets of the name and the value, and the string.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The value; null when there is no such field.</returns>
        public string GetQueryValue(string name)
        {
            int at = FindQuery(Encoding.UTF8.GetBytes(name));
            return at < 0 ? null : UrlEncoded.GetString(_exchange.Storage, at, QueryValueEnd(at));
        }

        private int QueryValueEnd(int at)
        {
            return UrlEncoded.End(_exchange.Storage, at, QueryStart + QueryCount);
        }
    }
}
