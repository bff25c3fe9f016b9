using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Peers.Features;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>RFC 9113 8.7: a switch that fails after it was pressed is not pressed again by the client itself.</summary>
[TestClass]
public sealed class RepeatTests
{
    // Firefox 153 presses ten times within a few milliseconds after codes that it takes for a reason to.
    private const int Afterwards = 1000;

    private static SwitchServer? s_server;

    private static SwitchServer Server => s_server ?? throw new InvalidOperationException();

    [ClassInitialize]
    public static void Start(TestContext _) => s_server = new SwitchServer();

    [ClassCleanup]
    public static void Stop() => s_server?.Dispose();

    [TestInitialize]
    public void Begin() => Server.TakePresses();

    [TestMethod]
    public async Task Firefox_presses_once()
    {
        await using Firefox firefox = await Firefox.StartAsync();
        await firefox.VisitAsync(Server.Origin);
        await PressedOnceAsync(firefox.TitleAsync);
    }

    [TestMethod]
    public async Task Chromium_presses_once()
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync();
        await page.GotoAsync(Server.Origin.ToString());
        await PressedOnceAsync(page.TitleAsync);
    }

    [TestMethod]
    public async Task HttpClient_presses_once()
    {
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using HttpClient client = new(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        await client.GetStringAsync(Server.Origin);
        using StringContent press = new("press");
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => client.PostAsync(new Uri(Server.Origin, SwitchServer.Path), press));
        await PressedOnceAsync(() => Task.FromResult("failed"));
    }

    [TestMethod]
    public async Task Curl_presses_once()
    {
        Uri target = new(Server.Origin, SwitchServer.Path);
        Outcome outcome = await Tool.Find("curl").RunAsync(["-sk", "--http2", "-o", "-", Server.Origin.ToString(), "--next", "-sk", "--http2", "-d", "press", target.ToString()]);
        Assert.AreNotEqual(0, outcome.ExitCode, outcome.Text);
        await PressedOnceAsync(() => Task.FromResult("failed"));
    }

    private static async Task PressedOnceAsync(Func<Task<string>> title)
    {
        Stopwatch waited = Stopwatch.StartNew();
        string told = await title();
        for (; told != "failed" && waited.ElapsedMilliseconds < 60_000; told = await title())
        {
            await Task.Delay(100);
        }

        Assert.AreEqual("failed", told);
        await Task.Delay(Afterwards);
        Assert.AreEqual(1, Server.TakePresses(), "Presses.");
    }
}
