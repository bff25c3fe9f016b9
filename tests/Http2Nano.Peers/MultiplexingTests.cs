using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>What one connection carries at once: one large and twenty small answers over a path of 50 ms there and back.</summary>
[TestClass]
[TestCategory("Timing")]
public sealed class MultiplexingTests : HostTests
{
    private const int RoundTrip = 50;
    private const int Small = 20;
    private const double LeastRatio = 3;

    [TestMethod]
    public async Task Twenty_small_answers_do_not_wait_for_a_large_one()
    {
        await using var relay = new DelayingRelay(Host.HttpPort, RoundTrip);
        (TimeSpan smallOverHttp1, TimeSpan allOverHttp1) = await LoadAsync(relay, HttpVersion.Version11);
        Assert.AreEqual(1, relay.Connections, "Connections over HTTP/1.1.");
        (TimeSpan smallOverHttp2, TimeSpan allOverHttp2) = await LoadAsync(relay, HttpVersion.Version20);
        Assert.AreEqual(2, relay.Connections, "One more connection, over HTTP/2.");

        double small = smallOverHttp1 / smallOverHttp2;
        double all = allOverHttp1 / allOverHttp2;
        string report = $"HTTP/1.1: small answers {smallOverHttp1.TotalMilliseconds:0} ms, all {allOverHttp1.TotalMilliseconds:0} ms\nHTTP/2: small answers {smallOverHttp2.TotalMilliseconds:0} ms, all {allOverHttp2.TotalMilliseconds:0} ms\nratios {small:0.0} and {all:0.0}\n";
        File.WriteAllText(Path.Combine(Places.Findings, "multiplexing.txt"), report);
        Assert.IsGreaterThan(LeastRatio, small, report);
    }

    private static async Task<(TimeSpan Small, TimeSpan All)> LoadAsync(DelayingRelay relay, Version version)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false })
        {
            BaseAddress = relay.Address,
            DefaultRequestVersion = version,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        await client.GetByteArrayAsync("api/bytes/1");
        var watch = Stopwatch.StartNew();
        Task<byte[]> large = client.GetByteArrayAsync("api/bytes/1000000");
        Task<byte[]>[] small = [.. Enumerable.Range(0, Small).Select(i => client.GetByteArrayAsync($"api/bytes/{1000 + i}"))];
        await Task.WhenAll(small);
        TimeSpan smallTime = watch.Elapsed;
        Assert.AreEqual(1_000_000, (await large).Length);
        TimeSpan allTime = watch.Elapsed;
        for (int i = 0; i < Small; i++)
        {
            CollectionAssert.AreEqual(Pattern.Of(1000 + i), await small[i]);
        }

        return (smallTime, allTime);
    }
}
