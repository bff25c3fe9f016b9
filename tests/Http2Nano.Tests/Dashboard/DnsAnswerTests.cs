using System.Text;
using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The name of the device in the local network.</summary>
    [TestClass]
    public class DnsAnswerTests
    {
        private static readonly byte[] s_address = { 192, 168, 1, 7 };

        [TestMethod]
        public void The_address_of_the_name_is_told()
        {
            byte[] answer = new byte[DnsAnswer.LongestMessage];
            int length = Answer(Question("http2nano", 1, 1), answer);

            // RFC 6762 18, RFC 1035 4.1: identifier 0, a response with authority, one answer; the name, A, IN with the highest
            // bit, 120 seconds, four octets.
            string expected = "000084000000000100000000" + "0968747470326E616E6F" + "056C6F63616C00" + "0001" + "8001" + "00000078" + "0004" + "C0A80107";
            Assert.AreEqual(expected, Hex(answer, length));
        }

        [TestMethod]
        public void Case_and_the_bit_for_unicast_make_no_difference()
        {
            byte[] answer = new byte[DnsAnswer.LongestMessage];
            Assert.IsTrue(Answer(Question("HTTP2Nano", 1, 0x8001), answer) > 0);
            Assert.IsTrue(Answer(Question("http2nano", 255, 255), answer) > 0);
        }

        [TestMethod]
        public void Other_names_types_and_responses_are_not_answered()
        {
            byte[] answer = new byte[DnsAnswer.LongestMessage];
            Assert.AreEqual(0, Answer(Question("http2nan", 1, 1), answer));
            Assert.AreEqual(0, Answer(Question("http2nanoo", 1, 1), answer));
            Assert.AreEqual(0, Answer(Question("http2nano", 28, 1), answer));
            Assert.AreEqual(0, Answer(Question("http2nano", 1, 3), answer));
            byte[] response = Question("http2nano", 1, 1);
            response[2] = 0x84;
            Assert.AreEqual(0, Answer(response, answer));
        }

        [TestMethod]
        public void A_message_that_ends_anywhere_is_not_answered()
        {
            byte[] question = Question("http2nano", 1, 1);
            byte[] answer = new byte[DnsAnswer.LongestMessage];
            DnsAnswer names = new DnsAnswer("http2nano");
            for (int i = 0; i < question.Length; i++)
            {
                Assert.AreEqual(0, names.Write(question, i, s_address, answer));
            }

            // A pointer to itself, and a label that goes beyond the end.
            question[12] = 0xC0;
            question[13] = 12;
            Assert.AreEqual(0, names.Write(question, question.Length, s_address, answer));
            question[12] = 63;
            Assert.AreEqual(0, names.Write(question, question.Length, s_address, answer));
        }

        private static int Answer(byte[] question, byte[] answer)
        {
            return new DnsAnswer("http2nano").Write(question, question.Length, s_address, answer);
        }

        private static byte[] Question(string name, int type, int kind)
        {
            byte[] label = Encoding.UTF8.GetBytes(name);
            byte[] local = Encoding.UTF8.GetBytes("local");
            byte[] message = new byte[12 + label.Length + 8 + 4];
            message[5] = 1;
            message[12] = (byte)label.Length;
            System.Array.Copy(label, 0, message, 13, label.Length);
            int at = 13 + label.Length;
            message[at] = (byte)local.Length;
            System.Array.Copy(local, 0, message, at + 1, local.Length);
            at += local.Length + 2;
            message[at] = (byte)(type >> 8);
            message[at + 1] = (byte)type;
            message[at + 2] = (byte)(kind >> 8);
            message[at + 3] = (byte)kind;
            return message;
        }

        private static string Hex(byte[] bytes, int count)
        {
            string text = string.Empty;
            for (int i = 0; i < count; i++)
            {
                text += bytes[i].ToString("X2");
            }

            return text;
        }
    }
}
