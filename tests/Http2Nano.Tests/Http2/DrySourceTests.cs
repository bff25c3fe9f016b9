using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>Sources that have nothing at present, and say so.</summary>
    [TestClass]
    public class DrySourceTests
    {
        [TestMethod]
        public void A_source_that_is_not_ready_is_not_read()
        {
            Http2Peer peer = Http2Peer.Open();
            ScriptedSource source = peer.Routes.Source;
            source.StallAt = 90;
            source.Ready = false;
            peer.Get(1, "/unknown/110").ExpectPart(1, 90);
            Assert.AreEqual(1, source.Reads);
            source.StallAt = int.MaxValue;
            peer.ExpectAlive().Elapse(1000);
            Assert.IsTrue(peer.Session.AwaitsApplication, "asked again soon");
            peer.ExpectPart(1, 90);
            Assert.AreEqual(1, source.Reads);
            source.Ready = true;
            peer.Pump();
            peer.ExpectBody(1, 110);
            peer.HoldsNothing();
        }

        [TestMethod]
        public void A_source_that_does_not_say_is_read_at_each_turn()
        {
            Http2Peer peer = Http2Peer.Open();
            ScriptedSource source = peer.Routes.Source;
            source.StallAt = 90;
            peer.Get(1, "/unknown/110").ExpectPart(1, 90);
            int reads = source.Reads;
            peer.ExpectAlive();
            Assert.IsTrue(source.Reads > reads, "reads");
            source.StallAt = int.MaxValue;
            peer.Pump();
            peer.ExpectBody(1, 110);
        }

        [TestMethod]
        public void A_source_that_throws_when_it_is_asked_is_read()
        {
            Http2Peer peer = Http2Peer.Open();
            ScriptedSource source = peer.Routes.Source;
            source.StallAt = 90;
            source.ThrowsWhenAsked = true;
            peer.Get(1, "/unknown/110").ExpectPart(1, 90);
            Assert.IsTrue(peer.Counters.HandlerFailures > 0, "counted");
            source.StallAt = int.MaxValue;
            peer.Pump();
            peer.ExpectBody(1, 110);
            peer.HoldsNothing().ExpectAlive();
        }

        [TestMethod]
        public void Others_go_on_beside_a_source_that_is_not_ready()
        {
            Http2Peer peer = Http2Peer.Open();
            ScriptedSource source = peer.Routes.Source;
            source.StallAt = 90;
            source.Ready = false;
            peer.Get(1, "/unknown/110").ExpectPart(1, 90);
            peer.Get(3, "/bytes/50").ExpectBody(3, 50);
            peer.Get(5, "/unknown/110").ExpectPart(5, 90);
            peer.Get(7, "/bytes/50").ExpectBody(7, 50);
            source.StallAt = int.MaxValue;
            source.Ready = true;
            peer.Pump();
            peer.ExpectBody(1, 110);
            peer.ExpectBody(5, 110);
            peer.HoldsNothing();
        }
    }
}
