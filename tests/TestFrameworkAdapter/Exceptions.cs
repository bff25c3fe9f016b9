using System;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace TestFrameworkShared
{
    /// <summary>What a failed assertion throws. MSTest sees one of its own.</summary>
    public class AssertFailedException : MSTest.AssertFailedException
    {
        /// <summary>An assertion that failed without a word.</summary>
        public AssertFailedException()
            : base(string.Empty)
        {
        }

        /// <summary>An assertion that failed.</summary>
        public AssertFailedException(string msg)
            : base(msg)
        {
        }

        /// <summary>An assertion that failed because of something.</summary>
        public AssertFailedException(string msg, Exception ex)
            : base(msg, ex)
        {
        }
    }
}

namespace nanoFramework.TestFramework
{
    /// <summary>What <see cref="Assert.SkipTest"/> throws. MSTest reports the test as skipped.</summary>
    public class SkipTestException(string? message = null, Exception? innerException = null)
        : MSTest.AssertInconclusiveException(message ?? "Skipped.", innerException!)
    {
    }
}
