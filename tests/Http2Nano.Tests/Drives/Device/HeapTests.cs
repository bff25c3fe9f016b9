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
                uint before = HeapUse.Free();
                s_kept = new SignIn("/sign-in", "lab", users, clock);
                HeapUse.Takes(i, "SignIn", before, 2010);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new FileUpload(drive, "a", 1000);
                HeapUse.Takes(i, "FileUpload", before, 2000);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new PageUpdate(new PackFile(drive, "a"), pages, 1000);
                HeapUse.Takes(i, "PageUpdate", before, 2300);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new FolderRoute(drive, string.Empty, 2);
                HeapUse.Takes(i, "FolderRoute", before, 980);
                s_kept = null;
            }
        }
    }
}
