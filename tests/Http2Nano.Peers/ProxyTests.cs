using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
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
        daemon off;
        pid {2}/nginx.pid;
        error_log stderr;
        events {{ }}
        http {{
          access_log off;
          client_body_temp_path {2}/body;
          proxy_temp_path {2}/proxy;
          fastcgi_temp_path {2}/fastcgi;
          uwsgi_temp_path {2}/uwsgi;
          scgi_temp_path {2}/scgi;
          upstream device {{ server 127.0.0.1:{1}; keepalive 1; }}
          server {{ listen 127.0.0.1:{0}; location / {{ grpc_pass grpc://device; }} }}
        }}

        """;

    [TestMethod]
    public Task All_requests_through_HAProxy_are_answered() =>
        AnsweredThroughAsync(Tool.Find("haproxy", "/usr/sbin/haproxy"), HaproxyConfiguration, file => ["-db", "-f", file]);

    [TestMethod]
    public Task All_requests_through_nginx_grpc_pass_are_answered() =>
        AnsweredThroughAsync(Tool.Find("nginx", "/usr/sbin/nginx"), NginxConfiguration, file => ["-e", "stderr", "-c", file]);

    private static async Task AnsweredThroughAsync(Tool proxy, string configuration, Func<string, string[]> options)
    {
        await using HostProcess host = await HostProcess.StartAsync("--profile", "tiny");
        int port = HostProcess.FreePorts(1)[0];
        string folder = Directory.CreateTempSubdirectory("http2nano-proxy-").FullName;
        string file = Path.Combine(folder, "configuration");
        await File.WriteAllTextAsync(file, string.Format(configuration, port, host.HttpPort, folder));
        var start = new ProcessStartInfo(proxy.Path) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string option in options(file))
        {
            start.ArgumentList.Add(option);
        }

        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync();
        try
        {
            await ListensAsync(process, port);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(10) };
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
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            Console.WriteLine(await said);
            Directory.Delete(folder, true);
        }
    }

    private static async Task ListensAsync(Process process, int port)
    {
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && watch.Elapsed.TotalSeconds < 10)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        Assert.Fail($"{process.StartInfo.FileName} does not listen.");
    }
}
