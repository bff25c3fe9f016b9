using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>The stream of events comes back, in Chromium and in Firefox: after a restart, from a busy device, after a refusal.</summary>
[TestClass]
public sealed class EventReturnTests : DashboardTests
{
    private const string Link = "document.documentElement.dataset.link";
    private const string Uptime = "document.getElementById('uptime').innerText.replace(/\\s+/g, ' ')";

    [TestMethod]
    [DataRow("https")]
    [DataRow("http")]
    public async Task Firefox_hears_a_device_again_that_was_restarted(string scheme)
    {
        await using Firefox firefox = await Firefox.StartAsync();
        HostProcess host = await HostProcess.StartAsync("--quiet");
        await firefox.VisitAsync(new Uri(Address(scheme, host), "/#/overview"));
        await UntilAsync(firefox, $"{Link} === 'live'");
        string[] ports = ["--http", $"{host.HttpPort}", "--https", $"{host.HttpsPort}", "--quiet"];
        await host.DisposeAsync();
        await UntilAsync(firefox, $"{Link} === 'lost'");
        await using HostProcess again = HostProcess.StartPlain(ports);
        await UntilAsync(firefox, $"{Link} === 'live'");
        await HearsAsync(expression => firefox.EvaluateAsync(expression));
    }

    [TestMethod]
    public async Task Firefox_hears_a_device_that_is_busy_with_others()
    {
        await using Firefox firefox = await Firefox.StartAsync();
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "tiny");
        await firefox.VisitAsync(new Uri(host.Https, "/#/overview"));
        await UntilAsync(firefox, $"{Link} === 'live'");
        using var over = new CancellationTokenSource();
        Task busy = KeepBusyAsync(host, over.Token);
        for (int i = 0; i < 3; i++)
        {
            await HearsAsync(expression => firefox.EvaluateAsync(expression));
        }

        Assert.AreEqual("live", (await firefox.EvaluateAsync(Link)).GetString());
        await over.CancelAsync();
        await busy;
    }

    [TestMethod]
    public async Task Chromium_hears_a_device_that_is_busy_with_others()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "tiny");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop);
        visit.IsCutOff = true;
        using var over = new CancellationTokenSource();
        Task busy = KeepBusyAsync(host, over.Token);
        for (int i = 0; i < 3; i++)
        {
            await HearsAsync(async expression => JsonSerializer.SerializeToElement(await visit.Page.EvaluateAsync<string>($"String({expression})")));
        }

        Assert.AreEqual("live", await visit.Page.EvaluateAsync<string>(Link));
        await over.CancelAsync();
        await busy;
    }

    [TestMethod]
    [DoNotParallelize]
    [Retry(2)]
    public async Task After_a_refusal_the_page_asks_again_with_a_pause_that_grows()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop);
        visit.Expected.Add(503);
        visit.IsCutOff = true;
        List<long> times = [];
        var watch = Stopwatch.StartNew();
        await visit.Page.RouteAsync("**/api/events", route =>
        {
            times.Add(watch.ElapsedMilliseconds);
            return route.FulfillAsync(new() { Status = 503 });
        });
        await visit.Page.ReloadAsync();
        await visit.UntilAsync($"{Link} === 'live'");
        while (times.Count < 4)
        {
            Assert.IsLessThan(120_000, watch.ElapsedMilliseconds, string.Join(' ', times));
            await Task.Delay(100);
        }

        // A second, two, four; each a quarter more or less, and what a machine takes for it.
        for (int i = 1; i < 4; i++)
        {
            long pause = times[i] - times[i - 1];
            Assert.IsGreaterThan(750 << (i - 1), pause + 50, string.Join(' ', times));
            Assert.IsLessThan((1250 << (i - 1)) + 1500, pause, string.Join(' ', times));
        }

        // Meanwhile it asks for the status, and when the device has a place again, it hears.
        await visit.Page.UnrouteAsync("**/api/events");
        await HearsAsync(async expression => JsonSerializer.SerializeToElement(await visit.Page.EvaluateAsync<string>($"String({expression})")));
        visit.HasNoComplaints();
    }

    // Others got their turn before it had said anything.
    [TestMethod]
    public async Task A_stream_whose_connection_was_lost_comes_back_soon_with_a_pause_that_grows()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        visit.IsCutOff = true;
        List<long> times = [];
        var watch = Stopwatch.StartNew();
        await visit.Page.RouteAsync("**/api/events", route =>
        {
            times.Add(watch.ElapsedMilliseconds);
            return times.Count < 5 ? route.AbortAsync("connectionclosed") : route.ContinueAsync();
        });

        // Another client over HTTP/2 takes the turn of the stream that there is: for one over HTTP/1.1 it would only rest.
        using (var client = new System.Net.Http.HttpClient { DefaultRequestVersion = new(2, 0), DefaultVersionPolicy = System.Net.Http.HttpVersionPolicy.RequestVersionExact })
        {
            await client.GetStringAsync(new Uri(Host.Http, "api/status"));
        }

        while (times.Count < 5)
        {
            Assert.IsLessThan(20_000, watch.ElapsedMilliseconds, string.Join(' ', times));
            await Task.Delay(100);
        }

        // A fifth of a second, and twice as long each time; each a quarter more or less, and what a machine takes for it.
        for (int i = 1; i < 5; i++)
        {
            long pause = times[i] - times[i - 1];
            Assert.IsGreaterThan(150 << (i - 1), pause + 50, string.Join(' ', times));
            Assert.IsLessThan((250 << (i - 1)) + 1000, pause, string.Join(' ', times));
        }

        await HearsAsync(async expression => JsonSerializer.SerializeToElement(await visit.Page.EvaluateAsync<string>($"String({expression})")));
        visit.HasNoComplaints();
    }

    // Its values go on.
    private static async Task HearsAsync(Func<string, Task<JsonElement>> evaluate)
    {
        string before = (await evaluate(Uptime)).ToString();
        for (var watch = Stopwatch.StartNew(); (await evaluate(Uptime)).ToString() == before; await Task.Delay(200))
        {
            Assert.IsLessThan(Visit.Patience, (float)watch.ElapsedMilliseconds, "No newer values came.");
        }
    }

    private static async Task UntilAsync(Firefox firefox, string expression)
    {
        for (var watch = Stopwatch.StartNew(); (await firefox.EvaluateAsync(expression)).ValueKind != JsonValueKind.True; await Task.Delay(200))
        {
            Assert.IsLessThan(Visit.Patience, (float)watch.ElapsedMilliseconds, $"Firefox waited in vain for {expression}.");
        }
    }

    // Clients of all kinds want their turn, one after the other.
    private static async Task KeepBusyAsync(HostProcess host, CancellationToken over)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        client.DefaultRequestHeaders.ConnectionClose = true;
        while (!over.IsCancellationRequested)
        {
            try
            {
                await client.GetStringAsync(new Uri(host.Https, "/api/status"), CancellationToken.None);
                await Task.Delay(100, CancellationToken.None);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // The device was busy with the page.
            }
        }
    }
}
