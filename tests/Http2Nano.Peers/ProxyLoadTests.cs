using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>
/// Forty requests at once, 2,000 in all, through proxies with no more than what they need to reach a board: over HTTP/2, or over
/// HTTP/1.1 on connections that they keep. None fails. A board has sixteen sockets, so that a proxy that opens forty connections
/// is ignored with most of them and tries again after 1 and 3 seconds, as TCP does; that is nearly all of the time it takes.
/// </summary>
[TestClass]
[TestCategory("Timing")]
public sealed partial class ProxyLoadTests
{
    private const int Requests = 2000;

    // Seconds. Over HTTP/2 one connection carries everything.
    private const double OverHttp2 = 1;
    private const double WithRetries = 6;
    private const double WithoutRetries = 1;

    private const string Nghttpx = "frontend=127.0.0.1,{0};no-tls\nbackend=127.0.0.1,{1};;proto=h2\n";

    private const string Caddy = "{{\n admin off\n auto_https off\n servers {{\n  protocols h1 h2 h2c\n }}\n}}\nhttp://127.0.0.1:{0} {{\n reverse_proxy h2c://127.0.0.1:{1}\n}}\n";

    private const string Nginx = """
        events {{ }}
        http {{
          access_log off;
          upstream device {{ server 127.0.0.1:{1}; keepalive 4; }}
          server {{
            listen 127.0.0.1:{0} http2;
            location / {{ proxy_pass http://device; proxy_http_version 1.1; proxy_set_header Connection ""; }}
          }}
        }}

        """;

    private const string Apache = """
        LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
        LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
        LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
        ServerRoot {2}
        ServerName localhost
        PidFile {2}/pid
        ErrorLog /dev/stderr
        Listen 127.0.0.1:{0}
        Protocols h2c http/1.1
        ProxyPass / http://127.0.0.1:{1}/

        """;

    [TestMethod]
    [DataRow("nghttpx", "tiny", OverHttp2)]
    [DataRow("nghttpx", "default", OverHttp2)]
    [DataRow("caddy", "tiny", OverHttp2)]
    [DataRow("caddy", "default", OverHttp2)]
    [DataRow("nginx", "tiny", WithRetries)]
    [DataRow("nginx", "default", WithRetries)]
    [DataRow("apache2", "tiny", WithRetries)]
    [DataRow("apache2", "default", WithRetries)]
    [Retry(2)]
    public Task One_connection_at_a_time(string proxy, string profile, double seconds) =>
        LoadAsync(proxy, seconds, "--profile", profile);

    // Where sockets are not scarce, as on a board with another network stack.
    [TestMethod]
    [DataRow("nghttpx")]
    [DataRow("caddy")]
    [DataRow("nginx")]
    [DataRow("apache2")]
    [Retry(2)]
    public Task Four_connections_at_a_time(string proxy) =>
        LoadAsync(proxy, WithoutRetries, "--profile", "default", "--limits", "connections=4,exchanges=4,backlog=64");

    private static async Task LoadAsync(string name, double seconds, params string[] options)
    {
        await using HostProcess host = await HostProcess.StartAsync(["--quiet", .. options]);
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(name, (port, folder) => string.Format(CultureInfo.InvariantCulture, Configuration(name), port, host.HttpPort, folder));
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(["-n", $"{Requests}", "-c", "4", "-m", "10", $"http://127.0.0.1:{proxy.Port}/api/bytes/100"], 120);
        await File.WriteAllTextAsync(Path.Combine(Places.Findings, $"proxy-{name}{string.Concat(options).Replace('-', '_')}.txt"), outcome.Text);
        StringAssert.Contains(outcome.Text, $"{Requests} succeeded, 0 failed, 0 errored, 0 timeout", outcome.Text);
        StringAssert.Contains(outcome.Text, $"{Requests} 2xx", outcome.Text);
        Match took = Took().Match(outcome.Text);
        double time = double.Parse(took.Groups[1].Value, CultureInfo.InvariantCulture) / (took.Groups[2].Value == "ms" ? 1000 : 1);
        Assert.IsLessThan(seconds, time, outcome.Text);
        Console.WriteLine($"{name} {string.Join(' ', options)}: {time:0.00} s");
    }

    private static string Configuration(string proxy) => proxy switch
    {
        "nghttpx" => Nghttpx,
        "caddy" => Caddy,
        "nginx" => Nginx,
        _ => Apache,
    };

    [GeneratedRegex("finished in ([0-9.]+)(ms|s)")]
    private static partial Regex Took();
}
