using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>Every client gets from every fixed route of the board what is there, byte for byte.</summary>
[TestClass]
public sealed class RouteTests : HostTests
{
    private const int Megabyte = 1_000_000;

    public static IEnumerable<object[]> Clients => Client.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public async Task Page(string client)
    {
        Answer answer = await SendAsync(client, new Ask("/"));
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual("text/html; charset=utf-8", answer.ContentType?.ToLowerInvariant());
        Same(File.ReadAllBytes(Path.Combine(Places.Root, "boards", "Dashboard", "www", "index.html")), answer.Body);
    }

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public async Task Status(string client)
    {
        Answer answer = await SendAsync(client, new Ask("/api/status"));
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual("application/json", answer.ContentType);
        using JsonDocument document = JsonDocument.Parse(answer.Body);
        JsonElement status = document.RootElement;
        Assert.AreEqual(Client.All[client].Version, status.GetProperty("protocol").GetString());
        foreach (string name in new[] { "device", "firmware", "uptime", "heapFree", "heapTotal", "temperature", "streamsOpen", "requests", "hpackTableBytes" })
        {
            Assert.IsTrue(status.TryGetProperty(name, out _), $"No {name} in {status}.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public async Task Bytes(string client)
    {
        Answer answer = await SendAsync(client, new Ask("/api/bytes/" + Megabyte));
        Assert.AreEqual(200, answer.Status);
        Same(Pattern.Of(Megabyte), answer.Body);
    }

    [TestMethod]
    [DynamicData(nameof(Clients))]
    public async Task Echo(string client)
    {
        byte[] body = new byte[Megabyte];
        new Random(7).NextBytes(body);
        Answer answer = await SendAsync(client, new Ask("/api/echo", body, "application/x-peer"));
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual("application/x-peer", answer.ContentType);
        Same(body, answer.Body);
    }

    private static async Task<Answer> SendAsync(string name, Ask ask)
    {
        Client client = Client.All[name];
        Answer answer = await client.SendAsync(client.Secure ? Host.Https : Host.Http, ask);
        Assert.AreEqual(client.AnswerVersion(ask), answer.Version);
        return answer;
    }

    private static void Same(byte[] expected, byte[] actual)
    {
        int differs = expected.AsSpan().CommonPrefixLength(actual);
        if (differs != expected.Length || differs != actual.Length)
        {
            Assert.Fail($"{actual.Length} octets instead of {expected.Length}; they differ from octet {differs} on.");
        }
    }
}
