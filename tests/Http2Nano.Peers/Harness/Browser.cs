using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Http2Nano.Peers.Harness;

/// <summary>Debian's Chromium, led by Playwright.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const float Patience = 60_000;

    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    // The start of a browser takes longer than most tests, so those that want nothing special share one process. Its contexts have
    // nothing in common: neither cookies, nor caches, nor connections.
    private static readonly SemaphoreSlim s_starting = new(1);
    private static Browser? s_shared;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly bool _isShared;
    private readonly ConcurrentBag<IBrowserContext> _contexts = [];

    private Browser(IPlaywright playwright, IBrowser browser, bool isShared)
    {
        _playwright = playwright;
        _browser = browser;
        _isShared = isShared;
    }

    /// <summary>A browser for one test.</summary>
    /// <param name="more">Arguments for a process of its own.</param>
    public static async Task<Browser> StartAsync(params string[] more)
    {
        if (more.Length != 0)
        {
            return await LaunchAsync(more);
        }

        await s_starting.WaitAsync();
        try
        {
            if (s_shared is not { _browser.IsConnected: true })
            {
                await StopSharedAsync();
                s_shared = await LaunchAsync(more);
            }

            return new Browser(s_shared._playwright, s_shared._browser, isShared: true);
        }
        finally
        {
            s_starting.Release();
        }
    }

    /// <summary>Ends the process that tests have shared.</summary>
    public static async Task StopSharedAsync()
    {
        if (s_shared != null)
        {
            await s_shared.DisposeAsync();
            s_shared = null;
        }
    }

    /// <summary>A page that has nothing in its cache and no connection open.</summary>
    public async Task<IPage> OpenAsync(ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            IgnoreHTTPSErrors = true,
            ColorScheme = scheme,
            ViewportSize = new() { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(Patience);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IBrowserContext context in _contexts)
        {
            await context.CloseAsync();
        }

        if (!_isShared)
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
        }
    }

    private static async Task<Browser> LaunchAsync(string[] more)
    {
        string path = Tool.Find("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome").Path;
        IPlaywright playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = [.. s_arguments, .. more], Headless = true, Timeout = 2 * Patience });
        return new Browser(playwright, browser, isShared: false);
    }
}
