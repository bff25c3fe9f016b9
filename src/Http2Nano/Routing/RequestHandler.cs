using System;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>Answers a request. Called on the server's thread, for one request at a time; must not block.</summary>
    /// <param name="request">The request; it belongs to the handler until the response is complete.</param>
    /// <param name="response">The response to fill.</param>
    public delegate void RequestHandler(HttpRequest request, HttpResponse response);

    /// <summary>Called when a handler has thrown an exception. The client has got 500 without the reason.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exception">What the handler threw.</param>
    public delegate void FailureHandler(HttpRequest request, Exception exception);
}
