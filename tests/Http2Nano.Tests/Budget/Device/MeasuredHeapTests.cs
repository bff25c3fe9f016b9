using Http2Nano.Hosting;
using Http2Nano.Messages;
using nanoFramework.Runtime.Native;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Budget
{
    /// <summary>What a server takes of the runtime's heap, against the budget. A 64-bit emulator has larger blocks and is left out.</summary>
    [TestClass]
    public class MeasuredHeapTests
    {
        // Parts that exist before the server does (constants) or after it was started (sockets, thread).
        private const int Constants = 2;
        private const int Sockets = 10;
        private const int Thread = 11;

        private static HttpServer s_server;
        private static HttpServerOptions s_options;

        [TestMethod]
        public void The_tiny_server_takes_what_the_budget_says()
        {
            Measure(HttpProfiles.Tiny());
        }

        [TestMethod]
        public void The_usual_server_takes_what_the_budget_says()
        {
            Measure(HttpProfiles.Default());
        }

        private static void Measure(HttpLimits limits)
        {
            s_options = new HttpServerOptions();
            s_options.Limits = limits;
            MemoryBudget budget = new MemoryBudget(s_options);
            int listener = HeapCost.Object(FieldCounts.SocketListener);
            int computed = budget.Total - budget.BytesOf(Constants) - budget.BytesOf(Sockets) - budget.BytesOf(Thread) - listener
                - HeapCost.Object(FieldCounts.HttpServerOptions) - HeapCost.Object(FieldCounts.HttpLimits);
            NoDispatcher dispatcher = new NoDispatcher();

            // The first one loads what is loaded once.
            s_server = new HttpServer(s_options, dispatcher);
            s_server = null;
            uint before = GC.Run(true);
            s_server = new HttpServer(s_options, dispatcher);
            int measured = (int)(before - GC.Run(true));

            // The tests behind this one want the room.
            s_server = null;
            s_options = null;
            OutputHelper.WriteLine("computed " + computed.ToString() + ", measured " + measured.ToString());
            if (BlockIsTwelve())
            {
                int difference = measured > computed ? measured - computed : computed - measured;
                Assert.IsTrue(difference <= computed / 20, "computed " + computed.ToString() + ", measured " + measured.ToString());
            }
        }

        private static bool BlockIsTwelve()
        {
            uint before = GC.Run(true);
            byte[] bytes = new byte[1024];
            uint after = GC.Run(true);
            return before - after < 1044 + 12 * 4 && bytes.Length != 0;
        }

        private sealed class NoDispatcher : RequestDispatcher
        {
            protected override Disposition Route(HttpRequest request, HttpResponse response)
            {
                return Disposition.Gather;
            }

            protected override void Handle(HttpRequest request, HttpResponse response)
            {
            }
        }
    }
}
