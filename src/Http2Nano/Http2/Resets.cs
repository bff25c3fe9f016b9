using Http2Nano.Framing;

namespace Http2Nano.Http2
{
    /// <summary>
    /// The error codes (RFC 9113 7) of the RST_STREAM frames that the server sends for reasons of its own. They are chosen
    /// by what clients do: some repeat a request of any method after some codes, and a request must not be executed twice
    /// (RFC 9113 8.7).
    /// </summary>
    /// <remarks>
    /// <code>
    /// why                                                            code             handler ran
    /// Refused    no place, or fields that refer to what the          REFUSED_STREAM   never
    ///            client's table has lost
    /// BrokenOff  the source failed, the sink threw, trailers do      CANCEL           yes
    ///            not fit; the connection ends before the response
    /// TooSlow    a window or a body was waited for                   CANCEL           yes
    /// CutShort   either, when part of the response is sent           INTERNAL_ERROR   yes
    /// NotNeeded  the response is complete, the rest of the           NO_ERROR         yes
    ///            request is not waited for (RFC 9113 8.1)
    ///
    /// how often a POST was sent in all, when each was reset with     REFUSED_STREAM   CANCEL, NO_ERROR   others
    /// Chromium 156                                                   3                1                  1
    /// Firefox 153 ESR                                                10               1                  10
    /// Node 20 (http2; got 14)                                        1                1                  1
    /// Java 17 HttpClient                                             1                1                  1
    /// .NET 10 HttpClient                                             4                1                  1
    /// Go 1.19 net/http                                               4, ever slower   1                  1; PROTOCOL_ERROR: for ever
    /// curl 7.88                                                      6                1                  1
    /// </code>
    /// <para>
    /// NO_ERROR is sent a tenth of a second after the response at the earliest, because curl 7.88 loses a response that it
    /// reads together with RST_STREAM.
    /// </para>
    /// <para>
    /// Once a client has the fields of the response, none of these repeats the request, whatever the code. But Node.js 20 and
    /// 24 (http2, fetch, undici) takes the part that it has for the whole after CANCEL and NO_ERROR, and reports an error after
    /// other codes. A tunnel is cut with CANCEL, as RFC 8441 5 wants it, and so is a body whose source had nothing more, an event
    /// stream for instance: nothing of it is lost, and browsers complain of other codes on their consoles.
    /// </para>
    /// <para>
    /// A client's mistake gets the code that RFC 9113 requires: PROTOCOL_ERROR, FLOW_CONTROL_ERROR, STREAM_CLOSED,
    /// FRAME_SIZE_ERROR, whether a handler has run or not. ENHANCE_YOUR_CALM is never sent on a stream.
    /// </para>
    /// <para>
    /// Before a connection ends with an error (GOAWAY, RFC 9113 6.8), the streams whose requests a handler may have
    /// executed are reset: Chromium repeats a POST when the connection ends without that.
    /// </para>
    /// </remarks>
    internal static class Resets
    {
        /// <summary>Nothing was done, and the request may be repeated (RFC 9113 8.7).</summary>
        internal const int Refused = ErrorCode.RefusedStream;

        /// <summary>The response cannot be completed.</summary>
        internal const int BrokenOff = ErrorCode.Cancel;

        /// <summary>The client has not taken or sent anything for too long.</summary>
        internal const int TooSlow = ErrorCode.Cancel;

        /// <summary>The response is incomplete, and part of it is sent.</summary>
        internal const int CutShort = ErrorCode.InternalError;

        /// <summary>The response is complete (RFC 9113 8.1).</summary>
        internal const int NotNeeded = ErrorCode.NoError;
    }
}
