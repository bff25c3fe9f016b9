using Http2Nano.Routing;
using Http2Nano.Tests.Http1;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Routing
{
    [TestClass]
    public class MetricsTests
    {
        [TestMethod]
        public void Counters_in_the_text_format()
        {
            MetricsRoute metrics = new MetricsRoute();
            metrics.Counters.Requests = 42;
            metrics.Counters.BytesSent = 9223372036854775807;
            metrics.HeapFree = 51234;
            Router router = new Router();
            router.MapGet("/metrics", metrics.Handle);
            Http1Reply reply = new RouterPeer(router).Get("/metrics");
            Assert.AreEqual("text/plain; version=0.0.4", reply.Field("content-type"));
            string text = reply.BodyText;
            Assert.IsTrue(text.StartsWith("# HELP http2nano_requests_total Requests answered.\n# TYPE http2nano_requests_total counter\nhttp2nano_requests_total                   42\n"), text);
            Assert.IsTrue(text.IndexOf("\nhttp2nano_sent_bytes_total  9223372036854775807\n") > 0, text);
            Assert.IsTrue(text.IndexOf("\n# TYPE http2nano_heap_free_bytes gauge\n") > 0, text);
            Assert.IsTrue(text.EndsWith(" 51234\n"), text);
        }

        [TestMethod]
        public void Piece_by_piece()
        {
            MetricsRoute metrics = new MetricsRoute();
            metrics.Counters.Requests = 1234567;
            metrics.Counters.Glitches = 7654321;
            Router router = new Router();
            router.MapGet("/metrics", metrics.Handle);
            byte[] whole = new RouterPeer(router).Get("/metrics").Body;
            byte[] pieces = new byte[whole.Length];
            for (int size = 1; size < 60; size += 7)
            {
                for (int at = 0; at < whole.Length;)
                {
                    int count = whole.Length - at < size ? whole.Length - at : size;
                    at += metrics.Read(0, at, pieces, at, count);
                }

                CollectionAssert.AreEqual(whole, pieces);
            }
        }
    }
}
