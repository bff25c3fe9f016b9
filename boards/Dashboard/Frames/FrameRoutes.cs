using System;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;
using Http2Nano.Tracing;

namespace Http2Nano.Dashboard
{
    /// <summary>
    /// <c>GET /api/frames?after=N</c> and <c>GET /api/hpack</c>: the latest frames of the connection that asks, and its HPACK
    /// tables, as JSON arrays, one to a line.
    /// </summary>
    /// <remarks>
    /// <para>The first line of the frames is <c>[connection, number of the next frame, frames left out, time in ms]</c>; then come
    /// the paths of the latest streams, <c>[stream, "path"]</c>; then the frames with numbers above N:
    /// <c>[number, time, sent, type, flags, stream, length, value, second, priority]</c>, whose last columns are those of
    /// <see cref="FrameTrace"/>. A line of the tables is <c>[table, index, size, "name", "value" or null]</c>.</para>
    /// <para>Over HTTP/1.1 there are no frames, which is 409, as it is while another connection is watched.</para>
    /// </remarks>
    public sealed class FrameRoutes : DashboardPart
    {
        private readonly FrameTrace _trace;
        private readonly FrameText _frames;
        private readonly TableText _tables;
        private readonly byte[] _after = Encoding.UTF8.GetBytes("after");
        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");
        private readonly byte[] _jsonLines = Encoding.UTF8.GetBytes("application/x-ndjson");

        /// <summary>Makes the routes, which take about 1 KB, and the memory of the trace while a page watches.</summary>
        /// <param name="frames">Number of frames to keep, 16 to 1,024; each takes 28 bytes.</param>
        /// <param name="clock">Gives the time.</param>
        public FrameRoutes(int frames, Clock clock)
        {
            _trace = new FrameTrace(frames, clock);
            _frames = new FrameText(_trace);
            _tables = new TableText(new TableView(_trace));
        }

        /// <inheritdoc/>
        public override string Features
        {
            get { return "\"frames\""; }
        }

        /// <inheritdoc/>
        public override void Map(DashboardApplication application)
        {
            application.Router.MapGet("/api/frames", GetFrames);
            application.Router.MapGet("/api/hpack", GetTables);
        }

        /// <inheritdoc/>
        public override void Tick()
        {
            _trace.End();
        }

        private void GetFrames(HttpRequest request, HttpResponse response)
        {
            if (Follows(request, response))
            {
                int after = request.GetQueryInt(_after);
                int first = after < 0 || after >= _trace.Next ? _trace.First : after + 1;
                first = first < _trace.First ? _trace.First : first;
                Begin(response);
                response.SetBody(_frames, first, FrameText.Length(_trace.Next - first));
            }
        }

        private void GetTables(HttpRequest request, HttpResponse response)
        {
            if (Follows(request, response))
            {
                Begin(response);
                response.SetBody(_tables, 0, _tables.Length);
            }
        }

        private bool Follows(HttpRequest request, HttpResponse response)
        {
            try
            {
                if (_trace.Follow(request))
                {
                    return true;
                }

                Problem.Write(response, 409);
            }
            catch (OutOfMemoryException)
            {
                Problem.Write(response, 503);
            }

            return false;
        }

        private void Begin(HttpResponse response)
        {
            response.AddHeader(FieldName.ContentType, _jsonLines);
            response.AddHeader(FieldName.CacheControl, _noStore);
        }
    }
}
