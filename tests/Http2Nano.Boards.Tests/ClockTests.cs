using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A board has no battery: its clock is the network's.</summary>
    [TestClass]
    public class ClockTests
    {
        [TestMethod]
        public void A_time_server_that_never_answers_is_told_and_the_board_serves_without_a_date()
        {
            using BoardRun run = new BoardRun();
            run.Certificate.UsesStored = true;
            run.Board.TimeServerAnswers = false;
            run.Start();
            run.Serve();
            Assert.AreEqual(1, run.Board.TimeQuestions);
            run.Pass(600000);
            run.AssertOnce("The clock is not set: no time server answers (pool.ntp.org). Responses go without a true date until one does.");
            Assert.AreEqual("The clock is not set.", run.Notice());
            StringAssert.Contains(run.Get("/api/log"), "The clock is not set: ");

            run.Board.TimeServerAnswers = true;
            run.Pass(10000);
            run.AssertOnce("The clock is set.");
            Assert.IsNull(run.Notice());
        }

        [TestMethod]
        public void A_clock_that_is_set_is_not_spoken_of()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Pass(60000);
            Assert.IsFalse(run.Said.Contains("clock"), run.Said);
        }

        [TestMethod]
        public void All_that_is_wrong_stands_in_the_notice()
        {
            using BoardRun run = new BoardRun();
            run.Board.TimeServerAnswers = false;
            run.Start();
            run.Serve();
            Assert.AreEqual("https is off: there is no certificate, or it does not load. The clock is not set.", run.Notice());
        }
    }
}
