namespace Http2Nano.Hosting
{
    /// <summary>A PC's memory, next to what this server needs.</summary>
    internal static class FreeHeap
    {
        /// <summary>Says that there is enough.</summary>
        /// <returns>Bytes.</returns>
        internal static int Measure()
        {
            return int.MaxValue;
        }
    }
}
