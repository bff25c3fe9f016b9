using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// Clients meet what others left behind: one server for each profile has all of them as visitors, each twice (in CI once), in a
/// random order. What a test printed as the order, <c>HTTP2NANO_ORDER</c> repeats.
/// </summary>
[TestClass]
public sealed class ProfileTests
{
    private static int Times => Environment.GetEnvironmentVariable("CI") == "true" ? 1 : 2;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("tiny")]
    [DataRow("default")]
    [DataRow("large")]
    public async Task Each_client_gets_what_it_asks_for_whoever_was_there_before(string profile)
    {
        int order = Environment.GetEnvironmentVariable("HTTP2NANO_ORDER") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1_000_000);
        TestContext.WriteLine($"Order {order}");
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        await using Browser browser = await Browser.StartAsync();
        Visit[] visits = [.. Enumerable.Repeat(Visits.All(host, browser), Times).SelectMany(all => all)];
        new Random(order).Shuffle(visits);
        string before = "nobody";
        foreach (Visit visit in visits)
        {
            try
            {
                await visit.Make();
            }
            catch (Exception exception) when (exception is not AssertInconclusiveException)
            {
                Assert.Fail($"Order {order}, profile {profile}: {visit.Name}, behind {before}: {exception.Message}");
            }

            Assert.IsFalse(host.HasExited, $"Order {order}, profile {profile}: {visit.Name} ended the board: {string.Join('\n', host.Lines)}");
            before = visit.Name;
        }
    }
}
