using Http2Nano.Http2;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>How streams were closed is remembered: of the latest 113 to 128 requests, and of four others.</summary>
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
                closed.Add(stream, stream / 2 % 4);
                last = stream;
                for (int i = 0; i < 113 && i <= stream / 2; i += 7)
                {
                    int earlier = last - (i * 2);
                    Assert.AreEqual(earlier / 2 % 4, closed.How(earlier), earlier.ToString());
                }
            }

            Assert.AreEqual(ClosedStreams.Unknown, closed.How(last - 226));
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(1));
        }

        [TestMethod]
        public void Of_what_no_end_is_added_it_is_the_regular_one()
        {
            ClosedStreams closed = new ClosedStreams();
            closed.Clear();
            for (int stream = 1; stream < 1001; stream += 2)
            {
                closed.Advance(stream);
                if (stream % 5 == 0)
                {
                    closed.Add(stream, ClosedStreams.ResetByServer);
                }

                Assert.IsFalse(closed.IsOld(stream));
            }

            for (int stream = 999; stream > 999 - 226; stream -= 2)
            {
                Assert.AreEqual(stream % 5 == 0 ? ClosedStreams.ResetByServer : ClosedStreams.Ended, closed.How(stream), stream.ToString());
                Assert.IsFalse(closed.IsOld(stream));
            }

            Assert.IsTrue(closed.IsOld(999 - 226));
        }

        [TestMethod]
        public void Requests_that_were_skipped_at_the_beginning_are_unknown()
        {
            ClosedStreams closed = new ClosedStreams();
            closed.Clear();
            closed.Advance(5);
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(1));
            Assert.AreEqual(ClosedStreams.Unknown, closed.How(3));
            Assert.AreEqual(ClosedStreams.Ended, closed.How(5));
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
