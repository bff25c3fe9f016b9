using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>Every page on every device by either protocol: whole, live, within the window, open to everybody.</summary>
[TestClass]
public sealed class ViewTests : DashboardTests
{
    [TestMethod]
    [DataRow("https", false, false)]
    [DataRow("https", true, true)]
    [DataRow("http", false, true)]
    [DataRow("http", true, false)]
    public async Task Every_page_is_whole(string scheme, bool phone, bool dark)
    {
        var device = new Device(phone, dark);
        string protocol = scheme == "https" ? "HTTP/2" : "HTTP/1.1";

        // What axe-core looks at is the same by either protocol; each size and each scheme of colours gets its look.
        bool axe = scheme == "https" && phone == dark;
        await using Visit visit = await Visit.OpenAsync(Address(scheme), device);
        string uptime = await visit.TextAsync("#uptime");
        foreach (string view in new[] { "settings", "log", "protocol", "overview" })
        {
            await visit.GoAsync(view);
            switch (view)
            {
                case "settings":
                    await visit.UntilAsync("document.getElementById('device-name').value.startsWith('Simulated')");
                    break;
                case "log":
                    await visit.At("#log-lines li").First.WaitForAsync();
                    break;
                case "protocol":
                    await visit.UntilAsync("document.querySelectorAll('#waterfall li').length > 8");
                    Assert.AreEqual(protocol, await visit.TextAsync("#protocol-name"));
                    Assert.AreEqual(scheme == "https" ? "h2" : "http/1.1", await visit.Page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol"));
                    break;
                default:
                    await visit.UntilAsync($"document.getElementById('uptime').innerText.trim() !== {JsonSerializer.Serialize(uptime)}");
                    await visit.UntilAsync("document.querySelectorAll('.chart-line').length === 1");
                    break;
            }

            await visit.IsUsableAsync($"{view} on {device.Name} over {protocol}", axe);
            if (scheme == "https" || phone == dark)
            {
                await visit.PictureAsync($"{view}-{scheme}-{device.Name}");
            }
        }

        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_device_without_a_sensor_shows_what_it_measures()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        visit.Expected.Add(503);

        // As a small board has it: no sensor, no scan, and all event streams taken.
        await visit.Page.RouteAsync("**/api/events", route => route.FulfillAsync(new() { Status = 503 }));
        await visit.Page.RouteAsync("**/api/history", route => route.FulfillAsync(new() { Body = string.Empty }));
        await visit.Page.RouteAsync("**/api/status", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = response, Body = Regex.Replace(await response.TextAsync(), @"""(temperature|signal)"":-?[\d.]+", @"""$1"":null") });
        });
        await visit.Page.ReloadAsync();
        await visit.UntilAsync("document.querySelectorAll('.tiles li:not([hidden])').length === 3");
        Assert.IsTrue(await visit.At("[data-metric=temperature]").IsHiddenAsync());
        Assert.IsTrue(await visit.At("[data-metric=signal]").IsHiddenAsync());
        Assert.AreEqual("Free heap", await visit.TextAsync("[data-chart=title]"));
        Assert.AreEqual("true", await visit.At("[data-metric=heap]").GetAttributeAsync("aria-pressed"));
        await visit.PictureAsync("no-sensor");
        visit.HasNoComplaints();
    }

    [TestMethod]
    [DataRow("https")]
    [DataRow("http")]
    public async Task An_address_where_nothing_is_leads_back(string scheme)
    {
        await using Visit visit = await Visit.OpenAsync(Address(scheme), new Device(Phone: true, Dark: true));
        visit.Expected.Add(404);
        IResponse? answer = await visit.Page.GotoAsync(new Uri(Address(scheme), "/no/where").ToString());
        Assert.AreEqual(404, answer!.Status);
        Assert.AreEqual("There is nothing at this address", await visit.TextAsync("h1"));
        await visit.IsUsableAsync("The page of what is missing", axe: scheme == "http");
        await visit.PictureAsync($"missing-{scheme}");

        // Who is no browser that navigates gets data.
        Assert.AreEqual("application/problem+json", await visit.Page.EvaluateAsync<string>("fetch('/no/where').then(response => response.headers.get('content-type'))"));
        await visit.At("main a").ClickAsync();
        await visit.IsLiveAsync();
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task What_HTTP_2_does_is_shown_in_figures()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop, "protocol");
        await visit.UntilAsync("document.querySelectorAll('#waterfall li').length > 8");

        // The one that brings the values is open all the time.
        await visit.UntilAsync("Number(document.getElementById('fact-streams').textContent) > 0");
        foreach (string fact in new[] { "window", "table", "saved", "sent", "received", "requests", "connections" })
        {
            StringAssert.Matches(await visit.TextAsync($"#fact-{fact}"), new("^[1-9][0-9.,]*( [KM]?B)?$"), fact);
        }

        await visit.UntilAsync("document.getElementById('verdict').textContent.includes('one connection')");
        visit.HasNoComplaints();
    }

    [TestMethod]
    [DataRow("?with=2_1.2.3_4.5.6")]
    [DataRow("?with=3_0.0.0-0.0.0_0.0.0")]
    [DataRow("?with=<img src=x onerror=alert(1)>")]
    [DataRow("?compare=HTTP%2F2|load|a~1~2~3~4~5")]
    public async Task An_address_that_carries_nonsense_is_the_page_without_it(string nonsense)
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop, "protocol" + nonsense);
        await visit.UntilAsync("document.querySelectorAll('#waterfall li').length > 8");
        Assert.IsTrue(await visit.At("#other").IsHiddenAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_result_has_a_short_address()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "protocol");
        await visit.UntilAsync("!document.getElementById('result').hidden");
        string address = (await visit.At("#result").GetAttributeAsync("href"))!;
        Assert.IsLessThan(400, address.Length, address);
        await visit.At("#result").ClickAsync();
        await visit.UntilAsync("!document.getElementById('other').hidden");
        Assert.AreEqual("As the address says", await visit.TextAsync("#other-title"));
        Assert.AreEqual(await visit.At("#waterfall li").CountAsync(), await visit.At("#other-waterfall li").CountAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    [DataRow("https", "HTTP/1.1")]
    [DataRow("http", "HTTP/2")]
    public async Task The_other_protocol_shows_both_measurements(string scheme, string other)
    {
        await using Visit visit = await Visit.OpenAsync(Address(scheme), Desktop, "protocol");
        await visit.UntilAsync("document.querySelectorAll('#waterfall li').length > 8");
        await visit.At("#measure").ClickAsync();
        await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
        int rows = await visit.At("#waterfall li").CountAsync();
        Assert.AreEqual($"Compare with {other}", await visit.TextAsync("#compare"));
        string address = (await visit.At("#compare").GetAttributeAsync("href"))!;
        Assert.IsLessThan(400, address.Length, address);
        await visit.At("#compare").ClickAsync();
        await visit.UntilAsync("!document.getElementById('other').hidden");
        await visit.IsLiveAsync();
        Assert.AreEqual(other, await visit.TextAsync("#protocol-name"));
        Assert.AreEqual($"The same page over {(scheme == "https" ? "HTTP/2" : "HTTP/1.1")}", await visit.TextAsync("#other-title"));
        Assert.AreEqual(rows, await visit.At("#other-waterfall li").CountAsync());
        await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
        await visit.At("#ways label:has([value=long])").ClickAsync();
        int[] ends = await visit.Page.EvaluateAsync<int[]>("['verdict', 'other-verdict'].map(id => Number(/files in (\\d[\\d,]*) ms, with 50 ms more/.exec(document.getElementById(id).textContent)[1].replace(',', '')))");
        Assert.IsLessThan(ends[scheme == "https" ? 0 : 1], ends[scheme == "https" ? 1 : 0], "HTTP/2 is not the faster one.");
        await visit.IsUsableAsync("The comparison", axe: false);
        await visit.PictureAsync($"compare-{scheme}");
        visit.HasNoComplaints();
    }
}
