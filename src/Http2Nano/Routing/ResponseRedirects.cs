using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Redirects a client to another resource (RFC 9110 15.4).</summary>
    public static class ResponseRedirects
    {
        /// <summary>Makes a response a redirect, without a body. Allocates nothing.</summary>
        /// <param name="response">The response; its body has not been begun.</param>
        /// <param name="status">
        /// 301 or 308 permanently, 302 or 307 temporarily, 303 for the page that shows the result of a form. 307 and 308
        /// keep the method.
        /// </param>
        /// <param name="location">
        /// The target: a URI reference, percent-encoded. One that is relative to the request's path (<c>..</c>,
        /// <c>page.html</c>) leads to the right place behind a proxy that removes a prefix, too (RFC 9110 10.2.2).
        /// </param>
        /// <exception cref="ArgumentOutOfRangeException">The status is not one of these.</exception>
        /// <exception cref="InvalidOperationException">The body has been begun, or the field does not fit.</exception>
        public static void Redirect(this HttpResponse response, int status, byte[] location)
        {
            CheckStatus(status);
            response.AddHeader(FieldName.Location, location);
            response.Status = status;
        }

        /// <summary>Makes a response a redirect, without a body. Allocates the octets of the text.</summary>
        /// <param name="response">The response; its body has not been begun.</param>
        /// <param name="status">301, 302, 303, 307 or 308.</param>
        /// <param name="location">The target: a URI reference, percent-encoded.</param>
        /// <exception cref="ArgumentOutOfRangeException">The status is not one of these.</exception>
        /// <exception cref="ArgumentException">The location holds a control character, which would end the field.</exception>
        /// <exception cref="InvalidOperationException">The body has been begun, or the field does not fit.</exception>
        public static void Redirect(this HttpResponse response, int status, string location)
        {
            CheckStatus(status);
            response.AddHeader("location", location);
            response.Status = status;
        }

        private static void CheckStatus(int status)
        {
            if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308)
            {
                throw new ArgumentOutOfRangeException("status");
            }
        }
    }
}
