using Http2Nano.Buffers;

namespace Http2Nano.Http1
{
    /// <summary>The reason phrases of the statuses that a small server uses; the others have an empty one (RFC 9112 4).</summary>
    /// <remarks>Three strings, because the parts of a short one are found sooner: 72 bytes of heap on the device.</remarks>
    internal static class ReasonPhrase
    {
        /// <summary>The longest phrase, in bytes.</summary>
        internal const int MaximumLength = 31;

        // Where a phrase begins, shifted, and its length.
        private const int Shift = 8;

        // Of the statuses below 400, from 400 on, and from 500 on.
        private static readonly string Early =
            "OK"
            + "Created"
            + "Accepted"
            + "No Content"
            + "Partial Content"
            + "Moved Permanently"
            + "Found"
            + "See Other"
            + "Not Modified"
            + "Temporary Redirect"
            + "Permanent Redirect";

        private static readonly string ClientError =
            "Bad Request"
            + "Unauthorized"
            + "Forbidden"
            + "Not Found"
            + "Method Not Allowed"
            + "Not Acceptable"
            + "Request Timeout"
            + "Conflict"
            + "Length Required"
            + "Precondition Failed"
            + "Content Too Large"
            + "URI Too Long"
            + "Unsupported Media Type"
            + "Range Not Satisfiable"
            + "Expectation Failed"
            + "Misdirected Request"
            + "Unprocessable Content"
            + "Too Many Requests"
            + "Request Header Fields Too Large";

        private static readonly string ServerError =
            "Internal Server Error"
            + "Not Implemented"
            + "Service Unavailable"
            + "HTTP Version Not Supported";

        /// <summary>Writes the phrase of a status.</summary>
        /// <param name="status">Any number.</param>
        /// <param name="destination">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written; 0 when the status has no phrase here.</returns>
        internal static int Write(int status, byte[] destination, int offset)
        {
            int place = Place(status);
            string text = status < 400 ? Early : status < 500 ? ClientError : ServerError;
            return FlashText.Utf8.GetBytes(text, place >> Shift, place & ((1 << Shift) - 1), destination, offset);
        }

        private static int Place(int status)
        {
            switch (status)
            {
                case 200: return (0 << Shift) | 2;
                case 201: return (2 << Shift) | 7;
                case 202: return (9 << Shift) | 8;
                case 204: return (17 << Shift) | 10;
                case 206: return (27 << Shift) | 15;
                case 301: return (42 << Shift) | 17;
                case 302: return (59 << Shift) | 5;
                case 303: return (64 << Shift) | 9;
                case 304: return (73 << Shift) | 12;
                case 307: return (85 << Shift) | 18;
                case 308: return (103 << Shift) | 18;
                case 400: return (0 << Shift) | 11;
                case 401: return (11 << Shift) | 12;
                case 403: return (23 << Shift) | 9;
                case 404: return (32 << Shift) | 9;
                case 405: return (41 << Shift) | 18;
                case 406: return (59 << Shift) | 14;
                case 408: return (73 << Shift) | 15;
                case 409: return (88 << Shift) | 8;
                case 411: return (96 << Shift) | 15;
                case 412: return (111 << Shift) | 19;
                case 413: return (130 << Shift) | 17;
                case 414: return (147 << Shift) | 12;
                case 415: return (159 << Shift) | 22;
                case 416: return (181 << Shift) | 21;
                case 417: return (202 << Shift) | 18;
                case 421: return (220 << Shift) | 19;
                case 422: return (239 << Shift) | 21;
                case 429: return (260 << Shift) | 17;
                case 431: return (277 << Shift) | 31;
                case 500: return (0 << Shift) | 21;
                case 501: return (21 << Shift) | 15;
                case 503: return (36 << Shift) | 19;
                case 505: return (55 << Shift) | 26;
                default: return 0;
            }
        }
    }
}
