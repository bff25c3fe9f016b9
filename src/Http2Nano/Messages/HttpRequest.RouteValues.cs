namespace Http2Nano.Messages
{
    // Where the values of the route's parameters lie; RequestRouteValues reads them.
    public sealed partial class HttpRequest
    {
        /// <summary>The most parameters that a route may have.</summary>
        public const int MaximumRouteValues = 8;

        /// <summary>In <see cref="RouteValues"/>: the number of values.</summary>
        internal const int ValueCount = 2 * MaximumRouteValues;

        /// <summary>In <see cref="RouteValues"/>: where in <see cref="RouteNames"/> their names begin.</summary>
        internal const int NamesStart = ValueCount + 1;

        /// <summary>
        /// Offset in the storage and length of each value, alternating: an exchange has at most 32,767 bytes. Behind them two
        /// numbers, for which fields would take more.
        /// </summary>
        internal readonly short[] RouteValues = new short[NamesStart + 1];
        internal string[] RouteNames;
    }
}
