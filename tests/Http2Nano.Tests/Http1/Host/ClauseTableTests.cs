#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Reflection;
using System.Text.RegularExpressions;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Http1
{
    /// <summary>What <c>tests/http1-clauses.md</c> names is there.</summary>
    [TestClass]
    public class ClauseTableTests
    {
        private const int LeastNames = 100;

        [TestMethod]
        public void Every_test_that_the_table_names_exists()
        {
            string table = File.ReadAllText(Find("http1-clauses.md"));
            int count = 0;
            foreach (Match match in Regex.Matches(table.Substring(table.IndexOf("## 2 Message")), @"`(\w+Tests)(?:\.(\w+))?`"))
            {
                Type type = Type.GetType("Http2Nano.Tests.Http1." + match.Groups[1].Value)
                    ?? Type.GetType("Http2Nano.Tests.Hosting." + match.Groups[1].Value)
                    ?? Type.GetType("Http2Nano.Tests.Http2." + match.Groups[1].Value);
                Assert.IsNotNull(type, match.Value);
                MethodInfo method = match.Groups[2].Success ? type.GetMethod(match.Groups[2].Value) : null;
                Assert.IsTrue(!match.Groups[2].Success || method?.GetCustomAttribute<TestMethodAttribute>() != null, match.Value);
                count++;
            }

            Assert.IsTrue(count >= LeastNames, "Names in the table: " + count);
        }

        internal static string Find(string name)
        {
            for (DirectoryInfo folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            {
                string path = Path.Combine(folder.FullName, "tests", name);
                if (File.Exists(path))
                {
                    return path;
                }
            }

            throw new FileNotFoundException(name);
        }
    }
}
#endif
