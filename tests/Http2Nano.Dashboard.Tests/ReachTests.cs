using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>Whoever looks: with large letters, with names of any script, over a slow link, with a keyboard, with a screen reader.</summary>
[TestClass]
public sealed class ReachTests : DashboardTests
{
    private static readonly string[] s_views = ["overview", "protocol", "settings", "log"];

    // What is there when a view is.
    private static readonly Dictionary<string, string> s_shown = new()
    {
        ["overview"] = "#chart .chart-line",
        ["protocol"] = "#frames-lanes .fr",
        ["settings"] = "#certificate-hash:not(:empty)",
        ["log"] = "#log-lines li",
    };

    // In a second. A tenth is lost on the way, as Chromium reckons.
    private const double BytesOfKilobit = 1000 / 8 * 0.9;

    [TestMethod]
    public async Task At_200_percent_nothing_is_cut_off()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");

        // A window of half the size with twice the pixels is what zooming makes of it (WCAG 1.4.4); 320 wide is 1.4.10.
        foreach ((int width, int height) in new[] { (640, 450), (320, 568) })
        {
            IBrowserContext context = await Chromium.Browser.NewContextAsync(new() { IgnoreHTTPSErrors = true, ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = 2 });
            IPage page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(host.Https, "/").ToString());
            await page.Locator("html[data-link=live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            foreach (string view in s_views)
            {
                await page.EvaluateAsync($"location.hash = '#/{view}'");
                await page.Locator($"#{view} h1").WaitForAsync();
                await page.Locator(s_shown[view]).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
                await Task.Delay(300);
                string wide = await page.EvaluateAsync<string>("""
                    () => document.documentElement.scrollWidth <= innerWidth ? ''
                      : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getClientRects().length).map(e => e.id || e.className || e.tagName).slice(0, 8).join(', ')
                    """);
                Assert.AreEqual(string.Empty, wide, $"{view} at {width}");
                string covered = await page.EvaluateAsync<string>("""
                    () => [...document.querySelectorAll('.bar-inner > *')].filter(e => e.getClientRects().length).map(e => [e.id || e.className || e.tagName, e.getBoundingClientRect()])
                      .filter(([name, r], i, all) => all.some(([other, o], j) => j > i && name !== 'NAV' && other !== 'NAV' && r.right > o.left + 1 && o.right > r.left + 1)).map(([name]) => name).join(', ')
                    """);
                Assert.AreEqual(string.Empty, covered, $"The bar at {width}");

                // What has the focus is not behind the bars (WCAG 2.4.11).
                string hidden = await page.EvaluateAsync<string>("""
                    () => [...document.querySelectorAll('main :is(button, a[href], input, select, summary, [tabindex="0"])')].filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !e.closest('dialog, .sr') && !e.matches('.sr')).filter(e => {
                        e.focus();
                        const r = e.getBoundingClientRect();
                        const above = document.elementFromPoint(Math.min(innerWidth - 1, r.left + r.width / 2), Math.min(innerHeight - 1, Math.max(0, r.top + Math.min(r.height, 40) / 2)));
                        return r.height < innerHeight / 2 && above?.closest('.bar');
                      }).map(e => e.id || e.outerHTML.slice(0, 40)).join(', ')
                    """);
                Assert.AreEqual(string.Empty, hidden, $"{view} at {width}: the focus");
                await page.ScreenshotAsync(new() { Path = System.IO.Path.Combine(Pictures, $"zoom-{view}-{width}.png"), FullPage = true });
            }

            await context.CloseAsync();
        }
    }

    [TestMethod]
    public async Task Every_dialog_is_walked_through_with_the_keyboard_in_a_window_of_320_pixels()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "settings");
        await visit.Page.SetViewportSizeAsync(320, 568);
        await visit.UntilAsync("document.getElementById('wifi-now')?.textContent === 'Home' && document.getElementById('certificate-names')?.textContent");
        IKeyboard keyboard = visit.Page.Keyboard;
        await WalkAsync("account", "sign-in", ["user", "password", "sign-in-enter", "sign-in-cancel"]);
        await visit.At("#account").PressAsync("Enter");
        await keyboard.TypeAsync("anna");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("correct-horse");
        await keyboard.PressAsync("Enter");
        await visit.UntilAsync("document.getElementById('account-text').textContent === 'Sign out' && document.activeElement.id === 'account'");
        await WalkAsync("restart", "confirm", ["confirm-no", "confirm-yes"]);
        await WalkAsync("reset", "confirm", ["confirm-no", "confirm-yes"]);
        await WalkAsync("certificate-make", "confirm", ["confirm-no", "confirm-yes"]);
        await WalkAsync("wifi-choose", "wifi-dialog", ["wifi-scan", "Home", "wifi-name", "wifi-password", "Try it", "wifi-cancel"]);
        Assert.AreEqual("Home", await visit.TextAsync("#wifi-now"));
        visit.HasNoComplaints();

        // Enter opens it, Tab goes through all of it and to nothing behind it, Escape closes it, and the focus is where it was.
        async Task WalkAsync(string opener, string dialog, string[] stops)
        {
            await visit.At($"#{opener}").PressAsync("Enter");
            await visit.UntilAsync($"document.activeElement.closest('dialog[open]')?.id === '{dialog}' && ('{dialog}' !== 'wifi-dialog' || document.querySelector('#wifi-list label'))");
            List<string> seen = [];
            for (int i = 0; i < stops.Length + 2 && seen.Count < stops.Length; i++)
            {
                string[] at = await visit.Page.EvaluateAsync<string[]>("""
                    () => {
                      const e = document.activeElement;
                      const r = e.getBoundingClientRect();
                      return [e.closest('dialog')?.id ?? e.tagName, e.id || e.value || e.textContent, String(r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth)];
                    }
                    """);

                // The window's own buttons have their turn, too, and so has a dialog that scrolls.
                if (at[0] != "BODY" && at[1] != dialog)
                {
                    Assert.AreEqual(dialog, at[0], $"Tab leads out of the dialog to {at[1]}.");
                    Assert.AreEqual("true", at[2], $"{at[1]} is cut off.");
                    seen.Add(at[1]);
                }

                await keyboard.PressAsync("Tab");
            }

            CollectionAssert.AreEqual(stops, seen, $"Seen: {string.Join(", ", seen)}");
            await visit.IsUsableAsync($"The dialog of {opener}", axe: opener != "restart" && opener != "reset");
            await visit.PictureAsync($"dialog-{opener}-320");
            await keyboard.PressAsync("Escape");
            await visit.UntilAsync($"!document.getElementById('{dialog}').open && document.activeElement.id === '{opener}'");
        }
    }

    [TestMethod]
    [DataRow("<b onclick=alert(1)>&amp;</b>\"'")]
    [DataRow("\U0001F331\U0001F331\U0001F331 Gew\u00E4chshaus")]
    [DataRow("\u05D4\u05D7\u05DE\u05DE\u05D4 \u05E9\u05DC \u05D0\u05E0\u05D4 (2)")]
    [DataRow("Donaudampfschifffahrtsgesellscha")]
    [DataRow("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW")]
    public async Task A_name_of_any_kind_is_shown_as_it_is(string name)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        using (HttpClient program = Program())
        using (var body = new StringContent(System.Text.Json.JsonSerializer.Serialize(new { deviceName = name }), Encoding.UTF8, "application/json"))
        using (HttpResponseMessage answer = await program.PutAsync(new Uri(host.Https, "/api/settings"), body))
        {
            Assert.AreEqual(200, (int)answer.StatusCode);
        }

        await using Visit visit = await Visit.OpenAsync(host.Https, new Device(Phone: true, Dark: false));
        await visit.UntilAsync($"document.getElementById('device').textContent === {System.Text.Json.JsonSerializer.Serialize(name)}");
        Assert.AreEqual(name, await visit.Page.TitleAsync());
        await visit.IsUsableAsync(name, axe: false);
        await visit.PictureAsync($"name-{name.Length}-{Math.Abs(name.GetHashCode(StringComparison.Ordinal)) % 100}");
        await visit.GoAsync("settings");
        await visit.UntilAsync($"document.getElementById('device-name').value === {System.Text.Json.JsonSerializer.Serialize(name)}");
        await visit.IsUsableAsync(name, axe: false);
        visit.HasNoComplaints();
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("   ")]
    [DataRow("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_name_that_is_none_or_too_long_is_refused(string name)
    {
        using HttpClient program = Program();
        using var body = new StringContent(System.Text.Json.JsonSerializer.Serialize(new { deviceName = name }), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await program.PutAsync(new Uri(Host.Https, "/api/settings"), body);
        Assert.AreEqual(422, (int)answer.StatusCode);
    }

    [TestMethod]
    [TestCategory("Timing")]
    [DoNotParallelize]
    [Retry(2)]
    [DataRow("https", 562, 1600, 750, DisplayName = "Chromium's Fast 3G, over HTTP/2")]
    [DataRow("http", 400, 400, 400, DisplayName = "400 kbit/s and 400 ms, over HTTP/1.1")]
    public async Task Over_a_slow_link_there_is_something_to_read_within_two_seconds(string scheme, int latency, int down, int up)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        IBrowserContext context = await Chromium.Browser.NewContextAsync(new Device(Phone: true, Dark: false).Options);
        IPage page = await context.NewPageAsync();
        ICDPSession protocol = await context.NewCDPSessionAsync(page);
        await protocol.SendAsync("Network.enable");
        await protocol.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = latency, ["downloadThroughput"] = down * BytesOfKilobit, ["uploadThroughput"] = up * BytesOfKilobit });
        await page.GotoAsync(new Uri(Address(scheme, host), "/").ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("html[data-link=live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        double first = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scheme}: first paint with content after {first:0} ms"));
        Assert.IsLessThan(2000, first);
        await context.CloseAsync();
    }

    [TestMethod]
    public async Task A_screen_reader_finds_a_name_for_everything()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Https, Desktop);
        foreach (string view in s_views)
        {
            await visit.GoAsync(view);
            string nameless = await visit.Page.EvaluateAsync<string>("""
                () => [...document.querySelectorAll('button, a, input, select, summary, [role], meter, dialog')].filter(e => e.getClientRects().length && !e.closest('[aria-hidden=true]'))
                  .filter(e => !(e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby') ?? '')?.textContent || e.labels?.[0]?.textContent || e.textContent || e.title || e.getAttribute('role') === 'status').toString().trim())
                  .map(e => e.outerHTML.slice(0, 80)).join('\n')
                """);
            Assert.AreEqual(string.Empty, nameless, view);

            // What is told later is told aloud, too.
            string silent = await visit.Page.EvaluateAsync<string>("[...document.querySelectorAll('#settings [id$=-note], #led-note, dialog .fault[id]')].filter(e => !['status', 'alert'].includes(e.role)).map(e => e.id).join(', ')");
            Assert.AreEqual(string.Empty, silent, view);
            string[] headings = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('h1, h2, h3')].filter(e => e.getClientRects().length).map(e => e.textContent.trim())");
            List<string> twice = [.. headings.GroupBy(h => h).Where(g => g.Count() > 1).Select(g => g.Key)];

            // The chart has the name of the tile that it shows.
            twice.Remove("Temperature");
            Assert.IsEmpty(twice, $"{view}: {string.Join(", ", twice)}");
        }

        visit.HasNoComplaints();
    }

    private static string Pictures => System.IO.Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Places.Findings)!, "dashboard")).FullName;

    private static HttpClient Program()
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.ConnectionClose = true;
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anna:correct-horse")));
        return client;
    }
}
