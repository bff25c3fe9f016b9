using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// Requests as they come where a device shares its name with other services, or stands behind a proxy: with cookies and fields that
/// are nothing to it, up to the size that it announces.
/// </summary>
[TestClass]
public sealed class ForeignFieldTests
{
    private const int Requests = 30;

    [TestMethod]
    [DataRow("tiny", "--http1.1", 800, 200)]
    [DataRow("tiny", "--http1.1", 3500, 200)]
    [DataRow("tiny", "--http1.1", 4500, 431)]
    [DataRow("tiny", "--http2-prior-knowledge", 800, 200)]
    [DataRow("tiny", "--http2-prior-knowledge", 3500, 200)]
    [DataRow("tiny", "--http2-prior-knowledge", 4500, 431)]
    [DataRow("default", "--http1.1", 800, 200)]
    [DataRow("default", "--http1.1", 4096, 200)]
    [DataRow("default", "--http1.1", 7500, 200)]
    [DataRow("default", "--http1.1", 8500, 431)]
    [DataRow("default", "--http2-prior-knowledge", 800, 200)]
    [DataRow("default", "--http2-prior-knowledge", 4096, 200)]
    [DataRow("default", "--http2-prior-knowledge", 7500, 200)]
    [DataRow("default", "--http2-prior-knowledge", 8500, 431)]
    public async Task Curl_with_cookies_of_others_is_served(string profile, string protocol, int octets, int status)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        string cookies = string.Join("; ", Enumerable.Range(0, 1000).Select(i => $"_service{i}=GA1.2.{i}"))[..octets];
        Assert.AreEqual($"{status}", await CurlAsync([protocol, "-H", "Cookie: " + cookies], host.Http));
        Assert.AreEqual("200", await CurlAsync([protocol], host.Http));
    }

    [TestMethod]
    [DataRow("tiny", "--http1.1")]
    [DataRow("tiny", "--http2-prior-knowledge")]
    [DataRow("default", "--http1.1")]
    [DataRow("default", "--http2-prior-knowledge")]
    public async Task Curl_with_ten_forwarded_fields_is_served(string profile, string protocol)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        IEnumerable<string> fields = Forwarded().SelectMany(name => new[] { "-H", $"{name}: {new string('f', 60)}" });
        Assert.AreEqual("200", await CurlAsync([protocol, .. fields], host.Http));
    }

    [TestMethod]
    [DataRow("tiny", "--http1.1", 500)]
    [DataRow("tiny", "--http2-prior-knowledge", 500)]
    [DataRow("default", "--http1.1", 800)]
    [DataRow("default", "--http2-prior-knowledge", 800)]
    [DataRow("large", "--http1.1", 8000)]
    [DataRow("large", "--http2-prior-knowledge", 8000)]
    public async Task Curl_with_a_long_query_is_served(string profile, string protocol, int octets)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        Assert.AreEqual("200", await CurlAsync([protocol], new Uri(host.Http, "api/status?q=" + new string('q', octets))));
    }

    [TestMethod]
    [DataRow("tiny", "http")]
    [DataRow("tiny", "https")]
    [DataRow("default", "http")]
    [DataRow("default", "https")]
    public async Task Chromium_with_cookies_of_another_port_shows_the_whole_page(string profile, string scheme)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync();
        List<int> refused = [];
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                refused.Add(response.Status);
            }
        };
        Uri address = scheme == "http" ? host.Http : host.Https;
        int octets = profile == "tiny" ? 180 : 400;
        await page.Context.AddCookiesAsync(Enumerable.Range(0, 10).Select(i => new Microsoft.Playwright.Cookie
        {
            Name = $"service{i}", Value = $"{i}" + new string('c', octets), Url = $"{scheme}://{address.Host}:1/",
        }));
        for (int i = 0; i < 3; i++)
        {
            await page.GotoAsync(address.ToString(), new() { Timeout = 60000 });
            await page.Locator("html[data-ready]").WaitForAsync(new() { Timeout = 60000 });
        }

        Assert.IsEmpty(refused, string.Join(", ", refused));
    }

    [TestMethod]
    [DataRow("tiny", "haproxy", false)]
    [DataRow("tiny", "haproxy", true)]
    [DataRow("tiny", "nginx", false)]
    [DataRow("tiny", "nginx", true)]
    [DataRow("default", "haproxy", true)]
    [DataRow("default", "nginx", true)]
    public async Task A_proxy_that_adds_ten_fields_is_served(string profile, string proxy, bool http2)
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet", "--profile", profile);
        await using ProxyProcess process = await ProxyProcess.StartAsync(proxy, new ProxyConfiguration(host.HttpPort)
        {
            Http2 = http2,
            Fields = [.. Forwarded().Select(name => (name, new string('f', 60)))],
        });
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{process.Port}/"), Timeout = TimeSpan.FromSeconds(60) };
        for (int i = 0; i < Requests; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/status");
            request.Headers.TryAddWithoutValidation("cookie", $"_ga=GA1.2.{i}; other=" + new string('c', 400));
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, $"request {i + 1}");
        }
    }

    private static IEnumerable<string> Forwarded() => Enumerable.Range(0, 10).Select(i => $"X-Forwarded-Thing-{(char)('A' + i)}");

    // curl 7.88 cannot use a connection with prior knowledge again.
    private static async Task<string> CurlAsync(string[] arguments, Uri address)
    {
        Outcome outcome = await Tool.Find("curl").RunAsync([.. arguments, "-s", "-o", "/dev/null", "-w", "%{http_code}", address.ToString()]);
        return outcome.Text;
    }
}
