using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// The cookies of a request (RFC 6265 4.2), which may come in several fields (RFC 9113 8.2.3). Of several with the same
    /// name the first counts.
    /// </summary>
    internal static class CookieFields
    {
        /// <summary>Finds a cookie. Allocates nothing.</summary>
        /// <param name="request">The request; the body of its response has not been begun.</param>
        /// <param name="name">The cookie's name.</param>
        /// <param name="length">Length of the value, quotes included.</param>
        /// <returns>
        /// Offset of the value in the exchange's storage, where it stands until the response is filled; -1 when there is no such
        /// cookie.
        /// </returns>
        internal static int Find(HttpRequest request, byte[] name, out int length)
        {
            HttpResponse response = request.Response;
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
