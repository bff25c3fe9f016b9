using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Drives;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Drives
{
    /// <summary>What src/README.md says that each of these takes of the heap.</summary>
    [TestClass]
    public class HeapTests
    {
        private static object s_kept;

        [TestMethod]
        public void Each_takes_what_the_table_says()
        {
            MemoryDrive drive = new MemoryDrive();
            HashedSecrets users = new HashedSecrets("salt");
            Clock clock = new Clock();
            StaticAssets pages = new StaticAssets(new AssetPack(new MemoryAssetStore(new Routing.TestPack().Build())));
            for (int i = 0; i < 2; i++)
            {
                // The first round makes what is made once.
                uint before = Free();
                s_kept = new SignIn("/sign-in", "lab", users, clock);
                Takes(i, "SignIn", before, 2100);
                s_kept = null;
                before = Free();
                s_kept = new FileUpload(drive, "a", 1000);
                Takes(i, "FileUpload", before, 2100);
                s_kept = null;
                before = Free();
                s_kept = new PageUpdate(new PackFile(drive, "a"), pages, 1000);
                Takes(i, "PageUpdate", before, 2400);
                s_kept = null;
                before = Free();
                s_kept = new FolderRoute(drive, string.Empty, 2);
                Takes(i, "FolderRoute", before, 1000);
                s_kept = null;
            }
        }

        private static void Takes(int round, string name, uint before, int most)
        {
            int taken = (int)(before - Free());
            OutputHelper.WriteLine("heap: " + taken + " " + name);
            Assert.IsTrue(round == 0 || taken <= most, name + " takes " + taken);
        }

        private static uint Free()
        {
            nanoFramework.Runtime.Native.GC.Run(true);
            return nanoFramework.Runtime.Native.GC.Run(true);
        }
    }
}
