using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// Proxies that speak HTTP/2 to the smallest profile, on connections that they keep. They enter fields into a dynamic table of
/// 4,096 octets whatever the server announces.
/// </summary>
[TestClass]
public sealed class ProxyTests
{
    private const int Requests = 100;

    [TestMethod]
    [DataRow("haproxy")]
    [DataRow("nginx")]
    public async Task All_requests_are_answered(string proxy)
    {
        await using HostProcess host = await HostProcess.StartAsync("--profile", "tiny");
        await using ProxyProcess process = await ProxyProcess.StartAsync(proxy, new ProxyConfiguration(host.HttpPort));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{process.Port}/"), Timeout = TimeSpan.FromSeconds(60) };
        for (int i = 0; i < Requests; i++)
        {
            // What a proxy passes on differs, so that its table fills and evicts.
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/status");
            request.Headers.TryAddWithoutValidation("user-agent", $"Mozilla/5.0 (X11; Linux x86_64) number {i}");
            request.Headers.TryAddWithoutValidation("accept-language", $"en-US,en;q=0.{i}");
            request.Headers.TryAddWithoutValidation("x-request-id", $"{i:d8}-0000-4000-8000-000000000000");
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, $"request {i + 1}");
        }
    }
}
