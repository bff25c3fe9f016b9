using Http2Nano.Messages;
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

        // RFC 9113 4.2: no client takes a longer frame unless it has said so.
        [TestMethod]
        public void Early_hints_that_do_not_fit_into_a_frame_are_refused()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.TransmitBufferSize = 65536;
            limits.ExchangeSize = 32767;
            limits.MaximumFieldSectionSize = 65536;
            Http2Peer peer = Http2Peer.Open(limits);
            peer.Get(1, "/hintsmany/20000").ExpectResponse(1, 200, "page").HoldsNothing();
            Assert.AreEqual(0, peer.Routes.Promised);
        }

        [TestMethod]
        public void A_promise_that_does_not_fit_into_a_frame_is_not_made()
        {
            HttpLimits limits = Http2Peer.Usual();
            limits.TransmitBufferSize = 65536;
            limits.ExchangeSize = 32767;
            limits.MaximumFieldSectionSize = 65536;
            Http2Peer peer = Http2Peer.Open(limits);
            string wide = "a";
            while (wide.Length < 256)
            {
                wide += wide;
            }

            FieldBlock block = new FieldBlock().Raw(0x20).Add(":method", "GET").Add(":scheme", "http").Add(":path", "/pushwide/16000").Add(":authority", wide);
            peer.Headers(1, block.Add("accept-encoding", wide), true).ExpectResponse(1, 200, "page");
            peer.HoldsNothing().ExpectAlive();
            Assert.AreEqual(0, peer.Routes.Promised);
        }
    }
}
