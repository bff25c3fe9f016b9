using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests.Resting;

/// <summary>
/// Clients of all kinds share one place, in simulated time: who waits for events is set aside and goes on. Whoever is not cut off hears
/// exactly what was published for him and gets exactly the answers that he asked for, in time; each source is closed once; and when
/// nobody is there nothing is held.
/// </summary>
[TestClass]
public sealed class RestingModelTests
{
    private const int FixedRuns = 300;

    // Milliseconds that no run takes.
    private const int LongestRun = 20000;

    // Longer where nobody waits for it, and as long as somebody says who looks for faults.
    private static readonly int s_seconds =
        int.TryParse(Environment.GetEnvironmentVariable("RESTING_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 3;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Clients_who_share_one_place_all_get_theirs()
    {
        int answers = 0;
        int octets = 0;
        int cuts = 0;
        int indexed = 0;
        for (int seed = 0; seed < FixedRuns; seed++)
        {
            RestingWorld world = Play(seed);
            answers += world.Clients.Sum(client => client.Answers);
            octets += world.Clients.Sum(client => client.EventOctets);
            cuts += world.Clients.Sum(client => client.Cuts);
            indexed += world.Clients.OfType<Http2Client>().Sum(client => client.Indexed);
        }

        TestContext.WriteLine($"{answers} answers, {octets} octets of events, {cuts} connections ended, {indexed} fields from dynamic tables.");
        Assert.IsGreaterThan(1000, answers);
        Assert.IsGreaterThan(1000, octets);
        Assert.IsGreaterThan(1000, indexed);
    }

    [TestMethod]
    public void So_do_those_of_other_seeds()
    {
        long start = Stopwatch.GetTimestamp();
        int runs = 0;
        for (int seed = Environment.TickCount | 0x40000000; Stopwatch.GetElapsedTime(start).TotalSeconds < s_seconds; seed++)
        {
            Play(seed & int.MaxValue);
            runs++;
        }

        TestContext.WriteLine($"{runs} runs.");
    }

    private static RestingWorld Play(int seed)
    {
        var world = new RestingWorld(seed);
        var thread = new Thread(() => Run(world)) { IsBackground = true };
        thread.Start();
        if (!world.Over.Wait(LongestRun))
        {
            Assert.Fail($"Seed {seed}: the server does not come back.");
        }

        Assert.AreEqual(0, world.Faults.Count, $"Seed {seed}:\n{string.Join('\n', world.Faults)}");
        return world;
    }

    private static void Run(RestingWorld world)
    {
        try
        {
            world.Play();
        }
        catch (Exception exception)
        {
            world.Report(exception.ToString());
        }

        world.Over.Set();
    }
}
