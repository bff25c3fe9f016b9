using Http2Nano.Forms;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Forms
{
    /// <summary>What src/README.md says that readers of forms and of queries take of the heap.</summary>
    [TestClass]
    public class HeapTests
    {
        private static object s_kept;

        [TestMethod]
        public void Each_takes_what_the_table_says()
        {
            for (int i = 0; i < 2; i++)
            {
                uint before = HeapUse.Free();
                s_kept = new MultipartForm(new Receiver(), 300, 8);
                HeapUse.Takes(i, "MultipartForm", before, 770 + 300);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new QueryReader(10);
                HeapUse.Takes(i, "QueryReader", before, 450);
                s_kept = null;
            }
        }

        private class Receiver : FormReceiver
        {
            public override BodySink BeginPart(MultipartForm form)
            {
                return null;
            }

            public override void Complete(MultipartForm form, HttpResponse response)
            {
            }
        }
    }
}
