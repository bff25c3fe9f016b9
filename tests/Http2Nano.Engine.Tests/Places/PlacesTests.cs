using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Places;

/// <summary>
/// More requests at once than there are places, on two connections: uploads, downloads, responses that are put off, long polls,
/// event streams, windows that the client opens as it reads. Nothing ever waits for ever, there are never more streams than places,
/// each request is answered or refused, and what needs nothing of its client is never refused.
/// </summary>
[TestClass]
public sealed class PlacesTests
{
    private const int FixedRuns = 300;
    private const int MostRequests = 40;
    private const uint Seed = 16;

    // Ten seconds where nobody waits for it.
    private static readonly int s_seconds = Environment.GetEnvironmentVariable("CI") == "true" ? 5 : 3;

    private static readonly Gen<Request> s_any = Gen.Select(
        Gen.Int[0, 1],
        Gen.Frequency(
            (6, Gen.Const(Kind.Short)),
            (6, Gen.Const(Kind.Download)),
            (4, Gen.Const(Kind.Deferred)),
            (3, Gen.Const(Kind.Gathered)),
            (3, Gen.Const(Kind.Streamed)),
            (1, Gen.Const(Kind.Polled)),
            (1, Gen.Const(Kind.Events))),
        Gen.Int[0, 450],
        (client, kind, size) => new Request(client, kind, kind == Kind.Download ? size * 300 : size));

    // What goes on by itself, however many there are of it.
    private static readonly Gen<Request> s_easy = s_any.Where(request => request.Kind <= Kind.Deferred);

    private static Gen<Run> Any { get; } = Runs(s_any, Gen.Bool, Gen.Int[0, 3].Select(i => i * 700));

    // The windows are wide and the clients read all the time.
    private static Gen<Run> Easy { get; } = Runs(s_easy, Gen.Const(true), Gen.Const(0));

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Every_request_is_answered_or_refused_and_none_waits_for_ever()
    {
        int refused = 0;
        int answered = 0;
        foreach (Run run in Fixed(Any))
        {
            CrowdedServer server = Play(run);
            refused += server.Refused;
            answered += server.Requests.Count(asked => asked.IsAnswered);
        }

        TestContext.WriteLine($"{answered} were answered, {refused} refused.");
        Assert.IsGreaterThan(refused, answered);
        Assert.IsGreaterThan(0, refused, "Nothing was ever refused.");
    }

    [TestMethod]
    public void What_needs_nothing_of_its_client_is_never_refused()
    {
        foreach (Run run in Fixed(Easy))
        {
            Assert.AreEqual(0, Play(run).Refused, run.ToString());
        }
    }

    [TestMethod]
    public void Random_runs_come_to_an_end() => Any.Sample(run => Play(run), time: s_seconds, threads: 1, print: run => run.ToString());

    [TestMethod]
    public void Random_runs_without_clients_that_are_waited_for_refuse_nothing() =>
        Easy.Sample(run => Play(run).Refused == 0, time: s_seconds, threads: 1, print: run => run.ToString());

    private static Gen<Run> Runs(Gen<Request> requests, Gen<bool> wide, Gen<int> pause) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[2, 4], wide, Gen.Bool, pause, requests.Array[1, MostRequests],
            (streams, exchanges, isWide, bodiesLast, reads, all) => new Run(streams, exchanges, isWide, bodiesLast, reads, all));

    private static IEnumerable<Run> Fixed(Gen<Run> runs)
    {
        var random = new PCG(Seed, 1);
        for (int i = 0; i < FixedRuns; i++)
        {
            yield return runs.Generate(random, null, out _);
        }
    }

    private static CrowdedServer Play(Run run)
    {
        var server = new CrowdedServer(run);
        server.Play();
        return server;
    }
}
