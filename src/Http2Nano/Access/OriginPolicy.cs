using Http2Nano.Messages;

namespace Http2Nano.Access
{
    /// <summary>Which pages of other origins may use this server, and what their browsers are told: a <c>CorsPolicy</c>.</summary>
    public abstract class OriginPolicy
    {
        internal OriginPolicy()
        {
        }

        /// <summary>Whether the request's origin is allowed; if so, adds the fields that tell the browser.</summary>
        internal abstract bool AddFields(HttpRequest request, HttpResponse response);

        /// <summary>
        /// Answers what the browser asks before it sends the request itself. <see cref="AddFields"/> has said whether the origin is
        /// allowed.
        /// </summary>
        /// <returns>Whether it was that question: the response is complete.</returns>
        internal abstract bool AnswerPreflight(HttpRequest request, HttpResponse response);
    }
}
