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
        // The body consists of the title's part, the phrase, the status's part, the status and the detail's part. Without a
        // phrase it consists of the first octet of the title's part and the status's part without its quote and comma.

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
            response.Headers.AddText(FieldName.ContentType, FlashText.ProblemType, FlashText.ProblemTypeLength, FieldPolicy.Indexed);
            int at;
            int limit;
            byte[] bytes = response.OpenBody(out at, out limit);
            if (limit - at < FlashText.ProblemTitleLength + ReasonPhrase.MaximumLength + FlashText.ProblemStatusLength + 4)
            {
                // The body does not fit, so the response has the status only.
                return;
            }

            FlashText.Write(FlashText.ProblemTitle, FlashText.ProblemTitleLength, bytes, at);
            int title = ReasonPhrase.Write(status, bytes, at + FlashText.ProblemTitleLength);
            if (title != 0)
            {
                at += FlashText.ProblemTitleLength + title;
                at += FlashText.Write(FlashText.ProblemStatus, FlashText.ProblemStatusLength, bytes, at);
            }
            else
            {
                FlashText.Write(FlashText.ProblemStatus + 2, FlashText.ProblemStatusLength - 2, bytes, at + 1);
                at += FlashText.ProblemStatusLength - 1;
            }

            at = DecimalDigits.WriteTo(status, bytes, at);
            if (detail != null && limit - at >= FlashText.ProblemDetailLength + detail.Length + 2)
            {
                at += FlashText.Write(FlashText.ProblemDetail, FlashText.ProblemDetailLength, bytes, at);
                Array.Copy(detail, 0, bytes, at, detail.Length);
                at += detail.Length;
                bytes[at++] = (byte)'"';
            }

            bytes[at++] = (byte)'}';
            response.CloseBody(at);
        }
    }
}
