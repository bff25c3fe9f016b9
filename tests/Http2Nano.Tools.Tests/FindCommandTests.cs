using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Development;
using Http2Nano.Routing;
using Http2Nano.Tools.Tests.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Tools.Tests;

/// <summary><c>http2nano find</c> against a stand-in for boards that answers by DNS-SD, or to its name only.</summary>
[TestClass]
public sealed class FindCommandTests
{
    private const ushort TypeA = 1;
    private const ushort TypePtr = 12;
    private const ushort TypeTxt = 16;
    private const ushort TypeSrv = 33;

    [TestMethod]
    public async Task A_board_that_lists_its_service_is_found_with_what_it_speaks()
    {
        var router = new Router();
        router.MapGet("/", (_, response) => response.Write("a page"));
        using DevelopmentServer server = DevelopmentServer.Start(router);
        using var board = new Responder(question => question.Contains("_http", StringComparison.Ordinal) ? ListOf(server.Http.Port) : null);
        Result result = await Nano.SucceedAsync("find", "--seconds", "1", "--ask", board.Address, "--json");
        JsonElement found = result.Json.EnumerateArray().Single();
        Assert.AreEqual("greenhouse.local", found.GetProperty("name").GetString());
        Assert.AreEqual("127.0.0.1", found.GetProperty("address").GetString());
        Assert.AreEqual(server.Http.Port, found.GetProperty("port").GetInt32());
        Assert.Contains("path=/", found.GetProperty("text").GetString()!);
        string[] protocols = [.. found.GetProperty("protocols").EnumerateArray().Select(protocol => protocol.GetString()!)];
        CollectionAssert.AreEquivalent(new[] { "HTTP/2 with prior knowledge", "HTTP/2 by upgrade", "HTTP/1.1" }, protocols);
    }

    [TestMethod]
    public async Task A_board_that_knows_but_its_name_is_found_by_it()
    {
        using var board = new Responder(question => question.Contains("relay1", StringComparison.Ordinal) ? Message(Record("relay1.local", TypeA, [127, 0, 0, 1])) : null);
        Result result = await Nano.SucceedAsync("find", "relay1", "--seconds", "1", "--ask", board.Address);
        Assert.Contains("relay1.local", result.Output);
        Assert.Contains("http://127.0.0.1/", result.Output);
    }

    [TestMethod]
    public async Task Nobody_and_nonsense_get_a_sentence()
    {
        using var silent = new Responder(_ => null);
        await Nano.RefusedAsync("No board answers", "find", "--seconds", "1", "--ask", silent.Address);
        using var nonsense = new Responder(_ => [1, 2, 3, 0xC0, 0xC0, 0xFF]);
        await Nano.RefusedAsync("No board answers", "find", "--seconds", "1", "--ask", nonsense.Address);
        await Nano.RefusedAsync("--seconds", "find", "--seconds", "0");
    }

    private static byte[] ListOf(int port) => Message(
        Record("_http._tcp.local", TypePtr, Name("Greenhouse._http._tcp.local")),
        Record("Greenhouse._http._tcp.local", TypeSrv, [0, 0, 0, 0, (byte)(port >> 8), (byte)port, .. Name("greenhouse.local")]),
        Record("Greenhouse._http._tcp.local", TypeTxt, [6, .. "path=/"u8]),
        Record("greenhouse.local", TypeA, [127, 0, 0, 1]));

    private static byte[] Message(params byte[][] records) => [0, 0, 0x84, 0, 0, 0, 0, (byte)records.Length, 0, 0, 0, 0, .. records.SelectMany(record => record)];

    private static byte[] Record(string name, ushort type, byte[] data) =>
        [.. Name(name), (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 120, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static byte[] Name(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private sealed class Responder : IDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));

        public Responder(Func<string, byte[]?> answer)
        {
            _ = ServeAsync(answer);
        }

        public string Address => _socket.Client.LocalEndPoint!.ToString()!;

        public void Dispose() => _socket.Dispose();

        private async Task ServeAsync(Func<string, byte[]?> answer)
        {
            try
            {
                while (true)
                {
                    UdpReceiveResult question = await _socket.ReceiveAsync();
                    if (answer(Encoding.Latin1.GetString(question.Buffer)) is { } octets)
                    {
                        await _socket.SendAsync(octets, question.RemoteEndPoint, CancellationToken.None);
                    }
                }
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                // Stopped.
            }
        }
    }
}
