using System.Text;

namespace Http2Nano.Fields
{
    /// <summary>
    /// Text that is only written, of all rooms. On the device a constant array is copied to the heap, but the text of a string
    /// literal stays in flash: a <c>static readonly string</c> takes 24 bytes, however long it is, so there is one. Finding a
    /// part of it is slow, because the platform counts characters over the whole string and again up to the part; so the text
    /// that most responses need is in an array (<see cref="Fields.KnownText"/>), and what is looked up by a number of its own
    /// has a string of its own. A literal in a method would take 12 bytes at each use.
    /// </summary>
    internal static class FlashText
    {
        // Days of the week, then months, three letters each.
        internal const int DateNames = 0;

        // The cache-control of files that never change.
        internal const int ForEver = DateNames + 57;
        internal const int ForEverLength = 35;

        // transfer-encoding: chunked CR LF
        internal const int TransferEncodingChunked = ForEver + ForEverLength;
        internal const int TransferEncodingChunkedLength = 28;

        // connection: close CR LF
        internal const int ConnectionClose = TransferEncodingChunked + TransferEncodingChunkedLength;
        internal const int ConnectionCloseLength = 19;

        // connection: keep-alive CR LF
        internal const int ConnectionKeepAlive = ConnectionClose + ConnectionCloseLength;
        internal const int ConnectionKeepAliveLength = 24;

        // A complete 100 Continue response.
        internal const int Continue = ConnectionKeepAlive + ConnectionKeepAliveLength;
        internal const int ContinueLength = 25;

        // The status line of 103 Early Hints.
        internal const int EarlyHints = Continue + ContinueLength;
        internal const int EarlyHintsLength = 26;

        // A complete 101 Switching Protocols response.
        internal const int SwitchingProtocols = EarlyHints + EarlyHintsLength;
        internal const int SwitchingProtocolsLength = 71;

        // A complete 400 Bad Request response, for plain HTTP on the TLS port.
        internal const int BadRequest = SwitchingProtocols + SwitchingProtocolsLength;
        internal const int BadRequestLength = 66;

        // The media type of a problem, and the parts of its body (RFC 9457).
        internal const int ProblemType = BadRequest + BadRequestLength;
        internal const int ProblemTypeLength = 24;
        internal const int ProblemTitle = ProblemType + ProblemTypeLength;
        internal const int ProblemTitleLength = 10;
        internal const int ProblemStatus = ProblemTitle + ProblemTitleLength;
        internal const int ProblemStatusLength = 11;
        internal const int ProblemDetail = ProblemStatus + ProblemStatusLength;
        internal const int ProblemDetailLength = 11;

        // Reason phrases, see ReasonPhrase.
        internal const int Phrases = ProblemDetail + ProblemDetailLength;

        /// <summary>All of this text. The parts that are used often come first, because they are found fastest.</summary>
        internal static readonly string Text =
            "SunMonTueWedThuFriSatJanFebMarAprMayJunJulAugSepOctNovDec"
            + "public, max-age=31536000, immutable"
            + "transfer-encoding: chunked\r\n"
            + "connection: close\r\n"
            + "connection: keep-alive\r\n"
            + "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\n"
            + "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
            + "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            + "application/problem+json"
            + "{\"title\":\"\",\"status\":,\"detail\":\""
            + ReasonPhrase.All;

        /// <summary>
        /// Writes parts of such text without allocating. Kept here, because the platform makes a new encoding at each call.
        /// </summary>
        internal static readonly Encoding Utf8 = Encoding.UTF8;

        /// <summary>Writes a part of the text.</summary>
        /// <param name="part">Its offset, a constant of this class.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="destination">Has room for it.</param>
        /// <param name="offset">Where to write.</param>
        /// <returns>Its length in bytes.</returns>
        internal static int Write(int part, int length, byte[] destination, int offset)
        {
            return Utf8.GetBytes(Text, part, length, destination, offset);
        }
    }
}
