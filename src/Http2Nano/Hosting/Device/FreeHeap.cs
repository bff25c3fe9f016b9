using nanoFramework.Runtime.Native;

namespace Http2Nano.Hosting
{
    /// <summary>The device's managed heap.</summary>
    internal static class FreeHeap
    {
        /// <summary>Collects what nobody needs any more and counts what is free.</summary>
        /// <returns>Bytes.</returns>
        internal static int Measure()
        {
            uint free = GC.Run(true);
            return free > int.MaxValue ? int.MaxValue : (int)free;
        }
    }
}
