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
[TestCategory("Timing")]
public sealed class ProxyTests
{
    private const int Requests = 100;

    // RFC 9110 7.4: without set-uri HAProxy says https of what comes over no TLS, which is answered 421.
    private const string HaproxyConfiguration = """
        defaults
          mode http
          timeout connect 2s
          timeout client 10s
          timeout server 10s
        frontend front
          bind 127.0.0.1:{0}
          default_backend device
        backend device
          http-reuse always
          http-request set-uri http://%[req.hdr(host)]%[pathq]
          server device 127.0.0.1:{1} proto h2

        """;

    private const string NginxConfiguration = """
        events {{ }}
        http {{
          upstream device {{ server 127.0.0.1:{1}; keepalive 1; }}
          server {{ listen 127.0.0.1:{0}; location / {{ grpc_pass grpc://device; }} }}
        }}

        """;

    [TestMethod]
    [DataRow("haproxy")]
    [DataRow("nginx")]
    public async Task All_requests_are_answered(string proxy)
    {
        await using HostProcess host = await HostProcess.StartAsync("--profile", "tiny");
        await using ProxyProcess process = await ProxyProcess.StartAsync(proxy, (port, folder) =>
            string.Format(proxy == "haproxy" ? HaproxyConfiguration : NginxConfiguration, port, host.HttpPort));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{process.Port}/"), Timeout = TimeSpan.FromSeconds(10) };
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
