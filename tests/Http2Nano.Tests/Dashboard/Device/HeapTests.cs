using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>What src/README.md says that a name in the network and the set-up network take of the heap.</summary>
    [TestClass]
    public class HeapTests
    {
        private static object s_kept;

        [TestMethod]
        public void Each_takes_what_the_table_says()
        {
            byte[] address = new byte[] { 192, 168, 4, 1 };
            for (int i = 0; i < 2; i++)
            {
                uint before = HeapUse.Free();
                s_kept = new MulticastResponder("greenhouse", "greenhouse", address, 80, false, 7, 1000);
                HeapUse.Takes(i, "MulticastResponder", before, 1800);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new EveryName(address);
                HeapUse.Takes(i, "EveryName", before, 240);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new AddressOffer(address, address, address, address);
                HeapUse.Takes(i, "AddressOffer", before, 280);
                s_kept = null;
            }
        }
    }
}
