using System;
using System.Collections.Generic;
using Http2Nano.Attacks.Scripts;
using Http2Nano.Messages;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Engine;

/// <summary>Every attack on the engine alone, with simulated time: how it ends, and what it moves in memory (nothing).</summary>
[TestClass]
public sealed class EngineTests
{
    private const long MostOctets = 2_000_000;

    public static IEnumerable<object[]> Attacks => Catalogue.Names;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DynamicData(nameof(Attacks))]
    public void Attack_ends_as_it_should_and_nothing_grows(string name)
    {
        Attack attack = Catalogue.Find(name);
        HttpLimits tiny = HttpProfiles.Tiny();

        // The scripts do not announce that they keep to a smaller table.
        tiny.DecoderTableSize = 4096;
        foreach (HttpLimits limits in new[] { HttpProfiles.Default(), tiny })
        {
            var run = new EngineRun(limits, new AttackedApplication());
            run.Play(attack, MostOctets);

            // What the runtime makes once in a process, now or a little later, is no growth: that comes each time.
            for (int again = 0; again < 4 && (again == 0 || run.Allocated != 0); again++)
            {
                run.Play(attack, MostOctets);
            }

            TestContext.WriteLine($"{name}: {run.Answer}; {(run.Ended ? "ended" : "open")} after {run.Taken} octets, {run.Elapsed} ms; held {run.LeastHeld} to {run.MostHeld}; allocated {run.Allocated}");
            Assert.AreEqual(0, run.Allocated, "Bytes allocated.");
            Assert.AreEqual(run.LeastHeld, run.MostHeld, "Bytes held, least and most.");
            Assert.AreEqual(0, run.Counters.HandlerFailures);
            if (attack.End is { } end)
            {
                Assert.IsTrue(run.Ended, $"Still open after {run.Taken} octets and {run.Elapsed} ms: {run.Answer}");
                StringAssert.Contains(run.Answer.ToString(), end, StringComparison.Ordinal);
            }
        }
    }
}
