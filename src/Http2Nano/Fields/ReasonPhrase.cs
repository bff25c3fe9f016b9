namespace Http2Nano.Fields
{
    /// <summary>
    /// The reason phrases of the statuses that a small server uses; all others have an empty one (RFC 9112 4).
    /// </summary>
    internal static class ReasonPhrase
    {
        /// <summary>The longest phrase, in bytes.</summary>
        internal const int MaximumLength = 31;

        private const int LengthBits = 5;
        private const int Base = 200;

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

        // The statuses, in the order of their phrases, with the lengths of these in the low bits: as data, because a switch takes
        // six times as much of the byte code that an assembly may have.
        private static readonly short[] Statuses =
        {
            (200 - Base) << LengthBits | 2,
            (201 - Base) << LengthBits | 7,
            (202 - Base) << LengthBits | 8,
            (204 - Base) << LengthBits | 10,
            (206 - Base) << LengthBits | 15,
            (301 - Base) << LengthBits | 17,
            (302 - Base) << LengthBits | 5,
            (303 - Base) << LengthBits | 9,
            (304 - Base) << LengthBits | 12,
            (307 - Base) << LengthBits | 18,
            (308 - Base) << LengthBits | 18,
            (400 - Base) << LengthBits | 11,
            (401 - Base) << LengthBits | 12,
            (403 - Base) << LengthBits | 9,
            (404 - Base) << LengthBits | 9,
            (405 - Base) << LengthBits | 18,
            (406 - Base) << LengthBits | 14,
            (408 - Base) << LengthBits | 15,
            (409 - Base) << LengthBits | 8,
            (411 - Base) << LengthBits | 15,
            (412 - Base) << LengthBits | 19,
            (413 - Base) << LengthBits | 17,
            (414 - Base) << LengthBits | 12,
            (415 - Base) << LengthBits | 22,
            (416 - Base) << LengthBits | 21,
            (417 - Base) << LengthBits | 18,
            (421 - Base) << LengthBits | 19,
            (422 - Base) << LengthBits | 21,
            (429 - Base) << LengthBits | 17,
            (431 - Base) << LengthBits | 31,
            (500 - Base) << LengthBits | 21,
            (501 - Base) << LengthBits | 15,
            (503 - Base) << LengthBits | 19,
            (505 - Base) << LengthBits | 26,
        };

        /// <summary>Writes the phrase of a status.</summary>
        /// <param name="status">Any status.</param>
        /// <param name="destination">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written; 0 when the status has no phrase here.</returns>
        internal static int Write(int status, byte[] destination, int offset)
        {
            int at = FlashText.Phrases;
            short[] statuses = Statuses;
            status = (status - Base) << LengthBits;
            for (int i = 0; i < statuses.Length; i++)
            {
                int length = statuses[i] ^ status;
                if (length <= MaximumLength && length >= 0)
                {
                    return FlashText.Write(at, length, destination, offset);
                }

                at += statuses[i] & MaximumLength;
            }

            return 0;
        }
    }
}
