using System.Text;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Samples.Logger
{
    /// <summary>
    /// Logs a sensor: the log is a body that is written while it is sent, the latest value is an event, a form sets the
    /// interval.
    /// </summary>
    public sealed class LoggerApplication
    {
        private const int Pages = 4;
        private const int RingSize = 1024;
        private const int ShortestInterval = 1;
        private const int LongestInterval = 3600;

        private readonly ReadingLog _log;
        private readonly byte[] _csv = Encoding.UTF8.GetBytes("text/csv");
        private readonly byte[] _noStore = Encoding.UTF8.GetBytes("no-store");

        /// <summary>Maps the routes.</summary>
        /// <param name="pages">The page.</param>
        /// <param name="capacity">Number of readings to keep; each takes 4 bytes.</param>
        public LoggerApplication(StaticAssets pages, int capacity)
        {
            _log = new ReadingLog(capacity);
            _readingEvent = _events.AddType("reading", true);
            Interval = 10;
            Router = new Router();
            Router.MapGet("/api/readings", GetReadings);
            Router.MapGet("/api/events", _events.Handle);
            Router.MapPost("/api/interval", PostInterval);
            Router.MapAssets("/", pages);
        }

        /// <summary>The dispatcher for the server.</summary>
        public Router Router { get; }

        /// <summary>Seconds between two measurements.</summary>
        public int Interval { get; private set; }

        // README: events begins here.
        private readonly EventStream _events = new EventStream(Pages, RingSize, new Clock());
        private readonly int _readingEvent;

        /// <summary>Adds a measurement to the log and publishes it. May be called on any thread.</summary>
        /// <param name="hundredths">Hundredths of a degree.</param>
        public void Add(int hundredths)
        {
            _log.Add(hundredths);

            // The type coalesces: a slow subscriber gets the latest reading, not a queue of old ones.
            _events.Publish(_readingEvent, hundredths.ToString());
        }

        /// <summary>Ends the event streams. To be called just before the server is stopped.</summary>
        public void Stop()
        {
            _events.Stop();
        }

        // README: events ends here.
        private void GetReadings(HttpRequest request, HttpResponse response)
        {
            response.AddHeader(FieldName.ContentType, _csv);
            response.AddHeader(FieldName.CacheControl, _noStore);
            response.SetBody(_log, _log.Oldest, HttpResponse.UnknownLength);
        }

        // README: forms begins here.
        private readonly byte[] _seconds = Encoding.UTF8.GetBytes("seconds");
        private readonly byte[] _range = Encoding.UTF8.GetBytes("The interval is 1 to 3600 seconds.");

        private void PostInterval(HttpRequest request, HttpResponse response)
        {
            int seconds = request.HasForm ? request.GetFormInt(_seconds) : -1;
            if (seconds < ShortestInterval || seconds > LongestInterval)
            {
                Problem.Write(response, 400, _range);
                return;
            }

            Interval = seconds;

            // The browser gets the page again, so that a reload does not send the form twice.
            response.Redirect(303, "..");
        }

        // README: forms ends here.
    }
}
