using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>The host board as whoever starts it sees it: options, messages, exit codes, Ctrl-C.</summary>
[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    public async Task Help_names_every_option()
    {
        await using HostProcess host = HostProcess.StartPlain("--help");
        Assert.AreEqual(0, await host.WaitForExitAsync(60));
        string help = string.Join('\n', host.Lines);
        foreach (string option in new[] { "--http", "--https", "--bind", "--profile", "--budget", "--user", "--sensor-fault", "--quiet", "--help" })
        {
            StringAssert.Contains(help, option);
        }
    }

    [TestMethod]
    [DataRow("--http", "--https")]
    [DataRow("--https", "--http")]
    public async Task A_port_in_use_gets_one_sentence_and_exit_code_1(string taken, string off)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using HostProcess host = HostProcess.StartPlain(taken, $"{port}", off, "0");
        Assert.AreEqual(1, await host.WaitForExitAsync(60));
        string[] lines = [.. host.Lines.Where(line => line.Length != 0)];
        Assert.HasCount(1, lines, string.Join('\n', lines));
        StringAssert.Contains(lines[0], $"{port}");
        Assert.EndsWith(".", lines[0]);
    }

    [TestMethod]
    [DataRow("--http", "70000")]
    [DataRow("--http", "web")]
    [DataRow("--bind", "nowhere")]
    [DataRow("--unknown", "1")]
    public async Task An_option_that_is_wrong_is_named(string option, string value)
    {
        await using HostProcess host = HostProcess.StartPlain(option, value);
        Assert.AreEqual(1, await host.WaitForExitAsync(60));
        string said = string.Join('\n', host.Lines);
        StringAssert.Contains(said, option);
        Assert.DoesNotContain("   at ", said, "A stack trace.");
    }

    [TestMethod]
    public async Task Both_ports_off_is_refused()
    {
        await using HostProcess host = HostProcess.StartPlain("--http", "0", "--https", "0");
        Assert.AreEqual(1, await host.WaitForExitAsync(60));
        Assert.HasCount(1, host.Lines);
    }

    [TestMethod]
    public async Task Requests_are_printed_one_line_each()
    {
        await using HostProcess host = await HostProcess.StartAsync();
        int before = host.Lines.Length;
        await DotnetClient.GetAsync(host.Http, "/api/bytes/1");
        await DotnetClient.GetAsync(host.Http, "/api/bytes/2");
        host.Interrupt();
        await host.WaitForExitAsync(60);
        string[] lines = host.Lines[before..];
        Assert.ContainsSingle(line => line.Contains("/api/bytes/1", StringComparison.Ordinal), lines);
        Assert.ContainsSingle(line => line.Contains("/api/bytes/2", StringComparison.Ordinal), lines);
        Assert.IsTrue(lines.All(line => !line.Contains("/api", StringComparison.Ordinal) || (line.Contains("HTTP/1.1", StringComparison.Ordinal) && line.Contains("200", StringComparison.Ordinal))));
    }

    [TestMethod]
    public async Task Quiet_prints_no_requests()
    {
        await using HostProcess host = await HostProcess.StartAsync("--quiet");
        await DotnetClient.GetAsync(host.Http, "/api/bytes/1");
        host.Interrupt();
        await host.WaitForExitAsync(60);
        Assert.DoesNotContain(line => line.Contains("/api/", StringComparison.Ordinal), host.Lines);
    }

    [TestMethod]
    [Retry(2)]
    public async Task Ctrl_C_ends_an_idle_board_at_once()
    {
        await using HostProcess host = await HostProcess.StartAsync();
        await host.GetStatusAsync();
        var watch = Stopwatch.StartNew();
        host.Interrupt();
        Assert.AreEqual(0, await host.WaitForExitAsync(60));
        Assert.IsLessThan(3000, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    public async Task Ctrl_C_sends_GOAWAY_and_finishes_a_download_over_HTTP_2()
    {
        const int Length = 3_000_000;
        await using HostProcess host = await HostProcess.StartAsync();
        using RawConnection peer = await RawConnection.OpenAsync(host.HttpPort, receiveBuffer: 4096);
        const int MostWindow = 0x7FFF0000;
        await peer.SendAsync(
            Octets.Hello((4, MostWindow)),
            Octets.Frame(FrameKind.WindowUpdate, 0, 0, Octets.Number(MostWindow - 65535)),
            Octets.Get(1, $"/api/bytes/{Length}"));
        await peer.ReadFrameAsync(FrameKind.Data);
        host.Interrupt();
        await Task.Delay(300);

        ReceivedFrame[] frames = [.. await peer.ReadFramesToEndAsync()];
        ReceivedFrame away = frames.First(frame => frame.Kind == FrameKind.GoAway);
        Assert.AreEqual(Error.None, away.Error);
        Assert.AreEqual(1, away.Payload[3], "GOAWAY names the last stream that is processed.");
        ReceivedFrame last = frames.Last(frame => frame.Kind == FrameKind.Data);
        Assert.IsTrue(last.EndsStream, "The download was broken off.");
        Assert.IsGreaterThan(Array.IndexOf(frames, away), Array.IndexOf(frames, last), "The download was over before the signal.");
        Assert.AreEqual(0, await host.WaitForExitAsync(60));
    }

    [TestMethod]
    public async Task Ctrl_C_finishes_a_download_over_HTTP_1()
    {
        const int Length = 8_000_000;
        await using HostProcess host = await HostProcess.StartAsync();
        using HttpClient client = DotnetClient.Create(new Version(1, 1));
        using HttpResponseMessage response = await client.GetAsync(new Uri(host.Http, $"/api/bytes/{Length}"), HttpCompletionOption.ResponseHeadersRead);
        host.Interrupt();
        await Task.Delay(300);
        Assert.IsFalse(host.HasExited, "The board did not wait for the download.");
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.IsTrue(body.AsSpan().SequenceEqual(Pattern.Of(Length)));
        Assert.AreEqual(0, await host.WaitForExitAsync(60));
    }

    [TestMethod]
    public async Task Ctrl_C_during_a_download_that_nobody_reads_ends_after_the_drain_time()
    {
        await using HostProcess host = await HostProcess.StartAsync();
        using HttpClient client = DotnetClient.Create(new Version(1, 1));
        using HttpResponseMessage response = await client.GetAsync(new Uri(host.Http, "/api/bytes/16000000"), HttpCompletionOption.ResponseHeadersRead);
        host.Interrupt();
        Assert.AreEqual(0, await host.WaitForExitAsync(12));
    }
}
