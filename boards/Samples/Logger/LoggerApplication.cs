using System.Text;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Fields;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Samples.Logger
{
    /// <summary>Logs a sensor: the log as a body that is written while it is sent, the latest value as an event, a form for settings.</summary>
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
        /// <param name="capacity">How many readings are kept; each takes 4 bytes.</param>
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

        /// <summary>What to give to the server.</summary>
        public Router Router { get; }

        /// <summary>Seconds from one measurement to the next.</summary>
        public int Interval { get; private set; }

        // README: events begins here.
        private readonly EventStream _events = new EventStream(Pages, RingSize, new Clock());
        private readonly int _readingEvent;

        /// <summary>Takes a measurement to the log and to all who listen. May be called on any thread.</summary>
        /// <param name="hundredths">Hundredths of a degree.</param>
        public void Add(int hundredths)
        {
            _log.Add(hundredths);

            // A type that coalesces: who is slow gets the latest reading, and no queue of old ones.
            _events.Publish(_readingEvent, hundredths.ToString());
        }

        /// <summary>Ends the streams of events: to be called just before the server is stopped.</summary>
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

            // The browser asks for the page again, and a reload sends no form twice.
            response.Redirect(303, "/");
        }

        // README: forms ends here.
    }
}
