using Http2Nano.Hosting;

namespace Http2Nano.Tests.Hosting
{
    /// <summary>A scripted server whose <c>/gsource</c> is a stream of events without end.</summary>
    internal static class EventServer
    {
        /// <summary>A request for the events.</summary>
        internal const string Events = "GET /gsource HTTP/1.1\r\nHost: d\r\n\r\n";

        /// <summary>Makes the server, with an exchange for each connection.</summary>
        /// <param name="connections">Connections that are served at once.</param>
        internal static ScriptedPlatform Make(int connections)
        {
            HttpServerOptions options = new HttpServerOptions();
            options.Connections = connections;
            options.SilentConnections = 2;
            options.Limits.Exchanges = connections;
            options.Limits.DrainTimeout = 1000;
            ScriptedPlatform platform = new ScriptedPlatform(options);
            platform.Application.Source.Length = int.MaxValue;
            platform.Application.Source.StallAt = 100;
            return platform;
        }

        /// <summary>One that listens to events without end.</summary>
        internal static ScriptedClient Viewer()
        {
            ScriptedClient viewer = new ScriptedClient();
            viewer.Request = Events;
            return viewer;
        }

        /// <summary>The same over HTTP/2.</summary>
        internal static ScriptedClient Http2Viewer()
        {
            ScriptedClient viewer = new ScriptedClient();
            viewer.Octets = Http2Octets.Get("/gsource");
            return viewer;
        }
    }
}
