using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    /// <summary>
    /// The error codes (RFC 9113 7) of the RST_STREAM frames that the server sends for reasons of its own, by what clients make of
    /// them: some repeat a request of any method after some codes, and a switch must not be pressed twice (RFC 9113 8.7).
    /// </summary>
    /// <remarks>
    /// <code>
    /// why                                             code             handler ran  who repeats the request, a POST among them
    /// Refused    no place, or fields that refer to    REFUSED_STREAM   never        Chromium, Firefox, Go: at once; Java: from 24 on;
    ///            what the client's table has lost                                   .NET, Node, curl: the application is told
    /// BrokenOff  the source failed, the sink threw,   CANCEL           yes          nobody
    ///            trailers do not fit; the connection
    ///            ends before the response did
    /// TooSlow    a window or a body was waited for    CANCEL           yes          nobody
    /// NotNeeded  the response is complete, the rest   NO_ERROR         yes          nobody: the response counts (RFC 9113 8.1)
    ///            of the request was not waited for
    /// </code>
    /// <para>
    /// What a client did wrong is told with the code that RFC 9113 demands: PROTOCOL_ERROR, FLOW_CONTROL_ERROR, STREAM_CLOSED,
    /// FRAME_SIZE_ERROR, whether a handler ran or not. Nobody repeats a request after one of these.
    /// </para>
    /// <para>
    /// INTERNAL_ERROR and ENHANCE_YOUR_CALM are never sent on a stream: Firefox 153 sends a POST again after them, ten times within
    /// milliseconds. Where the connection ends with one of them (GOAWAY, RFC 9113 6.8), the streams whose requests a handler may have
    /// acted on are reset before: to a client with such a stream on a connection that it has used before, the end of the connection
    /// is a reason to send the request again.
    /// </para>
    /// </remarks>
    internal static class Resets
    {
        /// <summary>Nothing was done, and the request may be repeated (RFC 9113 8.7).</summary>
        internal const int Refused = ErrorCode.RefusedStream;

        /// <summary>The response cannot be completed.</summary>
        internal const int BrokenOff = ErrorCode.Cancel;

        /// <summary>The client has taken or sent nothing for too long.</summary>
        internal const int TooSlow = ErrorCode.Cancel;

        /// <summary>The response is complete (RFC 9113 8.1).</summary>
        internal const int NotNeeded = ErrorCode.NoError;
    }
}
