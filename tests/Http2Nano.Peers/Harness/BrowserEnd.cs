using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Harness;

/// <summary>The browser that tests share ends with the last of them.</summary>
[TestClass]
public static class BrowserEnd
{
    [AssemblyCleanup]
    public static Task StopAsync() => Browser.StopSharedAsync();
}
