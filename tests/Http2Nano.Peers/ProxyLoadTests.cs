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
/// HTTP/1.1 on connections that they keep. None fails. Over HTTP/1.1 a proxy opens a connection for each request under way.
/// </summary>
[TestClass]
[TestCategory("Timing")]
public sealed partial class ProxyLoadTests
{
    private const int Requests = 2000;

    // Seconds.
    private const double FourPlaces = 1;
    private const double WithRetries = 4;

    [TestMethod]
    [DataRow("nghttpx", "tiny", 4.0)]
    [DataRow("nghttpx", "default", 3.2)]
    [DataRow("caddy", "tiny", 0.57)]
    [DataRow("caddy", "default", 0.43)]
    [DataRow("nginx", "tiny", 1.5)]
    [DataRow("nginx", "default", 2.6)]
    [DataRow("apache2", "tiny", 1.2)]
    [DataRow("apache2", "default", 1.8)]
    [Retry(2)]
    public Task One_connection_at_a_time(string proxy, string profile, double seconds) =>
        LoadAsync(proxy, seconds, "--profile", profile);

    [TestMethod]
    [DataRow("nghttpx")]
    [DataRow("caddy")]
    [DataRow("nginx")]
    [DataRow("apache2")]
    [Retry(2)]
    public Task Four_connections_at_a_time(string proxy) =>
        LoadAsync(proxy, FourPlaces, "--profile", "default", "--limits", "connections=4,exchanges=4");

    // Of forty connections at once sixteen sockets take less than half: the others are ignored, and TCP tries again after 1 and 3
    // seconds, which is nearly all of the time it takes.
    [TestMethod]
    [DataRow("nginx", "ESP32-C3")]
    [DataRow("apache2", "ESP32-WROOM")]
    [Retry(2)]
    public Task A_board_of_sixteen_sockets(string proxy, string board) =>
        LoadAsync(proxy, WithRetries, "--board", board);

    private static async Task LoadAsync(string name, double seconds, params string[] options)
    {
        await using HostProcess host = await HostProcess.StartAsync(["--quiet", .. options]);
        await using ProxyProcess proxy = await ProxyProcess.StartAsync(name, new ProxyConfiguration(host.HttpPort) { Http2 = name is "nghttpx" or "caddy", Http2Clients = true });
        Outcome outcome = await Tool.Find("h2load").SucceedAsync(["-n", $"{Requests}", "-c", "4", "-m", "10", $"http://127.0.0.1:{proxy.Port}/api/bytes/100"], 120);
        await File.WriteAllTextAsync(Path.Combine(Places.Findings, $"proxy-{name}{string.Concat(options).Replace('-', '_')}.txt"), outcome.Text);
        StringAssert.Contains(outcome.Text, $"{Requests} succeeded, 0 failed, 0 errored, 0 timeout", outcome.Text);
        StringAssert.Contains(outcome.Text, $"{Requests} 2xx", outcome.Text);
        Match took = Took().Match(outcome.Text);
        double time = double.Parse(took.Groups[1].Value, CultureInfo.InvariantCulture) / (took.Groups[2].Value == "ms" ? 1000 : 1);
        Assert.IsLessThan(seconds, time, outcome.Text);
        Console.WriteLine($"{name} {string.Join(' ', options)}: {time:0.00} s");
    }

    [GeneratedRegex("finished in ([0-9.]+)(ms|s)")]
    private static partial Regex Took();
}
