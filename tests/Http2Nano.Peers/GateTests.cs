using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Http2Nano.Peers.Raw;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>One connection at a time over real sockets: who makes way for whom, and who does not have to.</summary>
[TestClass]
public sealed class GateTests : HostTests
{
    private const int LongestDelay = 2000;
    private const string Fields = " HTTP/1.1\r\nhost: peer\r\n";

    [TestMethod]
    [TestCategory("Timing")]
    [DataRow(10, DisplayName = "200 octets a second")]
    [DataRow(20, DisplayName = "400 octets a second")]
    [DataRow(200, DisplayName = "4,000 octets a second")]
    public async Task A_slow_upload_makes_way(int octets)
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
        await peer.SendAsync("POST /api/echo" + Fields + "content-length: 1000000\r\n\r\n");
        await ServedWhileAsync(() => peer.SendAnywayAsync(new byte[octets]));
    }

    [TestMethod]
    [TestCategory("Timing")]
    [DataRow(10, DisplayName = "200 octets a second")]
    [DataRow(20, DisplayName = "400 octets a second")]
    [DataRow(200, DisplayName = "4,000 octets a second")]
    public async Task A_slow_download_makes_way(int octets)
    {
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort, receiveBuffer: 4096);
        await peer.SendAsync("GET /api/bytes/16000000" + Fields + "\r\n");
        await Task.Delay(300);
        await ServedWhileAsync(() => peer.ReadAsync(octets));
    }

    [TestMethod]
    [TestCategory("Timing")]
    public async Task A_handshake_that_stalls_makes_way()
    {
        // It begins when nobody else waits, so it has the whole time at first.
        using RawConnection peer = await RawConnection.OpenAsync(Host.HttpsPort);
        await peer.SendAsync(await CrowdGreeting.MakeAsync());
        await Task.Delay(200);
        await ServedWhileAsync(() => Task.CompletedTask);
    }

    [TestMethod]
    [TestCategory("Timing")]
    public async Task Quick_requests_among_slow_ones_do_not_give_the_slow_ones_more_time()
    {
        List<RawConnection> crowd = await CrowdAsync();
        await ServedWhileAsync(() => Task.CompletedTask);
        crowd.ForEach(peer => peer.Dispose());
    }

    [TestMethod]
    [DataRow("--http1.1")]
    [DataRow("--http2")]
    [Retry(2)]
    public async Task Of_many_downloads_at_once_none_is_broken_off_even_after_a_crowd(string option)
    {
        List<RawConnection> crowd = await CrowdAsync();
        crowd.ForEach(peer => peer.Dispose());
        await Task.Delay(1000);

        // curl goes on with further connections where a connection has as many streams as it may, and keeps those that are idle.
        const int Count = 40;
        const int Length = 2_000_000;
        string target = new Uri(Host.Https, $"/api/bytes/{Length}").ToString();
        List<string> arguments = ["-sS", "-k", "-Z", option, "-w", "%{http_code} %{size_download}\n"];
        for (int i = 0; i < Count; i++)
        {
            arguments.AddRange(["-o", Path.DirectorySeparatorChar == '/' ? "/dev/null" : "NUL", target]);
        }

        Outcome outcome = await Tool.Find("curl").SucceedAsync(arguments);
        Assert.HasCount(Count, Regex.Matches(outcome.Text, $"^200 {Length}\r?$", RegexOptions.Multiline), outcome.Text);
    }

    [TestMethod]
    public async Task A_large_download_goes_on_while_others_ask()
    {
        const int Length = 3_000_000;
        using HttpClient client = DotnetClient.Create(new Version(1, 1));
        using HttpResponseMessage response = await client.GetAsync(new Uri(Host.Http, $"/api/bytes/{Length}"), HttpCompletionOption.ResponseHeadersRead);
        using var done = new CancellationTokenSource();
        Task others = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await Host.GetStatusAsync(20);
            }
        });

        // So slowly that it takes many turns, and better than what counts as slow.
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] expected = Pattern.Of(Length);
        byte[] part = new byte[65536];
        int length = 0;
        for (int count; (count = await body.ReadAsync(part)) != 0; length += count)
        {
            Assert.IsTrue(part.AsSpan(0, count).SequenceEqual(expected.AsSpan(length, count)), "Other octets.");
            await Task.Delay(20);
        }

        Assert.AreEqual(Length, length);
        await done.CancelAsync();
        await others;
    }

    [TestMethod]
    public async Task A_client_of_http_1_that_keeps_its_connection_is_not_cut_off_while_another_does_the_same()
    {
        using HttpClient one = DotnetClient.Create(new Version(1, 1));
        using HttpClient two = DotnetClient.Create(new Version(1, 1));
        for (int i = 0; i < 100; i++)
        {
            await Task.WhenAll(one.GetByteArrayAsync(new Uri(Host.Http, "/api/bytes/3")), two.GetByteArrayAsync(new Uri(Host.Http, "/api/bytes/3")));
        }
    }

    [TestMethod]
    public async Task A_board_never_needs_more_than_two_sockets_beside_its_listeners()
    {
        await using HostProcess board = await HostProcess.StartAsync("--board", "ESP32-WROOM");
        await board.GetStatusAsync();
        int before = board.CountSockets();
        List<RawConnection> crowd = [];
        int most = 0;
        using var over = new CancellationTokenSource();
        Task watch = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                most = Math.Max(most, board.CountSockets() - before);
            }
        });
        string[] starts = ["", "GET", "GET /api/bytes/16000000" + Fields + "\r\n", "GET /api/events" + Fields + "\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"];
        for (int i = 0; i < 40; i++)
        {
            RawConnection peer = await RawConnection.OpenAsync(i % 7 == 6 ? board.HttpsPort : board.HttpPort, receiveBuffer: 4096);
            crowd.Add(peer);
            await peer.SendAnywayAsync(Encoding.ASCII.GetBytes(starts[i % starts.Length]));
        }

        await board.GetStatusAsync(20);
        await over.CancelAsync();
        await watch;
        crowd.ForEach(peer => peer.Dispose());
        Assert.IsGreaterThan(0, most, "Nothing was seen.");
        Assert.IsLessThanOrEqualTo(2, most);
    }

    [TestMethod]
    [TestCategory("Timing")]
    public async Task A_crowd_at_one_port_does_not_keep_those_at_the_other_waiting()
    {
        using var over = new CancellationTokenSource();
        Task flood = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                using RawConnection peer = await RawConnection.OpenAsync(Host.HttpsPort);
                await peer.SendAnywayAsync("GET"u8.ToArray());
            }
        });
        await ServedWhileAsync(() => Task.CompletedTask);
        await over.CancelAsync();
        await flood;
    }

    [TestMethod]
    public async Task A_greeting_that_comes_in_pieces_is_understood()
    {
        // The gate is not in the way of a client that is slow while nobody else waits.
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
            ConnectCallback = async (context, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new CrowdDribble(new NetworkStream(socket, ownsSocket: true), 64);
            },
        });
        StringAssert.Contains(await client.GetStringAsync(new Uri(Host.Https, "/api/status")), "HTTP");
    }

    // An honest client is served in time while the other one does something twenty times a second.
    // Every second one asks quickly, the others never end.
    private static async Task<List<RawConnection>> CrowdAsync()
    {
        List<RawConnection> crowd = [];
        for (int i = 0; i < 200; i++)
        {
            RawConnection peer = await RawConnection.OpenAsync(Host.HttpPort);
            crowd.Add(peer);
            await peer.SendAnywayAsync(Encoding.ASCII.GetBytes(i % 2 != 0 ? "GET / HTTP/1.1\r\nx" : "GET /api/bytes/3" + Fields + "\r\n"));
        }

        return crowd;
    }

    private static async Task ServedWhileAsync(Func<Task> other)
    {
        using var over = new CancellationTokenSource();
        Task busy = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await other();
                await Task.Delay(50, CancellationToken.None);
            }
        });
        var watch = Stopwatch.StartNew();
        await Host.GetStatusAsync(20);
        long time = watch.ElapsedMilliseconds;
        await over.CancelAsync();
        await busy;
        File.AppendAllText(Path.Combine(Places.Findings, "gate.txt"), $"{time} ms\n");
        Assert.IsLessThanOrEqualTo(LongestDelay, time);
        await NextClient.IsServedAsync(Host, LongestDelay);
    }
}
