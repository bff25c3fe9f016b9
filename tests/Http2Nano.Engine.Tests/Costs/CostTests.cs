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
        ["Chromium: first page over HTTP/1.1"] = 19290,
        ["Chromium: first page over HTTP/2"] = 35560,
        ["Chromium: page again over HTTP/1.1"] = 3660,
        ["Chromium: page again over HTTP/2"] = 3340,
        ["Chromium: first asset over HTTP/1.1"] = 18210,
        ["Chromium: first asset over HTTP/2"] = 21360,
        ["Chromium: asset again over HTTP/1.1"] = 3930,
        ["Chromium: asset again over HTTP/2"] = 3980,
        ["Chromium: first asset, 304 over HTTP/1.1"] = 17480,
        ["Chromium: first asset, 304 over HTTP/2"] = 12040,
        ["Chromium: asset, 304 again over HTTP/1.1"] = 2400,
        ["Chromium: asset, 304 again over HTTP/2"] = 1760,
        ["Chromium: first status poll over HTTP/1.1"] = 16630,
        ["Chromium: first status poll over HTTP/2"] = 13350,
        ["Chromium: status poll again over HTTP/1.1"] = 2530,
        ["Chromium: status poll again over HTTP/2"] = 1860,
        ["Chromium: reload over HTTP/1.1"] = 14990,
        ["Chromium: reload over HTTP/2"] = 9000,

        // Of these, 1,330 are the text's: ten names at 22 (a copy, and whether there is room), 21 digits at 17 (a division, a store,
        // and the choice of their number), what is around five numbers at 24, two texts at 155 (a copy, and a look at the octets,
        // sixteen at once), three literals at 30, and 217 for the frame: the content-type, the body's place, the brackets. The rest
        // is what every small response takes, in which no method has more than 230. A name that is not packed takes 23 more.
        ["a JSON response of 200 bytes over HTTP/1.1"] = 3030,
        ["a JSON response of 200 bytes over HTTP/2"] = 3020,
        ["a JSON response of 200 bytes, its names not packed over HTTP/1.1"] = 3250,
        ["a JSON response of 200 bytes, its names not packed over HTTP/2"] = 3250,
        ["a body of 16 KB over HTTP/1.1"] = 4250,
        ["a body of 16 KB over HTTP/2"] = 7710,
        ["a GET routed among 20 over HTTP/1.1"] = 1870,
        ["a GET routed among 20 over HTTP/2"] = 1860,
        ["a connection for one GET, the same as before"] = 2370,
        ["a connection for one GET, another one than before"] = 7440,
        ["a 304 over HTTP/1.1"] = 1690,
        ["a 304 over HTTP/2"] = 1730,
        ["4,000 octets of foreign cookies beside one that is wanted over HTTP/1.1"] = 37990,
        ["4,000 octets of foreign cookies beside one that is wanted over HTTP/2"] = 197660,
        ["ten fields of a query, each by its name"] = 7980,
        ["the first of ten fields of a query"] = 440,
        ["the tenth of ten fields of a query"] = 430,
        ["4,000 octets of foreign cookies over HTTP/1.1"] = 20290,
        ["4,000 octets of foreign cookies over HTTP/2"] = 80680,
        ["a WebSocket message received over HTTP/1.1"] = 1270,

        // Of 1,484 operations, 882 take the mask off: each octet is stored, which takes seven instructions at best, and read eight
        // at a time. 149 are the WebSocket's own: its frame, and whether it has something to send. 258 take the DATA frame (its
        // header, both windows, the sink), 81 ask the sources that had nothing, and 114 are the turn of the connection.
        ["a WebSocket message received over HTTP/2"] = 1490,
        ["a WebSocket message sent over HTTP/1.1"] = 480,
        ["a WebSocket message sent over HTTP/2"] = 970,
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
