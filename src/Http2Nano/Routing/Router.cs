using System;
using Http2Nano.Assets;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Routing
{
    /// <summary>
    /// Finds the handler for a request by method and path, and answers the request itself where there is none.
    /// </summary>
    /// <remarks>
    /// <para>A pattern consists of literal segments, <c>{parameter}</c> segments and <c>{*rest}</c> as its last segment:
    /// <c>/api/led/{id}</c>, <c>/files/{*path}</c>. Octets are compared as they are: paths are case-sensitive, and a
    /// solidus at the end makes another path. A parameter takes one segment that is not empty; a rest takes everything,
    /// including nothing. Where several patterns fit a path, a literal takes precedence over a parameter, and a parameter
    /// over the rest.</para>
    /// <para>The route for GET answers HEAD; the router answers OPTIONS. A path that no pattern fits gets 404, a method
    /// that is not mapped 405 with <c>allow</c> (RFC 9110 15.5.6), an unknown method 501. A path or query with malformed
    /// percent-encoding, an encoded NUL or octets that are not UTF-8 gets 400. Dot segments and encoded solidi never
    /// match.</para>
    /// <para>Everything is mapped before the server starts; that allocates about 40 bytes for each route and its text.
    /// Answering allocates nothing.</para>
    /// </remarks>
    public partial class Router : RequestDispatcher
    {
        private const int Gather = 0;
        private const int Stream = 1;

        private readonly RouteTable _routes = new RouteTable();
        private bool _started;

        // A field, because each request asks for it.
        private RequestHandler _onAnswered;

        /// <summary>Makes a router without routes.</summary>
        public Router()
        {
            // A browser that guesses the type of a device's data might run it as a script.
            AddField(FieldName.XContentTypeOptions, Ascii.Pack("nosniff"));
        }

        /// <summary>
        /// Whether <see cref="ResponseHints.EarlyHints"/> sends something. True unless set. Set it to false behind a proxy that takes
        /// the 103 for the response, as nginx 1.22 does.
        /// </summary>
        public bool SendsEarlyHints
        {
            get { return !WithoutEarlyHints; }
            set { WithoutEarlyHints = !value; }
        }

        /// <summary>Called for each response after the protocol has taken it, to log a line; or null.</summary>
        public RequestHandler OnAnswered
        {
            get { return _onAnswered; }
            set { _onAnswered = value; }
        }

        /// <summary>Called when a handler has thrown an exception; or null.</summary>
        public FailureHandler OnFailed { get; set; }

        /// <summary>Maps a handler that is called once the request's body is complete.</summary>
        /// <param name="method">The method. A route for GET answers HEAD too.</param>
        /// <param name="pattern">The pattern; begins with a solidus, not percent-encoded.</param>
        /// <param name="handler">The handler.</param>
        /// <exception cref="ArgumentException">The pattern is malformed, or fits the same paths as one mapped before.</exception>
        /// <exception cref="InvalidOperationException">The server has already answered a request.</exception>
        public void Map(HttpMethod method, string pattern, RequestHandler handler)
        {
            Add(method, pattern, Gather, handler);
        }

        /// <summary>Maps a handler that is called once the request's body is complete.</summary>
        /// <param name="method">The name of a method that <see cref="HttpMethod"/> has, in capitals.</param>
        /// <param name="pattern">The pattern; begins with a solidus, not percent-encoded.</param>
        /// <param name="handler">The handler.</param>
        /// <exception cref="ArgumentException">
        /// The method is unknown, the pattern is malformed, or fits the same paths as one mapped before.
        /// </exception>
        /// <exception cref="InvalidOperationException">The server has already answered a request.</exception>
        public void Map(string method, string pattern, RequestHandler handler)
        {
            byte[] name = System.Text.Encoding.UTF8.GetBytes(method);
            Add(HttpMethods.Parse(name, 0, name.Length), pattern, Gather, handler);
        }

        /// <summary>
        /// Maps a handler for GET, and so for HEAD. Like <see cref="Map(HttpMethod, string, RequestHandler)"/>.
        /// </summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="handler">The handler.</param>
        public void MapGet(string pattern, RequestHandler handler)
        {
            Add(HttpMethod.Get, pattern, Gather, handler);
        }

        /// <summary>Maps a handler for POST. Like <see cref="Map(HttpMethod, string, RequestHandler)"/>.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="handler">The handler.</param>
        public void MapPost(string pattern, RequestHandler handler)
        {
            Add(HttpMethod.Post, pattern, Gather, handler);
        }

        /// <summary>Maps a handler for PUT. Like <see cref="Map(HttpMethod, string, RequestHandler)"/>.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="handler">The handler.</param>
        public void MapPut(string pattern, RequestHandler handler)
        {
            Add(HttpMethod.Put, pattern, Gather, handler);
        }

        /// <summary>Maps a handler for DELETE. Like <see cref="Map(HttpMethod, string, RequestHandler)"/>.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="handler">The handler.</param>
        public void MapDelete(string pattern, RequestHandler handler)
        {
            Add(HttpMethod.Delete, pattern, Gather, handler);
        }

        /// <summary>Maps a handler for PATCH. Like <see cref="Map(HttpMethod, string, RequestHandler)"/>.</summary>
        /// <param name="pattern">The pattern.</param>
        /// <param name="handler">The handler.</param>
        public void MapPatch(string pattern, RequestHandler handler)
        {
            Add(HttpMethod.Patch, pattern, Gather, handler);
        }

        /// <summary>
        /// Maps a handler that is called when the request's fields are complete, before its body. The handler takes the
        /// body with <see cref="HttpRequest.ReadBody"/>, or leaves it.
        /// </summary>
        /// <param name="method">The method.</param>
        /// <param name="pattern">The pattern; begins with a solidus, not percent-encoded.</param>
        /// <param name="handler">The handler.</param>
        /// <exception cref="ArgumentException">The pattern is malformed, or fits the same paths as one mapped before.</exception>
        /// <exception cref="InvalidOperationException">The server has already answered a request.</exception>
        public void MapStream(HttpMethod method, string pattern, RequestHandler handler)
        {
            Add(method, pattern, Stream, handler);
        }

        /// <summary>
        /// Maps a WebSocket, over HTTP/1.1 (RFC 6455) and HTTP/2 (RFC 8441). Its origin is checked as for an unsafe method,
        /// and <see cref="GuardChanges"/> guards it.
        /// </summary>
        /// <param name="pattern">The pattern; begins with a solidus, not percent-encoded.</param>
        /// <param name="handler">The handler: <c>Handle</c> of a WebSocketEndpoint.</param>
        /// <exception cref="ArgumentException">The pattern is malformed, or fits the same paths as one mapped before.</exception>
        /// <exception cref="InvalidOperationException">The server has already answered a request.</exception>
        public void MapWebSocket(string pattern, RequestHandler handler)
        {
            Add(HttpMethod.Get, pattern, Stream, handler);
            _routes.Add(HttpMethod.Connect, pattern, Stream, handler);
            ServesWebSockets = true;
        }

        /// <inheritdoc/>
        protected override Disposition Route(HttpRequest request, HttpResponse response)
        {
            _started = true;
            bool allowed = AddFields(request, response);
            if ((request.Facts & HttpRequest.Remembered) != 0 && request.Route >= 0)
            {
                // Where it leads follows from its octets alone.
                return AdmitOrigin(request, response, allowed)
                    && (_cors == null || !_cors.AnswerPreflight(request, response))
                    && AdmitPath(request, response)
                        ? Begin(request, response, request.Route)
                        : Disposition.Answered;
            }

            if (Gateways != null)
            {
                Gateways.Inspect(request);
            }

            request.Route = RouteTable.None;
            request.RouteValues[HttpRequest.ValueCount] = 0;
            if (request.Method == HttpMethod.Other)
            {
                // RFC 9110 9.1: the method is not recognised.
                return Refuse(response, 501);
            }

            if (!AdmitOrigin(request, response, allowed))
            {
                return Disposition.Answered;
            }

            if (request.QueryCount > 0 && !FormText.IsValid(request.Bytes, request.QueryStart, request.QueryStart + request.QueryCount))
            {
                return Refuse(response, 400);
            }

            int endpoint = _routes.Match(request, request.TargetOffset, request.TargetOffset + request.PathLength, false);
            if (endpoint < 0)
            {
                int status = RouteEncoded(request, out endpoint);
                if (status == 400)
                {
                    return Refuse(response, 400);
                }
            }

            if (_cors != null && _cors.AnswerPreflight(request, response))
            {
                // A preflight never has credentials, so it is answered before the guards.
                return Disposition.Answered;
            }

            if (!AdmitPath(request, response))
            {
                return Disposition.Answered;
            }

            if (endpoint < 0)
            {
                return AnswerUnmapped(request, response);
            }

            int chosen = Choose(request.Method, endpoint);
            if (chosen < 0)
            {
                return AnswerOther(request, response, endpoint);
            }

            request.Route = chosen;
            if (request.RouteValues[HttpRequest.ValueCount] != 0)
            {
                _routes.Name(request, chosen);
            }

            return Begin(request, response, chosen);
        }

        private Disposition Begin(HttpRequest request, HttpResponse response, int chosen)
        {
            switch (_routes.Endpoints[(chosen * RouteTable.EndpointSize) + RouteTable.Kind])
            {
                case Stream:
                    return Disposition.Stream;
                case Assets:
                    ((StaticAssets)_routes.Targets[chosen]).Answer(request, response);
                    return Disposition.Answered;
                default:
                    return Disposition.Gather;
            }
        }

        /// <inheritdoc/>
        protected override void Handle(HttpRequest request, HttpResponse response)
        {
            if (response.HeaderSection.Fields == 0)
            {
                // The gathered body has overwritten the fields that Route added.
                AddFields(request, response);
            }

            ((RequestHandler)_routes.Targets[request.Route])(request, response);
        }

        /// <inheritdoc/>
        protected override void Answered(HttpRequest request, HttpResponse response)
        {
            RequestHandler handler = _onAnswered;
            if (handler != null)
            {
                handler(request, response);
            }
        }

        /// <inheritdoc/>
        protected override void Refused(HttpRequest request, HttpResponse response)
        {
            AddFields(request, response);
        }

        /// <inheritdoc/>
        protected override void Failed(HttpRequest request, Exception exception)
        {
            HttpResponse response = request.Response;
            if (!response.IsDeferred)
            {
                // The response has its status, and nothing that the handler had set. A deferred one belongs to a thread of
                // the application, which may be writing to it.
                AddFields(request, response);
                Problem.Write(response, response.Status);
            }

            FailureHandler handler = OnFailed;
            if (handler != null)
            {
                handler(request, exception);
            }
        }

        // The path fits no pattern as it is. If it contains escapes, it may fit once it is decoded.
        private int RouteEncoded(HttpRequest request, out int endpoint)
        {
            endpoint = RouteTable.None;
            int start = request.PathStart;
            if (!PathDecoder.HasEscapes(request.Bytes, start, start + request.PathCount))
            {
                return 404;
            }

            int status = PathDecoder.Decode(request);
            if (status == PathDecoder.Done)
            {
                // The decoded path begins at another offset.
                endpoint = _routes.Match(request, request.TargetOffset, request.TargetOffset + request.PathLength, true);
            }

            return status;
        }

        private int Choose(HttpMethod method, int endpoint)
        {
            short[] endpoints = _routes.Endpoints;
            int get = RouteTable.None;
            do
            {
                int at = endpoint * RouteTable.EndpointSize;
                HttpMethod mapped = (HttpMethod)endpoints[at];
                if (mapped == method)
                {
                    return endpoint;
                }

                if (mapped == HttpMethod.Get)
                {
                    get = endpoint;
                }

                endpoint = endpoints[at + RouteTable.Next] - 1;
            }
            while (endpoint >= 0);

            // RFC 9110 9.3.2: HEAD is GET without the content, which the protocols leave out.
            return method == HttpMethod.Head ? get : RouteTable.None;
        }

        private Disposition AnswerUnmapped(HttpRequest request, HttpResponse response)
        {
            if (request.Method == HttpMethod.Options && request.PathCount == 1 && request.Bytes[request.PathStart] == '*')
            {
                // RFC 9110 9.3.7: "OPTIONS *" asks about the server as a whole.
                int all = 0;
                for (int endpoint = 0; endpoint < _routes.Count; endpoint++)
                {
                    all |= 1 << _routes.Endpoints[endpoint * RouteTable.EndpointSize];
                }

                response.Status = 204;
                AllowField.Add(response, all);
                return Disposition.Answered;
            }

            return Refuse(response, 404);
        }

        // The path is mapped, but not for this method.
        private Disposition AnswerOther(HttpRequest request, HttpResponse response, int first)
        {
            int methods = 0;
            short[] endpoints = _routes.Endpoints;
            for (int endpoint = first; endpoint >= 0; endpoint = endpoints[(endpoint * RouteTable.EndpointSize) + RouteTable.Next] - 1)
            {
                if (IsThere(request, endpoint))
                {
                    methods |= 1 << endpoints[endpoint * RouteTable.EndpointSize];
                }
            }

            if (methods == 0)
            {
                return Refuse(response, 404);
            }

            AllowField.Add(response, methods);
            if (request.Method == HttpMethod.Options)
            {
                response.Status = 204;
                return Disposition.Answered;
            }

            return Refuse(response, 405);
        }

        private static Disposition Refuse(HttpResponse response, int status)
        {
            Problem.Write(response, status);
            return Disposition.Answered;
        }

        private void Add(HttpMethod method, string pattern, int kind, object target)
        {
            CheckNotStarted();
            if (target == null)
            {
                throw new ArgumentNullException("handler");
            }

            if (method == HttpMethod.Other || method == HttpMethod.Connect || method == HttpMethod.Trace)
            {
                throw new ArgumentException("This method cannot be mapped.");
            }

            _routes.Add(method, pattern, kind, target);
        }

        private void CheckNotStarted()
        {
            if (_started)
            {
                throw new InvalidOperationException("A router is set up before the server starts.");
            }
        }
    }
}
