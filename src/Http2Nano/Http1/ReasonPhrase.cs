using System;

namespace Http2Nano.Http1
{
    /// <summary>The reason phrases of the statuses that a small server uses; the others have an empty one (RFC 9112 4).</summary>
    /// <remarks>528 bytes of heap on the device.</remarks>
    internal static class ReasonPhrase
    {
        /// <summary>The longest phrase, in bytes.</summary>
        internal const int MaximumLength = 31;

        // Where a phrase begins, shifted, and its length.
        private const int Shift = 8;

        private static readonly byte[] Text = Ascii.Pack(
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
            + "Permanent Redirect"
            + "Bad Request"
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
            + "Request Header Fields Too Large"
            + "Internal Server Error"
            + "Not Implemented"
            + "Service Unavailable"
            + "HTTP Version Not Supported");

        /// <summary>Writes the phrase of a status.</summary>
        /// <param name="status">Any number.</param>
        /// <param name="destination">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written; 0 when the status has no phrase here.</returns>
        internal static int Write(int status, byte[] destination, int offset)
        {
            int place = Place(status);
            int length = place & ((1 << Shift) - 1);
            Array.Copy(Text, place >> Shift, destination, offset, length);
            return length;
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
                case 400: return (121 << Shift) | 11;
                case 401: return (132 << Shift) | 12;
                case 403: return (144 << Shift) | 9;
                case 404: return (153 << Shift) | 9;
                case 405: return (162 << Shift) | 18;
                case 406: return (180 << Shift) | 14;
                case 408: return (194 << Shift) | 15;
                case 409: return (209 << Shift) | 8;
                case 411: return (217 << Shift) | 15;
                case 412: return (232 << Shift) | 19;
                case 413: return (251 << Shift) | 17;
                case 414: return (268 << Shift) | 12;
                case 415: return (280 << Shift) | 22;
                case 416: return (302 << Shift) | 21;
                case 417: return (323 << Shift) | 18;
                case 421: return (341 << Shift) | 19;
                case 422: return (360 << Shift) | 21;
                case 429: return (381 << Shift) | 17;
                case 431: return (398 << Shift) | 31;
                case 500: return (429 << Shift) | 21;
                case 501: return (450 << Shift) | 15;
                case 503: return (465 << Shift) | 19;
                case 505: return (484 << Shift) | 26;
                default: return 0;
            }
        }
    }
}
