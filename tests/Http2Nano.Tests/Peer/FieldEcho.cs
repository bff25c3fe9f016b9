using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Tests.Peer
{
    /// <summary>
    /// Answers with what it sees of a request: method, target, authority and all fields. <c>/fill</c> takes all the room of the exchange,
    /// <c>/wait</c> waits.
    /// </summary>
    public class FieldEcho : RequestDispatcher
    {
        /// <summary>How many requests were remembered, instead of read.</summary>
        public int Remembered;

        /// <summary>The response that waits.</summary>
        public HttpResponse Waiting;

        /// <inheritdoc/>
        protected override Disposition Route(HttpRequest request, HttpResponse response)
        {
            return Disposition.Gather;
        }

        /// <inheritdoc/>
        protected override void Handle(HttpRequest request, HttpResponse response)
        {
            if ((request.Facts & HttpRequest.Remembered) != 0)
            {
                Remembered++;
            }

            if (request.Path == "/wait")
            {
                Waiting = response;
                response.Defer();
                return;
            }

            HeaderList fields = request.Headers;
            string text = request.MethodName + " " + request.Path + " ";
            text += request.AuthorityPosition < 0 ? "nobody" : fields.GetValue(request.AuthorityPosition);
            for (int at = fields.First(); at >= 0; at = fields.Next(at))
            {
                if (!fields.IsPseudo(at))
                {
                    text += "|" + fields.GetName(at) + "=" + fields.GetValue(at);
                }
            }

            response.Write(text);
            if (request.Path == "/fill")
            {
                response.Write(new byte[response.Headers.Limit - response.FreeStart]);
            }
        }
    }
}
