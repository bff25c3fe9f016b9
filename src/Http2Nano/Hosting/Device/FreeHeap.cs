using nanoFramework.Runtime.Native;

namespace Http2Nano.Hosting
{
    /// <summary>The device's managed heap.</summary>
    internal static class FreeHeap
    {
        /// <summary>Runs the garbage collector and returns the number of free bytes.</summary>
        /// <returns>Bytes.</returns>
        internal static int Measure()
        {
            uint free = GC.Run(true);
            return free > int.MaxValue ? int.MaxValue : (int)free;
        }
    }
}
