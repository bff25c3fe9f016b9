using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Dashboard.Tests;

/// <summary>
/// Tests that share the browser. Each has a host board to itself, which the next one gets when it has ended well: it is as it was before then.
/// </summary>
public abstract class DashboardTests
{
    private static readonly ConcurrentBag<HostProcess> s_free = [];

    private HostProcess? _host;

    public TestContext TestContext { get; set; } = null!;

    private protected static Device Desktop { get; } = new(Phone: false, Dark: false);

    private protected static HttpCredentials Anna { get; } = new() { Username = "anna", Password = "correct-horse" };

    private protected HostProcess Host => _host ?? throw new InvalidOperationException();

    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static Task Start(TestContext _) => Chromium.StartAsync();

    [TestInitialize]
    public async Task TakeBoard()
    {
        if (!s_free.TryTake(out _host))
        {
            _host = await HostProcess.StartAsync("--quiet", "--user", "anna:correct-horse");
        }
    }

    [TestCleanup]
    public async Task GiveBoardBack()
    {
        if (TestContext.CurrentTestOutcome == UnitTestOutcome.Passed)
        {
            s_free.Add(Host);
        }
        else
        {
            await Host.DisposeAsync();
        }
    }

    private protected Uri Address(string scheme, HostProcess? host = null) => scheme == "https" ? (host ?? Host).Https : (host ?? Host).Http;

    internal static async Task StopAsync()
    {
        while (s_free.TryTake(out HostProcess? host))
        {
            await host.DisposeAsync();
        }
    }
}
