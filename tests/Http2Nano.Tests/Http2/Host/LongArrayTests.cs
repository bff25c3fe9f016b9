using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// Arrays of an application's own as bodies that are longer than a frame, which a small heap does not hold: a device's
    /// interpreter that has run out of memory once may break off later.
    /// </summary>
    [TestClass]
    public class LongArrayTests
    {
        [TestMethod]
        public void Arrays_longer_than_a_frame_arrive_whole()
        {
            Ways.PlayAll(peer =>
            {
                int[] lengths = { 16383, 16384, 16385, 40000 };
                for (int i = 0; i < lengths.Length; i++)
                {
                    int stream = (i * 2) + 1;
                    peer.WindowUpdate(0, lengths[i]).Get(stream, "/array/" + lengths[i].ToString()).ExpectBody(stream, lengths[i]);
                    peer.HoldsNothing();
                }
            });
        }
    }
}
