using Http2Nano.Http2;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>How streams were closed is remembered: of the latest 128 requests, and of four others.</summary>
    [TestClass]
    public class ClosedStreamsTests
    {
        [TestMethod]
        public void The_latest_requests_are_remembered_each_in_its_way()
        {
            ClosedStreams closed = new ClosedStreams();
            closed.Clear();
            int last = 0;
            for (int stream = 1; stream < 2001; stream += 2)
            {
                closed.Advance(stream);
                closed.Add(stream, 1 + (stream / 2 % 3));
                last = stream;
            }

            for (int i = 0; i < 128; i++)
            {
                int stream = last - (i * 2);
                Assert.AreEqual(1 + (stream / 2 % 3), closed.How(stream), stream.ToString());
            }

            Assert.AreEqual(ClosedStreams.Unknown, closed.How(last - 256));
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(1));
        }

        [TestMethod]
        public void What_is_skipped_is_not_taken_for_what_had_its_place_before()
        {
            ClosedStreams closed = new ClosedStreams();
            closed.Clear();
            for (int stream = 1; stream < 512; stream += 2)
            {
                closed.Advance(stream);
                closed.Add(stream, ClosedStreams.Ended);
            }

            closed.Advance(521);
            for (int stream = 513; stream < 521; stream += 2)
            {
                Assert.AreEqual(ClosedStreams.Unknown, closed.How(stream), stream.ToString());
            }

            Assert.AreEqual(ClosedStreams.Ended, closed.How(511));
            closed.Advance(int.MaxValue);
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(int.MaxValue - 2));
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(511));
        }

        [TestMethod]
        public void A_stream_that_outlasts_them_and_a_promised_one_are_remembered_beside()
        {
            ClosedStreams closed = new ClosedStreams();
            closed.Clear();
            closed.Advance(1001);
            closed.Add(1, ClosedStreams.ResetByServer);
            closed.Add(2, ClosedStreams.ResetByClient);
            closed.Add(4, ClosedStreams.Ended);
            closed.Add(4, ClosedStreams.ResetByServer);
            Assert.AreEqual(ClosedStreams.ResetByServer, closed.How(1));
            Assert.AreEqual(ClosedStreams.ResetByClient, closed.How(2));
            Assert.AreEqual(ClosedStreams.ResetByServer, closed.How(4));
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(6));
            for (int stream = 6; stream < 14; stream += 2)
            {
                closed.Add(stream, ClosedStreams.Ended);
            }

            Assert.AreEqual(ClosedStreams.Unknown, closed.How(1));
            Assert.AreEqual(ClosedStreams.Ended, closed.How(12));
        }
    }
}
