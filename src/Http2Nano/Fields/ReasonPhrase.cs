namespace Http2Nano.Fields
{
    /// <summary>
    /// The reason phrases of the statuses that a small server uses; all others have an empty one (RFC 9112 4).
    /// </summary>
    internal static class ReasonPhrase
    {
        /// <summary>The longest phrase, in bytes.</summary>
        internal const int MaximumLength = 31;

        // A phrase is its offset, shifted by this, plus its length.
        private const int Shift = 8;

        /// <summary>The phrases, a part of <see cref="FlashText.Text"/>.</summary>
        internal const string All =
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
            + "HTTP Version Not Supported";

        /// <summary>Writes the phrase of a status.</summary>
        /// <param name="status">Any status.</param>
        /// <param name="destination">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written; 0 when the status has no phrase here.</returns>
        internal static int Write(int status, byte[] destination, int offset)
        {
            int place = Place(status);
            return FlashText.Write(FlashText.Phrases + (place >> Shift), place & ((1 << Shift) - 1), destination, offset);
        }

        private static int Place(int status)
        {
            // One return for all cases: the metadata processor counts a return in each case as a value that stays on the
            // stack, which more than doubles the method's stack frame.
            return status switch
            {
                200 => (0 << Shift) | 2,
                201 => (2 << Shift) | 7,
                202 => (9 << Shift) | 8,
                204 => (17 << Shift) | 10,
                206 => (27 << Shift) | 15,
                301 => (42 << Shift) | 17,
                302 => (59 << Shift) | 5,
                303 => (64 << Shift) | 9,
                304 => (73 << Shift) | 12,
                307 => (85 << Shift) | 18,
                308 => (103 << Shift) | 18,
                400 => (121 << Shift) | 11,
                401 => (132 << Shift) | 12,
                403 => (144 << Shift) | 9,
                404 => (153 << Shift) | 9,
                405 => (162 << Shift) | 18,
                406 => (180 << Shift) | 14,
                408 => (194 << Shift) | 15,
                409 => (209 << Shift) | 8,
                411 => (217 << Shift) | 15,
                412 => (232 << Shift) | 19,
                413 => (251 << Shift) | 17,
                414 => (268 << Shift) | 12,
                415 => (280 << Shift) | 22,
                416 => (302 << Shift) | 21,
                417 => (323 << Shift) | 18,
                421 => (341 << Shift) | 19,
                422 => (360 << Shift) | 21,
                429 => (381 << Shift) | 17,
                431 => (398 << Shift) | 31,
                500 => (429 << Shift) | 21,
                501 => (450 << Shift) | 15,
                503 => (465 << Shift) | 19,
                505 => (484 << Shift) | 26,
                _ => 0,
            };
        }
    }
}
