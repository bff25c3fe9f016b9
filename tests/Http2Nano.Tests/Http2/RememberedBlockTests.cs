using Http2Nano.Framing;
using Http2Nano.Messages;
using Http2Nano.Tests.Peer;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http2
{
    /// <summary>
    /// Field blocks that come again mean what they mean when they are read (RFC 7541 2.3.2). What cannot be told from the answers,
    /// that they are not read again, is counted.
    /// </summary>
    [TestClass]
    public class RememberedBlockTests
    {
        private static FieldEcho s_echo;
        private static Http2Peer s_peer;
        private static int s_stream;

        [TestMethod]
        public void An_equal_block_is_answered_alike()
        {
            Open();
            for (int i = 0; i < 4; i++)
            {
                Ask(Block("/a").Add("x-own", "1"), "GET /a device|x-own=1");
            }

            Assert.AreEqual(3, s_echo.Remembered, "remembered");
        }

        [TestMethod]
        public void A_block_that_differs_in_its_last_octet_is_another_one()
        {
            Open();
            Ask(Block("/a").Add("x-own", "1"), "GET /a device|x-own=1");
            Ask(Block("/a").Add("x-own", "2"), "GET /a device|x-own=2");
            Ask(Block("/b").Add("x-own", "1"), "GET /b device|x-own=1");
            Assert.AreEqual(0, s_echo.Remembered, "remembered");
        }

        // RFC 7541 2.3.2, 6.2.1: the same octets refer to the newest field of the table.
        [TestMethod]
        public void An_insertion_between_two_equal_blocks_gives_the_second_another_meaning()
        {
            Open();
            Ask(Block("/").Raw(0x40, 1, (byte)'x', 1, (byte)'1'), "GET / device|x=1");
            Ask(Block("/").Raw(0xBE), "GET / device|x=1");
            Ask(Block("/").Raw(0xBE), "GET / device|x=1");
            Assert.AreEqual(1, s_echo.Remembered, "remembered");
            Ask(Block("/").Raw(0x40, 1, (byte)'y', 1, (byte)'2'), "GET / device|y=2");
            Ask(Block("/").Raw(0xBE), "GET / device|y=2");
            Assert.AreEqual(1, s_echo.Remembered, "remembered");
        }

        // RFC 7541 6.3
        [TestMethod]
        public void A_smaller_table_between_two_equal_blocks_makes_the_second_an_error()
        {
            Open();
            Ask(Block("/").Raw(0x40, 1, (byte)'x', 1, (byte)'1'), "GET / device|x=1");
            Ask(Block("/").Raw(0xBE), "GET / device|x=1");
            Ask(new FieldBlock().Raw(0x20).Raw(Block("/").ToArray()), "GET / device");
            s_stream += 2;
            s_peer.Headers(s_stream, Block("/").Raw(0xBE), true);
            Assert.AreEqual(ErrorCode.CompressionError, s_peer.Next(FrameType.GoAway).Int32(4), "error code");
        }

        [TestMethod]
        public void While_the_request_is_being_served_an_equal_one_is_read_into_another_exchange()
        {
            Open();
            s_peer.Headers(1, Block("/wait"), true);
            HttpResponse first = s_echo.Waiting;
            s_peer.Headers(3, Block("/wait"), true);
            Assert.IsTrue(first != s_echo.Waiting, "Both have the same exchange.");
            Assert.AreEqual(0, s_echo.Remembered, "remembered");
            first.Write("1");
            first.Complete();
            s_echo.Waiting.Write("3");
            s_echo.Waiting.Complete();
            s_peer.Elapse(10);
            s_peer.ExpectResponse(1, 200, "1").ExpectResponse(3, 200, "3").HoldsNothing();
        }

        [TestMethod]
        public void Nothing_is_known_of_the_connection_before()
        {
            Open();
            Ask(Block("/a"), "GET /a device");
            s_peer.Reconnect().Greet();
            s_stream = -1;
            Ask(Block("/a"), "GET /a device");
            Assert.AreEqual(0, s_echo.Remembered, "remembered");
        }

        // Two exchanges: a page with its files and what it polls, once more and again.
        [TestMethod]
        public void Of_more_requests_than_there_are_exchanges_one_is_remembered()
        {
            Open();
            for (int i = 0; i < 16; i++)
            {
                Ask(Block("/a"), "GET /a device");
                Ask(Block("/b"), "GET /b device");
                Ask(Block("/c"), "GET /c device");
                Ask(Block("/d"), "GET /d device");
            }

            Assert.IsTrue(s_echo.Remembered >= 12, s_echo.Remembered.ToString());
        }

        [TestMethod]
        public void What_does_not_come_again_is_forgotten()
        {
            Open();
            Ask(Block("/once"), "GET /once device");
            for (int i = 0; i < 16; i++)
            {
                Ask(Block("/a"), "GET /a device");
                Ask(Block("/b"), "GET /b device");
            }

            Assert.IsTrue(s_echo.Remembered >= 16, s_echo.Remembered.ToString());
        }

        [TestMethod]
        public void A_response_that_fills_the_exchange_harms_nothing()
        {
            Open();
            for (int i = 0; i < 4; i++)
            {
                s_stream += 2;
                string text = s_peer.Headers(s_stream, Block("/fill").Add("x-own", "1"), true).ExpectResponse(s_stream, 200).Text;
                Assert.AreEqual("GET /fill device|x-own=1", text.Substring(0, 24));
                Ask(Block("/a").Add("x-own", "1"), "GET /a device|x-own=1");
            }
        }

        // RFC 9113 5.1.1
        [TestMethod]
        public void An_equal_block_on_an_old_stream_is_an_error()
        {
            Open();
            Ask(Block("/a"), "GET /a device");
            Ask(Block("/a"), "GET /a device");
            s_peer.Headers(1, Block("/a"), true);
            Assert.AreEqual(ErrorCode.StreamClosed, s_peer.Next(FrameType.GoAway).Int32(4), "error code");
        }

        // The platform's launcher keeps static fields, and a small heap has room for one server.
        [Cleanup]
        public void Forget()
        {
            s_echo = null;
            s_peer = null;
        }

        private static FieldBlock Block(string path)
        {
            return new FieldBlock().Raw(0x82, 0x86).Add(":path", path).Add(":authority", "device");
        }

        private static void Open()
        {
            HttpLimits limits = SmallLimits.Make();
            limits.Exchanges = 2;
            limits.MaximumStreams = 4;
            limits.DecoderTableSize = 4096;
            s_peer = null;
            s_echo = new FieldEcho();
            s_peer = new Http2Peer(limits, s_echo).Greet();
            s_stream = -1;
        }

        private static void Ask(FieldBlock block, string expected)
        {
            s_stream += 2;
            s_peer.Headers(s_stream, block, true).ExpectResponse(s_stream, 200, expected);
        }
    }
}
