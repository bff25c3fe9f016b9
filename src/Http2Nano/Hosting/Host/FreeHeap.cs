namespace Http2Nano.Hosting
{
    /// <summary>The memory of a PC, which always suffices.</summary>
    internal static class FreeHeap
    {
        /// <summary>Returns more than any server needs.</summary>
        /// <returns>Bytes.</returns>
        internal static int Measure()
        {
            return int.MaxValue;
        }
    }
}
