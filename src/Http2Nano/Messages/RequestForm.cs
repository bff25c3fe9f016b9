using System.Text;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The fields of a form (<c>application/x-www-form-urlencoded</c>) in the gathered body. They are stored encoded, and
    /// decoded when they are compared.
    /// </summary>
    public static class RequestForm
    {
        /// <summary>Finds a field of the form. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>Offset of the encoded value in <see cref="HttpRequest.Bytes"/>; -1 when there is no such field.</returns>
        public static int FindForm(this HttpRequest request, byte[] name)
        {
            return UrlEncoded.Find(request.Bytes, request.ContentOffset, request.ContentOffset + request.ContentCount, name);
        }

        /// <summary>Length of an encoded value in <see cref="HttpRequest.Bytes"/>.</summary>
        /// <param name="request">The request.</param>
        /// <param name="at">The offset that <see cref="FindForm"/> returned.</param>
        public static int FormValueLength(this HttpRequest request, int at)
        {
            return FormValueEnd(request, at) - at;
        }

        /// <summary>Compares a field of the form with octets. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name, decoded.</param>
        /// <param name="expected">The value, decoded.</param>
        /// <returns>False also when there is no such field.</returns>
        public static bool FormEquals(this HttpRequest request, byte[] name, byte[] expected)
        {
            int at = request.FindForm(name);
            return at >= 0 && UrlEncoded.DecodesTo(request.Bytes, at, FormValueEnd(request, at), expected);
        }

        /// <summary>A field of the form as a number. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>
        /// The number; -1 when there is no such field, its value is not decimal digits only, or it exceeds 2,147,483,647.
        /// </returns>
        public static int GetFormInt(this HttpRequest request, byte[] name)
        {
            int at = request.FindForm(name);
            return at < 0 ? -1 : DecimalNumber.Parse(request.Bytes, at, request.FormValueLength(at));
        }

        /// <summary>Copies a value, decoded. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="at">The offset that <see cref="FindForm"/> returned.</param>
        /// <param name="destination">Has room for <see cref="FormValueLength"/> octets.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Octets written, or -1 when an escape is malformed.</returns>
        public static int CopyFormValue(this HttpRequest request, int at, byte[] destination, int offset)
        {
            return UrlEncoded.Decode(request.Bytes, at, FormValueEnd(request, at), destination, offset);
        }

        /// <summary>A field of the form as a string. Allocates the octets of the name and the value, and the string.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">Its name.</param>
        /// <returns>The value; null when there is no such field.</returns>
        public static string GetFormValue(this HttpRequest request, string name)
        {
            int at = request.FindForm(Encoding.UTF8.GetBytes(name));
            return at < 0 ? null : UrlEncoded.GetString(request.Bytes, at, FormValueEnd(request, at));
        }

        private static int FormValueEnd(HttpRequest request, int at)
        {
            return UrlEncoded.End(request.Bytes, at, request.ContentOffset + request.ContentCount);
        }
    }
}
