using System;
using Http2Nano.Devices;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Dashboard
{
    /// <summary>The names that a guest of the device's own Wi-Fi asks for (RFC 1035).</summary>
    [TestClass]
    public class EveryNameTests
    {
        private const string Name = "connectivitycheck.gstatic.com";

        [TestMethod]
        public void Every_name_has_the_device_s_address()
        {
            string question = Dns.Name(Name) + "00010001";
            Assert.AreEqual("123485800001000100000000" + question + "C00C00010001" + "0000000A" + "0004" + "C0A80401", Answer("123401000001000000000000" + question));

            // With what EDNS adds, which is not repeated.
            Assert.AreEqual("123485800001000100000000" + question + "C00C00010001" + "0000000A" + "0004" + "C0A80401",
                Answer("123401200001000000000001" + question + "0000291000000000000000"));
        }

        [TestMethod]
        public void Of_other_types_there_is_nothing_which_is_said()
        {
            string[] kinds = { "001C0001", "00410001", "000C0001", "00010003" };
            for (int i = 0; i < kinds.Length; i++)
            {
                Assert.AreEqual("123485800001000000000000" + Dns.Name(Name) + kinds[i], Answer("123401000001000000000000" + Dns.Name(Name) + kinds[i]));
            }
        }

        [TestMethod]
        public void What_is_malformed_is_said_to_be()
        {
            string[] questions = { string.Empty, "00", "0000010001".Substring(0, 8), "C00C00010001", "4061", "3F61", Dns.Name(Name), Dns.Name(Name) + "000100" };
            for (int i = 0; i < questions.Length; i++)
            {
                Assert.AreEqual("123485810000000000000000", Answer("123401000001000000000000" + questions[i]), questions[i]);
            }

            Assert.AreEqual("123485810000000000000000", Answer("123401000002000000000000" + Dns.Name(Name) + "00010001" + "C00C00010001"), "Two questions.");
            Assert.AreEqual("1234AD840000000000000000", Answer("123429000001000000000000" + Dns.Name(Name) + "00010001"), "Another operation.");
            Assert.AreEqual(string.Empty, Answer("123481000001000000000000" + Dns.Name(Name) + "00010001"), "A response.");
            Assert.AreEqual(string.Empty, Answer("1234010000010000000000"), "No header.");
        }

        [TestMethod]
        public void A_name_has_255_octets_at_most()
        {
            byte[] message = new byte[EveryName.LongestMessage];
            message[5] = 1;
            message[12] = 63;
            message[76] = 63;
            message[140] = 63;
            message[204] = 61;
            message[268] = 1;
            message[270] = 1;
            Assert.AreEqual(271 + 16, new EveryName(Dns.Octets("C0A80401")).Answer(message, 271));
            message[2] = 0;
            message[204] = 62;
            Assert.AreEqual(12, new EveryName(Dns.Octets("C0A80401")).Answer(message, 300));
        }

        private static string Answer(string digits)
        {
            byte[] question = Dns.Octets(digits);
            byte[] message = new byte[EveryName.LongestMessage];
            Array.Copy(question, message, question.Length);
            return Dns.Hex(message, 0, new EveryName(Dns.Octets("C0A80401")).Answer(message, question.Length));
        }
    }
}
