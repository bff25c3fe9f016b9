using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Courtesy;

/// <summary>
/// What honest clients send beside their requests, such as RST_STREAM behind a complete response, is no attack: each asks 2,000
/// times as fast as it can, and no connection is ended for it. What each has sent and cost is left in
/// <c>artifacts/peers/courtesy.md</c>; <c>tests/courtesy.md</c> is such a table.
/// </summary>
[TestClass]
[TestCategory("Courtesy")]
public sealed partial class CourtesyTests
{
    private const int Requests = 2000;

    // Of a connection's budget of 400: next to nothing.
    private const int MostGlitches = 40;

    private static readonly string s_got = Path.Combine(Places.Root, "artifacts", "tools", "got", "node_modules", "got");

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [TestMethod]
    [DataRow("/tagged")]
    [DataRow("/short")]
    [DataRow("/long")]
    public Task Chromium(string way) => CostsNothingAsync("chromium", way, async server =>
    {
        await using Browser browser = await Browser.StartAsync("--ignore-certificate-errors-spki-list=" + server.CertificateKey);
        IPage page = await browser.OpenAsync();
        await page.GotoAsync(new Uri(server.Https, "/page?way=" + way).ToString());
        await page.WaitForFunctionAsync("document.title.startsWith('done')", null, new() { Timeout = (float)s_patience.TotalMilliseconds });
        Assert.AreEqual($"done {Requests}", await page.TitleAsync());
        Assert.IsTrue(way != "/tagged" || server.Revalidated > Requests / 2, $"{server.Revalidated} were 304");
    });

    [TestMethod]
    [DataRow("/tagged")]
    [DataRow("/long")]
    public Task Firefox(string way) => CostsNothingAsync("firefox-esr", way, async server =>
    {
        await using Harness.Firefox firefox = await Harness.Firefox.StartAsync();
        await firefox.VisitAsync(new Uri(server.Https, "/page?way=" + way));
        DateTime end = DateTime.UtcNow + s_patience;
        while (!(await firefox.TitleAsync()).StartsWith("done", StringComparison.Ordinal) && DateTime.UtcNow < end)
        {
            await Task.Delay(100);
        }

        Assert.AreEqual($"done {Requests}", await firefox.TitleAsync());
    });

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Curl(string way) => CostsNothingAsync("curl", "/" + way, server =>
        Tool.Find("curl").SucceedAsync(["-sSf", "-k", "--http2", "-o", "/dev/null", $"{server.Https}{way}?[1-{Requests}]"]));

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Nghttp(string way) => CostsNothingAsync("nghttp", "/" + way, server =>

        // Its first hundred requests come before it has seen SETTINGS, and need a window for their responses.
        Tool.Find("nghttp").SucceedAsync(["-n", "-W", "24", "-m", $"{Requests}", $"{server.Http}{way}"]));

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task H2load(string way) => CostsNothingAsync("h2load", "/" + way, server => LoadAsync($"{server.Http}{way}"));

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Node(string way) => CostsNothingAsync("node", "/" + way, async server =>
    {
        Outcome outcome = await Tool.Find("node").SucceedAsync([Places.Script("many.mjs"), $"{server.Http}{way}", $"{Requests}", "settings"]);
        Assert.AreEqual($"{Requests}", outcome.Text.Trim(), outcome.Errors);
    });

    // Sends RST_STREAM behind each complete response.
    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Got(string way) => CostsNothingAsync("got", "/" + way, async server =>
    {
        string got = Path.Combine(s_got, "dist", "source", "index.js");
        if (!File.Exists(got))
        {
            throw Tool.Missing("got is not here; tests/run.sh fetches it.");
        }

        Outcome outcome = await Tool.Find("node").SucceedAsync([Places.Script("got.mjs"), $"{server.Https}{way}", $"{Requests}", got]);
        Assert.AreEqual($"{Requests}", outcome.Text.Trim(), outcome.Errors);
    });

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Httpx(string way) => CostsNothingAsync("httpx", "/" + way, async server =>
    {
        Outcome outcome = await (await Tool.FindPythonAsync("httpx")).SucceedAsync([Places.Script("many.py"), $"{server.Http}{way}", $"{Requests}"]);
        Assert.AreEqual($"{Requests}", outcome.Text.Trim(), outcome.Errors);
    });

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Dotnet(string way) => CostsNothingAsync(".NET HttpClient", "/" + way, async server =>
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (_, stop) =>
            await client.GetByteArrayAsync(new Uri(server.Http, way), stop));
    });

    [TestMethod]
    public Task Wget2() => CostsNothingAsync("wget2", "/long", async server =>
    {
        using var addresses = new TemporaryFile([.. Enumerable.Range(0, Requests).SelectMany(number => System.Text.Encoding.ASCII.GetBytes($"{server.Https}long?{number}\n"))]);
        Outcome outcome = await Tool.Find("wget2").SucceedAsync(
            ["--no-check-certificate", "--no-config", "--tries=1", "--max-threads=1", "-q", "--output-document=/dev/null", "--input-file", addresses.Path]);
        Assert.AreEqual("", outcome.Errors);
    });

    [TestMethod]
    [DataRow("haproxy")]
    [DataRow("nghttpx")]
    [DataRow("caddy")]
    [DataRow("apache2")]
    public Task Proxies(string name) => CostsNothingAsync(name, "/long", async server =>
    {
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(name, new ProxyConfiguration(server.Port) { Http2Clients = true });
        await LoadAsync($"http://127.0.0.1:{proxy.Port}/long");
    });

    private static async Task LoadAsync(string address)
    {
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(["-n", $"{Requests}", "-c", "1", "-m", "10", address]);
        StringAssert.Contains(outcome.Text, $"{Requests} succeeded, 0 failed, 0 errored, 0 timeout", outcome.Text);
        StringAssert.Contains(outcome.Text, $"{Requests} 2xx", outcome.Text);
    }

    private static async Task CostsNothingAsync(string client, string way, Func<CourtesyServer, Task> ask)
    {
        using var server = new CourtesyServer();
        await ask(server);
        string row = $"| {client} | {await VersionAsync(client)} | {way} | {server.Frames} | {server.Counters.Glitches} | {server.Counters.Connections} |\n";
        string file = Path.Combine(Places.Findings, "courtesy.md");
        if (!File.Exists(file))
        {
            row = "| client | version | asks for | frames for each request | glitches for 2,000 | connections |\n|---|---|---|---|---|---|\n" + row;
        }

        await File.AppendAllTextAsync(file, row);
        Assert.IsGreaterThanOrEqualTo(Requests, server.Counters.Requests, row);
        Assert.AreEqual(0, server.Counters.ConnectionErrors, row);
        Assert.IsLessThan(MostGlitches * server.Counters.Connections, server.Counters.Glitches, row);
    }

    private static async Task<string> VersionAsync(string client)
    {
        if (client == ".NET HttpClient")
        {
            return $"{Environment.Version}";
        }

        Outcome outcome = client switch
        {
            "got" => await Tool.Find("node").RunAsync(["-p", "require(process.argv[1]).version", Path.Combine(s_got, "package.json")]),
            "httpx" => await (await Tool.FindPythonAsync("httpx")).RunAsync(["-c", "import httpx; print(httpx.__version__)"]),
            _ => await Tool.Find(client, "/usr/sbin/" + client).RunAsync([client is "haproxy" or "nginx" or "apache2" ? "-v" : client == "caddy" ? "version" : "--version"]),
        };
        return Version().Match(outcome.Text + outcome.Errors).Value;
    }

    [GeneratedRegex("[0-9]+([.][0-9]+)+")]
    private static partial Regex Version();
}
