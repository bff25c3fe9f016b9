using Http2Nano.Messages;
using Http2Nano.WebSockets;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>What src/README.md says that WebSockets take of the heap.</summary>
    [TestClass]
    public class HeapTests
    {
        private static object s_kept;

        [TestMethod]
        public void Each_takes_what_the_table_says()
        {
            Clock clock = new Clock();
            for (int i = 0; i < 2; i++)
            {
                uint before = HeapUse.Free();
                s_kept = new Endpoint(1, 256, clock);
                HeapUse.Takes(i, "QueuedWebSocketEndpoint, 1 socket", before, 2140);
                s_kept = null;
                before = HeapUse.Free();
                s_kept = new Endpoint(2, 256, clock);
                HeapUse.Takes(i, "QueuedWebSocketEndpoint, 2 sockets", before, 3230);
                s_kept = null;
            }
        }

        private class Endpoint : QueuedWebSocketEndpoint
        {
            internal Endpoint(int sockets, int queueSize, Clock clock)
                : base(sockets, queueSize, clock)
            {
            }

            public override void Receive(WebSocket socket, WebSocketPiece piece, byte[] buffer, int offset, int count)
            {
            }
        }
    }
}
