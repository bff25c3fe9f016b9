using System;
using Http2Nano.Access;
using Http2Nano.Messages;

namespace Http2Nano.Dashboard
{
    /// <summary>Sizes and choices of the dashboard, fixed before it is made.</summary>
    public sealed class DashboardOptions
    {
        /// <summary>Requests to <c>/api/echo</c> at once. 0 to 100; more get 503. With 0 there is no such route.</summary>
        public int EchoRings = 4;

        /// <summary>Bytes between an echo's request and its response. 64 to 32,768.</summary>
        public int EchoRingSize = 1024;

        /// <summary>Pages that listen to <c>/api/events</c> at once. 1 to 100; more get 503 and ask for the status now and then.</summary>
        public int EventSubscribers = 4;

        /// <summary>Bytes for the latest events. 1,024 to 32,768.</summary>
        public int EventRingSize = 2048;

        /// <summary>Bytes for the latest lines of the log. 400 to 16,384.</summary>
        public int LogSize = 1024;

        /// <summary>Milliseconds from one status event to the next. 100 to 60,000.</summary>
        public int StatusInterval = 2000;

        /// <summary>
        /// Who may change something, each as name, colon, password; null, as it is unless set, for everybody who reaches the
        /// device.
        /// </summary>
        public HashedSecrets Users;

        /// <summary>
        /// Port at which a browser gets the same pages over HTTP/1.1, for the page that compares both protocols; 0, as it is
        /// unless set, for none.
        /// </summary>
        public int HttpPort;

        /// <summary>
        /// Port at which a browser gets the same pages over HTTP/2; 0, as it is unless set, for none. Browsers speak HTTP/2
        /// only after ALPN, which the TLS of devices does not have.
        /// </summary>
        public int HttpsPort;

        /// <summary>Whether there is <c>/metrics</c>, for Prometheus. It takes 1.8 KB of heap.</summary>
        public bool Metrics = true;

        /// <summary>Whether there is <c>/api/bytes/{n}</c>, for tests and measurements. It takes 0.9 KB of heap.</summary>
        public bool Bytes = true;

        /// <summary>Where the time comes from.</summary>
        public Clock Clock = new Clock();

        /// <summary>For boards with little memory: all that the pages need, in about 6.5 KB of heap instead of 16.</summary>
        /// <returns>The options, which may be changed before they are used.</returns>
        public static DashboardOptions Small()
        {
            DashboardOptions options = new DashboardOptions();
            options.EchoRings = 0;
            options.EventSubscribers = 2;
            options.EventRingSize = 1024;
            options.LogSize = 400;
            options.Metrics = false;
            options.Bytes = false;
            return options;
        }

        /// <summary>Refuses what cannot work.</summary>
        /// <exception cref="ArgumentException">An option is set wrongly; the message names it.</exception>
        public void Validate()
        {
            Range(EchoRings, 0, 100, "EchoRings");
            Range(EchoRingSize, 64, 32768, "EchoRingSize");
            Range(EventSubscribers, 1, 100, "EventSubscribers");
            Range(EventRingSize, 1024, 32768, "EventRingSize");
            Range(LogSize, 400, 16384, "LogSize");
            Range(StatusInterval, 100, 60000, "StatusInterval");
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
