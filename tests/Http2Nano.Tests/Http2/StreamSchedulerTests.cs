using Http2Nano.Http2;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>RFC 9218 10: the choice of the next stream, by itself.</summary>
    [TestClass]
    public class StreamSchedulerTests
    {
        private const int Window = 1000000;

        [TestMethod]
        public void Nothing_is_chosen_where_nothing_can_be_sent()
        {
            StreamTable streams = new StreamTable(4, new ServerCounters());
            StreamScheduler scheduler = new StreamScheduler(streams, 2048);
            Assert.AreEqual(StreamTable.None, scheduler.Next(Window));
            int slot = Add(streams, 1, 3);
            Assert.AreEqual(slot, scheduler.Next(Window));
            Assert.AreEqual(StreamTable.None, scheduler.Next(0));
            Assert.AreEqual(StreamTable.None, scheduler.Next(-5));
            streams.Windows.Streams[slot << 1] = 0;
            Assert.AreEqual(StreamTable.None, scheduler.Next(Window));
            streams.Windows.Streams[slot << 1] = -7;
            Assert.AreEqual(StreamTable.None, scheduler.Next(Window));
            streams.Windows.Streams[slot << 1] = 1;
            streams.RunDry(slot);
            Assert.AreEqual(StreamTable.None, scheduler.Next(Window));
            streams.Refill(0);
            Assert.AreEqual(slot, scheduler.Next(1));
        }

        // Every pair of urgencies and kinds.
        [TestMethod]
        public void Urgency_goes_first_then_what_is_not_incremental()
        {
            for (int first = 0; first < 16; first++)
            {
                for (int second = 0; second < 16; second++)
                {
                    StreamTable streams = new StreamTable(2, new ServerCounters());
                    StreamScheduler scheduler = new StreamScheduler(streams, 2048);
                    int a = Add(streams, 1, first);
                    int b = Add(streams, 3, second);
                    int[] served = Serve(streams, scheduler, 31, 500);
                    int rank = ((first & 7) * 2) + (first >> 3);
                    int other = ((second & 7) * 2) + (second >> 3);
                    if (rank != other)
                    {
                        Assert.AreEqual(0, served[rank < other ? b : a], first.ToString() + " and " + second.ToString());
                    }
                    else if ((first & 8) == 0)
                    {
                        Assert.AreEqual(0, served[b], "in the order of their ids");
                    }
                }
            }
        }

        [TestMethod]
        public void Equals_share_within_a_tenth_whatever_the_length_of_frames()
        {
            int[] buffers = { 512, 2048, 16384, 65536 };
            for (int i = 0; i < buffers.Length; i++)
            {
                StreamTable streams = new StreamTable(8, new ServerCounters());
                StreamScheduler scheduler = new StreamScheduler(streams, buffers[i]);
                for (int stream = 1; stream < 17; stream += 2)
                {
                    Add(streams, stream, 8 | 3);
                }

                // Every stream's frames have a length of their own.
                int[] served = new int[8];
                for (int choice = 0; choice < 20000; choice++)
                {
                    int slot = scheduler.Next(Window);
                    int length = buffers[i] / (4 - (slot & 3));
                    length = length > 16384 ? 16384 : length;
                    served[slot] += length;
                    scheduler.Sent(slot, length);
                }

                int least = int.MaxValue;
                int most = 0;
                for (int slot = 0; slot < 8; slot++)
                {
                    least = served[slot] < least ? served[slot] : least;
                    most = served[slot] > most ? served[slot] : most;
                }

                Assert.IsTrue(least > most - (most / 10), buffers[i].ToString() + ": " + least.ToString() + " to " + most.ToString());
            }
        }

        [TestMethod]
        public void Streams_of_any_urgency_get_a_small_share()
        {
            StreamTable streams = new StreamTable(8, new ServerCounters());
            StreamScheduler scheduler = new StreamScheduler(streams, 2048);
            for (int i = 0; i < 8; i++)
            {
                Add(streams, (i * 2) + 1, i);
            }

            int[] served = Serve(streams, scheduler, 8 * 32 * 10, 500);
            for (int slot = 1; slot < 8; slot++)
            {
                Assert.AreEqual(10, served[slot]);
            }
        }

        [TestMethod]
        public void What_was_promised_goes_behind_what_was_asked_for()
        {
            StreamTable streams = new StreamTable(4, new ServerCounters());
            StreamScheduler scheduler = new StreamScheduler(streams, 2048);
            int promised = Add(streams, 2, 3);
            int asked = Add(streams, 7, 3);
            int[] served = Serve(streams, scheduler, 31, 500);
            Assert.AreEqual(0, served[promised]);
            Assert.AreEqual(31, served[asked]);
        }

        private static int Add(StreamTable streams, int stream, int priority)
        {
            int slot = streams.Open(stream, 0, 1000000, 0);
            streams.SetPriority(slot, priority);
            streams.Remaining[slot] = 1000000;
            streams.BeginSending(slot);
            return slot;
        }

        private static int[] Serve(StreamTable streams, StreamScheduler scheduler, int choices, int length)
        {
            int[] served = new int[streams.Id.Length];
            for (int i = 0; i < choices; i++)
            {
                int slot = scheduler.Next(Window);
                served[slot]++;
                scheduler.Sent(slot, length);
            }

            return served;
        }
    }
}
