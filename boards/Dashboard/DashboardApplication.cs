using System;
using System.Text;
using Http2Nano.Hpack;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>The demonstration application: a dashboard of the device, and fixed routes that tests rely on.</summary>
    /// <remarks>Everything is made here, before the server starts. Answering allocates nothing.</remarks>
    public sealed class DashboardApplication
    {
        /// <summary>The largest body of <c>/api/bytes/{n}</c>: 16 MiB.</summary>
        public const int MostBytes = 16 * 1024 * 1024;

        private const string ContentSecurityPolicy =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");
        private readonly byte[] _octetStream = Encoding.UTF8.GetBytes("application/octet-stream");
        private readonly JsonWriter _json = new JsonWriter();
        private readonly PatternSource _pattern = new PatternSource();
        private readonly BodyPipes _echoes;
        private readonly StatusDocument _status;

        /// <summary>Makes the application and maps its routes.</summary>
        /// <param name="board">The device.</param>
        /// <param name="pages">The pack made of the folder <c>www</c>.</param>
        /// <param name="options">Sizes and choices.</param>
        public DashboardApplication(Board board, AssetPack pages, DashboardOptions options)
        {
            _echoes = new BodyPipes(options.EchoRings, options.EchoRingSize);
            _status = new StatusDocument(board);
            _status.Features = new byte[0][];
            Counters = new ServerCounters();

            Pages = new StaticAssets(pages);
            Pages.AddPageField(FieldName.ContentSecurityPolicy, Encoding.UTF8.GetBytes(ContentSecurityPolicy));
            Pages.AddPageField(FieldName.ReferrerPolicy, Encoding.UTF8.GetBytes("same-origin"));

            Router = new Router();
            Router.AddField(FieldName.XContentTypeOptions, Encoding.UTF8.GetBytes("nosniff"));
            Router.MapGet("/api/status", GetStatus);
            Router.MapGet("/api/bytes/{n}", GetBytes);
            Router.MapStream(HttpMethod.Post, "/api/echo", Echo);
            Router.MapAssets("/", Pages);
        }

        /// <summary>What to give to the server.</summary>
        public Router Router { get; }

        /// <summary>The pages. A host that reloads them gives another pack to <see cref="StaticAssets.Pack"/>.</summary>
        public StaticAssets Pages { get; }

        /// <summary>What the server counts: to be set to the server's own counters before it starts.</summary>
        public ServerCounters Counters { get; set; }

        private void GetStatus(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.CacheControl, _noStore);
            _json.Begin(response);
            _status.Write(_json, request.Protocol, Counters);
            _json.End();
        }

        private void GetBytes(HttpRequest request, HttpResponse response)
        {
            int count = request.GetRouteInt(0);
            if (count < 0 || count > MostBytes)
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
