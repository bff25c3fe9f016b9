using Http2Nano.Routing;

namespace Http2Nano.Dashboard
{
    /// <summary>Sizes and choices of the dashboard, fixed before it is made.</summary>
    public sealed class DashboardOptions
    {
        /// <summary>Requests to <c>/api/echo</c> at once. 1 to 100; more get 503.</summary>
        public int EchoRings = 4;

        /// <summary>Bytes between an echo's request and its response. 64 to 32,768.</summary>
        public int EchoRingSize = 1024;

        /// <summary>Pages that listen to <c>/api/events</c> at once. 1 to 100; more get 503 and ask for the status now and then.</summary>
        public int EventSubscribers = 4;

        /// <summary>Bytes for the latest events. 1,024 to 32,768.</summary>
        public int EventRingSize = 2048;

        /// <summary>Milliseconds from one status event to the next.</summary>
        public int StatusInterval = 2000;

        /// <summary>
        /// Who may change something, each as name, colon, password; null, as it is unless set, for everybody who reaches the
        /// device.
        /// </summary>
        public HashedSecrets Users;

        /// <summary>Where the time comes from.</summary>
        public Clock Clock = new Clock();
    }
}
