using nanoFramework.TestFramework;

namespace Samples
{
    [TestClass]
    public class Rows
    {
        [DataRow(1)]
        public void Refused(int n) // NANO020
        {
            Assert.AreEqual(1, n);
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void Accepted(int n)
        {
            Assert.IsTrue(n > 0);
        }
    }
}
