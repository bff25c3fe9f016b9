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

        // By the class of a status, a bit for each that has a phrase; and the number of phrases before those of the class.
        private const int Successes = 0x57;
        private const int Redirections = 0x19e;
        private const int ClientErrors = unchecked((int)0xA063FB7B);
        private const int ServerErrors = 0x2b;
        private const int SuccessCount = 5;
        private const int RedirectionEnd = 11;
        private const int ClientErrorEnd = 30;

        // The lengths of the phrases, twelve in each number. On the device an array would take heap, and a switch six times as
        // much of the byte code that an assembly may have.
        private const int LengthsInNumber = 12;
        private const long FirstLengths = 0x5CA4C4962F520E2;
        private const long NextLengths = 0xB32337A1EE9252C;
        private const long LastLengths = 0x3537D7F1ACE55;

        /// <summary>Writes the phrase of a status.</summary>
        /// <param name="status">Any status.</param>
        /// <param name="destination">Has room for <see cref="MaximumLength"/> bytes.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Bytes written; 0 when the status has no phrase here.</returns>
        internal static int Write(int status, byte[] destination, int offset)
        {
            int known = Successes;
            int rank = 0;
            int bit = status - 200;
            if (bit >= 300)
            {
                known = ServerErrors;
                rank = ClientErrorEnd;
                bit -= 300;
            }
            else if (bit >= 200)
            {
                known = ClientErrors;
                rank = RedirectionEnd;
                bit -= 200;
            }
            else if (bit >= 100)
            {
                known = Redirections;
                rank = SuccessCount;
                bit -= 100;
            }

            if (bit < 0 || bit > 31 || (known >> bit & 1) == 0)
            {
                return 0;
            }

            while (--bit >= 0)
            {
                rank += known >> bit & 1;
            }

            int at = FlashText.Phrases;
            long lengths = FirstLengths;
            for (int i = 1; i <= rank; i++)
            {
                at += (int)lengths & MaximumLength;
                lengths = i == LengthsInNumber ? NextLengths : i == 2 * LengthsInNumber ? LastLengths : lengths >> LengthBits;
            }

            return FlashText.Write(at, (int)lengths & MaximumLength, destination, offset);
        }
    }
}
