using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>What people can change: the switch, the settings, the theme; and the log that says so.</summary>
[TestClass]
public sealed class ChangeTests : DashboardTests
{
    [TestMethod]
    [DataRow("https")]
    [DataRow("http")]
    public async Task The_switch_works_by_mouse_and_keyboard_and_the_log_says_so(string scheme)
    {
        await using Visit visit = await Visit.OpenAsync(Address(scheme), Desktop, credentials: Anna);
        visit.Expected.Add(401);
        await visit.UntilAsync("!document.getElementById('led').disabled");
        await visit.At("#led").ClickAsync();
        await visit.UntilAsync("document.getElementById('led-state').textContent === 'On'");
        Assert.AreEqual("true", await visit.At("#led").GetAttributeAsync("aria-checked"));
        await visit.UntilAsync("document.getElementById('led-note').textContent === 'Done.'");
        if (scheme == "https")
        {
            await visit.PictureAsync("overview-switched-on");
        }

        await visit.GoAsync("log");
        await visit.At("#log-lines li", "Output switched on").First.WaitForAsync();
        await visit.GoAsync("overview");
        await visit.At("#led").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.UntilAsync("document.getElementById('led-state').textContent === 'Off'");
        await visit.GoAsync("log");
        await visit.At("#log-lines li", "Output switched off").First.WaitForAsync();
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_log_is_fed_live_and_can_be_held()
    {
        await using Visit reader = await Visit.OpenAsync(Host.Https, Desktop, "log", Anna);
        reader.Expected.Add(401);
        await reader.At("#log-lines li").First.WaitForAsync();
        await reader.At("#log-clear").ClickAsync();
        Assert.AreEqual("0 lines", await reader.TextAsync("#log-count"));
        StringAssert.StartsWith(await reader.TextAsync("#log-empty"), "Cleared.");
        await reader.At("#log-pause").ClickAsync();
        await SwitchAsync(reader, true);
        await reader.UntilAsync("document.getElementById('log-count').textContent === 'Paused, 1 new'");
        Assert.AreEqual(0, await reader.At("#log-lines li").CountAsync());
        await reader.At("#log-pause").ClickAsync();
        await reader.At("#log-lines li", "Output switched on").WaitForAsync();
        await SwitchAsync(reader, false);
        await reader.At("#log-lines li", "Output switched off").WaitForAsync();
        Assert.AreEqual("2 lines", await reader.TextAsync("#log-count"));
        reader.HasNoComplaints();
    }

    [TestMethod]
    public async Task Settings_are_checked_saved_and_seen()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop, "settings", Anna);
        visit.Expected.Add(401);
        await visit.UntilAsync("!document.getElementById('settings-fields').disabled");
        string before = await visit.At("#device-name").InputValueAsync();
        await visit.At("#device-name").FillAsync("   ");
        await visit.At("#settings-form button[type=submit]").ClickAsync();
        Assert.AreEqual("Give the device a name.", await visit.TextAsync("#device-name-error"));
        Assert.AreEqual("true", await visit.At("#device-name").GetAttributeAsync("aria-invalid"));
        Assert.AreEqual("device-name", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
        await visit.PictureAsync("settings-refused");

        await visit.At("#device-name").FillAsync("North wall");
        await visit.At("label:has(#unit-f)").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('settings-note').textContent === 'Saved.'");
        await visit.GoAsync("overview");
        await visit.UntilAsync("document.getElementById('device').textContent === 'North wall'");
        await visit.UntilAsync("document.querySelector('[data-metric=temperature] .tile-unit').textContent === '°F'");
        StringAssert.Matches(await visit.Page.TitleAsync(), new Regex("^North wall$"));

        await visit.GoAsync("settings");
        await visit.At("#device-name").FillAsync(before);
        await visit.At("label:has(#unit-c)").ClickAsync();
        await visit.At("#settings-form button[type=submit]").ClickAsync();
        await visit.UntilAsync("document.getElementById('settings-note').textContent === 'Saved.'");
        visit.HasNoComplaints();
    }

    [TestMethod]
    [DataRow("<img src=x onerror=alert(1)>")]
    [DataRow("&lt;b&gt; \"quoted\" \\ 'name'")]
    [DataRow("\U0001F33B\U0001F33B Greenhouse \U0001F468\u200D\U0001F33E")]
    [DataRow("\u05D4\u05D7\u05DE\u05DE\u05D4 \u05D4\u05E6\u05E4\u05D5\u05E0\u05D9\u05EA")]
    [DataRow("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW")]
    public async Task A_name_is_shown_as_it_was_written(string name)
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, new Device(Phone: true, Dark: true), "settings", Anna);
        visit.Expected.Add(401);
        await visit.UntilAsync("!document.getElementById('settings-fields').disabled");
        string before = await visit.At("#device-name").InputValueAsync();
        await visit.At("#device-name").FillAsync(name);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('settings-note').textContent === 'Saved.'");
        await visit.GoAsync("overview");
        await visit.UntilAsync($"document.getElementById('device').textContent === {JsonSerializer.Serialize(name)}");
        Assert.AreEqual(name, await visit.Page.TitleAsync());
        await visit.IsUsableAsync("The overview with this name", axe: false);
        await visit.GoAsync("settings");
        await visit.At("#device-name").FillAsync(before);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync($"document.getElementById('device').textContent === {JsonSerializer.Serialize(before)}");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_name_of_64_characters_is_refused_with_a_sentence()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop, "settings", Anna);
        visit.Expected.Add(401);
        visit.Expected.Add(422);
        await visit.UntilAsync("!document.getElementById('settings-fields').disabled");
        await visit.At("#device-name").FillAsync(new string('n', 64));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('device-name-error').textContent === 'At most 32 characters.'");
        Assert.AreEqual(422, await visit.Page.EvaluateAsync<int>("fetch('/api/settings', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ deviceName: 'n'.repeat(64) }) }).then(r => r.status)"));
        StringAssert.StartsWith(await visit.Page.EvaluateAsync<string>("fetch('/api/status').then(r => r.json()).then(s => s.device)"), "Simulated");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_log_is_searched_and_downloaded()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop, "log", Anna);
        visit.Expected.Add(401);
        await visit.At("#log-lines li").First.WaitForAsync();
        await SwitchAsync(visit, true);
        await SwitchAsync(visit, false);
        await visit.At("#log-lines li", "Output switched off").First.WaitForAsync();
        await visit.At("#log-search").FillAsync("OFF switched");
        await visit.UntilAsync("[...document.querySelectorAll('#log-lines li:not([hidden])')].every(e => e.textContent.includes('switched off'))");
        StringAssert.Matches(await visit.TextAsync("#log-count"), new Regex("^\\d+ of \\d+ lines$"));
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.At("#log-save").ClickAsync());
        Assert.AreEqual("log.txt", download.SuggestedFilename);
        string[] lines = await System.IO.File.ReadAllLinesAsync(await download.PathAsync());
        Assert.IsNotEmpty(lines);
        foreach (string line in lines)
        {
            StringAssert.Matches(line, new Regex("^\\d\\d:\\d\\d:\\d\\d Output switched off$"));
        }

        await visit.At("#log-search").FillAsync(string.Empty);
        await visit.At("#log-filter label:has([value='2'])").ClickAsync();
        await visit.UntilAsync("document.getElementById('log-empty').textContent === 'No line is like that.'");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Lines_stand_in_their_order_and_what_is_missing_is_told()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await visit.Page.RouteAsync("**/api/log", route => route.FulfillAsync(new()
        {
            Status = 200,
            ContentType = "application/x-ndjson",
            Body = string.Join('\n', new[] { 9005, 9001, 9002 }.Select(n => $"{{\"n\":{n},\"at\":1,\"level\":\"info\",\"text\":\"line {n}\"}}")),
        }));
        await visit.GoAsync("log");
        await visit.At("#log-lines li", "line 9005").WaitForAsync();
        string[] lines = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('#log-lines li')].map(e => e.lastChild.textContent).filter(text => text.startsWith('line'))");
        CollectionAssert.AreEqual(new[] { "line 9001", "line 9002", "line 9005" }, lines);
        Assert.AreEqual("2 lines are missing", await visit.At("#log-lines li", "line 9005").GetAttributeAsync("data-missing"));
        Assert.IsNull(await visit.At("#log-lines li", "line 9002").GetAttributeAsync("data-missing"));
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Diagnostics_are_one_file()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop, "settings");
        await visit.UntilAsync("!document.getElementById('settings-fields').disabled");
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.At("#diagnostics").ClickAsync());
        using JsonDocument file = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(await download.PathAsync()));
        StringAssert.StartsWith(file.RootElement.GetProperty("status").GetProperty("device").GetString(), "Simulated");
        Assert.AreEqual(JsonValueKind.Array, file.RootElement.GetProperty("log").ValueKind);
        Assert.IsGreaterThan(0, file.RootElement.GetProperty("history").GetArrayLength());
        await visit.UntilAsync("document.getElementById('diagnostics-note').textContent === 'Downloaded.'");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_keyboard_reaches_everything_and_focus_is_seen()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        await visit.UntilAsync("!document.getElementById('led').disabled && !document.getElementById('account').hidden");
        string[] stops = ["Skip to content", "Http2Nano", "Overview", "Protocol", "Settings", "Log", "Sign in", "Use the dark theme", "Temperature", "Free heap", "Wi-Fi signal", "Requests", "All", "Temperature: now", "Values as a table", "Status LED"];
        foreach (string stop in stops)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            string[] seen = await visit.Page.EvaluateAsync<string[]>("""
                () => { const e = document.activeElement, s = getComputedStyle(e);
                  return [e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby'))?.innerText || e.labels?.[0]?.innerText || e.innerText.trim().split('\n')[0], s.outlineStyle, String(parseFloat(s.outlineWidth))]; }
                """);
            Assert.StartsWith(stop, seen[0]);
            Assert.AreEqual("solid", seen[1], $"Focus on {stop} is not seen.");
            Assert.AreNotEqual("0", seen[2], $"Focus on {stop} is not seen.");
        }

        // A link of the navigation leads to the heading of what it shows.
        await visit.At("nav a[href='#/protocol']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.activeElement.id === 'protocol-title'");
        Assert.AreEqual("page", await visit.At("nav a[href='#/protocol']").GetAttributeAsync("aria-current"));
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_theme_is_kept()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        string light = await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        await visit.At("#theme").ClickAsync();
        string dark = await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        Assert.AreNotEqual(light, dark);
        Assert.AreEqual("Use the light theme", await visit.At("#theme").GetAttributeAsync("aria-label"));
        await visit.Page.ReloadAsync();
        Assert.AreEqual(dark, await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
        visit.HasNoComplaints();
    }

    private static async Task SwitchAsync(Visit visit, bool on) => await visit.Page.EvaluateAsync(
        "on => fetch('/api/led', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ on }) })", on);
}
