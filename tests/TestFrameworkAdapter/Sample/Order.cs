using System;
using System.IO;
using nanoFramework.TestFramework;

namespace AdapterSample
{
    /// <summary>Setup and Cleanup run once, around all tests of the class.</summary>
    [TestClass]
    public class Order
    {
        private static int s_setups;
        private static int s_tests;

        [Setup]
        public void Setup()
        {
            s_setups++;
        }

        [TestMethod]
        public void First()
        {
            s_tests++;
            Assert.AreEqual(1, s_setups);
        }

        [TestMethod]
        [DataRow(1, "a")]
        [DataRow(2, "b")]
        [DataRow(3, "c")]
        public void Row(int number, string text)
        {
            s_tests++;
            Assert.AreEqual(1, s_setups);
            OutputHelper.WriteLine("row " + number + text);
        }

        [Cleanup]
        public void Cleanup()
        {
            string log = Environment.GetEnvironmentVariable("ADAPTER_SAMPLE_LOG");
            if (log != null)
            {
                File.AppendAllText(log, "cleanup after " + s_tests);
            }
        }
    }
}
