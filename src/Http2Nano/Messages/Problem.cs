using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>
    /// Problem details (RFC 9457): the small body of an error. It contains the status and nothing that could help an
    /// attacker: no path, no version, no reason.
    /// </summary>
    public static class Problem
    {
        // The body consists of the second part, the phrase, the third part, the status and the fourth part. Without a
        // phrase it consists of the first octet of the second part and the third part without its quote and comma.
        private const int TypeLength = 24;
        private const int TitleLength = 10;
        private const int StatusLength = 11;
        private const int Detail = TypeLength + TitleLength + StatusLength;
        private const int DetailLength = 11;

        private static readonly string Text = "application/problem+json{\"title\":\"\",\"status\":,\"detail\":\"";

        /// <summary>Makes a response a problem: status, content type and body. Allocates nothing.</summary>
        /// <param name="response">The response; its body has not been begun. Its fields stay.</param>
        /// <param name="status">The status, 400 to 599.</param>
        /// <exception cref="InvalidOperationException">The body has been begun, or it does not fit.</exception>
        public static void Write(HttpResponse response, int status)
        {
            Write(response, status, null);
        }

        /// <summary>Makes a response a problem with a detail. Allocates nothing.</summary>
        /// <param name="response">The response; its body has not been begun. Its fields stay.</param>
        /// <param name="status">The status, 400 to 599.</param>
        /// <param name="detail">
        /// Tells the client what to correct (RFC 9457 3.1.4), in UTF-8; null for none. Not escaped: no quote, no backslash,
        /// no control character. Left out when it does not fit.
        /// </param>
        /// <exception cref="InvalidOperationException">The body has been begun, or it does not fit.</exception>
        public static void Write(HttpResponse response, int status, byte[] detail)
        {
            response.Status = status;
            response.Headers.Add(FieldName.ContentType, Text, TypeLength, FieldPolicy.Indexed);
            int at;
            int limit;
            byte[] bytes = response.OpenBody(out at, out limit);
            if (limit - at < TitleLength + ReasonPhrase.MaximumLength + StatusLength + 4)
            {
                // The body does not fit, so the response has the status only.
                return;
            }

            FlashText.Utf8.GetBytes(Text, TypeLength, TitleLength, bytes, at);
            int title = ReasonPhrase.Write(status, bytes, at + TitleLength);
            if (title != 0)
            {
                at += TitleLength + title;
                at += FlashText.Utf8.GetBytes(Text, TypeLength + TitleLength, StatusLength, bytes, at);
            }
            else
            {
                FlashText.Utf8.GetBytes(Text, TypeLength + TitleLength + 2, StatusLength - 2, bytes, at + 1);
                at += StatusLength - 1;
            }

            at = DecimalDigits.WriteTo(status, bytes, at);
            if (detail != null && limit - at >= DetailLength + detail.Length + 2)
            {
                at += FlashText.Utf8.GetBytes(Text, Detail, DetailLength, bytes, at);
                Array.Copy(detail, 0, bytes, at, detail.Length);
                at += detail.Length;
                bytes[at++] = (byte)'"';
            }

            bytes[at++] = (byte)'}';
            response.CloseBody(at);
        }
    }
}
