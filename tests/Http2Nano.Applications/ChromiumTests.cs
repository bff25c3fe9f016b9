using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Access;
using Http2Nano.Applications.Harness;
using Http2Nano.Peers.Harness;
using Http2Nano.Routing;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Applications;

/// <summary>What browsers make of it: other origins, coded files, live events, content security.</summary>
[TestClass]
public sealed class ChromiumTests
{
    private static Browser s_browser = null!;

    [ClassInitialize]
    public static async Task StartBrowser(TestContext _) => s_browser = await Browser.StartAsync();

    [ClassCleanup]
    public static async Task StopBrowser()
    {
        if (s_browser != null)
        {
            await s_browser.DisposeAsync();
        }
    }

    [TestMethod]
    [DataRow("http")]
    [DataRow("https")]
    public async Task Pages_of_an_allowed_origin_may_do_what_the_policy_says(string scheme)
    {
        var pages = new Application(policy: false);
        using var here = new TestServer(pages.Router);
        var things = new Application();
        things.Router.Cors = new CorsPolicy([here.Of(scheme).ToString().TrimEnd('/')], "PUT", "x-own,content-type");
        var asked = new List<string>();
        things.Router.OnAnswered = (request, response) => asked.Add(request.MethodName + " " + response.Status);
        using var there = new TestServer(things.Router);
        string thing = there.Of(scheme) + "api/thing";
        IPage page = await s_browser.OpenAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(here.Of(scheme) + "plain.html");

        Assert.AreEqual("200 a thing", await FetchAsync(page, thing, "{}"));
        CollectionAssert.AreEqual(new[] { "GET 200" }, asked);

        // What is not simple is asked for first, and the answer is kept.
        asked.Clear();
        Assert.AreEqual("200 new", await FetchAsync(page, thing, "{ method: 'PUT', body: 'new', headers: { 'x-own': '1' } }"), string.Join('\n', [.. asked, .. complaints]));
        Assert.AreEqual("200 newer", await FetchAsync(page, thing, "{ method: 'PUT', body: 'newer', headers: { 'x-own': '1' } }"));
        CollectionAssert.AreEqual(new[] { "OPTIONS 204", "PUT 200", "PUT 200" }, asked);

        // The method and the field that the policy does not name never come.
        asked.Clear();
        Assert.AreEqual("TypeError", await FetchAsync(page, thing, "{ method: 'DELETE' }"));
        Assert.AreEqual("TypeError", await FetchAsync(page, thing, "{ headers: { 'x-other': '1' } }"));
        Assert.IsTrue(asked.Count > 0 && asked.All(line => line == "OPTIONS 204"), string.Join(", ", asked));

        // Nor does a page get in with a user's credentials.
        Assert.AreEqual("TypeError", await FetchAsync(page, thing, "{ credentials: 'include' }"));
        await page.Context.CloseAsync();
    }

    [TestMethod]
    [DataRow("http")]
    [DataRow("https")]
    public async Task Pages_of_other_origins_may_do_nothing(string scheme)
    {
        var pages = new Application(policy: false);
        using var here = new TestServer(pages.Router);
        var things = new Application();
        things.Router.Cors = new CorsPolicy(["https://panel.example"], "PUT", "");
        var changes = new List<string>();
        things.Router.OnAnswered = (request, response) => changes.Add(request.MethodName + " " + response.Status);
        using var there = new TestServer(things.Router);
        string thing = there.Of(scheme) + "api/thing";
        IPage page = await s_browser.OpenAsync();
        await page.GotoAsync(here.Of(scheme) + "plain.html");
        Assert.AreEqual("TypeError", await FetchAsync(page, thing, "{}"));
        Assert.AreEqual("TypeError", await FetchAsync(page, thing, "{ method: 'PUT', body: 'new' }"));
        CollectionAssert.AreEqual(new[] { "GET 200", "OPTIONS 204" }, changes);

        // What needs no question beforehand is refused when it changes something: a form, as any page can post it.
        changes.Clear();
        await FetchAsync(page, there.Of(scheme) + "api/form", "{ method: 'POST', mode: 'no-cors', body: new URLSearchParams({ name: 'x' }) }");
        CollectionAssert.AreEqual(new[] { "POST 403" }, changes);
        await page.Context.CloseAsync();
    }

    [TestMethod]
    [DataRow("http", "http/1.1")]
    [DataRow("https", "h2")]
    public async Task Files_come_coded_and_once(string scheme, string protocol)
    {
        var application = new Application();
        using var server = new TestServer(application.Router);
        var statuses = new List<string>();
        application.Router.OnAnswered = (request, response) => statuses.Add(request.Path + " " + response.Status);
        IPage page = await s_browser.OpenAsync();
        await page.GotoAsync(server.Of(scheme) + "plain.html");
        JsonElement entry = await page.EvaluateAsync<JsonElement>("""
            async () => {
              const text = await (await fetch('/big.txt')).text();
              const again = await (await fetch('/big.txt')).text();
              const bytes = await (await fetch('/big.bin')).arrayBuffer();
              const entries = performance.getEntriesByType('resource');
              const first = entries.find(e => e.name.endsWith('/big.txt'));
              return { same: text === again, length: text.length, bytes: bytes.byteLength, coded: first.encodedBodySize, decoded: first.decodedBodySize, protocol: first.nextHopProtocol };
            }
            """);
        Assert.IsTrue(entry.GetProperty("same").GetBoolean());
        Assert.AreEqual(100_000, entry.GetProperty("length").GetInt32());
        Assert.AreEqual(100_000, entry.GetProperty("bytes").GetInt32());
        Assert.AreEqual(100_000, entry.GetProperty("decoded").GetInt32());
        Assert.IsLessThan(50_000, entry.GetProperty("coded").GetInt32());
        Assert.AreEqual(protocol, entry.GetProperty("protocol").GetString());

        // Chromium keeps nothing of a server whose certificate it does not trust.
        string[] expected = ["/big.txt 200", scheme == "http" ? "/big.txt 304" : "/big.txt 200"];
        CollectionAssert.AreEqual(expected, statuses.Where(line => line.StartsWith("/big.txt", StringComparison.Ordinal)).ToArray());
        await page.Context.CloseAsync();
    }

    [TestMethod]
    [DataRow("http", "http/1.1")]
    [DataRow("https", "h2")]
    public async Task Live_events_go_on_where_they_were(string scheme, string protocol)
    {
        var application = new Application();
        var server = new TestServer(application.Router);
        IPage page = await s_browser.OpenAsync();
        await page.GotoAsync(server.Of(scheme) + "plain.html");
        await page.EvaluateAsync("""
            () => {
              window.heard = [];
              window.opened = 0;
              window.source = new EventSource('/api/events');
              source.onopen = () => window.opened++;
              source.onmessage = e => window.heard.push(e.data);
            }
            """);
        await UntilAsync(page, "window.opened === 1");
        application.Events.Publish(application.Message, "one");
        application.Events.Publish(application.Message, "two\nof two lines");
        await HeardAsync(page, "one", "two\nof two lines");
        Assert.AreEqual(protocol, await page.EvaluateAsync<string>("performance.getEntriesByType('navigation')[0].nextHopProtocol"));

        // A connection that is lost: what was missed meanwhile comes, and nothing twice.
        application.Events.Stop();
        server.Dispose();
        application.Events.Start();
        application.Events.Publish(application.Message, "three");
        using (var again = new TestServer(application.Router, server.HttpPort, server.HttpsPort))
        {
            await UntilAsync(page, "window.opened === 2");
            application.Events.Publish(application.Message, "four");
            await HeardAsync(page, "one", "two\nof two lines", "three", "four");
            application.Events.Stop();
        }

        // A server that starts anew has other events: all of them are news, and its numbers mean nothing to the old ones.
        var newer = new Application();
        newer.Events.Publish(newer.Message, "new one");
        using var third = new TestServer(newer.Router, server.HttpPort, server.HttpsPort);
        await UntilAsync(page, "window.opened === 3");
        newer.Events.Publish(newer.Message, "new two");
        await HeardAsync(page, "one", "two\nof two lines", "three", "four", "new one", "new two");
        newer.Events.Stop();
        await page.Context.CloseAsync();
    }

    [TestMethod]
    public async Task Many_listeners_share_one_connection_of_HTTP_2()
    {
        var application = new Application();
        using var server = new TestServer(application.Router);
        IPage page = await s_browser.OpenAsync();
        await page.GotoAsync(server.Https + "plain.html");
        int connections = server.Counters.Connections;
        await page.EvaluateAsync("""
            () => {
              window.heard = [];
              window.opened = 0;
              window.sources = [...Array(9).keys()].map(i => {
                const source = new EventSource('/api/events?' + i);
                source.onopen = () => window.opened++;
                source.onmessage = e => window.heard.push(e.data);
                return source;
              });
            }
            """);
        await UntilAsync(page, "window.opened === 9");
        application.Events.Publish(application.Message, "to all");
        await UntilAsync(page, "window.heard.length === 9");

        // Other requests go on beside them.
        Assert.AreEqual("200 a thing", await FetchAsync(page, "/api/thing", "{}"));
        Assert.AreEqual(connections, server.Counters.Connections);
        await page.EvaluateAsync("window.sources.forEach(source => source.close())");
        application.Events.Stop();
        await page.Context.CloseAsync();
    }

    [TestMethod]
    [DataRow("http")]
    [DataRow("https")]
    public async Task The_content_security_policy_holds(string scheme)
    {
        var application = new Application();
        using var server = new TestServer(application.Router);
        IPage page = await s_browser.OpenAsync();
        await page.GotoAsync(server.Of(scheme).ToString());
        await UntilAsync(page, "window.violations !== undefined");

        // The script of the page's own origin ran; the one inside the page, eval and the picture from elsewhere did not.
        Assert.AreEqual("nothing", await page.Locator("#said").TextContentAsync());
        Assert.IsTrue(await page.EvaluateAsync<bool>("window.refused === true && window.evaluated === undefined"));
        await UntilAsync(page, "window.violations.includes('img-src')");

        // Nobody may put the page into a frame; what has no policy may be put there.
        var others = new Application(policy: false);
        using var other = new TestServer(others.Router);
        await page.GotoAsync(other.Of(scheme) + "plain.html");
        Assert.AreEqual(server.Of(scheme) + "app.js", await FrameAsync(page, server.Of(scheme) + "app.js"));
        Assert.StartsWith("chrome-error:", await FrameAsync(page, server.Of(scheme).ToString()));
        await page.Context.CloseAsync();
    }

    private static async Task HeardAsync(IPage page, params string[] expected)
    {
        await UntilAsync(page, $"window.heard.length >= {expected.Length}");
        CollectionAssert.AreEqual(expected, await page.EvaluateAsync<string[]>("window.heard"));
    }

    // Where a frame is once it has loaded.
    private static async Task<string> FrameAsync(IPage page, string address)
    {
        await page.EvaluateAsync(
            "address => new Promise(done => { const frame = document.createElement('iframe'); frame.onload = done; frame.src = address; document.body.append(frame); })",
            address);
        await Task.Delay(100);
        return page.Frames[^1].Url;
    }

    // Playwright's own waiting needs eval in the page, which its policy forbids.
    private static async Task UntilAsync(IPage page, string condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await page.EvaluateAsync<bool>(condition))
        {
            Assert.IsLessThan(60, watch.Elapsed.TotalSeconds, condition);
            await Task.Delay(20);
        }
    }

    private static Task<string> FetchAsync(IPage page, string address, string options) => page.EvaluateAsync<string>(
        $"fetch('{address}', {options}).then(async r => r.status + ' ' + await r.text(), e => e.name)");
}
