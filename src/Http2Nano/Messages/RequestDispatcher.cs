using System;

namespace Http2Nano.Messages
{
    /// <summary>What a connection shall do with a request whose fields are complete.</summary>
    public enum Disposition
    {
        /// <summary>Gather the body, then call the handler.</summary>
        Gather = 0,

        /// <summary>Call the handler now; it takes the body as it arrives, with <see cref="HttpRequest.ReadBody"/>, or not at all.</summary>
        Stream = 1,

        /// <summary>The response is already there; the body is not wanted.</summary>
        Answered = 2,
    }

    /// <summary>The seam between the protocols and what answers requests.</summary>
    public abstract class RequestDispatcher
    {
        /// <summary>Whether a WebSocket may be asked for: HTTP/2 says so in its settings (RFC 8441 3).</summary>
        internal bool ServesWebSockets;

        /// <summary>Looks at a request whose fields are complete and whose body is not.</summary>
        /// <param name="request">The request.</param>
        /// <param name="response">The response, to be filled only with <see cref="Disposition.Answered"/>.</param>
        /// <returns>How to go on.</returns>
        protected abstract Disposition Route(HttpRequest request, HttpResponse response);

        /// <summary>Answers a request. Called once unless <see cref="Route"/> has answered.</summary>
        /// <param name="request">The request; after <see cref="Disposition.Gather"/> with its body.</param>
        /// <param name="response">The response to fill.</param>
        protected abstract void Handle(HttpRequest request, HttpResponse response);

        /// <summary>A final response was handed over to the protocol: one line of a log.</summary>
        /// <param name="request">The request, still whole.</param>
        /// <param name="response">The response.</param>
        protected virtual void Answered(HttpRequest request, HttpResponse response)
        {
        }

        /// <summary>
        /// The protocol answers a request itself, with a status and no body, because it may not be served or its body is too
        /// large. Fields may be added that every response has.
        /// </summary>
        /// <param name="request">The request, as far as it was understood.</param>
        /// <param name="response">The response.</param>
        protected virtual void Refused(HttpRequest request, HttpResponse response)
        {
        }

        /// <summary>A handler threw. The client gets 500 without a word about the reason.</summary>
        /// <param name="request">The request.</param>
        /// <param name="exception">What it threw.</param>
        protected virtual void Failed(HttpRequest request, Exception exception)
        {
        }

        /// <summary>Looks at a request whose fields are complete.</summary>
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

        /// <summary>Has a request answered.</summary>
        /// <returns>
        /// 0 when the response is what the exchange says. Otherwise the handler has put the response off and then thrown: a thread of
        /// the application may still write to the exchange, so the client gets this status, and nothing else.
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
                // A log that fails is no reason to keep the response back.
                GuardedBody.Count(exception, counters);
            }
        }

        /// <summary>Drops what there is of a response and makes it a bare status.</summary>
        /// <returns>False when the application holds the response.</returns>
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
                // What tells of a failure may fail as well; the bare status is sent then.
                replaced = exchange.Response.Replace(status);
            }

            return replaced ? 0 : status;
        }
    }
}
