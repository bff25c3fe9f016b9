using System.Globalization;
using Http2Nano.CostCounter;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Hpack.Conformance;

/// <summary>What coding costs in IL operations, which is what it costs in time on the device.</summary>
[TestClass]
public sealed class CostTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Aims_are_met_and_nothing_is_allocated()
    {
        using var run = new CostRun(typeof(CostTests).Assembly.Location, "Http2Nano");
        if (!run.IsOptimised)
        {
            Assert.Inconclusive("Skipped: the library was compiled without optimisation.");
        }

        int aims = 0;
        foreach (var scenario in run.Scenarios)
        {
            if (!scenario.IsAvailable)
            {
                continue;
            }

            var cost = run.Count(scenario);
            TestContext.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{scenario.Name}: {cost.Operations:N0} operations, {cost.PerUnit:N1} per {scenario.Unit}"));
            Assert.AreEqual(0, cost.Allocated, scenario.Name);
            if (cost.MeetsAim is bool met)
            {
                aims++;
                Assert.IsTrue(met, scenario.Name);
            }
        }

        Assert.AreEqual(6, aims);
    }
}
