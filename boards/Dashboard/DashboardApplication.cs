using System;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>The demonstration application: a dashboard of the device, and fixed routes for tests.</summary>
    /// <remarks>
    /// Everything is made here, before the server starts. Answering allocates nothing, except for changes.
    /// </remarks>
    public sealed class DashboardApplication
    {
        /// <summary>The largest body of <c>/api/bytes/{n}</c>: 16 MiB.</summary>
        public const int MostBytes = 16 * 1024 * 1024;

        // Milliseconds. A change must be visible to all pages within a second, and two turns pass besides.
        private const int ShortRetry = 200;

        // The event stream numbers its types in the order in which they are added: the status, then the lines of the log.
        private const int StatusEvent = 0;

        private const string ContentSecurityPolicy =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");
        private readonly byte[] _jsonLines = Encoding.UTF8.GetBytes("application/x-ndjson");

        /// <summary>The status.</summary>
        internal readonly StatusDocument Status;

        private readonly EventStream _events;
        private readonly History _history;
        private readonly DashboardPart[] _parts;
        private readonly RequestGuard _guard;

        // How those who listen are connected: the protocol twice, and one more over TLS.
        private int _listening;

        /// <summary>Makes the application and maps its routes.</summary>
        /// <param name="board">The device.</param>
        /// <param name="pages">The pack made of the folder <c>www</c>.</param>
        /// <param name="options">Sizes and choices.</param>
        /// <exception cref="System.ArgumentException">An option is invalid; the message names it.</exception>
        public DashboardApplication(Board board, AssetPack pages, DashboardOptions options)
        {
            options.Validate();
            Counters = new ServerCounters();

            _events = new EventStream(options.EventSubscribers, options.EventRingSize, options.Clock);
            _events.AddType("status", true);
            _events.TickInterval = options.StatusInterval;
            _events.Retry = ShortRetry;
            _events.OnTick = PublishStatus;
            Log = new DashboardLog(_events, board, options.LogSize);
            Status = new StatusDocument(board, new Sensors(Log), options, new JsonWriter(), pages);

            Pages = new StaticAssets(pages);
            Pages.KeepsAnswer = options.KeepsAnswer;
            Pages.MissingPage = "404.html";
            Pages.AddPageField(FieldName.ContentSecurityPolicy, ContentSecurityPolicy);
            Pages.AddPageField(FieldName.ReferrerPolicy, "same-origin");

            Router = new Router();
            Router.Proxies = options.Proxies;
            Router.MapGet("/api/status", GetStatus);
            Router.MapGet("/api/events", Listen);
            Router.MapGet("/api/log", GetLog);
            if (options.HistorySamples != 0)
            {
                _history = new History(options.HistorySamples, options.HistoryInterval);
                Router.MapGet("/api/history", GetHistory);
            }

            FixedRoutes.Map(this, board, options);
            _parts = options.Parts;
            if (options.Users != null)
            {
                for (int i = 0; _parts != null && i < _parts.Length && _guard == null; i++)
                {
                    _guard = _parts[i].MakeGuard(options);
                }

                _guard = _guard ?? Authentication.Basic("device", options.Users, options.Clock);
            }

            for (int i = 0; _parts != null && i < _parts.Length; i++)
            {
                _parts[i].Map(this);
            }

            Router.MapAssets("/", Pages);
            MapChanges();
        }

        /// <summary>The dispatcher for the server.</summary>
        public Router Router { get; }

        /// <summary>The pages. A host that reloads them replaces <see cref="StaticAssets.Pack"/>.</summary>
        public StaticAssets Pages { get; }

        /// <summary>The log that the page shows.</summary>
        public DashboardLog Log { get; }

        /// <summary>
        /// A fault of the whole device, for instance "No certificate: HTTPS is off.", in one sentence of at most 120
        /// characters; the page shows it until it is null again. May be set on any thread; allocates.
        /// </summary>
        public string Notice
        {
            set { Status.SetNotice(value); }
        }

        /// <summary>The server's counters. To be set before the server starts.</summary>
        public ServerCounters Counters { get; set; }

        /// <summary>
        /// Lets only users change something below a path, where there are any. To be called by a part when it is mapped.
        /// </summary>
        /// <param name="path">The path.</param>
        public void GuardChanges(string path)
        {
            if (_guard != null)
            {
                Router.GuardChanges(path, _guard);
            }
        }

        /// <summary>
        /// Lets only users read or change something below a path, where there are any. To be called by a part when it is mapped.
        /// </summary>
        /// <param name="path">The path.</param>
        public void Guard(string path)
        {
            if (_guard != null)
            {
                Router.Guard(path, _guard);
            }
        }

        /// <summary>Ends the event streams. To be called just before the server is stopped, on any thread.</summary>
        public void Stop()
        {
            _events.Stop();
        }

        /// <summary>
        /// Records a measurement for later pages when one is due. To be called every few seconds, on any thread, whether or not
        /// a client is being served. Allocates nothing.
        /// </summary>
        public void Record()
        {
            Board board = Status.Board;
            int uptime = board.Uptime;
            if (_history == null || !_history.IsDue(uptime))
            {
                return;
            }

            int temperature = Board.Failed;
            int signal = Board.Failed;
            try
            {
                temperature = board.Temperature;
                signal = board.Signal;
            }
            catch (Exception)
            {
                // A sensor that does not answer leaves a gap, and the status reports it.
            }

            _history.Add(uptime, temperature, board.HeapFree, signal, Counters.Requests);
        }

        /// <summary>Publishes a change to all subscribers at once, before the next status is due.</summary>
        public void Tell()
        {
            // The status that is being sent is older than the change; applying it would undo the change for a moment.
            if (!Status.IsBeingSent && _events.Subscribers != 0)
            {
                PublishStatus(_events);
            }
        }

        // Maps the routes that change something: not every device has them, and not everybody may use them.
        private void MapChanges()
        {
            ChangeRoutes changes = new ChangeRoutes(this);
            MapChange("/api/settings", changes.Settings);
            if (Status.Board.HasOutput)
            {
                MapChange("/api/led", changes.Output);
            }

            GuardChanges("/api/settings");
            GuardChanges("/api/led");
        }

        private void MapChange(string pattern, RequestHandler handler)
        {
            Router.MapGet(pattern, handler);
            Router.MapPut(pattern, handler);
        }

        private void GetStatus(HttpRequest request, HttpResponse response)
        {
            Status.Refresh(request.Protocol, request.IsSecure, Counters, Pages.Pack);
            JsonWriter.AddContentType(response);
            response.AddHeader(FieldName.CacheControl, _noStore);
            Status.Send(response);
        }

        private void GetLog(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.ContentType, _jsonLines);
            response.AddHeader(FieldName.CacheControl, _noStore);
            Log.Send(response);
        }

        private void GetHistory(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.ContentType, _jsonLines);
            response.AddHeader(FieldName.CacheControl, _noStore);
            _history.Send(response);
        }

        private void Listen(HttpRequest request, HttpResponse response)
        {
            // One connection is served at a time, so all subscribers use the same protocol. The
            // new status replaces one that named another protocol.
            _listening = (2 * (int)request.Protocol) + (request.IsSecure ? 1 : 0);
            _events.Handle(request, response);
            PublishStatus(_events);
        }

        private void PublishStatus(EventStream events)
        {
            for (int i = 0; _parts != null && i < _parts.Length; i++)
            {
                _parts[i].Tick();
            }

            Status.Refresh((HttpProtocol)(_listening >> 1), (_listening & 1) != 0, Counters, Pages.Pack);
            events.Publish(StatusEvent, Status.Bytes, 0, Status.Length);
        }
    }
}
