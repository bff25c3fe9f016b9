using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>One person with the dashboard before them, in a browser that has nothing in its cache and no connection open.</summary>
internal sealed class Visit : IAsyncDisposable
{
    public const float Patience = 60000;

    private static readonly string[] s_serious = ["serious", "critical"];

    // What passes is of no use here, and to describe it takes axe-core longer than to find out.
    private static readonly AxeRunOptions s_axe = new() { ResultTypes = [ResultType.Violations], Iframes = false };

    // What people read on the page, for whoever wants to know why it did not come to what a test waits for.
    private const string Shown = """
        () => [document.documentElement.dataset.link, document.readyState, ...[...document.querySelectorAll('#banner-text, #notice-text, [role=alert], [id$=-note], [id$=-error], dialog[open]')]
          .filter((e) => e.textContent.trim()).map((e) => `${e.id}: ${e.textContent.trim().slice(0, 80)}`)].join('\n')
        """;

    private const int Remembered = 20;

    private readonly ConcurrentQueue<string> _traffic = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly List<string> _complaints = [];

    private bool _isTab;

    private Visit(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>Answers that a test provokes, by their status.</summary>
    public HashSet<int> Expected { get; } = [];

    /// <summary>Whether a test takes the device away, which the browser complains about.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Opens the dashboard and waits for its first values.</summary>
    public static async Task<Visit> OpenAsync(Uri address, Device device, string view = "overview", HttpCredentials? credentials = null)
    {
        BrowserNewContextOptions options = device.Options;
        IBrowserContext context = await Chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        var visit = new Visit(await context.NewPageAsync());
        visit.Listen();
        await visit.Page.GotoAsync(new Uri(address, $"/#/{view}").ToString());
        await visit.IsLiveAsync();
        if (credentials != null)
        {
            await visit.SignInAsync(credentials);
        }

        return visit;
    }

    /// <summary>Signs in as people do.</summary>
    public async Task SignInAsync(HttpCredentials credentials)
    {
        await At("#account").ClickAsync();
        await At("#user").FillAsync(credentials.Username);
        await At("#password").FillAsync(credentials.Password);
        await At("#sign-in-enter").ClickAsync();
        await UntilAsync("document.getElementById('account-text').textContent === 'Sign out' && !document.getElementById('sign-in').open");
    }

    /// <summary>Opens another tab of the same browser.</summary>
    public async Task<Visit> OpenTabAsync(string view)
    {
        var visit = new Visit(await Page.Context.NewPageAsync()) { _isTab = true };
        visit.Listen();
        await visit.Page.GotoAsync(new Uri(new Uri(Page.Url), $"/#/{view}").ToString());
        await visit.IsLiveAsync();
        return visit;
    }

    public async Task IsLiveAsync() => await Page.Locator("html[data-link=live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public ILocator At(string selector) => Page.Locator(selector);

    public ILocator At(string selector, string text) => Page.Locator(selector, new() { HasText = text });

    public async Task<string> TextAsync(string selector) => (await Page.Locator(selector).InnerTextAsync()).Trim();

    /// <summary>Goes to another view as people do: by its link.</summary>
    public async Task GoAsync(string view)
    {
        await Page.Locator($"nav a[href='#/{view}']").ClickAsync();
        await Page.Locator($"#{view} h1").WaitForAsync();
    }

    /// <summary>Waits until an expression of JavaScript is true. The page's policy forbids what Playwright's own way of it does.</summary>
    public async Task UntilAsync(string expression, int patience = (int)Patience)
    {
        var watch = Stopwatch.StartNew();
        string? trouble = null;
        while (!await IsTrueAsync())
        {
            if (watch.ElapsedMilliseconds >= patience)
            {
                Assert.Fail($"Waited in vain for {expression}. {trouble}\n{await DescribeAsync()}");
            }

            await Task.Delay(50);
        }

        async Task<bool> IsTrueAsync()
        {
            try
            {
                return await Page.EvaluateAsync<bool>($"() => Boolean({expression})");
            }
            catch (PlaywrightException e)
            {
                // The page is just being loaded.
                trouble = e.Message;
                return false;
            }
        }
    }

    /// <summary>Nothing sticks out at the side, and nobody is shut out (axe-core: serious and critical findings).</summary>
    public async Task IsUsableAsync(string what, bool axe = true)
    {
        string wide = await Page.EvaluateAsync<string>("""
            () => document.documentElement.scrollWidth <= innerWidth ? ''
              : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getClientRects().length).map(e => e.id || e.className || e.tagName).slice(0, 8).join(', ')
            """);
        Assert.AreEqual(string.Empty, wide, $"{what} is wider than the window.");
        if (axe)
        {
            AxeResult result = await Page.RunAxe(s_axe);
            Assert.IsNotEmpty(result.Passes, "axe-core looked at nothing.");
            string[] findings = [.. result.Violations.Where(v => s_serious.Contains(v.Impact))
                .Select(v => $"{v.Id}: {v.Help} ({string.Join(' ', v.Nodes.Select(n => n.Target + " " + n.Any.FirstOrDefault()?.Message))})")];
            Assert.IsEmpty(findings, $"{what}: {string.Join('\n', findings)}");
        }
    }

    /// <summary>Leaves a picture for whoever wants to look at it.</summary>
    public async Task PictureAsync(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Places.Findings)!, "dashboard")).FullName;

        // What sticks to the window's edges sticks to where it is.
        await Page.EvaluateAsync("scrollTo(0, 0)");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public void HasNoComplaints() => Assert.IsEmpty(_complaints, string.Join('\n', _complaints));

    public async ValueTask DisposeAsync() => await (_isTab ? Page.CloseAsync() : Page.Context.CloseAsync());

    // What the page shows, and its latest requests.
    private async Task<string> DescribeAsync()
    {
        string shown;
        try
        {
            shown = await Page.EvaluateAsync<string>(Shown);
        }
        catch (PlaywrightException e)
        {
            shown = e.Message;
        }

        return $"{Page.Url}: {shown}\n{string.Join('\n', _traffic)}";
    }

    private void Note(string what, IRequest request)
    {
        _traffic.Enqueue($"{_since.ElapsedMilliseconds} ms: {what} {request.Method} {request.Url}");
        while (_traffic.Count > Remembered && _traffic.TryDequeue(out _))
        {
        }
    }

    private void Listen()
    {
        Page.Request += (_, request) => Note("asks", request);
        Page.RequestFailed += (_, request) => Note($"fails ({request.Failure})", request);
        Page.Response += (_, response) => Note($"{response.Status}", response.Request);
        Page.Console += (_, message) =>
        {
            // The browser itself says so when an answer is an error; which one it was, the answer tells.
            if (message.Type is "error" or "warning" && !(IsCutOff && message.Text.Contains("net::ERR_", StringComparison.Ordinal)) && !Expected.Any(status => message.Text.Contains($" {status} (", StringComparison.Ordinal)))
            {
                _complaints.Add(message.Text);
            }
        };
        Page.RequestFailed += (_, request) =>
        {
            if (!IsCutOff && request.Failure != "net::ERR_ABORTED")
            {
                _complaints.Add($"{request.Method} {request.Url}: {request.Failure}");
            }
        };
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !Expected.Contains(response.Status))
            {
                _complaints.Add($"{response.Url}: {response.Status}");
            }
        };
    }
}
