using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>Crowds of clients that say nothing, little or slowly: an honest one is served in time all the same.</summary>
[TestClass]
public sealed class CrowdTests : HostTests
{
    // What a server for one connection at a time may cost an honest client behind an attacker.
    private const int LongestDelay = 2000;

    // Two hundred first halves of handshakes are work: most of this is arithmetic.
    private const int LongestHandshakes = 5000;

    // Stands for the first flight of a TLS client.
    private const string Greeting = "greeting";

    private const string Fields = " HTTP/1.1\r\nhost: peer\r\n";

    // What each of the crowd sends at first, and what now and then.
    private static readonly Dictionary<string, (string Start, string Drip)> s_crowds = new()
    {
        ["silent"] = ("", ""),
        ["an octet of the request line now and then"] = ("G", "x"),
        ["an octet of the fields now and then"] = ("GET /" + Fields + "x: ", "x"),
        ["an octet of the body now and then"] = ("POST /api/echo" + Fields + "content-length: 100000\r\n\r\n", "x"),
        ["a chunk of the body now and then"] = ("POST /api/echo" + Fields + "transfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        ["a download that is not read"] = ("GET /api/bytes/16000000" + Fields + "\r\n", ""),
        ["a request and half of another now and then"] = ("GET /api/bytes/3" + Fields + "\r\nGET", "x"),
        ["nonsense and more of it now and then"] = ("nonsense\r\n\r\n", "nonsense"),
        ["only the preface of HTTP/2"] = ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""),
        ["a request over HTTP/2 and nothing more"] = (Text(Octets.Hello(), Octets.Get(1, "/api/bytes/3")), ""),
        ["a download over HTTP/2 without a window"] = (Text(Octets.Hello(), Octets.Get(1, "/api/bytes/16000000")), ""),
        ["PING over HTTP/2 now and then"] = (Text(Octets.Hello()), Text(Octets.Frame(FrameKind.Ping, 0, 0, new byte[8]))),
        ["live values that are not read"] = ("GET /api/events" + Fields + "\r\n", ""),
    };

    private static readonly Dictionary<string, (string Start, string Drip)> s_secureCrowds = new()
    {
        ["TLS: silent"] = ("", ""),
        ["TLS: an octet of the greeting now and then"] = ("\u0016", "\u0003"),
        ["TLS: half of a greeting"] = ("\u0016\u0003\u0001\u0002\0\u0001\0", ""),
        ["TLS: nonsense in a record"] = ("\u0016\u0003\u0001\0\u0005hello", ""),
        ["TLS: plain requests and more now and then"] = ("GET /" + Fields + "\r\n", "x"),
        ["TLS: a greeting and nothing more"] = (Greeting, ""),
    };

    public static IEnumerable<object[]> Crowds => s_crowds.Keys.Concat(s_secureCrowds.Keys).Select(name => new object[] { name });

    [TestMethod]
    [TestCategory("Timing")]
    [DynamicData(nameof(Crowds))]
    public async Task Two_hundred_delay_an_honest_client_for_a_short_time_at_most(string name)
    {
        bool secure = !s_crowds.TryGetValue(name, out (string Start, string Drip) sent) && s_secureCrowds.TryGetValue(name, out sent);
        string start = sent.Start == Greeting ? Text(await CrowdGreeting.MakeAsync()) : sent.Start;
        var crowd = new List<RawConnection>();
        using var over = new CancellationTokenSource();
        try
        {
            await TimeAsync(secure);
            long undisturbed = await TimeAsync(secure);
            Task all = AttackAsync(crowd, secure ? Host.HttpsPort : Host.HttpPort, start, sent.Drip, over.Token);
            await Task.Delay(100);
            var times = new List<long>();
            for (int i = 0; i < 3; i++)
            {
                times.Add(await TimeAsync(secure) - undisturbed);
                await Task.Delay(50);
            }

            File.AppendAllText(Path.Combine(Places.Findings, "crowds.txt"), $"{name,-45}: {string.Join(' ', times)} ms\n");
            Assert.IsLessThanOrEqualTo(sent.Start == Greeting ? LongestHandshakes : LongestDelay, times.Max(), $"Milliseconds: {string.Join(' ', times)}");
            await over.CancelAsync();
            await all;
        }
        finally
        {
            foreach (RawConnection peer in crowd)
            {
                peer.Dispose();
            }
        }

        await NextClient.IsServedAsync(Host, LongestDelay);
    }

    [TestMethod]
    [TestCategory("Timing")]
    [DataRow("headers", "-H")]
    [DataRow("body", "-B")]
    [DataRow("reading", "-X")]
    public async Task Slowhttptest_leaves_the_server_answering(string name, string mode)
    {
        Tool tool = Tool.Find("slowhttptest");
        string path = mode switch { "-B" => "api/echo", "-X" => "api/bytes/4000000", _ => "" };
        Task<Outcome> attack = tool.RunAsync([mode, "-c", "200", "-r", "100", "-i", "2", "-l", "4", "-u", $"{Host.Http}{path}"], 60);
        await Task.Delay(1000);
        var times = new List<long>();
        while (!attack.IsCompleted)
        {
            times.Add(await TimeAsync(false));
            await Task.Delay(200);
        }

        await attack;
        File.AppendAllText(Path.Combine(Places.Findings, "crowds.txt"), $"slowhttptest {name}: {string.Join(' ', times)} ms\n");
        Assert.IsNotEmpty(times);
        Assert.IsLessThanOrEqualTo(LongestDelay, times.Max(), $"Milliseconds: {string.Join(' ', times)}");
        await NextClient.IsServedAsync(Host, LongestDelay);
    }

    [TestMethod]
    [TestCategory("Timing")]
    public async Task Six_idle_connections_of_a_browser_give_way_at_once()
    {
        var idle = new List<RawConnection>();
        for (int i = 0; i < 6; i++)
        {
            RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
            idle.Add(peer);
            await peer.SendAsync("GET /api/bytes/10 HTTP/1.1\r\nhost: peer\r\n\r\n");
        }

        await NextClient.IsServedAsync(Host, 500);
        idle.ForEach(peer => peer.Dispose());
    }

    [TestMethod]
    [DataRow(new[] { "-k", "-c", "1" }, DisplayName = "on one connection")]
    [DataRow(new[] { "-c", "6" }, DisplayName = "on many, six at once")]
    [DataRow(new[] { "-k", "-c", "6" }, DisplayName = "on six that it would like to keep")]
    public async Task Ab_gets_every_answer(string[] options)
    {
        string said = (await Tool.Find("ab").SucceedAsync([.. options, "-n", "1000", $"{Host.Http}api/bytes/1000"])).Text;
        StringAssert.Matches(said, new Regex(@"Complete requests:\s+1000\s"));
        StringAssert.Matches(said, new Regex(@"Failed requests:\s+0\s"));
        Assert.DoesNotContain("Non-2xx", said);
    }

    [TestMethod]
    [DataRow("1")]
    [DataRow("4")]
    public async Task Wrk_gets_answers_and_no_errors(string connections)
    {
        string said = (await Tool.Find("wrk").SucceedAsync(["-t", "1", "-c", connections, "-d", "1s", $"{Host.Http}api/status"])).Text;
        Assert.DoesNotContain("Socket errors", said);
        Assert.DoesNotContain("Non-2xx", said);
        StringAssert.Contains(said, "Requests/sec");
        await NextClient.IsServedAsync(Host);
    }

    [TestMethod]
    public async Task Nc_by_hand_gets_an_answer()
    {
        byte[] request = Encoding.ASCII.GetBytes("GET /api/bytes/3 HTTP/1.1\r\nHost: by-hand\r\n\r\n");
        Outcome outcome = await Tool.Find("nc").RunAsync(["-N", "127.0.0.1", Host.HttpPort.ToString(CultureInfo.InvariantCulture)], 10, request);
        string answer = Encoding.Latin1.GetString(outcome.Output);
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 200 OK\r\n", StringComparison.Ordinal), answer);
        Assert.EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(Pattern.Of(3)), answer);
    }

    // How long an honest client takes.
    private static async Task<long> TimeAsync(bool secure)
    {
        using HttpClient client = DotnetClient.Create(new Version(1, 1));
        var watch = Stopwatch.StartNew();
        await client.GetByteArrayAsync(new Uri(secure ? Host.Https : Host.Http, "/api/bytes/100"));
        return watch.ElapsedMilliseconds;
    }

    private static async Task AttackAsync(List<RawConnection> crowd, int port, string start, string drip, CancellationToken over)
    {
        for (int i = 0; i < 200; i++)
        {
            RawConnection peer = await RawConnection.OpenAsync(port, receiveBuffer: 4096);
            crowd.Add(peer);
            await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(start));
        }

        while (drip.Length != 0 && !over.IsCancellationRequested)
        {
            foreach (RawConnection peer in crowd)
            {
                await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(drip));
            }

            await Task.Delay(1000, over).ContinueWith(_ => { }, CancellationToken.None);
        }
    }

    private static string Text(params byte[][] parts) => Encoding.Latin1.GetString([.. parts.SelectMany(part => part)]);
}
