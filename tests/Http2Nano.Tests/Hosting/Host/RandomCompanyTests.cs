using System;
using System.Collections.Generic;
using nanoFramework.TestFramework;

namespace Http2Nano.Tests.Hosting.Host
{
    /// <summary>Random company at one place: nobody hears anything else than what was for him, and nobody is forgotten.</summary>
    [TestClass]
    public class RandomCompanyTests
    {
        private const int Runs = 400;

        [TestMethod]
        public void Whoever_comes_is_served_and_whoever_listens_hears_it_all()
        {
            string first = Environment.GetEnvironmentVariable("HTTP2NANO_SEED");
            int begin = first == null ? 1 : int.Parse(first);
            int runs = first == null ? Runs : int.Parse(Environment.GetEnvironmentVariable("HTTP2NANO_RUNS") ?? "1");
            for (int seed = begin; seed < begin + runs; seed++)
            {
                IReadOnlyList<string> faults = new RandomCompany(seed).Run();
                Assert.IsTrue(faults.Count == 0, "HTTP2NANO_SEED=" + seed + ": " + string.Join("; ", faults));
            }
        }
    }
}
