using System;
using nanoFramework.TestFramework;

namespace AdapterSample
{
    /// <summary>One test of each outcome.</summary>
    [TestClass]
    public class Outcomes
    {
        [TestMethod]
        public void Passes()
        {
            Assert.ThrowsException(typeof(ArgumentException), () => throw new ArgumentException("x"));
        }

        [TestMethod]
        public void Fails()
        {
            Assert.AreEqual(1, 2, "one is not two");
        }

        [TestMethod]
        public void Throws()
        {
            throw new InvalidOperationException("thrown");
        }

        [TestMethod]
        public void Skips()
        {
            Assert.SkipTest("not here");
        }
    }

    /// <summary>A Setup that skips skips all.</summary>
    [TestClass]
    public class SkippedClass
    {
        [Setup]
        public void Setup()
        {
            Assert.SkipTest("no hardware");
        }

        [TestMethod]
        public void SkippedBySetup()
        {
            Assert.IsTrue(false);
        }
    }
}
