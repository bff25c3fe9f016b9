namespace Http2Nano.Tests.Smallest
{
    /// <summary>A PC's memory, next to what is tested.</summary>
    internal static class HeapNow
    {
        /// <summary>Says that there is enough.</summary>
        /// <returns>Bytes.</returns>
        internal static int Free()
        {
            return int.MaxValue;
        }
    }
}
