using System.Text;
using Http2Nano.Fields;
using Http2Nano.Drives;
using Http2Nano.Json;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// <c>GET /api/pages</c>: <c>{"length": bytes, "longest": bytes}</c> of the pack that is served and of one that would be taken;
    /// and <c>PUT</c> or <c>POST /api/pages</c>, which takes a new one: the pack as the body, or as the file of a form.
    /// </summary>
    /// <remarks>
    /// Answers as <see cref="PageUpdate"/> does: 204 when the new pages are served, which open pages learn from the next status; 413,
    /// 422 (with the reason as its detail), 503 and 507 leave the old ones. The form of a page is led to the root with 303.
    /// </remarks>
    public sealed class PageRoutes : DashboardPart
    {
        private const string Path = "/api/pages";

        private readonly PackFile _file;
        private readonly int _longest;
        private readonly JsonWriter _writer = new JsonWriter();
        private readonly byte[] _lengthName = Encoding.UTF8.GetBytes("length");
        private readonly byte[] _longestName = Encoding.UTF8.GetBytes("longest");
        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");
        private DashboardApplication _application;

        /// <summary>Makes the routes, which take about 2 KB.</summary>
        /// <param name="file">The file of the pack, open if it is there.</param>
        /// <param name="longest">The longest pack in bytes.</param>
        public PageRoutes(PackFile file, int longest)
        {
            _file = file;
            _longest = longest;
        }

        /// <inheritdoc/>
        public override string Features
        {
            get { return "\"pages\""; }
        }

        /// <inheritdoc/>
        public override void Map(DashboardApplication application)
        {
            _application = application;
            PageUpdate update = new Update(this);
            update.Next = Encoding.UTF8.GetBytes("../");
            application.Router.MapGet(Path, Get);
            application.Router.MapStream(HttpMethod.Put, Path, update.Handle);
            application.Router.MapStream(HttpMethod.Post, Path, update.Handle);
            application.GuardChanges(Path);
        }

        private void Get(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.CacheControl, _noStore);
            _writer.Begin(response);
            _writer.BeginObject();
            _writer.Name(_lengthName);
            _writer.Value(_application.Pages.Pack.Length);
            _writer.Name(_longestName);
            _writer.Value(_longest);
            _writer.EndObject();
            _writer.End();
        }

        private sealed class Update : PageUpdate
        {
            private readonly DashboardApplication _application;

            internal Update(PageRoutes routes)
                : base(routes._file, routes._application.Pages, routes._longest)
            {
                _application = routes._application;
            }

            protected override void Replaced()
            {
                base.Replaced();
                _application.Log.Write("The pages were replaced");
                _application.Tell();
            }
        }
    }
}
