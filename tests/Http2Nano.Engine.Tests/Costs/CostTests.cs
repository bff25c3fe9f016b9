using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Http2Nano.CostCounter;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>What requests cost in IL operations, which is what they cost in time on the device.</summary>
[TestClass]
public sealed class CostTests
{
    // What the revision cost that the aims refer to, as the cost counter saved it.
    private const string Reference = "costs-985d77e.tsv";

    // Operations of a request. More is a change for the worse; what has become cheaper moves its line down.
    private static readonly Dictionary<string, int> s_most = new()
    {
        ["Chromium: first page over HTTP/1.1"] = 19340,
        ["Chromium: first page over HTTP/2"] = 35790,
        ["Chromium: page again over HTTP/1.1"] = 3730,
        ["Chromium: page again over HTTP/2"] = 3560,
        ["Chromium: first asset over HTTP/1.1"] = 18290,
        ["Chromium: first asset over HTTP/2"] = 21630,
        ["Chromium: asset again over HTTP/1.1"] = 4010,
        ["Chromium: asset again over HTTP/2"] = 4240,
        ["Chromium: first asset, 304 over HTTP/1.1"] = 17480,
        ["Chromium: first asset, 304 over HTTP/2"] = 12210,
        ["Chromium: asset, 304 again over HTTP/1.1"] = 2450,
        ["Chromium: asset, 304 again over HTTP/2"] = 1940,
        ["Chromium: first status poll over HTTP/1.1"] = 16700,
        ["Chromium: first status poll over HTTP/2"] = 13580,
        ["Chromium: status poll again over HTTP/1.1"] = 2620,
        ["Chromium: status poll again over HTTP/2"] = 2110,
        ["Chromium: reload over HTTP/1.1"] = 15010,
        ["Chromium: reload over HTTP/2"] = 10280,
        ["a JSON response of 200 bytes over HTTP/1.1"] = 3520,
        ["a JSON response of 200 bytes over HTTP/2"] = 3680,
        ["a body of 16 KB over HTTP/1.1"] = 4370,
        ["a body of 16 KB over HTTP/2"] = 8180,
        ["a GET routed among 20 over HTTP/1.1"] = 1940,
        ["a GET routed among 20 over HTTP/2"] = 2120,
        ["a 304 over HTTP/1.1"] = 1780,
        ["a 304 over HTTP/2"] = 1910,
        ["4,000 octets of foreign cookies beside one that is wanted over HTTP/1.1"] = 38150,
        ["4,000 octets of foreign cookies beside one that is wanted over HTTP/2"] = 198250,
        ["ten fields of a query, each by its name"] = 7980,
        ["the first of ten fields of a query"] = 440,
        ["the tenth of ten fields of a query"] = 440,
        ["4,000 octets of foreign cookies over HTTP/1.1"] = 20450,
        ["4,000 octets of foreign cookies over HTTP/2"] = 81050,
        ["a WebSocket message received over HTTP/1.1"] = 1500,
        ["a WebSocket message received over HTTP/2"] = 2800,
        ["a WebSocket message sent over HTTP/1.1"] = 470,
        ["a WebSocket message sent over HTTP/2"] = 1380,
    };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Requests_cost_no_more_than_they_did_and_allocate_nothing()
    {
        string scenarios = typeof(CostTests).Assembly.Location;
        using var run = new CostRun(scenarios, "Http2Nano");
        if (!run.IsOptimised)
        {
            Assert.Inconclusive("Skipped: the library was compiled without optimisation.");
        }

        CostBaseline reference = CostBaseline.Read(Path.Combine(AppContext.BaseDirectory, "Costs", Reference), scenarios, [], _ => true);
        List<string> worse = [];
        foreach (ICostScenario scenario in run.Scenarios)
        {
            Cost cost = run.Count(scenario);
            string rooms = string.Join(", ", cost.Rooms.Select(room => string.Create(CultureInfo.InvariantCulture, $"{room.Room} {room.Operations / scenario.Units:N0}")));
            double ratio = cost.PerUnit / reference.PerUnit(scenario.Name) ?? double.NaN;
            string line = string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}: {cost.PerUnit:N0} operations, {ratio:0.00} of what it was: {rooms}");
            TestContext.WriteLine(line);
            Assert.AreEqual(0, cost.Allocated, scenario.Name);
            if (cost.PerUnit > s_most[scenario.Name])
            {
                worse.Add(line);
            }
        }

        Assert.HasCount(s_most.Count, run.Scenarios.ToArray());
        Assert.IsEmpty(worse, string.Join('\n', worse));
    }
}
