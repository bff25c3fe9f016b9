using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// Four tabs with live dashboards, and a program that polls on a connection of its own. <c>HTTP2NANO_SECONDS</c> says for how long;
/// figures are left in <c>artifacts/peers</c>. <c>HTTP2NANO_HOST</c> names another build of the host board, to compare with.
/// </summary>
[TestClass]
public sealed class CompanyTests
{
    private const int Tabs = 4;
    private const int Interval = 200;
    private const double LongestPoll = 100;

    private static readonly int s_seconds = int.Parse(Setting("HTTP2NANO_SECONDS") ?? "6", CultureInfo.InvariantCulture);

    [TestMethod]
    [TestCategory("Timing")]
    [Retry(2)]
    public async Task On_profile_large_no_event_stream_is_interrupted_and_every_poll_is_quick()
    {
        // Tabs of one browser have one connection, and only the one in front listens to events.
        (int[] streams, double[] polls, string report) = await WatchAsync("large", false);
        Assert.IsTrue(streams.All(count => count <= 1) && streams.Sum() >= 1, report);
        Assert.IsLessThan(LongestPoll, polls[^1], report);
    }

    // As many connections as there are places, each with an event stream, and one more client that comes again and again.
    [TestMethod]
    [Retry(2)]
    public async Task On_profile_large_four_browsers_and_a_program_that_keeps_no_connection_get_on()
    {
        (int[] streams, double[] polls, string report) = await WatchAsync("large", true);
        Assert.IsTrue(streams.All(count => count > 0), report);
        Assert.IsLessThan(1000, polls[polls.Length / 2], report);
    }

    // One connection is served at a time: the browser's rests while the program's is served.
    [TestMethod]
    [TestCategory("Timing")]
    [DataRow("default")]
    [DataRow("tiny")]
    [Retry(2)]
    public async Task With_one_connection_no_event_stream_is_interrupted_and_every_poll_is_quick(string profile)
    {
        (int[] streams, double[] polls, string report) = await WatchAsync(profile, false);
        Assert.IsTrue(streams.All(count => count <= 1) && streams.Sum() >= 1, report);
        Assert.IsLessThan(LongestPoll, polls[^1], report);
    }

    private static async Task<(int[] Streams, double[] Polls, string Report)> WatchAsync(string profile, bool apart)
    {
        string[] options = ["--quiet", "--profile", profile];
        await using HostProcess host = Setting("HTTP2NANO_HOST") is { } other
            ? await HostProcess.StartProgramAsync(other, options)
            : await HostProcess.StartAsync(options);
        await using Browser browser = await Browser.StartAsync();
        int[] streams = new int[Tabs];
        IPage first = await browser.OpenAsync();
        for (int i = 0; i < Tabs; i++)
        {
            int tab = i;
            IPage page = i == 0 ? first : apart ? await browser.OpenAsync() : await first.Context.NewPageAsync();
            page.Request += (_, request) => streams[tab] += request.Url.EndsWith("/api/events", StringComparison.Ordinal) ? 1 : 0;
            await page.GotoAsync(host.Https.ToString());
        }

        // The first turns settle who is there.
        await Task.Delay(1000);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        var polls = new List<double>();
        int failed = 0;
        for (var all = Stopwatch.StartNew(); all.Elapsed.TotalSeconds < s_seconds; await Task.Delay(Interval))
        {
            var watch = Stopwatch.StartNew();
            try
            {
                await client.GetByteArrayAsync(new Uri(host.Http, "api/status"));
                polls.Add(watch.Elapsed.TotalMilliseconds);
            }
            catch (HttpRequestException)
            {
                failed++;
            }
        }

        double[] sorted = [.. polls.Order()];
        string report = string.Create(CultureInfo.InvariantCulture,
            $"profile {profile}, {(apart ? "four browsers" : "one browser")}, {s_seconds} s: event streams begun by each tab {string.Join(' ', streams)}; {sorted.Length} polls, median {sorted[sorted.Length / 2]:0.0} ms, worst {sorted[^1]:0.0} ms, {failed} failed\n");
        await File.AppendAllTextAsync(Path.Combine(Places.Findings, "company.txt"), report);
        Assert.AreEqual(0, failed, report);
        return (streams, sorted, report);
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
