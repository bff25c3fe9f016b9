using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Http2Nano.CostCounter;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>What requests cost in IL operations, which is what they cost in time on the device.</summary>
[TestClass]
public sealed class CostTests
{
    // Where each of them is to get.
    private const int Aim = 4000;

    // Where they are, and how much of it is routing and messages: more is a change for the worse.
    private static readonly Dictionary<string, (long All, long Routing)> s_most = new()
    {
        ["a GET routed among 20 over HTTP/1.1"] = (8100, 1510),
        ["a GET routed among 20 over HTTP/2"] = (7100, 1440),
        ["a 304 over HTTP/1.1"] = (11200, 2050),
        ["a 304 over HTTP/2"] = (11000, 1870),
        ["a JSON response of 200 bytes over HTTP/1.1"] = (9450, 2730),
        ["a JSON response of 200 bytes over HTTP/2"] = (7900, 2660),
    };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Requests_cost_no_more_than_they_did_and_allocate_nothing()
    {
        using var run = new CostRun(typeof(CostTests).Assembly.Location, "Http2Nano");
        if (!run.IsOptimised)
        {
            Assert.Inconclusive("Skipped: the library was compiled without optimisation.");
        }

        List<string> worse = [];
        foreach (ICostScenario scenario in run.Scenarios)
        {
            Cost cost = run.Count(scenario);
            string rooms = string.Join(", ", cost.Methods
                .GroupBy(method => method.Method.Split('.')[1])
                .OrderByDescending(room => room.Sum(method => method.Operations))
                .Select(room => string.Create(CultureInfo.InvariantCulture, $"{room.Key} {room.Sum(method => method.Operations):N0}")));
            string line = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: {cost.Operations:N0} operations (aim {Aim:N0}): {rooms}");
            TestContext.WriteLine(line);
            Assert.AreEqual(0, cost.Allocated, scenario.Name);
            (long all, long routing) = s_most[scenario.Name];
            long own = cost.Methods.Where(method => method.Method.Split('.')[1] is "Routing" or "Messages").Sum(method => method.Operations);
            if (cost.Operations > all || own > routing)
            {
                worse.Add(line);
            }
        }

        Assert.HasCount(s_most.Count, run.Scenarios.ToArray());
        Assert.IsEmpty(worse, string.Join('\n', worse));
    }
}
