using System;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>Debian's Chromium, led by Playwright: one for all tests, because its start takes longer than most of them.</summary>
[TestClass]
public static class Chromium
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<IBrowser>> s_start = new(LaunchAsync);

    private static IPlaywright? s_playwright;
    private static IBrowser? s_browser;

    internal static IBrowser Browser => s_browser ?? throw new InvalidOperationException();

    internal static Task StartAsync() => s_start.Value;

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        await DashboardTests.StopAsync();
        if (s_browser != null)
        {
            await s_browser.DisposeAsync();
            s_playwright!.Dispose();
        }
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        string path = Tool.Find("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome").Path;
        s_playwright = await Playwright.CreateAsync();
        return s_browser = await s_playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = s_arguments, Headless = true, Timeout = 2 * Visit.Patience });
    }
}
