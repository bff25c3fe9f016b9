using System;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>Tests that share the browser and one host board, which is as it was before when a test has ended.</summary>
public abstract class DashboardTests
{
    private static HostProcess? s_host;

    private protected static Device Desktop { get; } = new(Phone: false, Dark: false);

    private protected static HttpCredentials Anna { get; } = new() { Username = "anna", Password = "correct-horse" };

    private protected static HostProcess Host => s_host ?? throw new InvalidOperationException();

    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static async Task Start(TestContext _)
    {
        await Chromium.StartAsync();
        s_host ??= await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
    }

    private protected static Uri Address(string scheme, HostProcess? host = null) => scheme == "https" ? (host ?? Host).Https : (host ?? Host).Http;

    internal static async Task StopAsync()
    {
        if (s_host != null)
        {
            await s_host.DisposeAsync();
        }
    }
}
