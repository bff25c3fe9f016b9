using System;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Answers a request. Runs on the server's thread, one at a time, and must not block.</summary>
    /// <param name="request">The request; it belongs to the handler until the response is complete.</param>
    /// <param name="response">The response to fill.</param>
    public delegate void RequestHandler(HttpRequest request, HttpResponse response);

    /// <summary>Is told that a handler threw. The client has got 500 without a word about the reason.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exception">What the handler threw.</param>
    public delegate void FailureHandler(HttpRequest request, Exception exception);
}
