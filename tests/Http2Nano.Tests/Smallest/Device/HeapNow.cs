using nanoFramework.Runtime.Native;

namespace Http2Nano.Tests.Smallest
{
    /// <summary>The device's heap while it is in use.</summary>
    internal static class HeapNow
    {
        /// <summary>Counts what is free, as boards do: nothing is moved, because that is not safe deep in a stack of calls.</summary>
        /// <returns>Bytes.</returns>
        internal static int Free()
        {
            return (int)GC.Run(false);
        }
    }
}
