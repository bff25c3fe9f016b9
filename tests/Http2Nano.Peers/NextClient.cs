using System.Diagnostics;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>The client behind the one that misbehaved.</summary>
internal static class NextClient
{
    /// <summary>It is served within a time, and finds nothing held.</summary>
    public static async Task IsServedAsync(HostProcess host, int milliseconds = 2000)
    {
        var watch = Stopwatch.StartNew();
        JsonElement status = await host.GetStatusAsync();
        Assert.IsLessThan(milliseconds, watch.ElapsedMilliseconds, "The next client had to wait.");
        Assert.AreEqual(0, status.GetProperty("streamsOpen").GetInt32(), "Streams are still open.");
    }
}
