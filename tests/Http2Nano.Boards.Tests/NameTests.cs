using System;
using System.Text;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MulticastDns = Http2Nano.Devices.MulticastDns;

namespace Http2Nano.Boards.Tests
{
    /// <summary>The board's name in the network, as datagrams see it.</summary>
    [TestClass]
    public class NameTests
    {
        private const string Group = "224.0.0.251:5353";
        private const string Neighbour = "192.0.2.50:5353";

        [TestMethod]
        public void A_name_that_cannot_be_had_isIttold_and_the_address_serves()
        {
            using BoardRun run = new BoardRun();
            run.Profile.NetworkName = new MulticastDns("http2nano");
            run.Board.GivenAddress = "192.0.2.7";
            run.Board.TakenPort = 5353;
            run.Start();
            run.Hear("Open http://192.0.2.7:");
            run.Pass(60000);
            run.AssertOnce("The device has no name in the network, only its address: ");
            Assert.IsFalse(run.Said.Contains("is called"), run.Said);
            Assert.AreEqual("Test board", run.Status().GetProperty("device").GetString());
            StringAssert.Contains(run.Get("/api/log"), "The device has no name in the network");
        }

        [TestMethod]
        public void A_name_too_long_isItrefused_with_its_length()
        {
            ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => new MulticastDns(new string('n', 64)));
            StringAssert.Contains(exception.Message, "1 to 63 characters");
        }

        [TestMethod]
        public void The_name_isItanswered_with_the_address_and_with_the_next_one_after_a_change()
        {
            using BoardRun run = Named();
            Soon(run, "The device is called http2nano.local, too.");
            AssertName(run, "C0000207");
            CollectionAssert.AreEqual(new byte[] { 224, 0, 0, 251, 192, 0, 2, 7 }, run.Board.Sockets[5353].Membership);

            run.Board.Address = "192.0.2.9";
            run.Hear("Open http://192.0.2.9:");
            Assert.IsTrue(Take(run, message => message.Contains("C0000207") && message.Contains("00000000" + "0004")), "The old address was not ended.");
            Soon(run, "The device is called http2nano.local, too.", 2);
            AssertName(run, "C0000209");
        }

        [TestMethod]
        public void A_second_board_of_the_name_takes_another_and_says_so()
        {
            using BoardRun run = Named();

            // RFC 6762 9: somebody else answers for it.
            Assert.IsTrue(Take(run, message => message.StartsWith("000000000002000000020000")), "The name was not asked for.");
            run.Board.Sockets[5353].Arrive(Convert.FromHexString("000084000000000100000000" + "0968747470326E616E6F056C6F63616C00" + "00018001" + "00000078" + "0004" + "C0000232"), Neighbour);
            Soon(run, "The device is called http2nano-2.local, too: another device has the name http2nano.local.");
            Assert.IsTrue(Take(run, message => message.Contains(Convert.ToHexString(Encoding.ASCII.GetBytes("Test board (2)")))));
        }

        [TestMethod]
        public void A_board_without_a_name_opens_no_socket_for_it()
        {
            using BoardRun run = new BoardRun();
            run.Start();
            run.Serve();
            Assert.IsFalse(run.Board.Sockets.ContainsKey(5353));
        }

        private static BoardRun Named()
        {
            BoardRun run = new BoardRun();
            run.Profile.NetworkName = new MulticastDns("http2nano");
            run.Board.GivenAddress = "192.0.2.7";
            run.Start();
            run.Hear("Open http://192.0.2.7:");
            return run;
        }

        // The thread of the name says so.
        private static void Soon(BoardRun run, string text, int times = 1)
        {
            Assert.IsTrue(SpinWait.SpinUntil(() => run.Times(text) >= times, TimeSpan.FromSeconds(60)), run.Said);
        }

        // RFC 6762 6.7: a question for the name's address by one who knows DNS only; identifier, question and address come back to it.
        private static void AssertName(BoardRun run, string address)
        {
            string question = "0968747470326E616E6F056C6F63616C00" + "00010001";
            while (run.Board.Sent.TryTake(out _))
            {
            }

            run.Board.Sockets[5353].Arrive(Convert.FromHexString("432100000001000000000000" + question), "192.0.2.50:40001");
            string answer = null;
            Assert.IsTrue(Take(run, message => (answer = message).StartsWith("43218400000100010000"), "192.0.2.50:40001"), "Nothing was answered.");
            StringAssert.Contains(answer, question);
            StringAssert.Contains(answer, "0000000A" + "0004" + address);
        }

        private static bool Take(BoardRun run, Func<string, bool> isIt, string receiver = Group)
        {
            while (run.Board.Sent.TryTake(out (string Receiver, byte[] Datagram) sent, TimeSpan.FromSeconds(60)))
            {
                if (sent.Receiver == receiver && isIt(Convert.ToHexString(sent.Datagram)))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
