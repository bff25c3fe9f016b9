using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Access;
using Http2Nano.Hosting;
using Http2Nano.Peers.Harness;
using Http2Nano.Routing;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static Http2Nano.Messages.ResponseHints;

namespace Http2Nano.Peers.Fleets;

/// <summary>What <c>boards/Fleet</c> promises of each proxy: its configurations as they stand there, four boards, real clients.</summary>
[TestClass]
[TestCategory("Fleet")]
public sealed class FleetTests
{
    private const int Download = 10 * 1024 * 1024;
    private const int Upload = 5 * 1024 * 1024;

    // Seconds for which all four dashboards are watched.
    private static int Watched => Environment.GetEnvironmentVariable("CI") == "true" ? 6 : 30;

    // Notes when the dashboard shows other values, and whether it has been live all the time.
    private const string Watch = """
        () => {
          const watch = { times: [], live: true, from: performance.now() };
          new MutationObserver(() => watch.times.push(performance.now())).observe(document.getElementById('uptime'), { childList: true });
          new MutationObserver(() => { if (document.documentElement.dataset.link !== 'live') watch.live = false; }).observe(document.documentElement, { attributes: true });
          window.watch = watch;
        }
        """;

    private const string Report = """
        () => {
          const { times, live, from } = window.watch;
          const all = [from, ...times, performance.now()];
          const entries = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'));
          return JSON.stringify({
            live,
            count: times.length,
            gap: Math.max(...all.slice(1).map((time, i) => time - all[i])),
            protocols: [...new Set(entries.map((entry) => entry.nextHopProtocol))],
            interrupted: entries.filter((entry) => entry.name.endsWith('/api/events') && entry.responseEnd > from).length,
          });
        }
        """;

    private const string GetLarge = """
        async (length) => {
          const response = await fetch(`api/bytes/${length}`);
          const octets = new Uint8Array(await response.arrayBuffer());
          return octets.length === length && octets.every((octet, i) => octet === ((i * 31 + (i >> 8)) & 255));
        }
        """;

    private const string PutLarge = """
        async (length) => {
          const octets = new Uint8Array(length).map((_, i) => i * 7 + (i >> 9));
          const form = new FormData();
          form.append('file', new Blob([octets]), 'large.bin');
          const response = await fetch('api/upload', { method: 'POST', body: form });
          const [part] = await response.json();
          const digest = await crypto.subtle.digest('SHA-256', octets);
          return part.sha256 === [...new Uint8Array(digest)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
        }
        """;

    private static Browser? s_browser;

    [ClassCleanup]
    public static async Task StopBrowser()
    {
        if (s_browser != null)
        {
            await s_browser.DisposeAsync();
        }
    }

    [TestMethod]
    [DataRow("haproxy")]
    [DataRow("caddy")]
    [DataRow("nginx")]
    [Retry(2)]
    public async Task Four_dashboards_are_live_at_once(string proxy)
    {
        await using Fleet fleet = await Fleet.StartAsync(proxy);
        s_browser ??= await Browser.StartAsync();
        IPage first = await s_browser.OpenAsync();
        IPage[] pages = [first, await first.Context.NewPageAsync(), await first.Context.NewPageAsync(), await first.Context.NewPageAsync()];
        ConcurrentQueue<string> complaints = Listen(first.Context);
        try
        {
            await Task.WhenAll(pages.Select((page, i) => OpenAsync(page, fleet.Address(i + 1))));
            await RenameAsync(pages);
            await SigningInHoldsForOneBoardAsync(pages);
            await Task.WhenAll(pages.Select(page => page.EvaluateAsync(Watch)));
            Task watched = Task.Delay(TimeSpan.FromSeconds(Watched));
            Task<bool> download = pages[0].EvaluateAsync<bool>(GetLarge, Download);
            Task<bool> upload = pages[1].EvaluateAsync<bool>(PutLarge, Upload);
            Assert.IsTrue(await download, "The download is not what the board has sent.");
            Assert.IsTrue(await upload, "The upload has not arrived whole.");
            await watched;
            foreach (IPage page in pages)
            {
                await IsWellAsync(page);
            }

            foreach (string view in new[] { "protocol", "settings", "log" })
            {
                await pages[3].Locator($"nav a[href='#/{view}']").ClickAsync();
                await pages[3].Locator($"#{view} h1").WaitForAsync(new() { Timeout = 60000 });
            }

            await pages[0].ScreenshotAsync(new() { Path = Path.Combine(Places.Findings, $"fleet-{proxy}.png") });
            Assert.IsEmpty(complaints, string.Join('\n', complaints));
            await RestartAsync(fleet, pages, proxy);
        }
        finally
        {
            await first.Context.CloseAsync();
        }
    }

    [TestMethod]
    [DataRow("haproxy")]
    [DataRow("caddy")]
    [DataRow("nginx")]
    [DataRow("apache2")]
    [DataRow("nghttpx")]
    [Retry(2)]
    public async Task Files_events_uploads_and_changes_come_through(string proxy)
    {
        await using Fleet fleet = await Fleet.StartAsync(proxy);
        using HttpClient client = Fleet.NewClient();
        Uri board = fleet.Address(1);
        StringAssert.Contains(await client.GetStringAsync(board), "<html");
        await EventsComeAtOnceAsync(client, new Uri(board, "api/events"));

        byte[] sent = RandomNumberGenerator.GetBytes(Upload);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(sent), "file", "large.bin" } };
        var watch = Stopwatch.StartNew();
        using HttpResponseMessage taken = await client.PostAsync(new Uri(board, "api/upload"), form);
        using JsonDocument parts = JsonDocument.Parse(await taken.Content.ReadAsStringAsync());
        Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(sent)), parts.RootElement[0].GetProperty("sha256").GetString());
        long up = watch.ElapsedMilliseconds;
        watch.Restart();
        CollectionAssert.AreEqual(Pattern.Of(Download), await client.GetByteArrayAsync(new Uri(board, $"api/bytes/{Download}")));
        Console.WriteLine($"{proxy}: upload {up} ms, download {watch.ElapsedMilliseconds} ms");

        // Without Sec-Fetch-Site a browser's change is its own only by Origin: scheme, host and port as the browser sees them.
        Assert.AreEqual(HttpStatusCode.OK, await ChangeAsync(client, board, board.GetLeftPart(UriPartial.Authority)));
        Assert.AreEqual(HttpStatusCode.Forbidden, await ChangeAsync(client, board, "https://evil.example"));
        await WrongPasswordsAreCountedByClientAsync(client, board);
        await ARestartHarmsNobodyElseAsync(fleet, client, proxy);
    }

    // The times in the README; the tiny profile has places for fewer streams.
    [TestMethod]
    [DataRow("haproxy", "default", 1)]
    [DataRow("haproxy", "tiny", 1)]
    [DataRow("caddy", "default", 1)]
    [DataRow("caddy", "tiny", 1)]
    [DataRow("nginx", "default", 1)]
    [DataRow("nginx", "default", 4)]
    [DataRow("apache2", "default", 4)]
    [DataRow("nghttpx", "default", 1)]
    [DataRow("nghttpx", "tiny", 1)]
    public async Task Two_thousand_requests_come_through(string proxy, string profile, int connections)
    {
        await using Fleet fleet = await Fleet.StartAsync(proxy, profile, 1, connections);
        Uri address = new(fleet.Address(1), "api/bytes/100");
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(["-n", "2000", "-c", "4", "-m", "10", "--connect-to", $"127.0.0.1:{address.Port}", address.ToString()], 120);
        string[] lines = outcome.Text.Split('\n');
        string report = $"{proxy} {profile} {connections}: {lines.Single(line => line.StartsWith("finished in", StringComparison.Ordinal))}\n";
        await File.AppendAllTextAsync(Path.Combine(Places.Findings, "fleet-load.txt"), report);
        StringAssert.Contains(outcome.Text, "2000 2xx, 0 3xx, 0 4xx, 0 5xx", outcome.Text);
    }

    // Whoever asks for a board without power is told so in time; others get theirs, and all do when it is there again.
    private static async Task ARestartHarmsNobodyElseAsync(Fleet fleet, HttpClient client, string proxy)
    {
        await fleet.KillAsync(1);
        var watch = Stopwatch.StartNew();
        Task<HttpStatusCode> gone = StatusAsync(1);
        Assert.AreEqual(HttpStatusCode.OK, await StatusAsync(2));
        HttpStatusCode told = await gone;
        Assert.IsTrue(told is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout, $"{told}");
        Console.WriteLine($"{proxy}: {(int)told} after {watch.ElapsedMilliseconds} ms for a board without power");
        Assert.IsLessThan(5000, watch.ElapsedMilliseconds);
        fleet.Restart(1);
        watch.Restart();
        while (await StatusAsync(1) != HttpStatusCode.OK)
        {
            Assert.IsLessThan(60000, watch.ElapsedMilliseconds, "The board does not come back.");
            await Task.Delay(50);
        }

        Console.WriteLine($"{proxy}: there again {watch.ElapsedMilliseconds} ms after its start");

        async Task<HttpStatusCode> StatusAsync(int board)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(fleet.Address(board), "api/status"));
            return answer.StatusCode;
        }
    }

    // RFC 8297. What a proxy makes of a 103 is its own affair; without it the page comes through every one.
    [TestMethod]
    [DataRow("haproxy", "passed on")]
    [DataRow("caddy", "passed on")]
    [DataRow("nginx", "taken for the response")]
    [DataRow("apache2", "dropped")]
    [DataRow("nghttpx", "passed on")]
    [Retry(2)]
    public async Task Early_hints_can_be_turned_off(string proxy, string made)
    {
        Assert.AreEqual(made, await HintAsync(proxy, true));
        Assert.AreEqual("dropped", await HintAsync(proxy, false));
    }

    private static async Task<string> HintAsync(string proxy, bool hints)
    {
        var router = new Router { SendsEarlyHints = hints, Proxies = new TrustedProxies(["127.0.0.1"]) };
        router.MapGet("/", (_, response) =>
        {
            response.EarlyHints("</style.css>; rel=preload; as=style"u8.ToArray());
            response.Write("the page");
        });
        var server = new HttpServer(new HttpServerOptions { Address = IPAddress.Loopback, Port = 0 }, router);
        server.Start();
        try
        {
            await using ProxyProcess process = await ProxyProcess.StartAsync(proxy, (port, folder) => Fleet.Configuration(Fleet.FileOf(proxy), [server.Port], port, folder));
            (string host, string path) = proxy == "nghttpx" ? ("board1.localhost", "") : ("localhost", "board1/");
            Outcome outcome = await Tool.Find("curl").RunAsync(["-ksS", "-i", "-m", "3", "--http2", "--resolve", $"{host}:{process.Port}:127.0.0.1", $"https://{host}:{process.Port}/{path}"]);
            Console.WriteLine(outcome.Text + outcome.Errors);
            bool first = outcome.Text.StartsWith("HTTP/2 103", StringComparison.Ordinal);
            bool page = outcome.Text.Contains("HTTP/2 200", StringComparison.Ordinal) && outcome.Text.EndsWith("\r\n\r\nthe page", StringComparison.Ordinal);
            return !page ? "taken for the response" : first ? "passed on" : "dropped";
        }
        finally
        {
            server.Stop();
        }
    }

    // The address of the client is the proxy's own unless it is told: then one guesser locks out everybody.
    private static async Task WrongPasswordsAreCountedByClientAsync(HttpClient client, Uri board)
    {
        for (int i = 0; i < 6; i++)
        {
            using var guess = new HttpRequestMessage(HttpMethod.Put, new Uri(board, "api/settings")) { Version = HttpVersion.Version20 };
            guess.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("anna:wrong"u8));
            guess.Headers.TryAddWithoutValidation("X-Forwarded-For", $"203.0.113.{i}");
            guess.Headers.TryAddWithoutValidation("Forwarded", $"for=203.0.113.{i}");
            using HttpResponseMessage answer = await client.SendAsync(guess);
            Assert.AreEqual(i < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, answer.StatusCode, "What the client has written itself must not count.");
        }

        using HttpClient other = Fleet.NewClient(IPAddress.Parse("127.0.0.2"));
        string origin = board.GetLeftPart(UriPartial.Authority);
        Assert.AreEqual(HttpStatusCode.OK, await ChangeAsync(other, board, origin), "Another client is locked out.");
        Assert.AreEqual(HttpStatusCode.TooManyRequests, await ChangeAsync(client, board, origin));
    }

    private static async Task<HttpStatusCode> ChangeAsync(HttpClient client, Uri board, string origin)
    {
        using var change = new HttpRequestMessage(HttpMethod.Put, new Uri(board, "api/settings"))
        {
            Version = HttpVersion.Version20,
            Content = new StringContent("""{"deviceName":"Board"}""", Encoding.UTF8, "application/json"),
        };
        change.Headers.TryAddWithoutValidation("Origin", origin);
        change.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("anna:correct-horse"u8));
        using HttpResponseMessage answer = await client.SendAsync(change);
        return answer.StatusCode;
    }

    private static async Task EventsComeAtOnceAsync(HttpClient client, Uri events)
    {
        var watch = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Get, events) { Version = HttpVersion.Version20 };
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Task<string?> data = FirstDataAsync(reader);
        Assert.AreSame(data, await Task.WhenAny(data, Task.Delay(5000)), "No event has come for five seconds.");
        Assert.IsLessThan(1000, watch.ElapsedMilliseconds, "The first event, which the board sends at once, has taken long.");
        StringAssert.Contains(await data, "\"device\"");
    }

    private static async Task<string?> FirstDataAsync(StreamReader reader)
    {
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        }
        while (line?.StartsWith("data:", StringComparison.Ordinal) == false);
        return line;
    }

    // What does not come, or is an error: an address that leads out of the board's path, for one.
    private static ConcurrentQueue<string> Listen(IBrowserContext context)
    {
        ConcurrentQueue<string> complaints = new();
        context.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                complaints.Enqueue($"{response.Status} {response.Url}");
            }
        };
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Enqueue(message.Text);
            }
        };
        return complaints;
    }

    private static async Task OpenAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString());
        await IsLiveAsync(page);
    }

    private static Task IsLiveAsync(IPage page) => page.Locator("html[data-link=live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60000 });

    // Each page shows the board of its own path, and the page's own change is taken.
    private static async Task RenameAsync(IPage[] pages)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            Assert.AreEqual(200, await pages[i].EvaluateAsync<int>(
                "async (name) => (await fetch('api/settings', { method: 'PUT', headers: { 'content-type': 'application/json', authorization: 'Basic ' + btoa('anna:correct-horse') }, body: JSON.stringify({ deviceName: name }) })).status",
                $"Board {i + 1}"));
        }

        for (int i = 0; i < pages.Length; i++)
        {
            await pages[i].GetByText($"Board {i + 1}").First.WaitForAsync(new() { Timeout = 60000 });
            Assert.AreEqual($"Board {i + 1}", await pages[i].EvaluateAsync<string>("async () => (await (await fetch('api/settings')).json()).deviceName"));
        }
    }

    // The cookie is for the board's own path, so that one board is not signed out of by signing in to another.
    private static async Task SigningInHoldsForOneBoardAsync(IPage[] pages)
    {
        const string signIn = "async () => (await fetch('api/session', { method: 'POST', body: new URLSearchParams({ user: 'anna', password: 'correct-horse' }) })).status";
        const string signedIn = "async () => (await (await fetch('api/session')).json()).signedIn";
        Assert.AreEqual(204, await pages[0].EvaluateAsync<int>(signIn));
        Assert.IsTrue(await pages[0].EvaluateAsync<bool>(signedIn));
        Assert.IsFalse(await pages[1].EvaluateAsync<bool>(signedIn), "Another board takes the cookie.");
        Assert.AreEqual(204, await pages[1].EvaluateAsync<int>(signIn));
        Assert.IsTrue(await pages[0].EvaluateAsync<bool>(signedIn), "Signing in to one board signs out of another.");
    }

    private static async Task IsWellAsync(IPage page)
    {
        using JsonDocument report = JsonDocument.Parse(await page.EvaluateAsync<string>(Report));
        string said = $"{page.Url}: {report.RootElement}";
        Console.WriteLine(said);
        Assert.IsTrue(report.RootElement.GetProperty("live").GetBoolean(), said);
        Assert.IsGreaterThanOrEqualTo((Watched / 2) - 1, report.RootElement.GetProperty("count").GetInt32(), said);
        Assert.IsLessThan(4000, report.RootElement.GetProperty("gap").GetDouble(), said);
        Assert.AreEqual(0, report.RootElement.GetProperty("interrupted").GetInt32(), said);
        Assert.AreEqual("[\"h2\"]", report.RootElement.GetProperty("protocols").GetRawText(), said);
    }

    // A board without power is seen to be gone by its page alone, and is there again when it is.
    private static async Task RestartAsync(Fleet fleet, IPage[] pages, string proxy)
    {
        var watch = Stopwatch.StartNew();
        await fleet.KillAsync(3);
        await pages[2].Locator("html:not([data-link=live])").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60000 });
        long gone = watch.ElapsedMilliseconds;
        Assert.IsTrue(await pages[3].EvaluateAsync<bool>("() => window.watch.live"), "Another board's page has lost its link.");
        watch.Restart();
        fleet.Restart(3);
        await IsLiveAsync(pages[2]);
        Console.WriteLine($"{proxy}: the page shows after {gone} ms that the board is gone, and is live {watch.ElapsedMilliseconds} ms after its start");
    }
}
