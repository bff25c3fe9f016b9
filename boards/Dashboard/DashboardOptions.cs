namespace Http2Nano.Dashboard
{
    /// <summary>Sizes and choices of the dashboard, fixed before it is made.</summary>
    public sealed class DashboardOptions
    {
        /// <summary>Requests to <c>/api/echo</c> at once. 1 to 100; more get 503.</summary>
        public int EchoRings = 4;

        /// <summary>Bytes between an echo's request and its response. 64 to 32,768.</summary>
        public int EchoRingSize = 1024;
    }
}
