using System;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>
/// What an application throws, at each of its calls in turn, and a connection that is lost at each turn of the loop, costs at most
/// its own stream or connection: the next client is served, and nothing is held.
/// </summary>
[TestClass]
public sealed class FaultTests
{
    private const int Exchanges = 3;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void Each_call_of_the_application_may_throw(bool http2, bool runsOut)
    {
        Step[] steps = [.. Everything(http2)];
        bool thrown = true;
        int call = 0;
        while (thrown)
        {
            Ledger ledger = new() { ThrowsAt = ++call, RunsOut = runsOut };
            Play(new Model(int.MaxValue, Exchanges, ledger), steps, $"call {call}");
            thrown = ledger.HasThrown;
        }

        TestContext.WriteLine($"{call - 1} calls.");
        Assert.IsGreaterThan(100, call);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_connection_may_be_lost_at_each_turn(bool http2)
    {
        Step[] steps = [.. Everything(http2)];
        bool lost = true;
        int turn = 0;
        while (lost)
        {
            Model model = new(int.MaxValue, Exchanges) { TurnsLeft = ++turn };
            lost = Play(model, steps, $"turn {turn}");
        }

        TestContext.WriteLine($"{turn - 1} turns.");
        Assert.IsGreaterThan(100, turn);
    }

    // Whether it came to a loss of the connection.
    private static bool Play(Model model, Step[] steps, string fault)
    {
        try
        {
            model.Run(steps);
            bool lost = model.TurnsLeft <= 0;
            int handled = model.Handled;
            model.TurnsLeft = int.MaxValue;
            model.Heal();
            model.Run([new(Happening.Connect, 0, 0), new(Happening.Get, (int)Behaviour.Write, 1), new(Happening.Connect, 1, 0), new(Happening.Get, (int)Behaviour.Write, 1)]);
            Assert.AreEqual(handled + 2, model.Handled, "The next clients are not served.");
            return lost;
        }
        catch (Exception exception) when (exception is not AssertInconclusiveException)
        {
            throw new AssertFailedException($"At {fault}: {exception.Message}", exception);
        }
    }

    // A request of each kind without a body and with one, completed and left behind.
    private static IEnumerable<Step> Everything(bool http2)
    {
        yield return new Step(Happening.Connect, http2 ? 0 : 1, 0);
        for (int behaviour = 0; behaviour < ModelApplication.Behaviours; behaviour++)
        {
            yield return new Step(Happening.Get, behaviour, http2 ? 2 : 1);
            yield return new Step(Happening.CompleteWithSource, 0, 0);
            yield return new Step(Happening.Flow, 0, 0);
            yield return new Step(Happening.Post, behaviour, http2 ? 8 : 7);
            yield return new Step(Happening.Data, 10, 1);
            yield return new Step(Happening.Flow, 0, 0);
            yield return new Step(Happening.Data, 10, 0);
            yield return new Step(Happening.Complete, 0, 0);
            yield return new Step(Happening.WindowUpdate, 0, 200);
        }

        yield return new Step(Happening.Upgrade, (int)Behaviour.PushSource, 1);
        yield return new Step(Happening.Get, (int)Behaviour.DeferWithSource, 1);
        yield return new Step(Happening.Lost, 0, 0);
        yield return new Step(Happening.CompleteWithSource, 0, 0);
    }
}
