using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
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

    // Within that time an honest client is served whatever the others do: they look like honest slow ones.
    private const int LongestWait = 20000;

    [TestMethod]
    [DataRow("", false, LongestDelay, DisplayName = "silent")]
    [DataRow("GET / HTTP/1.1\r\nhost: peer\r\nx: ", true, LongestDelay, DisplayName = "an octet of the fields now and then")]
    [DataRow("POST /api/echo HTTP/1.1\r\nhost: peer\r\ncontent-length: 100000\r\n\r\n", true, LongestDelay, DisplayName = "an octet of the body now and then")]
    [DataRow("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", false, LongestDelay, DisplayName = "only the preface of HTTP/2")]
    public async Task Two_hundred_delay_an_honest_client_for_a_short_time_at_most(string start, bool drips, int limit)
    {
        var crowd = new List<RawConnection>();
        using var over = new CancellationTokenSource();
        try
        {
            await TimeAsync();
            long undisturbed = await TimeAsync();
            Task all = AttackAsync(crowd, start, drips, over.Token);
            await Task.Delay(500);
            var times = new List<long>();
            for (int i = 0; i < 5; i++)
            {
                times.Add(await TimeAsync() - undisturbed);
                await Task.Delay(100);
            }

            File.AppendAllText(Path.Combine(Places.Findings, "crowds.txt"), $"{start.Split('\r')[0],-40} drips {drips}: {string.Join(' ', times)} ms\n");
            Assert.IsLessThanOrEqualTo(limit, times.Max(), $"Milliseconds: {string.Join(' ', times)}");
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
    [DataRow("headers", "-H")]
    [DataRow("body", "-B")]
    [DataRow("reading", "-X")]
    public async Task Slowhttptest_leaves_the_server_answering(string name, string mode)
    {
        Tool tool = Tool.Find("slowhttptest");
        string path = mode switch { "-B" => "api/echo", "-X" => "api/bytes/4000000", _ => "" };
        Task<Outcome> attack = tool.RunAsync([mode, "-c", "200", "-r", "100", "-i", "2", "-l", "8", "-u", $"{Host.Http}{path}"], 60);
        await Task.Delay(2000);
        var times = new List<long>();
        while (!attack.IsCompleted)
        {
            times.Add(await TimeAsync());
            await Task.Delay(200);
        }

        await attack;
        File.AppendAllText(Path.Combine(Places.Findings, "crowds.txt"), $"slowhttptest {name}: {string.Join(' ', times)} ms\n");
        Assert.IsNotEmpty(times);
        Assert.IsLessThanOrEqualTo(LongestWait, times.Max(), $"Milliseconds: {string.Join(' ', times)}");
        await NextClient.IsServedAsync(Host, LongestDelay);
    }

    [TestMethod]
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
    public async Task Ab_gets_every_answer(string[] options)
    {
        // Not both: a client must be ready for the end of an idle connection (RFC 9112 9.5), and ab is not.
        string said = (await Tool.Find("ab").SucceedAsync([.. options, "-n", "1000", $"{Host.Http}api/bytes/1000"])).Text;
        StringAssert.Matches(said, new Regex(@"Complete requests:\s+1000\s"));
        StringAssert.Matches(said, new Regex(@"Failed requests:\s+0\s"));
        Assert.DoesNotContain("Non-2xx", said);
    }

    [TestMethod]
    public async Task Wrk_gets_answers_and_no_errors()
    {
        string said = (await Tool.Find("wrk").SucceedAsync(["-t", "1", "-c", "1", "-d", "2s", $"{Host.Http}api/status"])).Text;
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
    private static async Task<long> TimeAsync()
    {
        var watch = Stopwatch.StartNew();
        await Host.GetStatusAsync(60);
        return watch.ElapsedMilliseconds;
    }

    private static async Task AttackAsync(List<RawConnection> crowd, string start, bool drips, CancellationToken over)
    {
        for (int i = 0; i < 200; i++)
        {
            RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort, receiveBuffer: 4096);
            crowd.Add(peer);
            await peer.SendAnywayAsync(Encoding.Latin1.GetBytes(start));
        }

        while (drips && !over.IsCancellationRequested)
        {
            foreach (RawConnection peer in crowd)
            {
                await peer.SendAnywayAsync("x"u8.ToArray());
            }

            await Task.Delay(1000, CancellationToken.None);
        }
    }
}
