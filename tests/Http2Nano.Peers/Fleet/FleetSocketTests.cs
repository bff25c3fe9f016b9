using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers.Fleets;

/// <summary>WebSockets through the configurations of <c>boards/Fleet</c>: by an upgrade of HTTP/1.1 (RFC 6455) and over HTTP/2 (RFC 8441).</summary>
[TestClass]
[TestCategory("Fleet")]
public sealed class FleetSocketTests
{
    [TestMethod]
    [DataRow("haproxy", true, true)]
    [DataRow("caddy", true, false)]
    [DataRow("nginx", true, false)]
    [DataRow("apache2", false, false)]
    [DataRow("nghttpx", true, true)]
    public async Task WebSockets_come_through(string proxy, bool overHttp1, bool overHttp2)
    {
        // Behind Caddy, nginx and Apache a WebSocket would take the only connection of a board.
        await using Fleet fleet = await Fleet.StartAsync(proxy, "default", 1, proxy is "haproxy" or "nghttpx" ? 1 : 4);
        using HttpClient client = Fleet.NewClient();
        Assert.AreEqual(overHttp1, await EchoesAsync(client, fleet.Address(1), HttpVersion.Version11), "over HTTP/1.1");
        Assert.AreEqual(overHttp2, await EchoesAsync(client, fleet.Address(1), HttpVersion.Version20), "over HTTP/2");
    }

    // Whether there is a WebSocket: then messages of all sizes and the closing codes come through as well.
    private static async Task<bool> EchoesAsync(HttpClient client, Uri board, Version version)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = version;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        // As a browser says it: a page of the same origin.
        socket.Options.SetRequestHeader("Origin", board.GetLeftPart(UriPartial.Authority));
        try
        {
            await socket.ConnectAsync(new UriBuilder(board) { Scheme = "wss", Path = board.AbsolutePath + "api/socket" }.Uri, client, patience.Token);
        }
        catch (WebSocketException e)
        {
            Console.WriteLine($"{version}: {e.Message} {e.InnerException?.Message}");
            return false;
        }

        foreach (int length in new[] { 0, 5, 126, 70000 })
        {
            byte[] sent = RandomNumberGenerator.GetBytes(length);
            await socket.SendAsync(sent, WebSocketMessageType.Binary, true, patience.Token);
            byte[] back = new byte[length + 1];
            int count = 0;
            ValueWebSocketReceiveResult got;
            do
            {
                got = await socket.ReceiveAsync(back.AsMemory(count), patience.Token);
                count += got.Count;
            }
            while (!got.EndOfMessage);
            CollectionAssert.AreEqual(sent, back.Take(count).ToArray());
        }

        await socket.CloseAsync((WebSocketCloseStatus)4001, "done", patience.Token);
        Assert.AreEqual(4001, (int)socket.CloseStatus!);
        return true;
    }
}
