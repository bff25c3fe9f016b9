using System;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Budget
{
    /// <summary>A handler that runs out of memory costs its own response only.</summary>
    [TestClass]
    public class OutOfMemoryTests
    {
        [TestMethod]
        public void A_handler_that_asks_for_too_much_is_answered_503()
        {
            MemoryPeer peer = new MemoryPeer(new HttpLimits(), new Greedy());
            peer.Send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.IsTrue(peer.Text.StartsWith("HTTP/1.1 503 "), peer.Text);
            Assert.AreEqual(1, peer.Counters.OutOfMemory);
            peer.Forget();
            peer.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.IsTrue(peer.Text.StartsWith("HTTP/1.1 200 "), peer.Text);
        }

        private sealed class Greedy : RequestDispatcher
        {
            private object _much;

            protected override Disposition Route(HttpRequest request, HttpResponse response)
            {
                return Disposition.Gather;
            }

            protected override void Handle(HttpRequest request, HttpResponse response)
            {
                if (request.PathCount > 1)
                {
                    // More than the runtime gives in one piece, however much is free.
                    _much = new byte[1 << 20];
                }

                response.Write(_much == null ? "little" : "much");
            }
        }
    }
}
