using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Tests.Routing
{
    /// <summary>Handlers that say what they saw.</summary>
    public static class TestRoutes
    {
        /// <summary>A router whose routes, all for GET, answer with their name: one letter, and the values in brackets.</summary>
        public static Router Of(string[] patterns)
        {
            Router router = new Router();
            for (int i = 0; i < patterns.Length; i++)
            {
                router.MapGet(patterns[i], new NamedHandler((char)('A' + i)).Handle);
            }

            return router;
        }

        /// <summary>Answers with the body that was gathered.</summary>
        public static void Body(HttpRequest request, HttpResponse response)
        {
            response.Write(request.Bytes, request.BodyStart, request.BodyCount);
        }

        /// <summary>Answers with nothing.</summary>
        public static void Nothing(HttpRequest request, HttpResponse response)
        {
        }

        private class NamedHandler
        {
            private readonly char _name;

            internal NamedHandler(char name)
            {
                _name = name;
            }

            internal void Handle(HttpRequest request, HttpResponse response)
            {
                string text = _name.ToString();
                for (int i = 0; i < request.RouteValues[HttpRequest.ValueCount]; i++)
                {
                    text += "[" + request.GetRouteValue(i) + "]";
                }

                response.Write(text);
            }
        }
    }
}
