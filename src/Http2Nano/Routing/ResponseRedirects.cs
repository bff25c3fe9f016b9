using System;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Sends a client elsewhere (RFC 9110 15.4).</summary>
    public static class ResponseRedirects
    {
        /// <summary>Makes a response a redirect, without a body. Allocates nothing.</summary>
        /// <param name="response">The response, its body not begun.</param>
        /// <param name="status">
        /// 301 or 308 for ever, 302 or 307 for now, 303 for the page that shows the result of a form. 307 and 308 keep the method.
        /// </param>
        /// <param name="location">Where to: a URI reference, percent-encoded.</param>
        /// <exception cref="ArgumentOutOfRangeException">The status is another one.</exception>
        /// <exception cref="InvalidOperationException">The body was begun, or there is no room.</exception>
        public static void Redirect(this HttpResponse response, int status, byte[] location)
        {
            CheckStatus(status);
            response.AddHeader(FieldName.Location, location);
            response.Status = status;
        }

        /// <summary>Makes a response a redirect, without a body. Allocates the octets of the text.</summary>
        /// <param name="response">The response, its body not begun.</param>
        /// <param name="status">301, 302, 303, 307 or 308.</param>
        /// <param name="location">Where to: a URI reference, percent-encoded.</param>
        /// <exception cref="ArgumentOutOfRangeException">The status is another one.</exception>
        /// <exception cref="ArgumentException">The location holds a control character, which would end the field.</exception>
        /// <exception cref="InvalidOperationException">The body was begun, or there is no room.</exception>
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
