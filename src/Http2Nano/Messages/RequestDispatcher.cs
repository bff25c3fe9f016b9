using System;
using Http2Nano.Fields;

namespace Http2Nano.Messages
{
    /// <summary>How a connection goes on with a request whose fields are complete.</summary>
    public enum Disposition
    {
        /// <summary>Gather the body, then call the handler.</summary>
        Gather = 0,

        /// <summary>
        /// Call the handler now. It takes the body as it arrives, with <see cref="HttpRequest.ReadBody"/>, or leaves it.
        /// </summary>
        Stream = 1,

        /// <summary>The response has been made; the body is not wanted.</summary>
        Answered = 2,
    }

    /// <summary>The interface between the protocols and the application.</summary>
    public abstract class RequestDispatcher
    {
        /// <summary>
        /// Whether the application has WebSockets: HTTP/2 then announces SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441 3).
        /// </summary>
        internal bool ServesWebSockets;

        /// <summary>Whether no 103 is sent, whatever handlers ask for.</summary>
        internal bool WithoutEarlyHints;

        /// <summary>The gateways that are trusted; null for none.</summary>
        internal GatewayPolicy Gateways;

        /// <summary>Declares the fields and cookies that the library's own parts of the application need.</summary>
        internal virtual void Keep(KeptFields kept)
        {
        }

        /// <summary>Decides about a request whose fields are complete, before its body.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response; to be filled only with <see cref="Disposition.Answered"/>.</param>
        /// <returns>How the connection goes on.</returns>
        protected abstract Disposition Route(HttpRequest request, HttpResponse response);

        /// <summary>Answers a request. Called once, unless <see cref="Route"/> has answered.</summary>
        /// <param name="request">The request; after <see cref="Disposition.Gather"/> it has its body.</param>
        /// <param name="response">The response to fill.</param>
        protected abstract void Handle(HttpRequest request, HttpResponse response);

        /// <summary>Called when the protocol has taken a final response, to log a line.</summary>
        /// <param name="request">The request, unchanged.</param>
        /// <param name="response">The response.</param>
        protected virtual void Answered(HttpRequest request, HttpResponse response)
        {
        }

        /// <summary>
        /// Called when the protocol itself refuses a request with a status and no body, because it must not be served or
        /// its body is too large. The method may add the fields that every response has.
        /// </summary>
        /// <param name="request">The request, as far as it was read.</param>
        /// <param name="response">The response.</param>
        protected virtual void Refused(HttpRequest request, HttpResponse response)
        {
        }

        /// <summary>
        /// Called when a handler has thrown an exception. The client gets 500 without the reason. When the handler had
        /// deferred the response, it belongs to the application's thread.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="exception">The exception.</param>
        protected virtual void Failed(HttpRequest request, Exception exception)
        {
        }

        /// <summary>Routes a request whose fields are complete.</summary>
        /// <returns>A <see cref="Disposition"/>; or a status, as <see cref="Run"/> returns it.</returns>
        internal int Begin(HttpExchange exchange, ServerCounters counters)
        {
            counters.RequestsBegun++;
            try
            {
                return (int)Route(exchange.Request, exchange.Response);
            }
            catch (Exception exception)
            {
                int status = Fail(exchange, counters, exception);
                return status != 0 ? status : (int)Disposition.Answered;
            }
        }

        /// <summary>Calls the handler of a request.</summary>
        /// <returns>
        /// 0 when the exchange holds the response. Otherwise the handler has deferred the response and then thrown: a
        /// thread of the application may still write to the exchange, so the client gets this status and nothing else.
        /// </returns>
        internal int Run(HttpExchange exchange, ServerCounters counters)
        {
            try
            {
                Handle(exchange.Request, exchange.Response);
                return 0;
            }
            catch (Exception exception)
            {
                return Fail(exchange, counters, exception);
            }
        }

        internal void Log(HttpExchange exchange, ServerCounters counters)
        {
            counters.Requests++;
            try
            {
                Answered(exchange.Request, exchange.Response);
            }
            catch (Exception exception)
            {
                // An exception in the log must not hold the response back.
                GuardedBody.Count(exception, counters);
            }
        }

        /// <summary>Replaces the response by a status without a body.</summary>
        /// <returns>False when the application owns the response.</returns>
        internal bool Refuse(HttpExchange exchange, int status, ServerCounters counters)
        {
            HttpResponse response = exchange.Response;
            if (!response.Replace(status))
            {
                return false;
            }

            try
            {
                Refused(exchange.Request, response);
            }
            catch (Exception exception)
            {
                GuardedBody.Count(exception, counters);
                response.Replace(status);
            }

            return true;
        }

        private int Fail(HttpExchange exchange, ServerCounters counters, Exception exception)
        {
            bool outOfMemory = exception is OutOfMemoryException;
            if (outOfMemory)
            {
                counters.OutOfMemory++;
            }
            else
            {
                counters.HandlerFailures++;
            }

            int status = outOfMemory ? 503 : 500;
            bool replaced = exchange.Response.Replace(status);
            try
            {
                Failed(exchange.Request, exception);
            }
            catch (Exception)
            {
                // Failed may throw too; then the bare status is sent.
                replaced = exchange.Response.Replace(status);
            }

            return replaced ? 0 : status;
        }
    }
}
