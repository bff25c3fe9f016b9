using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>The dashboard in a browser that people use: complete, without an error, and quick, by either protocol.</summary>
[TestClass]
public sealed class ChromiumTests : HostTests
{
    private const int LeastAssets = 8;

    // Milliseconds after which whoever waits for a page would notice.
    private const double Stall = 1000;

    private static Browser? s_browser;

    [ClassInitialize]
    public static async Task StartBrowser(TestContext _)
    {
        s_browser = await Browser.StartAsync();

        // The first page of a browser takes seconds, whoever serves it.
        await VisitAsync(Host.Https, "chromium-first.png", ColorScheme.Light);
    }

    [ClassCleanup]
    public static async Task StopBrowser()
    {
        if (s_browser != null)
        {
            await s_browser.DisposeAsync();
        }
    }

    [TestMethod]
    [TestCategory("Timing")]
    public async Task Over_https_everything_comes_by_HTTP_2_on_one_connection()
    {
        Visit visit = await VisitAsync(Host.Https, "chromium-https.png", ColorScheme.Light);
        visit.IsWhole();
        Assert.IsTrue(visit.Entries.All(entry => entry.Protocol == "h2"), visit.ToString());
        Assert.HasCount(1, visit.Connections, visit.ToString());
    }

    [TestMethod]
    [TestCategory("Timing")]
    public async Task Over_http_everything_comes_by_HTTP_1_without_a_stall()
    {
        Visit visit = await VisitAsync(Host.Http, "chromium-http.png", ColorScheme.Dark);
        visit.IsWhole();
        Assert.IsTrue(visit.Entries.All(entry => entry.Protocol == "http/1.1"), visit.ToString());
    }

    [TestMethod]
    [DataRow("https")]
    [DataRow("http")]
    public async Task A_reload_while_live_values_come_is_whole(string scheme)
    {
        IPage page = await s_browser!.OpenAsync();
        List<string> complaints = Listen(page);
        await page.GotoAsync((scheme == "http" ? Host.Http : Host.Https).ToString());
        for (int i = 0; i < 3; i++)
        {
            await page.Locator("html[data-ready]").WaitForAsync(new() { Timeout = 60000 });
            await page.WaitForTimeoutAsync(300);
            await page.ReloadAsync(new() { Timeout = 60000 });
        }

        await page.Locator("html[data-link=live]").WaitForAsync(new() { Timeout = 60000 });
        Assert.IsEmpty(complaints, string.Join('\n', complaints));
        await page.Context.CloseAsync();
    }

    [TestMethod]
    [Retry(2)]
    public async Task Two_browsers_at_once_both_stay_usable()
    {
        IPage[] pages = [await s_browser!.OpenAsync(), await s_browser!.OpenAsync()];
        await Task.WhenAll(pages.Select(page => page.GotoAsync(Host.Http.ToString(), new() { Timeout = 60000 })));
        for (int i = 0; i < 5; i++)
        {
            foreach (IPage page in pages)
            {
                double time = await page.EvaluateAsync<double>("async () => { const t = performance.now(); await (await fetch('/api/status', { cache: 'no-store' })).json(); return performance.now() - t; }");
                Assert.IsLessThan(2000, time, "A browser had to wait for the other one.");
            }
        }

        foreach (IPage page in pages)
        {
            await page.Context.CloseAsync();
        }
    }

    // Over HTTP/1.1 both rest while others are served; over HTTP/2 only one can, and they take turns.
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    [Retry(2)]
    public async Task Live_values_of_two_browsers_go_on_over_http_1_and_take_turns_over_http_2(bool secure)
    {
        const string Count = """
            () => new Promise(resolve => {
              const source = new EventSource('/api/events');
              let opened = 0, events = 0;
              source.onopen = () => { opened += 1; };
              source.addEventListener('status', () => { events += 1; });
              setTimeout(() => { source.close(); resolve([opened, events]); }, 8000);
            })
            """;
        IPage[] pages = [await s_browser!.OpenAsync(), await s_browser!.OpenAsync()];
        foreach (IPage page in pages)
        {
            await page.GotoAsync(new Uri(secure ? Host.Https : Host.Http, "/api/status").ToString());
        }

        int[][] counts = await Task.WhenAll(pages.Select(page => page.EvaluateAsync<int[]>(Count)));
        string report = string.Join(", ", counts.Select(count => $"{count[1]} events on {count[0]} connections"));
        File.WriteAllText(Path.Combine(Places.Findings, secure ? "live-values-https.txt" : "live-values.txt"), report + "\n");
        Assert.IsTrue(counts.All(count => count[1] >= 2), report);
        Assert.AreEqual(secure, counts.Any(count => count[0] >= 2), report);
        foreach (IPage page in pages)
        {
            await page.Context.CloseAsync();
        }
    }

    private static List<string> Listen(IPage page)
    {
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) =>
        {
            // A reload breaks off what the old page had asked for.
            if (request.Failure != "net::ERR_ABORTED")
            {
                complaints.Add($"{request.Url}: {request.Failure}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                complaints.Add($"{response.Url}: {response.Status}");
            }
        };
        return complaints;
    }

    private static async Task<Visit> VisitAsync(Uri address, string screenshot, ColorScheme scheme)
    {
        IPage page = await s_browser!.OpenAsync(scheme);
        var visit = new Visit { Complaints = Listen(page) };
        ICDPSession protocol = await page.Context.NewCDPSessionAsync(page);
        await protocol.SendAsync("Network.enable");
        protocol.Event("Network.responseReceived").OnEvent += (_, arguments) =>
        {
            JsonElement response = arguments!.Value.GetProperty("response");
            if (response.TryGetProperty("connectionId", out JsonElement connection) && connection.GetDouble() > 0)
            {
                visit.Connections.Add(connection.GetDouble());
            }
        };
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Load, Timeout = 60000 });
        await page.Locator("html[data-ready]").WaitForAsync(new() { Timeout = 60000 });
        await page.WaitForTimeoutAsync(1500);
        Entry[] entries = JsonSerializer.Deserialize<Entry[]>(
            await page.EvaluateAsync<string>("""
                () => JSON.stringify([...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(e =>
                  ({ Name: e.name, Protocol: e.nextHopProtocol, Status: e.responseStatus, Size: e.decodedBodySize, Duration: e.responseEnd - e.startTime })))
                """))!;

        // What the page asks for twice may come from the browser's own memory the second time: no protocol then.
        visit.Entries = [.. entries.Where(entry => entry.Protocol.Length != 0)];
        await page.ScreenshotAsync(new() { Path = Path.Combine(Places.Findings, screenshot), FullPage = true });
        await page.Context.CloseAsync();
        return visit;
    }

    private sealed record Entry(string Name, string Protocol, int Status, int Size, double Duration);

    private sealed class Visit
    {
        public required List<string> Complaints { get; init; }

        public HashSet<double> Connections { get; } = [];

        public Entry[] Entries { get; set; } = [];

        public void IsWhole()
        {
            Assert.IsEmpty(Complaints, string.Join('\n', Complaints));
            Assert.IsGreaterThan(LeastAssets, Entries.Length, ToString());
            Assert.IsTrue(Entries.All(entry => entry.Status == 200 && entry.Size > 0), ToString());
            Assert.IsTrue(Entries.All(entry => entry.Duration < Stall), ToString());
        }

        public override string ToString() =>
            $"{Connections.Count} connections\n" + string.Join('\n', Entries.Select(e => $"{e.Protocol} {e.Status} {e.Size,7} {e.Duration,6:0} ms {e.Name}"));
    }
}
