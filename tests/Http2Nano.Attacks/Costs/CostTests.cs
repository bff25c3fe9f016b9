using System;
using System.Collections.Generic;
using System.Linq;
using Http2Nano.Attacks.Scripts;
using Http2Nano.CostCounter;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Costs;

/// <summary>
/// Work for each octet received, in IL operations, which on the device's interpreter is time: no attack may make the
/// server work harder than honest requests do.
/// </summary>
[TestClass]
public sealed class CostTests
{
    // Operations for an octet that a device has time for at any rate: honest requests took as many when none was remembered, and an
    // attack gains nothing by their having become cheaper.
    private const double Most = 336;

    private static CostRun? s_run;
    private static double s_honest;

    public static IEnumerable<object[]> Attacks => Catalogue.Names;

    public required TestContext TestContext { get; set; }

    [ClassInitialize]
    public static void Measure(TestContext context)
    {
        s_run = new CostRun(typeof(CostTests).Assembly.Location, "Http2Nano");
        foreach (Attack load in HonestLoads.All)
        {
            double cost = PerOctet(load.Name);
            context.WriteLine(FormattableString.Invariant($"honest: {load.Name}: {cost:0.0} operations an octet"));
            s_honest = Math.Max(s_honest, cost);
        }
    }

    [ClassCleanup]
    public static void End() => s_run!.Dispose();

    [TestMethod]
    [DynamicData(nameof(Attacks))]
    public void Costs_no_more_than_honest_requests(string name)
    {
        // What stands still costs nothing; what is written here is what each octet cost.
        double cost = PerOctet(name);
        TestContext.WriteLine(FormattableString.Invariant($"{name}: {cost:0.0} operations an octet; honest {s_honest:0.0}"));
        if (!Catalogue.Find(name).IsSlow)
        {
            Assert.IsLessThanOrEqualTo(Math.Max(Most, s_honest), cost);
        }
    }

    private static double PerOctet(string name)
    {
        AppContext.SetData(AttackScenario.Choice, name);
        return s_run!.Count(s_run.Scenarios.Single()).PerUnit;
    }
}
