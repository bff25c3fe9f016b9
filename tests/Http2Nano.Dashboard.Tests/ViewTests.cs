using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>Every page on every device by either protocol: whole, live, within the window, open to everybody.</summary>
[TestClass]
[DoNotParallelize]
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
    public async Task Tiles_choose_the_chart_and_values_are_told_in_words()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await visit.UntilAsync("document.querySelectorAll('.chart-line').length === 1");
        foreach ((string metric, string label, string unit) in new[] { ("heap", "Free heap", "KB"), ("signal", "Wi-Fi signal", "dBm"), ("rate", "Requests per second", "/s"), ("temperature", "Temperature", "°C") })
        {
            await visit.At($"[data-metric={metric}]").ClickAsync();
            Assert.AreEqual(label, await visit.TextAsync("[data-chart=title]"));
            Assert.AreEqual("true", await visit.At($"[data-metric={metric}]").GetAttributeAsync("aria-pressed"));
            await visit.UntilAsync($"document.querySelector('#chart svg').getAttribute('aria-label').startsWith('{label}: now ')");
            StringAssert.Contains(await visit.At("#chart > svg").GetAttributeAsync("aria-label"), unit);
        }

        await visit.At("#chart summary").ClickAsync();
        await visit.UntilAsync("document.querySelector('[data-chart=unit]').textContent === 'Temperature, °C'");
        await visit.UntilAsync("document.querySelectorAll('#chart tbody tr').length > 0");
        StringAssert.Matches(await visit.TextAsync("#chart tbody tr:first-child td:last-child"), new(@"^\d+\.\d$"));
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_device_without_a_sensor_shows_what_it_measures()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        visit.Expected.Add(503);

        // As a small board has it: no sensor, no scan, and all event streams taken.
        await visit.Page.RouteAsync("**/api/events", route => route.FulfillAsync(new() { Status = 503 }));
        await visit.Page.RouteAsync("**/api/status", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = response, Body = Regex.Replace(await response.TextAsync(), @"""(temperature|signal)"":-?[\d.]+", @"""$1"":null") });
        });
        await visit.Page.ReloadAsync();
        await visit.UntilAsync("document.querySelector('[data-metric=temperature] .tile-note').textContent === 'No sensor'");
        Assert.AreEqual("Not measured", await visit.TextAsync("[data-metric=signal] .tile-note"));
        Assert.AreEqual("Free heap", await visit.TextAsync("[data-chart=title]"));
        Assert.AreEqual("true", await visit.At("[data-metric=heap]").GetAttributeAsync("aria-pressed"));
        await visit.At("[data-metric=temperature]").ClickAsync();
        Assert.AreEqual("Temperature", await visit.TextAsync("[data-chart=title]"));
        await visit.PictureAsync("no-sensor");
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

        StringAssert.Contains(await visit.TextAsync("#verdict"), "one connection");
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
        await visit.At("#compare").ClickAsync();
        await visit.UntilAsync("!document.getElementById('other').hidden");
        await visit.IsLiveAsync();
        Assert.AreEqual(other, await visit.TextAsync("#protocol-name"));
        Assert.AreEqual($"The same page over {(scheme == "https" ? "HTTP/2" : "HTTP/1.1")}", await visit.TextAsync("#other-title"));
        Assert.AreEqual(rows, await visit.At("#other-waterfall li").CountAsync());
        await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
        await visit.IsUsableAsync("The comparison", axe: false);
        await visit.PictureAsync($"compare-{scheme}");
        visit.HasNoComplaints();
    }
}
