using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Boards.Tests
{
    /// <summary>A heap that is too small or full ends nothing.</summary>
    [TestClass]
    public class HeapTests
    {
        private const string Full = "The heap is full. The device goes on; choose a smaller profile in Program.cs.";

        [TestMethod]
        public void A_heap_too_small_for_the_profile_is_told_with_the_option_that_helps_and_tried_again()
        {
            using BoardRun run = new BoardRun();
            run.Board.Heap = 9000;
            run.Start();
            run.Pass(600000);
            run.AssertOnce(" bytes of heap and 9000 are free. The largest part that can be made smaller is the ");
            run.AssertOnce(": lower ");
            run.AssertOnce("https is off: there is no certificate");
            run.AssertOnce("The user is \"admin\"");
            Assert.IsFalse(run.Listens());
            run.Board.Heap = 100000;
            run.Serve();
            StringAssert.Contains(run.Get("/api/status"), "\"heapFree\":100000");
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void A_heap_too_small_and_a_clock_that_is_not_set_are_told_once_each()
        {
            using BoardRun run = new BoardRun();
            run.Board.Heap = 9000;
            run.Board.TimeServerAnswers = false;
            run.Start();
            run.Until(() => run.Board.TimeQuestions == 6, "to ask for the time six times");
            run.AssertOnce("The clock is not set");
            run.AssertOnce("The server needs ");
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void A_heap_that_is_full_at_the_start_is_told_and_tried_again()
        {
            using BoardRun run = new BoardRun();
            run.Board.Refusal = System.Device.Wifi.WifiConnectionStatus.Timeout;
            run.Start();
            run.Until(() => run.Board.Joins == 1, "to try to join");
            run.Board.Refusal = null;
            run.Board.HeapFailure = new OutOfMemoryException();
            run.Pass(60000);
            run.AssertOnce(Full);
            run.Board.HeapFailure = null;
            run.Serve();
            StringAssert.Contains(run.Get("/api/log"), Full);
        }

        [TestMethod]
        public void A_heap_that_is_full_meanwhile_is_told_and_the_board_goes_on_serving()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Board.NetworkFailure = new OutOfMemoryException();
            run.Pass(60000);
            run.AssertOnce(Full);
            run.Board.NetworkFailure = null;
            StringAssert.Contains(run.Get("/api/log"), Full);
            run.Pass(60000);
            run.AssertOnce("Open http://");
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void A_heap_too_full_to_say_so_ends_nothing()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Board.NetworkFailure = new OutOfMemoryException();
            run.Board.ConsoleFailure = new OutOfMemoryException();
            run.Pass(600000);
            Assert.IsFalse(run.Board.IsGone);
            run.Board.ConsoleFailure = null;
            run.Hear(Full);
            run.Board.NetworkFailure = null;
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
            Assert.AreEqual(0, run.Board.Restarts);
        }

        [TestMethod]
        public void A_failure_that_nobody_expects_is_told_once_with_its_message_and_survived()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            run.Board.NetworkFailure = new InvalidOperationException("the driver is confused");
            run.Pass(600000);
            run.AssertOnce("Something failed, and is tried again: System.InvalidOperationException the driver is confused");
            run.Board.NetworkFailure = null;
            run.Pass(600000);
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
            Assert.AreEqual(0, run.Board.Restarts);
        }
    }
}
