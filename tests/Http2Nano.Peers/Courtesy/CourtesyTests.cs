using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Courtesy;

/// <summary>
/// What honest clients send beside their requests, such as RST_STREAM behind a complete response, is no attack: each asks 2,000
/// times as fast as it can, and no connection is ended for it. What each has cost is left in <c>artifacts/peers/courtesy.txt</c>.
/// </summary>
[TestClass]
public sealed class CourtesyTests
{
    private const int Requests = 2000;

    // Of a budget of 400: next to nothing.
    private const int MostGlitches = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [TestMethod]
    [DataRow("/tagged")]
    [DataRow("/short")]
    [DataRow("/long")]
    public Task Chromium(string way) => CostsNothingAsync($"Chromium {way}", async server =>
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
    public Task Firefox(string way) => CostsNothingAsync($"Firefox {way}", async server =>
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
    public Task Curl(string way) => CostsNothingAsync($"curl /{way}", server =>
        Tool.Find("curl").SucceedAsync(["-sSf", "-k", "--http2", "-o", "/dev/null", $"{server.Https}{way}?[1-{Requests}]"]));

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Nghttp(string way) => CostsNothingAsync($"nghttp /{way}", server =>

        // Its first hundred requests come before it has seen SETTINGS, and need a window for their responses.
        Tool.Find("nghttp").SucceedAsync(["-n", "-W", "24", "-m", $"{Requests}", $"{server.Http}{way}"]));

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task H2load(string way) => CostsNothingAsync($"h2load /{way}", server => LoadAsync($"{server.Http}{way}"));

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Node(string way) => CostsNothingAsync($"Node /{way}", async server =>
    {
        Outcome outcome = await Tool.Find("node").SucceedAsync([Places.Script("many.mjs"), $"{server.Http}{way}", $"{Requests}", "settings"]);
        Assert.AreEqual($"{Requests}", outcome.Text.Trim(), outcome.Errors);
    });

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Httpx(string way) => CostsNothingAsync($"httpx and python-h2 /{way}", async server =>
    {
        Outcome outcome = await (await Tool.FindPythonAsync("httpx")).SucceedAsync([Places.Script("many.py"), $"{server.Http}{way}", $"{Requests}"]);
        Assert.AreEqual($"{Requests}", outcome.Text.Trim(), outcome.Errors);
    });

    [TestMethod]
    [DataRow("short")]
    [DataRow("long")]
    public Task Dotnet(string way) => CostsNothingAsync($".NET HttpClient /{way}", async server =>
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
    public Task Wget2() => CostsNothingAsync("wget2 /long", async server =>
    {
        using var addresses = new TemporaryFile([.. Enumerable.Range(0, Requests).SelectMany(number => System.Text.Encoding.ASCII.GetBytes($"{server.Https}long?{number}\n"))]);
        Outcome outcome = await Tool.Find("wget2").SucceedAsync(
            ["--no-check-certificate", "--no-config", "--tries=1", "--max-threads=1", "-q", "--output-document=/dev/null", "--input-file", addresses.Path]);
        Assert.AreEqual("", outcome.Errors);
    });

    [TestMethod]
    [DataRow("haproxy", "defaults\n mode http\n timeout connect 5s\n timeout client 10s\n timeout server 10s\nfrontend front\n bind 127.0.0.1:{0} proto h2\n default_backend device\nbackend device\n http-reuse always\n http-request set-uri http://%[req.hdr(host)]%[pathq]\n server device 127.0.0.1:{1} proto h2\n")]
    [DataRow("nghttpx", "frontend=127.0.0.1,{0};no-tls\nbackend=127.0.0.1,{1};;proto=h2\n")]
    [DataRow("caddy", "{{\n admin off\n auto_https off\n servers {{\n  protocols h1 h2 h2c\n }}\n}}\nhttp://127.0.0.1:{0} {{\n reverse_proxy h2c://127.0.0.1:{1}\n}}\n")]
    public Task Proxies(string name, string configuration) => CostsNothingAsync(name + " /long", async server =>
    {
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(name, (port, _) => string.Format(CultureInfo.InvariantCulture, configuration, port, server.Port));
        await LoadAsync($"http://127.0.0.1:{proxy.Port}/long");
    });

    private static async Task LoadAsync(string address)
    {
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(["-n", $"{Requests}", "-c", "1", "-m", "10", address]);
        StringAssert.Contains(outcome.Text, $"{Requests} succeeded, 0 failed, 0 errored, 0 timeout", outcome.Text);
        StringAssert.Contains(outcome.Text, $"{Requests} 2xx", outcome.Text);
    }

    private static async Task CostsNothingAsync(string client, Func<CourtesyServer, Task> ask)
    {
        using var server = new CourtesyServer();
        await ask(server);
        string costs = string.Create(CultureInfo.InvariantCulture,
            $"{client}: {server.Counters.Requests} requests, {server.Counters.Resets} resets, {server.Counters.Glitches} glitches, {server.Counters.Connections} connections");
        await File.AppendAllTextAsync(Path.Combine(Places.Findings, "courtesy.txt"), costs + "\n");
        Assert.IsGreaterThanOrEqualTo(Requests, server.Counters.Requests, costs);
        Assert.AreEqual(0, server.Counters.ConnectionErrors, costs);
        Assert.IsLessThan(MostGlitches, server.Counters.Glitches, costs);
    }
}
