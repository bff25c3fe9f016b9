using System;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>Sizes and choices of the dashboard, to be set before it is made.</summary>
    public sealed class DashboardOptions
    {
        /// <summary>
        /// Concurrent requests to <c>/api/echo</c>. 0 to 100; more get 503. With 0 the route is not mapped.
        /// </summary>
        public int EchoRings = 4;

        /// <summary>Size in bytes of the ring between an echo's request and its response. 64 to 32,768.</summary>
        public int EchoRingSize = 1024;

        /// <summary>
        /// Concurrent subscribers of <c>/api/events</c>. 1 to 100; more get 503, and their pages poll the status.
        /// </summary>
        public int EventSubscribers = 4;

        /// <summary>Size in bytes of the ring of the latest events. 1,024 to 32,768.</summary>
        public int EventRingSize = 2048;

        /// <summary>Size in bytes of the latest lines of the log. 400 to 16,384.</summary>
        public int LogSize = 1024;

        /// <summary>Milliseconds between two status events. 100 to 60,000.</summary>
        public int StatusInterval = 2000;

        /// <summary>
        /// The users who may change something, each as name, colon and password; null, the default, lets everybody who
        /// reaches the device.
        /// </summary>
        public HashedSecrets Users;

        /// <summary>Whether the pages' answers are kept, which saves time. See <see cref="StaticAssets.KeepsAnswer"/>.</summary>
        public bool KeepsAnswer = true;

        /// <summary>The reverse proxies that are believed when they say who their client is, a <c>TrustedProxies</c>; null, the default, for none.</summary>
        public GatewayPolicy Proxies;

        /// <summary>
        /// Port of the same pages over HTTP/1.1, for the page that compares both protocols; 0, the default, when there is
        /// none.
        /// </summary>
        public int HttpPort;

        /// <summary>
        /// Port of the same pages over HTTP/2 for browsers; 0, the default, when there is none. Browsers use HTTP/2 only
        /// with ALPN, which the TLS of devices does not have.
        /// </summary>
        public int HttpsPort;

        /// <summary>
        /// Number of recorded measurements, 0 to 720; each takes 13 bytes of heap. With 0 there is no
        /// <c>/api/history</c>.
        /// </summary>
        public int HistorySamples = 120;

        /// <summary>Seconds between two recorded measurements. 1 to 3,600; 120 at intervals of a minute cover two hours.</summary>
        public int HistoryInterval = 60;

        /// <summary>Whether <c>/metrics</c> is mapped, for Prometheus. It takes 1.8 KB of heap.</summary>
        public bool Metrics = true;

        /// <summary>Whether <c>/api/bytes/{n}</c> is mapped, for tests and measurements. It takes 0.9 KB of heap.</summary>
        public bool Bytes = true;

        /// <summary>What this board's dashboard has besides; null, the default, for nothing.</summary>
        public DashboardPart[] Parts;

        /// <summary>Adds a part to <see cref="Parts"/>, in the place of one with the same features.</summary>
        /// <param name="part">The part.</param>
        public void AddPart(DashboardPart part)
        {
            int count = Parts == null ? 0 : Parts.Length;
            DashboardPart[] parts = new DashboardPart[count + 1];
            for (int i = 0; i < count; i++)
            {
                if (Parts[i].Features == part.Features)
                {
                    Parts[i] = part;
                    return;
                }

                parts[i] = Parts[i];
            }

            parts[count] = part;
            Parts = parts;
        }

        /// <summary>Gives the time.</summary>
        public Clock Clock = new Clock();

        /// <summary>
        /// Options for boards with little memory: all that the pages need, in about 6.5 KB of heap instead of 16.
        /// </summary>
        /// <returns>The options, which may be changed before they are used.</returns>
        public static DashboardOptions Small()
        {
            DashboardOptions options = new DashboardOptions();
            options.EchoRings = 0;
            options.EventSubscribers = 2;
            options.EventRingSize = 1024;
            options.LogSize = 400;
            options.HistorySamples = 0;
            options.KeepsAnswer = false;
            options.Metrics = false;
            options.Bytes = false;
            return options;
        }

        /// <summary>Refuses invalid options.</summary>
        /// <exception cref="ArgumentException">An option is invalid; the message names it.</exception>
        public void Validate()
        {
            Range(EchoRings, 0, 100, "EchoRings");
            Range(EchoRingSize, 64, 32768, "EchoRingSize");
            Range(EventSubscribers, 1, 100, "EventSubscribers");
            Range(EventRingSize, 1024, 32768, "EventRingSize");
            Range(LogSize, 400, 16384, "LogSize");
            Range(StatusInterval, 100, 60000, "StatusInterval");
            Range(HistorySamples, 0, 720, "HistorySamples");
            Range(HistoryInterval, 1, 3600, "HistoryInterval");
            Range(HttpPort, 0, 65535, "HttpPort");
            Range(HttpsPort, 0, 65535, "HttpsPort");
            if (Clock == null)
            {
                throw new ArgumentException("Clock is null.");
            }
        }

        private static void Range(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentException(name + " is " + value.ToString() + ": it must be " + least.ToString() + " to " + most.ToString() + ".");
            }
        }
    }
}
