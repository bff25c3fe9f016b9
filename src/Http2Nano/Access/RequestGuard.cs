using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Access
{
    /// <summary>Decides whether a request may go on, before its body is read and before any handler sees it.</summary>
    public abstract class RequestGuard
    {
        /// <summary>Checks a request. Called on the server's thread; must allocate nothing.</summary>
        /// <param name="request">The request, its path decoded, its body not read.</param>
        /// <param name="response">Takes the refusal.</param>
        /// <returns>Whether the request may go on. If not, the guard has filled the response.</returns>
        public abstract bool Admit(HttpRequest request, HttpResponse response);

        /// <summary>Declares the fields and cookies that the guard cannot do without.</summary>
        internal virtual void Keep(KeptFields kept)
        {
        }
    }
}
