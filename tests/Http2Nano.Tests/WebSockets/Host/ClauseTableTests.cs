#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Reflection;
using System.Text.RegularExpressions;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.WebSockets
{
    /// <summary>Each clause of <c>tests/websocket-clauses.md</c> has a test.</summary>
    [TestClass]
    public class ClauseTableTests
    {
        private const int LeastClauses = 35;

        [TestMethod]
        public void Each_clause_names_tests_that_exist()
        {
            int clauses = 0;
            foreach (string line in File.ReadAllLines(Http1.ClauseTableTests.Find("websocket-clauses.md")))
            {
                if (!line.StartsWith("|") || line.StartsWith("|---") || line == "| Clause | What it asks | Test |")
                {
                    continue;
                }

                string[] cells = line.Split('|');
                Assert.AreEqual(5, cells.Length, line);
                foreach (string name in cells[3].Split(','))
                {
                    Match match = Regex.Match(name.Trim(), @"^`(\w+Tests)\.(\w+)`$");
                    Assert.IsTrue(match.Success, line);
                    Type type = Type.GetType("Http2Nano.Tests.WebSockets." + match.Groups[1].Value);
                    Assert.IsNotNull(type, name);
                    Assert.IsTrue(type.GetMethod(match.Groups[2].Value)?.GetCustomAttribute<TestMethodAttribute>() != null, name);
                }

                clauses++;
            }

            Assert.IsTrue(clauses >= LeastClauses, "Clauses in the table: " + clauses);
        }
    }
}
#endif
