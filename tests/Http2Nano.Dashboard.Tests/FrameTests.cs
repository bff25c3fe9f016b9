using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>The protocol page shows the frames of the very connection that carries it, and what HPACK makes of the fields.</summary>
[TestClass]
public sealed class FrameTests : DashboardTests
{
    [TestMethod]
    public async Task Frames_of_this_connection_are_drawn_as_lanes_and_told_in_words()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "protocol");
        await visit.UntilAsync("document.querySelectorAll('#frames-lanes .fr').length > 20");
        await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
        await visit.At("#frames-burst").ClickAsync();

        // Three files, of which the browser wants one first, and a stream that is given up.
        await visit.UntilAsync("[...document.querySelectorAll('#frames-names li')].filter(li => /favicon.svg|style.css|app.js/.test(li.textContent)).length >= 3");
        await visit.UntilAsync("document.querySelector('#frames-lanes .fr-t3.fr-got')");
        await visit.UntilAsync("document.querySelector('#frames-lanes .fr-window')");
        Assert.AreEqual(0, await visit.At("#frames-names li", "/api/frames").CountAsync(), "The page sees itself looking.");

        // By keyboard, in the words that a screen reader gets.
        await visit.At("#frames-lanes").FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        string words = (await visit.At("#frames-lanes").GetAttributeAsync("aria-valuetext"))!;
        StringAssert.Matches(words, new(@"^[A-Z_]+ from the (device|browser) for (the connection|stream \d+)"), words);
        Assert.AreEqual(words, await visit.TextAsync("#frames-told"));
        Assert.AreEqual(1, await visit.At(".fr-at").CountAsync());
        await visit.At(".fr-t3.fr-got").Last.ClickAsync();
        StringAssert.Matches(await visit.TextAsync("#frames-told"), new(@"^RST_STREAM from the browser for stream \d+ \(/api/events\), 4 octets: CANCEL$"));

        await visit.At("#frames-table summary").ClickAsync();
        await visit.UntilAsync("document.querySelectorAll('#frames-rows tr').length > 10");
        await visit.UntilAsync("[...document.querySelectorAll('#frames-rows tr')].some(row => row.cells[2].textContent === 'HEADERS' && row.cells[1].textContent === 'browser' && /^\\d+ octets in \\d+, urgency \\d/.test(row.cells[5].textContent))");
        foreach (string direction in new[] { "requests", "responses" })
        {
            StringAssert.Matches(await visit.TextAsync($"#saved-{direction}"), new(@"^\d+ blocks: .*, [3-9]\d % less$"));
        }

        await visit.IsUsableAsync("The frames");
        await visit.PictureAsync("frames");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Frames_stay_until_a_connection_that_took_the_place_of_theirs_has_some()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "protocol");
        await visit.UntilAsync("document.querySelectorAll('#frames-lanes .fr').length > 20");
        await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
        string answer = "[4242,0,3]\n";
        await visit.Page.RouteAsync("**/api/frames?*", route => route.FulfillAsync(new() { ContentType = "application/x-ndjson", Body = answer }));
        await visit.UntilAsync("document.getElementById('frames-note').textContent.startsWith('The connection was replaced, as happens when others want their turn. Shown are the last ')");
        Assert.IsGreaterThan(20, await visit.At("#frames-lanes .fr").CountAsync());
        await visit.IsUsableAsync("The frames of the connection before", axe: false);
        await visit.At("#frames").ScreenshotAsync(new() { Path = System.IO.Path.Combine(System.IO.Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Places.Findings)!, "dashboard")).FullName, "frames-replaced.png") });

        // Number, time, sent, type, flags, stream, length, value, two more; SETTINGS from both sides.
        answer += "[0,1,0,4,0,0,18,0,0,-1]\n[1,1,1,4,0,0,30,0,0,-1]\n";
        await visit.UntilAsync("document.getElementById('frames-note').textContent.startsWith('2 frames of this connection')");
        Assert.AreEqual(2, await visit.At("#frames-lanes .fr").CountAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_tables_of_HPACK_are_shown_without_secrets()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await using Visit visit = await Visit.OpenAsync(host.Https, new Device(Phone: true, Dark: true));
        await visit.Page.EvaluateAsync("document.cookie = 'key=forty-two'");
        await visit.GoAsync("protocol");
        await visit.UntilAsync("document.querySelectorAll('#frames-lanes .fr').length > 0");
        await visit.At("#hpack-table summary").ClickAsync();
        await visit.UntilAsync("[...document.querySelectorAll('#hpack-rows tr')].some(row => row.cells[2].textContent === 'cookie' && row.cells[3].textContent === '(not shown)')");
        await visit.UntilAsync("[...document.querySelectorAll('#hpack-rows tr')].some(row => row.cells[0].textContent === 'responses')");
        string shown = await visit.TextAsync("#hpack-rows");
        StringAssert.Contains(shown, "user-agent");
        Assert.DoesNotContain("forty-two", shown);
        await visit.IsUsableAsync("The tables", axe: false);
        await visit.PictureAsync("frames-hpack");
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Over_HTTP_1_1_the_page_says_that_there_are_none()
    {
        await using Visit visit = await Visit.OpenAsync(Host.Http, Desktop, "protocol");
        await visit.UntilAsync("document.getElementById('measured').textContent.startsWith('Measured just now')");
        StringAssert.StartsWith(await visit.TextAsync("#frames .only-h1"), "Over HTTP/1.1 there are none");
        Assert.IsTrue(await visit.At("#frames-lanes").IsHiddenAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task A_board_that_cannot_afford_them_does_not_show_them()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "tiny");
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "protocol");
        visit.IsCutOff = true;
        await visit.UntilAsync("document.querySelectorAll('#waterfall li').length > 8");
        Assert.IsTrue(await visit.At("#frames").IsHiddenAsync());
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task The_page_asks_only_while_it_is_looked_at()
    {
        await using HostProcess host = await HostProcess.StartAsync();
        await using Visit visit = await Visit.OpenAsync(host.Https, Desktop, "protocol");
        await visit.UntilAsync("document.querySelectorAll('#frames-lanes .fr').length > 20");
        await visit.GoAsync("overview");
        await Task.Delay(1500);
        int asked = host.Lines.Count(line => line.Contains("/api/frames", System.StringComparison.Ordinal));
        Assert.IsGreaterThan(0, asked);
        await Task.Delay(2500);
        Assert.AreEqual(asked, host.Lines.Count(line => line.Contains("/api/frames", System.StringComparison.Ordinal)));
        visit.HasNoComplaints();
    }

    [TestMethod]
    public async Task Of_two_browsers_one_is_told_to_wait()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", "large");
        await using Visit first = await Visit.OpenAsync(host.Https, Desktop, "protocol");
        await first.UntilAsync("document.querySelectorAll('#frames-lanes .fr').length > 20");
        await using Visit second = await Visit.OpenAsync(host.Https, Desktop);
        second.Expected.Add(409);
        await second.GoAsync("protocol");
        await second.UntilAsync("document.getElementById('frames-note').textContent.startsWith('Another connection is being watched')");
        await first.GoAsync("log");
        await second.UntilAsync("document.querySelectorAll('#frames-lanes .fr').length > 5");
        second.HasNoComplaints();
    }
}
