using nanoFramework.TestFramework;

namespace Samples
{
    [TestClass]
    public class Refused
    {
        private int _setups; // NANO019

        [Setup]
        public void Setup()
        {
            _setups++;
        }
    }

    [TestClass]
    public class Accepted
    {
        private const int Limit = 3;
        private static int s_setups;

        [Setup]
        public void Setup()
        {
            s_setups++;
        }

        [TestMethod]
        public void Test()
        {
            Helper helper = new Helper();
            Assert.IsTrue(helper.Value + s_setups < Limit);
        }
    }

    internal class Helper
    {
        internal int Value = 1;
    }
}
