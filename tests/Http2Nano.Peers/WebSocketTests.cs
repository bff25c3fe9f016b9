using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>The echo of the host board with the clients that people use, over HTTP/1.1 (RFC 6455) and HTTP/2 (RFC 8441).</summary>
[TestClass]
public sealed class WebSocketTests : HostTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static string Plain => $"ws://127.0.0.1:{Host.HttpPort}/api/socket";

    private static string Secure => $"wss://localhost:{Host.HttpsPort}/api/socket";

    [TestMethod]
    public async Task Node_ws_talks_with_it()
    {
        Tool node = Tool.Find("node");
        Outcome there = await node.RunAsync(["-e", "try { require('ws') } catch { require('/usr/share/nodejs/ws') }"]);
        if (there.ExitCode != 0)
        {
            throw Tool.Missing("Node has no package ws.");
        }

        foreach (string address in new[] { Plain, Secure })
        {
            JsonElement said = Said(await node.SucceedAsync([Places.Script("websocket_client.mjs"), address]));
            Assert.AreEqual("there?", said.GetProperty("pong").GetString());
            Assert.AreEqual("", said.GetProperty("extensions").GetString(), "permessage-deflate is declined");
        }
    }

    [TestMethod]
    public async Task Python_websockets_talks_with_it()
    {
        Tool python = await Tool.FindPythonAsync("websockets");
        JsonElement said = Said(await python.SucceedAsync([Places.Script("websocket_client.py"), Plain]));
        Assert.AreEqual(0, said.GetProperty("extensions").GetArrayLength(), "permessage-deflate is declined");
    }

    [TestMethod]
    [DataRow("ws", "1.1")]
    [DataRow("wss", "1.1")]
    [DataRow("ws", "2.0")]
    [DataRow("wss", "2.0")]
    public async Task ClientWebSocket_talks_with_it(string scheme, string version)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = Version.Parse(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new Uri(scheme == "ws" ? Plain : Secure), invoker, patience.Token);
        Assert.AreEqual(version == "2.0" ? HttpStatusCode.OK : HttpStatusCode.SwitchingProtocols, socket.HttpStatusCode);

        foreach (int length in new[] { 0, 1, 125, 126, 65535, 65536, 500000 })
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
            await EchoesAsync(socket, message, WebSocketMessageType.Binary, patience.Token);
        }

        await EchoesAsync(socket, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ÄÖÜ € 𝄞 ", 3000))), WebSocketMessageType.Text, patience.Token);
        for (int i = 0; i < 200; i++)
        {
            await EchoesAsync(socket, Encoding.UTF8.GetBytes(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), WebSocketMessageType.Text, patience.Token);
        }

        await socket.CloseAsync((WebSocketCloseStatus)4001, "done", patience.Token);
        Assert.AreEqual(4001, (int)socket.CloseStatus!);
        Assert.AreEqual(WebSocketState.Closed, socket.State);
    }

    // RFC 8441 over the connection that the page came by; and over HTTP/1.1 a connection of its own.
    [TestMethod]
    [DataRow("https", 200)]
    [DataRow("http", 101)]
    public async Task Chromium_talks_with_it(string scheme, int status)
    {
        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.OpenAsync();
        ICDPSession protocol = await page.Context.NewCDPSessionAsync(page);
        var handshake = new TaskCompletionSource<int>();
        protocol.Event("Network.webSocketHandshakeResponseReceived").OnEvent += (_, said) =>
            handshake.TrySetResult(said!.Value.GetProperty("response").GetProperty("status").GetInt32());
        await protocol.SendAsync("Network.enable");
        Uri origin = scheme == "https" ? Host.Https : Host.Http;

        // A page that asks for nothing else, so that over HTTP/1.1 nobody waits for the connection.
        await page.GotoAsync(new Uri(origin, "/api/version").ToString());
        string said = await page.EvaluateAsync<string>(
            """
            async address => {
              const socket = new WebSocket(address);
              socket.binaryType = 'arraybuffer';
              await new Promise((open, failed) => { socket.onopen = open; socket.onerror = () => failed('no socket'); });
              const got = [];
              const next = () => new Promise(resolve => { socket.onmessage = event => resolve(event.data); });
              for (const text of ['Hello', '', 'ÄÖÜ € 𝄞', 'ü'.repeat(70000)]) {
                const back = next();
                socket.send(text);
                got.push(await back === text);
              }
              const bytes = new Uint8Array(300000).map((_, i) => i * 31);
              const back = next();
              socket.send(bytes);
              const echo = new Uint8Array(await back);
              got.push(echo.length === bytes.length && echo.every((octet, i) => octet === bytes[i]));
              const closed = new Promise(resolve => { socket.onclose = event => resolve(event.code + ' ' + event.wasClean + ' ' + socket.extensions); });
              socket.close(4001);
              return got.join() + ' ' + await closed;
            }
            """,
            (scheme == "https" ? Secure : Plain).Replace("127.0.0.1", origin.Host, StringComparison.Ordinal));
        Assert.AreEqual("true,true,true,true,true 4001 true ", said);
        Assert.AreEqual(status, await handshake.Task.WaitAsync(s_patience));
    }

    [TestMethod]
    public async Task A_page_of_another_origin_gets_no_socket()
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://elsewhere.example");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsExactlyAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(Plain), patience.Token));
        Assert.AreEqual(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    private static JsonElement Said(Outcome outcome)
    {
        JsonElement said = JsonDocument.Parse(outcome.Text).RootElement;
        Assert.IsTrue(said.GetProperty("echoed").GetBoolean(), outcome.Text);
        Assert.IsTrue(said.GetProperty("inOrder").GetBoolean(), outcome.Text);
        Assert.AreEqual("one two three", said.GetProperty("fragments").GetString());
        Assert.AreEqual(4001, said.GetProperty("code").GetInt32());
        return said;
    }

    private static async Task EchoesAsync(ClientWebSocket socket, byte[] message, WebSocketMessageType type, CancellationToken patience)
    {
        Task sending = socket.SendAsync(message, type, true, patience);
        byte[] back = new byte[message.Length + 1];
        int count = 0;
        while (true)
        {
            WebSocketReceiveResult got = await socket.ReceiveAsync(new ArraySegment<byte>(back, count, back.Length - count), patience);
            Assert.AreEqual(type, got.MessageType);
            count += got.Count;
            if (got.EndOfMessage)
            {
                break;
            }
        }

        await sending;
        Assert.IsTrue(message.AsSpan().SequenceEqual(back.AsSpan(0, count)), $"A message of {message.Length} bytes came back as {count}.");
    }
}
