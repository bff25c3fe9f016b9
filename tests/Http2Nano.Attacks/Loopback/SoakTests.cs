using System;
using System.Threading.Tasks;
using Http2Nano.Soak;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Loopback;

/// <summary>The soak of <c>tests/Http2Nano.Soak</c>, for ten seconds.</summary>
[TestClass]
public sealed class SoakTests
{
    private const int Seconds = 10;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public async Task Nothing_grows_under_honest_and_hostile_clients()
    {
        using var server = new AttackedServer();
        var run = new SoakRun(server.EndPoint, () => Sample.Of(server));
        await run.RunAsync(long.MaxValue, TimeSpan.FromSeconds(Seconds));
        TestContext.WriteLine($"{run.Samples[^1].Requests} requests, {run.Honest.Answered} of them honest, {run.Hostile.Attacks} attacks, {run.Hostile.Octets} octets");
        foreach (Sample sample in run.Samples)
        {
            TestContext.WriteLine(sample.Format());
        }

        Assert.IsGreaterThan(1000L, run.Honest.Answered);
        Assert.AreEqual(0, run.Honest.Failed, "Honest connections in vain.");
        Assert.AreEqual(0, server.Counters.OutOfMemory);
        Assert.AreEqual(0, server.Counters.HandlerFailures);
        Assert.IsTrue(SoakVerdict.IsFlat(run.Samples), "Something grew.");
    }
}
