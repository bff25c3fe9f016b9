using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>
/// The first view from the smallest board over HTTP/1.1, where one connection is served at a time and a browser opens several: from
/// the address to the first values.
/// </summary>
[TestClass]
public sealed class LoadTests : DashboardTests
{
    private const int LoadsBesideAnother = 100;
    private const int LoadsAlone = 15;

    // Each file costs a connection of its own: six, and one that the first values ask for, which may come before the page is parsed.
    // Octets, with the fields of the answers.
    private const int MostFiles = 7;
    private const int MostOctets = 28 * 1024;

    // Of the time that another build takes in the same run.
    private const double MostRatio = 0.8;

    private const string NoteWhenLive = """
        new MutationObserver(() => {
          if (document.documentElement?.dataset.link === 'live') window.liveAt ??= performance.now();
        }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-link'] });
        """;

    private const string Facts = """
        () => {
          const [page] = performance.getEntriesByType('navigation');
          const files = [page, ...performance.getEntriesByType('resource')].filter((e) => !e.name.includes('/api/') && e.startTime < page.domContentLoadedEventStart);
          return [window.liveAt, files.length, files.reduce((sum, e) => sum + e.transferSize, 0)];
        }
        """;

    /// <summary>HTTP2NANO_HOST names the host board of another build, which is loaded by turns then, a hundred times: its time is the measure.</summary>
    [TestMethod]
    public async Task Loads_lose_no_file_and_take_few_over_HTTP_1_1()
    {
        string[] options = ["--quiet", "--profile", "tiny"];
        string? other = Environment.GetEnvironmentVariable("HTTP2NANO_HOST");
        await using HostProcess ours = await HostProcess.StartAsync(options);
        await using HostProcess? theirs = string.IsNullOrEmpty(other) ? null : await HostProcess.StartProgramAsync(other, options);
        List<double> times = [];
        List<double> reference = [];
        List<string> lost = [];
        int loads = theirs == null ? LoadsAlone : LoadsBesideAnother;
        for (int i = 0; i < loads; i++)
        {
            if (theirs != null)
            {
                reference.Add((await LoadAsync(theirs, []))[0]);
            }

            double[] load = await LoadAsync(ours, lost);
            times.Add(load[0]);
            Assert.IsLessThanOrEqualTo(MostFiles, load[1], "Files before the first values.");
            Assert.IsLessThanOrEqualTo(MostOctets, load[2], "Octets of them.");
        }

        string report = string.Create(CultureInfo.InvariantCulture, $"The first view over HTTP/1.1 from tiny, {loads} loads: {Middle(times):0} ms in the middle, {times.Max():0} at most");
        double ratio = theirs == null ? 0 : Middle(times) / Middle(reference);
        report += theirs == null ? "\n" : string.Create(CultureInfo.InvariantCulture, $"; the other build {Middle(reference):0} ms: {ratio:0.00}\n");
        Console.Write(report);
        await File.AppendAllTextAsync(Path.Combine(Places.Findings, "first-view.txt"), report);
        Assert.IsEmpty(lost, string.Join('\n', lost));
        Assert.IsLessThanOrEqualTo(MostRatio, ratio, report);
    }

    private static double Middle(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<double[]> LoadAsync(HostProcess host, List<string> lost)
    {
        await using IBrowserContext context = await Chromium.Browser.NewContextAsync(Desktop.Options);
        IPage page = await context.NewPageAsync();
        await page.AddInitScriptAsync(NoteWhenLive);
        page.PageError += (_, error) => lost.Add(error);
        page.RequestFailed += (_, request) => Note(request.Url, request.Failure);
        page.Response += (_, response) => Note(response.Url, response.Status < 400 ? null : $"{response.Status}");
        await page.GotoAsync(host.Http.ToString());
        await page.Locator("html[data-link=live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = Visit.Patience });
        return await page.EvaluateAsync<double[]>(Facts);

        // The stream of events ends so that others get their turn.
        void Note(string address, string? fault)
        {
            if (fault != null && !address.EndsWith("/api/events", StringComparison.Ordinal))
            {
                lost.Add($"{address}: {fault}");
            }
        }
    }
}
