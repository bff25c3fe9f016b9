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
            if (request.Response.BodyBytes != null)
            {
                throw new InvalidOperationException("Cookies are looked at before the body of the response is begun.");
            }

            return CookieFields.Find(request, name, out length);
        }
    }
}
