using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Http2Nano.Peers.Clients;
using Http2Nano.Peers.Harness;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Peers;

/// <summary>What a client is to get from the fixed routes of a board, byte for byte.</summary>
internal static class RouteChecks
{
    public static async Task PageAsync(HostProcess host, string client)
    {
        Answer answer = await SendAsync(host, client, new Ask("/"));
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual("text/html; charset=utf-8", answer.ContentType?.ToLowerInvariant());
        Same(await File.ReadAllBytesAsync(Path.Combine(Places.Root, "boards", "Dashboard", "www", "index.html")), answer.Body);
    }

    public static async Task StatusAsync(HostProcess host, string client)
    {
        Answer answer = await SendAsync(host, client, new Ask("/api/status"));
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

    public static async Task BytesAsync(HostProcess host, string client, int length)
    {
        Answer answer = await SendAsync(host, client, new Ask("/api/bytes/" + length));
        Assert.AreEqual(200, answer.Status);
        Same(Pattern.Of(length), answer.Body);
    }

    public static async Task EchoAsync(HostProcess host, string client, int length)
    {
        byte[] body = new byte[length];
        new Random(7).NextBytes(body);
        Answer answer = await SendAsync(host, client, new Ask("/api/echo", body, "application/x-peer"));
        Assert.AreEqual(200, answer.Status);
        Assert.AreEqual("application/x-peer", answer.ContentType);
        Same(body, answer.Body);
    }

    /// <summary>Compares octets and names the first that differs.</summary>
    public static void Same(byte[] expected, byte[] actual)
    {
        int differs = expected.AsSpan().CommonPrefixLength(actual);
        if (differs != expected.Length || differs != actual.Length)
        {
            Assert.Fail($"{actual.Length} octets instead of {expected.Length}; they differ from octet {differs} on.");
        }
    }

    private static async Task<Answer> SendAsync(HostProcess host, string name, Ask ask)
    {
        Client client = Client.All[name];
        Answer answer = await client.SendAsync(client.Secure ? host.Https : host.Http, ask);
        Assert.AreEqual(client.AnswerVersion(ask), answer.Version);
        return answer;
    }
}
