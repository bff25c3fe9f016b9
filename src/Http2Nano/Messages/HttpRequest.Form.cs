using System.Text;
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
                    && UrlEncoded.IsValid(_exchange.Storage, ContentOffset, ContentOffset + ContentCount);
            }
        }

        /// <summary>Finds a field of the form. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>Offset of the encoded value in <see cref="Bytes"/>; -1 when there is no such field.</returns>
        public int FindForm(byte[] name)
        {
            return UrlEncoded.Find(_exchange.Storage, ContentOffset, ContentOffset + ContentCount, name);
        }

        /// <summary>Length of an encoded value in <see cref="Bytes"/>.</summary>
        /// <param name="at">The offset that <see cref="FindForm"/> returned.</param>
        public int FormValueLength(int at)
        {
            return FormValueEnd(at) - at;
        }

        /// <summary>Compares a field of the form with octets. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <param name="expected">The value, decoded.</param>
        /// <returns>False also when there is no such field.</returns>
        public bool FormEquals(byte[] name, byte[] expected)
        {
            int at = FindForm(name);
            return at >= 0 && UrlEncoded.DecodesTo(_exchange.Storage, at, FormValueEnd(at), expected);
        }

        /// <summary>A field of the form as a number. Allocates nothing.</summary>
        /// <param name="name">Its name, decoded.</param>
        /// <returns>
        /// The number; -1 when there is no such field, its value is not decimal digits only, or it exceeds 2,147,483,647.
        /// </returns>
        public int GetFormInt(byte[] name)
        {
            int at = FindForm(name);
            return at < 0 ? -1 : DecimalDigits.Parse(_exchange.Storage, at, FormValueLength(at));
        }

        /// <summary>Copies a value, decoded. Allocates nothing.</summary>
        /// <param name="at">The offset that <see cref="FindForm"/> returned.</param>
        /// <param name="destination">Has room for <see cref="FormValueLength"/> octets.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Octets written, or -1 when an escape is malformed.</returns>
        public int CopyFormValue(int at, byte[] destination, int offset)
        {
            return UrlEncoded.Decode(_exchange.Storage, at, FormValueEnd(at), destination, offset);
        }

        /// <summary>A field of the form as a string. Allocates the octets of the name and the value, and the string.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The value; null when there is no such field.</returns>
        public string GetFormValue(string name)
        {
            int at = FindForm(Encoding.UTF8.GetBytes(name));
            return at < 0 ? null : UrlEncoded.GetString(_exchange.Storage, at, FormValueEnd(at));
        }

        private int FormValueEnd(int at)
        {
            return UrlEncoded.End(_exchange.Storage, at, ContentOffset + ContentCount);
        }
    }
}
