using System;
using System.Linq;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Lifecycle;

/// <summary>
/// Whatever clients, applications and time do: every exchange has exactly one owner, no octet of one request's response reaches
/// another, each body is closed once, and when nothing is under way all exchanges are free.
/// </summary>
[TestClass]
public sealed class ModelTests
{
    private const int FixedSequences = 4000;
    private const uint Seed = 13;

    private static readonly int[] s_pieces = [int.MaxValue, 1, 7];

    // Twenty seconds where nobody waits for it.
    private static readonly int s_seconds = Environment.GetEnvironmentVariable("CI") == "true" ? 10 : 4;

    private static readonly Gen<Step> s_step =
        Gen.Select(
            Gen.Frequency(
                (2, Gen.Const(Happening.Connect)),
                (2, Gen.Const(Happening.Upgrade)),
                (12, Gen.Const(Happening.Get)),
                (6, Gen.Const(Happening.Post)),
                (6, Gen.Const(Happening.Data)),
                (3, Gen.Const(Happening.Complete)),
                (2, Gen.Const(Happening.CompleteWithSource)),
                (3, Gen.Const(Happening.WriteLate)),
                (3, Gen.Const(Happening.Reset)),
                (1, Gen.Const(Happening.HalfClose)),
                (2, Gen.Const(Happening.Malformed)),
                (2, Gen.Const(Happening.Elapse)),
                (1, Gen.Const(Happening.Lost)),
                (1, Gen.Const(Happening.Stop)),
                (2, Gen.Const(Happening.Block)),
                (2, Gen.Const(Happening.WindowUpdate)),
                (2, Gen.Const(Happening.Flow))),
            Gen.Int[0, 107],
            Gen.Int[0, 100],
            (what, a, b) => new Step(what, a, b));

    /// <summary>How large the pieces are in which octets come, how many exchanges there are, and what happens.</summary>
    internal static Gen<(int Piece, int Exchanges, Step[] Steps)> Runs { get; } =
        Gen.Select(Gen.Int[0, 2].Select(i => s_pieces[i]), Gen.Int[1, 4], s_step.Array[1, 30]);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Fixed_sequences_keep_the_invariants()
    {
        int handled = 0;
        var random = new PCG(Seed, 1);
        for (int i = 0; i < FixedSequences; i++)
        {
            (int piece, int exchanges, Step[] steps) = Runs.Generate(random, null, out _);
            handled += Run(i, piece, exchanges, steps);
        }

        TestContext.WriteLine($"{handled} requests were handled.");
        Assert.IsGreaterThan(FixedSequences * 2, handled, "Requests that a handler has seen.");
    }

    [TestMethod]
    public void Random_sequences_keep_the_invariants() =>
        Runs.Sample(run => Play(run.Piece, run.Exchanges, run.Steps), time: s_seconds, threads: 1, print: Print);

    private static int Run(int number, int piece, int exchanges, Step[] steps)
    {
        try
        {
            return Play(piece, exchanges, steps);
        }
        catch (Exception exception)
        {
            throw new AssertFailedException($"Sequence {number}: {exception.Message}\n{Print((piece, exchanges, steps))}", exception);
        }
    }

    private static int Play(int piece, int exchanges, Step[] steps)
    {
        var model = new Model(piece, exchanges);
        model.Run([new Step(Happening.Connect, steps[0].B, 0), .. steps]);
        return model.Handled;
    }

    private static string Print((int Piece, int Exchanges, Step[] Steps) run) =>
        $"{run.Piece}, {run.Exchanges}, [{string.Join(", ", run.Steps.Select(step => step.ToString()))}]";
}
