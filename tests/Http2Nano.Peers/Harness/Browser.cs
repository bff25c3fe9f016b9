using System;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace Http2Nano.Peers.Harness;

/// <summary>Debian's Chromium, led by Playwright.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync(params string[] more)
    {
        string path = Tool.Find("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome").Path;
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = [.. s_arguments, .. more], Headless = true });
        return new Browser(playwright, browser);
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
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
