using System;
using Http2Nano.Fuzz;
using Http2Nano.Fuzz.Targets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Engine;

/// <summary>The targets of <c>tests/Http2Nano.Fuzz</c> with inputs that are always the same, for a few seconds each.</summary>
[TestClass]
public sealed class FuzzTests
{
    private const int Seed = 20260;
    private const int Seconds = 2;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(typeof(Http2Target))]
    [DataRow(typeof(Http1Target))]
    [DataRow(typeof(MultipartTarget))]
    [DataRow(typeof(RouterTarget))]
    [DataRow(typeof(ForwardedTarget))]
    [DataRow(typeof(WebSocketTarget))]
    [DataRow(typeof(DriveTarget))]
    [DataRow(typeof(MulticastDnsTarget))]
    [DataRow(typeof(EveryNameTarget))]
    [DataRow(typeof(AddressOfferTarget))]
    public void Invariants_hold_whatever_comes(Type target)
    {
        int inputs = MutationRun.Run((IFuzzTarget)Activator.CreateInstance(target)!, Seed, TimeSpan.FromSeconds(Seconds));
        TestContext.WriteLine($"{target.Name}: {inputs} inputs");
        Assert.IsGreaterThan(100, inputs);
    }
}
