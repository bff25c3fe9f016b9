using Http2Nano.Http2;
using Http2Nano.Messages;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>The budget that all floods spend from.</summary>
    [TestClass]
    public class GlitchBudgetTests
    {
        // Ten glitches, five of which come back in a second.
        private const int Capacity = 10;
        private const int Second = 1000;

        private static ServerCounters s_counters;

        [TestMethod]
        public void What_there_is_can_be_spent_and_no_more()
        {
            GlitchBudget budget = Full();
            Assert.IsTrue(budget.Spend(Capacity, 0));
            Assert.AreEqual(1, s_counters.Glitches);
            Assert.IsFalse(budget.Spend(1, 0));
            Assert.AreEqual(2, s_counters.Glitches);
            budget.Begin(0);
            Assert.IsFalse(budget.Spend(Capacity + 1, 0));
        }

        [TestMethod]
        public void It_comes_back_with_time()
        {
            GlitchBudget budget = Full();
            budget.Spend(Capacity, 0);
            Assert.IsTrue(budget.Spend(5, Second));
            Assert.IsFalse(budget.Spend(1, Second));
            budget = Full();
            budget.Spend(Capacity, 0);
            Assert.IsTrue(budget.Spend(1, Second / 5));
            Assert.IsFalse(budget.Spend(1, Second / 5));
        }

        [TestMethod]
        public void It_never_holds_more_than_its_capacity()
        {
            int[] pauses = { 2 * Second, 3 * Second, 60 * Second - 1, 60 * Second, 3600 * Second };
            for (int i = 0; i < pauses.Length; i++)
            {
                GlitchBudget budget = Full();
                budget.Spend(Capacity, 0);
                Assert.IsTrue(budget.Spend(Capacity, pauses[i]));
                Assert.IsFalse(budget.Spend(1, pauses[i]));
            }

            GlitchBudget half = Full();
            half.Spend(2, 0);
            Assert.IsTrue(half.Spend(9, Second));
            Assert.IsTrue(half.Spend(1, Second));
            Assert.IsFalse(half.Spend(1, Second));
        }

        // What answers the server's own frames is no glitch.
        [TestMethod]
        public void Each_frame_of_data_pays_for_two_frames_of_courtesy_and_each_end_of_a_stream_for_four()
        {
            GlitchBudget budget = Full();
            budget.Spend(Capacity, 0);
            budget.Courtesy += GlitchBudget.CourtesyOfData;
            budget.Courtesy += GlitchBudget.CourtesyOfEnd;
            for (int i = 0; i < 6; i++)
            {
                Assert.IsTrue(budget.SpendCourtesy(0));
            }

            Assert.AreEqual(1, s_counters.Glitches);
            Assert.IsFalse(budget.SpendCourtesy(0));
        }

        [TestMethod]
        public void Courtesy_pays_for_nothing_else_and_is_not_saved_up_for_a_flood()
        {
            GlitchBudget budget = Full();
            budget.Spend(Capacity, 0);
            for (int i = 0; i < 10000; i++)
            {
                budget.Courtesy += GlitchBudget.CourtesyOfData;
                budget.Courtesy += GlitchBudget.CourtesyOfEnd;
            }

            Assert.IsFalse(budget.Spend(1, 0));
            int most = 0;
            while (most < 10000 && budget.SpendCourtesy(0))
            {
                most++;
            }

            Assert.IsTrue(most == 4096, most.ToString());
            budget.Courtesy += GlitchBudget.CourtesyOfData;
            budget.Begin(0);
            budget.Spend(Capacity, 0);
            Assert.IsFalse(budget.SpendCourtesy(0), "of the connection before");
        }

        private static GlitchBudget Full()
        {
            HttpLimits limits = new HttpLimits();
            limits.GlitchBudget = Capacity;
            limits.GlitchRefill = 5;
            s_counters = new ServerCounters();
            GlitchBudget budget = new GlitchBudget(limits, s_counters);
            budget.Begin(0);
            return budget;
        }
    }
}
