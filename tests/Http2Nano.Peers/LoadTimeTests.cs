using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// The dashboard in Chromium over plain HTTP/1.1, one connection at a time, against Kestrel with the same files in the same
/// run: loads by turns, so that whatever else the machine does meets both.
/// </summary>
[TestClass]
[TestCategory("Timing")]
public sealed class LoadTimeTests : HostTests
{
    private const int Loads = 6;
    private const int LeastAssets = 20;
    private const double MostRatio = 2;

    // A request that takes so much longer than Kestrel's slowest one has been left waiting.
    private const double Stall = 1000;

    [TestMethod]
    [Retry(1)]
    public async Task The_page_takes_at_most_twice_as_long_as_from_Kestrel()
    {
        await using KestrelServer kestrel = await KestrelServer.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await LoadAsync(browser, kestrel.Http);
        await LoadAsync(browser, Host.Http);
        List<Load> theirs = [];
        List<Load> ours = [];
        for (int i = 0; i < Loads; i++)
        {
            theirs.Add(await LoadAsync(browser, kestrel.Http));
            ours.Add(await LoadAsync(browser, Host.Http));
        }

        double ratio = Median(ours) / Median(theirs);
        string report = $"Kestrel: {Times(theirs)}\nHttp2Nano: {Times(ours)}\nratio of medians {ratio:0.00}, {ours[0].Assets} assets, longest request {ours.Max(load => load.Longest):0} ms (Kestrel {theirs.Max(load => load.Longest):0} ms)\n";
        File.WriteAllText(Path.Combine(Places.Findings, "load-times.txt"), report);
        Assert.IsGreaterThanOrEqualTo(LeastAssets, ours.Min(load => load.Assets), report);

        // Files of views that only a server with the device's data has come besides.
        CollectionAssert.IsSubsetOf(Names(theirs), Names(ours), report + string.Join(' ', Names(theirs).Except(Names(ours))));
        Assert.IsLessThanOrEqualTo(MostRatio, ratio, report);
        Assert.IsLessThan(Stall + theirs.Max(load => load.Longest), ours.Max(load => load.Longest), report);
    }

    private static double Median(List<Load> loads) => loads.Select(load => load.Time).Order().ElementAt(loads.Count / 2);

    private static string[] Names(List<Load> loads) => [.. loads.SelectMany(load => load.Names).Distinct().Order(StringComparer.Ordinal)];

    private static string Times(List<Load> loads) => string.Join(' ', loads.Select(load => $"{load.Time:0}")) + " ms";

    // The page with all that it asks for, and the files of its other views and some once more at the same time, as a page with
    // many pictures would ask for them.
    private static async Task<Load> LoadAsync(Browser browser, Uri origin)
    {
        IPage page = await browser.OpenAsync();
        await page.GotoAsync(origin.ToString(), new() { WaitUntil = WaitUntilState.Commit, Timeout = 60000 });
        await page.EvaluateAsync("""
            () => Promise.all(['log.js', 'settings.js', 'glossary.json', 'manifest.webmanifest', 'feed.js?2', 'app.js?2', 'chart.js?2', 'style.css?2',
                'protocol.js', 'waterfall.js', 'theme.js?2', 'log.js?2', 'settings.js?2', 'feed.js?3', 'app.js?3', 'chart.js?3', 'style.css?3']
              .map(async name => { const r = await fetch(name, { cache: 'no-store' }); if (!r.ok) throw new Error(name); await r.arrayBuffer(); }))
            """);
        // Asked of the page itself: Playwright may miss an event that comes while the script above runs.
        await page.EvaluateAsync("() => document.readyState === 'complete' || new Promise(done => addEventListener('load', () => done(true)))")
            .WaitAsync(TimeSpan.FromSeconds(60));
        string[] facts = await page.EvaluateAsync<string[]>("""
            () => {
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                .filter(e => e.nextHopProtocol && !e.name.includes('/api/'));
              return [Math.max(...all.map(e => e.responseEnd)), Math.max(...all.map(e => e.responseEnd - e.startTime)), ...new Set(all.map(e => e.name))].map(String);
            }
            """);
        await page.Context.CloseAsync();
        return new Load(
            double.Parse(facts[0], CultureInfo.InvariantCulture),
            double.Parse(facts[1], CultureInfo.InvariantCulture),
            [.. facts[2..].Select(name => new Uri(name).PathAndQuery)]);
    }

    private sealed record Load(double Time, double Longest, string[] Names)
    {
        public int Assets => Names.Length;
    }
}
