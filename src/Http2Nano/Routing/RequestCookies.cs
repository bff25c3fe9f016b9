using System;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Encoding = System.Text.Encoding;

namespace Http2Nano.Routing
{
    /// <summary>
    /// The cookies of a request (RFC 6265 4.2), which may come in several fields (RFC 9113 8.2.3). Of several with the same
    /// name the first counts. Values are given as received, quotes included.
    /// </summary>
    /// <remarks>
    /// A cookie field is decoded into the storage of the response, so these methods work only until the response's body is
    /// begun. A field that does not fit into that storage counts as missing.
    /// </remarks>
    public static class RequestCookies
    {
        /// <summary>Compares a cookie with octets. Allocates nothing.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">The cookie's name.</param>
        /// <param name="expected">
        /// The value to compare with, case-sensitively. The time taken tells how many octets match.
        /// </param>
        /// <returns>False also when there is no such cookie.</returns>
        /// <exception cref="InvalidOperationException">The body of the response has been begun.</exception>
        public static bool CookieEquals(this HttpRequest request, byte[] name, byte[] expected)
        {
            int length;
            int at = Find(request, name, out length);
            return at >= 0 && length == expected.Length && Octets.Equal(request.Bytes, at, expected, 0, length);
        }

        /// <summary>A cookie as a string. Allocates the octets of the name and the string.</summary>
        /// <param name="request">The request.</param>
        /// <param name="name">The cookie's name.</param>
        /// <returns>The value; null when there is no such cookie.</returns>
        /// <exception cref="InvalidOperationException">The body of the response has been begun.</exception>
        public static string GetCookie(this HttpRequest request, string name)
        {
            int length;
            int at = Find(request, Encoding.UTF8.GetBytes(name), out length);
            return at < 0 ? null : length == 0 ? string.Empty : Encoding.UTF8.GetString(request.Bytes, at, length);
        }

        private static int Find(HttpRequest request, byte[] name, out int length)
        {
            HttpResponse response = request.Response;
            if (response.BodyBytes != null)
            {
                throw new InvalidOperationException("Cookies are looked at before the body of the response is begun.");
            }

            HeaderList fields = request.Headers;
            for (int field = fields.Find(FieldName.Cookie); field >= 0; field = fields.FindNext(field, FieldName.Cookie))
            {
                int at = FieldScratch.Copy(fields, field, response.Headers);
                if (at >= 0)
                {
                    at = Find(request.Bytes, at, response.Headers.Limit, name, out length);
                    if (at >= 0)
                    {
                        return at;
                    }
                }
            }

            length = 0;
            return -1;
        }

        // Offset of a cookie's value in "name=value; name=value"; -1 when the cookie is missing.
        private static int Find(byte[] bytes, int at, int end, byte[] name, out int length)
        {
            while (at < end)
            {
                int pairEnd = Array.IndexOf(bytes, BoxedOctets.Semicolon, at, end - at);
                if (pairEnd < 0)
                {
                    pairEnd = end;
                }

                while (at < pairEnd && bytes[at] == ' ')
                {
                    at++;
                }

                int value = at + name.Length;
                if (value < pairEnd && bytes[value] == '=' && Octets.Equal(bytes, at, name, 0, name.Length))
                {
                    length = pairEnd - value - 1;
                    return value + 1;
                }

                at = pairEnd + 1;
            }

            length = 0;
            return -1;
        }
    }
}
