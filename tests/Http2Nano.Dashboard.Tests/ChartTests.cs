using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>The chart is read with the mouse, with a finger and by keyboard; buttons and two fingers choose the range.</summary>
[TestClass]
public sealed class ChartTests : DashboardTests
{
    private const string Value = "document.querySelector('#chart > svg').getAttribute('aria-valuetext')";
    private const string LeftLabel = "document.querySelector('#chart .chart-label[text-anchor=start]')?.textContent";

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

        await visit.At("#chart label:has([value='60'])").ClickAsync();
        await visit.UntilAsync("[...document.querySelectorAll('.chart-label')].some(e => e.textContent === '−1 min')");

        await visit.At("#chart summary").ClickAsync();
        await visit.UntilAsync("document.querySelector('[data-chart=unit]').textContent === 'Temperature, °C'");
        await visit.UntilAsync("document.querySelectorAll('#chart tbody tr').length > 0");
        StringAssert.Matches(await visit.TextAsync("#chart tbody tr:first-child td:last-child"), new(@"^\d+\.\d$"));
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_keyboard_reads_values()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await visit.UntilAsync("document.querySelector('#chart tbody') && Number(document.querySelector('#chart > svg').getAttribute('aria-valuemax')) >= 2");
        await visit.At("#chart > svg").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        StringAssert.Matches(await visit.At("#chart > svg").GetAttributeAsync("aria-valuetext"), new(@"^\d+\.\d °C, \d+ s ago$"));
        Assert.AreEqual(1, await visit.At(".chart-cursor").CountAsync());
        await visit.Page.Keyboard.PressAsync("Home");
        Assert.AreEqual("0", await visit.At("#chart > svg").GetAttributeAsync("aria-valuenow"));
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.AreEqual(0, await visit.At(".chart-cursor").CountAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_mouse_reads_values()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await RememberAsync(visit);
        LocatorBoundingBoxResult box = (await visit.At("#chart > svg").BoundingBoxAsync())!;
        List<double> ages = [];
        foreach (double part in new[] { 0.9, 0.5, 0.2 })
        {
            await visit.Page.Mouse.MoveAsync((float)(box.X + (part * box.Width)), box.Y + (box.Height / 2));
            await visit.UntilAsync("document.querySelectorAll('#chart .chart-cursor').length === 1");
            string told = await visit.At("#chart .chart-readout").TextContentAsync() ?? "";
            StringAssert.Matches(told, new Regex(@"^2[0-4]\.5 °C, \d+ (s|min) ago$"));
            Assert.AreEqual(told, await visit.Page.EvaluateAsync<string>(Value));
            ages.Add(double.Parse(Regex.Match(told, @"(\d+) (s|min) ago").Groups[1].Value, CultureInfo.InvariantCulture));
        }

        // Two hours from the right edge to the left.
        Assert.IsTrue(ages[0] < ages[1] && ages[1] < ages[2], string.Join(' ', ages));
        Assert.IsInRange(45.0, 75.0, ages[1]);
        await visit.Page.Mouse.MoveAsync(box.X, box.Y - 40);
        await visit.UntilAsync("document.querySelectorAll('#chart .chart-cursor, #chart .chart-readout').length === 0");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Two_fingers_choose_the_range_and_one_reads()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, new Device(Phone: true, Dark: false));
        await RememberAsync(visit);
        await visit.At("#chart > svg").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await visit.At("#chart > svg").BoundingBoxAsync())!;
        double middle = box.X + (box.Width / 2);
        double y = box.Y + (box.Height / 2);
        ICDPSession browser = await visit.Page.Context.NewCDPSessionAsync(visit.Page);

        // Apart to four times as far: a quarter of the time. The buttons have none for it.
        await TouchAsync("touchStart", 30, 30);
        await TouchAsync("touchMove", 60, 60);
        await TouchAsync("touchMove", 120, 120);
        await visit.UntilAsync($"{LeftLabel} === '−30 min'");
        Assert.AreEqual(0, await visit.At("#chart .chart-cursor").CountAsync());
        await TouchAsync("touchEnd");
        Assert.AreEqual(0, await visit.At("#chart [name=range]:checked").CountAsync());
        StringAssert.Contains(await visit.TextAsync("[data-chart=summary]"), "in 30 min");
        await visit.PictureAsync("pinched");

        // Again to a third: ten minutes, which has a button.
        await TouchAsync("touchStart", 40, 40);
        await TouchAsync("touchMove", 120, 120);
        await TouchAsync("touchEnd");
        await visit.UntilAsync($"{LeftLabel} === '−10 min'");
        Assert.AreEqual("600", await visit.At("#chart [name=range]:checked").GetAttributeAsync("value"));

        // Together: all there is. The page itself stays as it was.
        await TouchAsync("touchStart", 140, 140);
        await TouchAsync("touchMove", 40, 40);
        await TouchAsync("touchMove", 5, 5);
        await TouchAsync("touchEnd");
        await visit.UntilAsync($"{LeftLabel} === '−2 h'");
        Assert.AreEqual("0", await visit.At("#chart [name=range]:checked").GetAttributeAsync("value"));
        Assert.AreEqual(1, await visit.Page.EvaluateAsync<double>("visualViewport.scale"));

        // One finger reads.
        await TouchAsync("touchStart", 0);
        await TouchAsync("touchMove", 20);
        await visit.UntilAsync("document.querySelectorAll('#chart .chart-readout').length === 1");
        await TouchAsync("touchEnd");
        await visit.UntilAsync("document.querySelectorAll('#chart .chart-readout').length === 0");
        visit.HasNoComplaints();

        // Fingers so far left and right of the middle.
        Task TouchAsync(string type, params double[] fingers) => browser.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = fingers.Select((far, id) => new Dictionary<string, object> { ["x"] = middle + (id == 0 ? -far : far), ["y"] = y, ["id"] = id }).ToArray(),
        });
    }

    [TestMethod]
    public async Task Charts_show_what_was_before_the_page_was_opened()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await RememberAsync(visit);
        await visit.UntilAsync("[...document.querySelectorAll('.chart-label')].some(e => e.textContent === '−2 h' || e.textContent === '−120 min')");
        await visit.UntilAsync("document.querySelectorAll('.chart-area').length >= 2");
        StringAssert.Contains(await visit.TextAsync("[data-chart=summary]"), "in 2 h");
        await visit.At("#chart > svg").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.UntilAsync("document.querySelector('#chart > svg').getAttribute('aria-valuetext').match(/(1(19|20) min|2 h) ago/)");
        await visit.PictureAsync("history");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_host_keeps_values_while_nobody_looks()
    {
        // One every ten seconds; the board that all share may have had its second one already.
        int uptime = (await Host.GetStatusAsync()).GetProperty("uptime").GetInt32();
        await Task.Delay(Math.Max(0, 11_500 - (uptime * 1000)));
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await visit.UntilAsync("Number(document.querySelector('#chart > svg').getAttribute('aria-valuemax')) >= 2");
        await visit.At("#chart > svg").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.UntilAsync($"/, (\\d{{2,}} s|\\d+ min) ago/.test({Value})");
        visit.HasNoComplaints();
    }

    // The host board keeps a value every ten seconds; here, as one that has been running for two hours.
    private static async Task RememberAsync(Visit visit)
    {
        await visit.Page.RouteAsync("**/api/history", async route =>
        {
            int uptime = await visit.Page.EvaluateAsync<int>("fetch('/api/status').then(r => r.json()).then(s => s.uptime)");
            string lines = string.Join('\n', Enumerable.Range(0, 120).Select(i => $"[{uptime - 7200 + (i * 60)}, {(i is > 40 and < 50 ? "null" : $"2{i % 5}.50")}, 40000, null, {i * 90}]"));
            await route.FulfillAsync(new() { Status = 200, ContentType = "application/x-ndjson", Body = lines });
        });
        await visit.Page.ReloadAsync();
        await visit.UntilAsync($"{LeftLabel} === '−2 h'");
    }
}
