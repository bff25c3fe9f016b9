using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// Routes for tests, measurements and monitoring, which no page uses: <c>/api/bytes/{n}</c>, <c>/api/echo</c> and
    /// <c>/metrics</c>. The options choose which are mapped.
    /// </summary>
    public sealed class FixedRoutes
    {
        private readonly DashboardApplication _application;
        private readonly Board _board;
        private readonly byte[] _octetStream;
        private readonly PatternSource _pattern;
        private readonly MetricsRoute _metrics;
        private readonly BodyPipes _echoes;

        private FixedRoutes(DashboardApplication application, Board board, DashboardOptions options)
        {
            _application = application;
            _board = board;
            Router router = application.Router;
            if (options.Bytes)
            {
                _octetStream = Encoding.UTF8.GetBytes("application/octet-stream");
                _pattern = new PatternSource();
                router.MapGet("/api/bytes/{n}", GetBytes);
            }

            if (options.EchoRings > 0)
            {
                _echoes = new BodyPipes(options.EchoRings, options.EchoRingSize);
                router.MapStream(HttpMethod.Post, "/api/echo", Echo);
            }

            if (options.Metrics)
            {
                _metrics = new MetricsRoute();
                router.MapGet("/metrics", GetMetrics);
            }
        }

        private void GetMetrics(HttpRequest request, HttpResponse response)
        {
            _metrics.Counters = _application.Counters;
            _metrics.HeapFree = _board.HeapFree;
            _metrics.Handle(request, response);
        }

        /// <summary>Maps the chosen routes, before the server starts. The application has mapped those that its own options choose.</summary>
        /// <param name="application">Whose router gets them.</param>
        /// <param name="board">The device.</param>
        /// <param name="options">Which, and the sizes of the echo's rings.</param>
        public static void Map(DashboardApplication application, Board board, DashboardOptions options)
        {
            if (options.Bytes || options.EchoRings > 0 || options.Metrics)
            {
                new FixedRoutes(application, board, options);
            }
        }

        private void GetBytes(HttpRequest request, HttpResponse response)
        {
            int count = request.GetRouteInt(0);
            if (count < 0 || count > DashboardApplication.MostBytes)
            {
                Problem.Write(response, 400);
                return;
            }

            response.AddHeader(FieldName.ContentType, _octetStream);
            response.SetBody(_pattern, 0, count);
        }

        private void Echo(HttpRequest request, HttpResponse response)
        {
            int ring = _echoes.Take();
            if (ring < 0)
            {
                Problem.Write(response, 503);
                return;
            }

            request.CopyHeader(FieldName.ContentType, response);
            int field = request.Headers.Find(FieldName.ContentLength);
            int length = field < 0 ? HttpResponse.UnknownLength : request.Headers.ParseNumber(field);
            request.ReadBody(_echoes.Sink, ring);
            response.SetBody(_echoes.Source, ring, length);
        }
    }
}
