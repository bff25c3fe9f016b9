using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Attacks.Scripts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Attacks.Loopback;

/// <summary>Every attack on the running server, while honest clients ask for a page.</summary>
[TestClass]
public sealed class LoopbackTests
{
    // What moves much may hold others for as long as a product likes: downloads and uploads that take their time are an
    // honest thing. Here it is a second, so that nobody waits two.
    private const int MaximumTurn = 1000;

    // The longest that an honest client may wait, and how long the attacker is left alone before it comes.
    private const double MostSeconds = 2;
    private const int HeadStart = 400;
    private const int NextVisit = 250;

    public static IEnumerable<object[]> Attacks => Catalogue.Names;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [Retry(2)]
    [DynamicData(nameof(Attacks))]
    public Task Honest_clients_are_served_while_it_goes_on(string name) => Play(name, 1);

    [TestMethod]
    [Retry(2)]
    [DynamicData(nameof(Attacks))]
    public Task Honest_clients_are_served_beside_it_where_there_are_four_places(string name) => Play(name, 4);

    private async Task Play(string name, int connections)
    {
        Attack attack = Catalogue.Find(name);
        using var server = new AttackedServer(more: options =>
        {
            options.MaximumTurn = MaximumTurn;
            options.Connections = connections;
            options.Limits.Exchanges = Math.Max(options.Limits.Exchanges, connections);
        });
        using var stop = new CancellationTokenSource();
        await HonestClient.AskAsync(server.EndPoint, HttpVersion.Version11);
        var attacker = new Attacker(server.EndPoint, attack);
        Task attacking = attacker.RunAsync(stop.Token);
        await Task.Delay(HeadStart, CancellationToken.None);
        int during = server.Measure();
        double[] waits = [0, 0];
        for (int i = 0; i < 2 * attack.Visits; i++)
        {
            await Task.Delay(i < 2 ? 0 : NextVisit, CancellationToken.None);
            Version version = i % 2 == 0 ? HttpVersion.Version11 : HttpVersion.Version20;
            waits[i % 2] = Math.Max(waits[i % 2], (await HonestClient.AskAsync(server.EndPoint, version)).TotalSeconds);
            during = Math.Max(during, server.Measure());
        }

        await stop.CancelAsync();
        await attacking;
        double after = (await HonestClient.AskAsync(server.EndPoint, HttpVersion.Version11)).TotalSeconds;
        TestContext.WriteLine(FormattableString.Invariant(
            $"{name}{(connections == 1 ? "" : " (" + connections + " places)")}: {attacker.FirstAnswer}; {attacker.Sent} octets on {attacker.Connections} connections; honest clients waited {waits[0]:0.000} s (HTTP/1.1) and {waits[1]:0.000} s (HTTP/2), afterwards {after:0.000} s; held {server.Held}, {during}, {server.Measure()}"));
        Assert.AreEqual(server.Held, during, "Bytes held before and during.");
        Assert.AreEqual(server.Held, server.Measure(), "Bytes held before and after.");
        Assert.AreEqual(0, server.Counters.HandlerFailures);
        Assert.AreEqual(0, server.Counters.OutOfMemory);
        foreach (double wait in waits)
        {
            Assert.IsLessThanOrEqualTo(MostSeconds, wait);
        }
    }
}
