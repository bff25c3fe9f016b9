using System;

namespace Http2Nano.Messages
{
    /// <summary>Fields behind the body of a response (RFC 9110 6.5).</summary>
    public static class ResponseTrailerFields
    {
        /// <summary>
        /// Adds a field of the trailer section, which follows the body (RFC 9110 6.5). Allocates nothing. The exchange
        /// stays in use until the body is sent.
        /// </summary>
        /// <remarks>
        /// Trailers are added after all other fields. A <see cref="BodySource"/> may add one that is known only when the
        /// body is complete, such as a digest, before it returns <see cref="BodySource.EndOfBody"/>, if the handler has
        /// added one. Trailers are left out where they are not allowed: in response to HEAD, with 204 and 304, and over
        /// HTTP/1.1 unless the length of the body is unknown.
        /// </remarks>
        /// <param name="response">The response.</param>
        /// <param name="name">
        /// Name in lower case; not a field that concerns the message as a whole (RFC 9110 6.5.1).
        /// </param>
        /// <param name="value">Value, copied.</param>
        /// <exception cref="InvalidOperationException">
        /// The body has been begun with <c>Write</c>, or the field does not fit.
        /// </exception>
        public static void AddTrailer(this HttpResponse response, byte[] name, byte[] value)
        {
            if (response.IsWriting)
            {
                throw new InvalidOperationException("Trailers come before the body too: they are kept in front of it.");
            }

            if (response.Trailers < 0)
            {
                response.Trailers = response.Headers.End;
            }

            response.Headers.Add(name, value);
            response.AfterHeader();
        }
    }
}
