using System;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>Tests that share one host board; it must serve as well after a test as before.</summary>
public abstract class HostTests
{
    private static HostProcess? s_host;

    private protected static HostProcess Host => s_host ?? throw new InvalidOperationException();

    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static async Task StartHost(TestContext _) => s_host = await HostProcess.StartAsync();

    [ClassCleanup(InheritanceBehavior.BeforeEachDerivedClass)]
    public static async Task StopHost()
    {
        if (s_host != null)
        {
            await s_host.DisposeAsync();
            s_host = null;
        }
    }

    [TestCleanup]
    public void HostStillRuns() => Assert.IsFalse(Host.HasExited, $"The host board has ended with {(Host.HasExited ? Host.ExitCode : 0)}: " + string.Join('\n', Host.Lines));
}
