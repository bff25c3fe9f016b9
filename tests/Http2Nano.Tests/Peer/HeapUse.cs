#if NANOFRAMEWORK_1_0
using nanoFramework.Runtime.Native;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests
{
    /// <summary>What objects take of the device's heap.</summary>
    public static class HeapUse
    {
        /// <summary>Free bytes of the heap, in which nothing is left that nobody uses.</summary>
        public static uint Free()
        {
            GC.Run(true);
            return GC.Run(true);
        }

        /// <summary>Prints what has been taken, and compares it with what is documented.</summary>
        /// <param name="round">0 for the first round, which also makes what is made once, so that it is not compared.</param>
        /// <param name="name">What has taken it.</param>
        /// <param name="before">What was free before.</param>
        /// <param name="documented">What the table in src/README.md says, in bytes.</param>
        public static void Takes(int round, string name, uint before, int documented)
        {
            int taken = (int)(before - Free());
            OutputHelper.WriteLine("heap: " + taken + " of " + before + " " + name);
            Assert.IsTrue(round == 0 || (taken <= documented && taken >= documented - (documented / 5)), name + " takes " + taken);
        }
    }
}
#endif
