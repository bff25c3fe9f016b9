#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Reflection;
using System.Text.RegularExpressions;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Access
{
    /// <summary>What <c>tests/forwarded-clauses.md</c> names is there.</summary>
    [TestClass]
    public class ClauseTableTests
    {
        private const int LeastNames = 20;

        [TestMethod]
        public void Every_test_that_the_table_names_exists()
        {
            int count = 0;
            foreach (Match match in Regex.Matches(File.ReadAllText(Http1.ClauseTableTests.Find("forwarded-clauses.md")), @"`(\w+Tests)\.(\w+)`"))
            {
                Type type = Type.GetType("Http2Nano.Tests.Access." + match.Groups[1].Value) ?? Type.GetType("Http2Nano.Tests.Routing." + match.Groups[1].Value);
                Assert.IsNotNull(type, match.Value);
                Assert.IsTrue(type.GetMethod(match.Groups[2].Value)?.GetCustomAttribute<TestMethodAttribute>() != null, match.Value);
                count++;
            }

            Assert.IsTrue(count >= LeastNames, "Names in the table: " + count);
        }
    }
}
#endif
