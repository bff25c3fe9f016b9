using System;
using System.Linq;
using System.Text;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Hosting;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Packing;
using Http2Nano.Routing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Http2Nano.Engine.Tests;

/// <summary>What applications plug in allocates nothing once it is warm, by either protocol.</summary>
[TestClass]
public sealed class RoutingAllocationTests
{
    private const int WarmUp = 300;
    private const int Requests = 2_000;

    private static readonly byte[] s_content = new byte[100_000];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_routed_GET_with_two_parameters(bool http2)
    {
        Router router = new();
        router.MapGet("/rooms/{room}/sensors/{id}", (request, response) => response.Write((long)(request.GetRouteInt(1) + request.RouteValueLength(0))));
        AllocatesNothing(Connect(http2, "/rooms/kitchen/sensors/12", router), 200);
        AllocatesNothing(Connect(http2, "/rooms/k%C3%BCche/sensors/12", router), 200);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_304(bool http2)
    {
        string tag = new PackedAsset("a.bin", s_content, "application/octet-stream", PackEncodings.Plain).Tag;
        AllocatesNothing(Connect(http2, "/a.bin", Assets(PackEncodings.Plain), ("if-none-match", $"W/\"other\", \"{tag}\"")), 304);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_packed_asset_of_100_KB(bool http2)
    {
        AllocatesNothing(Connect(http2, "/a.bin", Assets(PackEncodings.Plain)), 200);
        AllocatesNothing(Connect(http2, "/a.bin", Assets(PackEncodings.GzipOnly)), 200);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_JSON_status(bool http2)
    {
        byte[] name = Encoding.ASCII.GetBytes("name");
        byte[] text = Encoding.ASCII.GetBytes("a \"quoted\" text");
        JsonWriter json = new();
        Router router = new();
        router.MapGet("/status", (_, response) =>
        {
            json.Begin(response);
            json.BeginObject();
            json.Member(name, text);
            json.Member(name, -1234567890123);
            json.Name(name);
            json.BeginArray();
            json.Value(2345, 2);
            json.Value("text");
            json.Value(true);
            json.Null();
            json.EndArray();
            json.EndObject();
            json.End();
        });
        AllocatesNothing(Connect(http2, "/status", router), 200);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void An_authenticated_request(bool http2)
    {
        HashedSecrets users = new("salt");
        users.Add("a:b");
        HashedSecrets tokens = new("salt");
        tokens.Add("0123456789abcdef");
        Router router = new();
        router.MapGet("/private", (_, response) => response.Status = 200);
        router.MapGet("/token", (_, response) => response.Status = 200);
        router.Guard("/private", Authentication.Basic("lab", users, new Clock()));
        router.Guard("/token", Authentication.Bearer("lab", tokens, new Clock()));
        AllocatesNothing(Connect(http2, "/private", router, ("authorization", "Basic YTpi")), 200);
        AllocatesNothing(Connect(http2, "/token", router, ("authorization", "Bearer 0123456789abcdef")), 200);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Cookies_forms_and_redirects(bool http2)
    {
        byte[] name = Encoding.ASCII.GetBytes("sid");
        byte[] value = Encoding.ASCII.GetBytes("abc");
        byte[] there = Encoding.ASCII.GetBytes("/there");
        Router router = new();
        router.MapGet("/cookie", (request, response) => response.Status = request.CookieEquals(name, value) ? 200 : 404);
        router.MapGet("/moved", (_, response) =>
        {
            response.Redirect(307, there);
            response.Status = 404;
        });
        AllocatesNothing(Connect(http2, "/cookie", router, ("cookie", "a=1; sid=abc")), 200);
        AllocatesNothing(Connect(http2, "/moved", router), 404);
        AllocatesNothing(Connect(http2, "/nowhere%20else", router), 404);
    }

    [TestMethod]
    public void An_event_to_ten_subscribers_of_one_connection()
    {
        const int Subscribers = 10;
        EventStream events = new(Subscribers, 2048, new Clock());
        int type = events.AddType("status", true);
        Router router = new();
        router.MapGet("/e", events.Handle);
        HttpLimits limits = new();
        HttpSession session = new(limits, router, new ServerCounters());
        session.Begin(0, false);
        Send(session, [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0]);

        // WINDOW_UPDATE: this client takes whatever comes.
        Send(session, [0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7F, 0, 0, 0]);
        for (int i = 0; i < Subscribers; i++)
        {
            byte stream = (byte)(1 + (2 * i));
            Send(session, [0, 0, 9, 1, 5, 0, 0, 0, stream, 0x82, 0x86, 0x04, 2, .. "/e"u8, 0x01, 1, .. "d"u8]);
            Send(session, [0, 0, 4, 8, 0, 0, 0, 0, stream, 0x7F, 0, 0, 0]);
        }

        Assert.AreEqual(Subscribers, events.Subscribers);
        byte[] data = Encoding.ASCII.GetBytes("{\"temperature\":21.50}");
        long sent = 0;
        long before = 0;
        for (int round = 0; round < WarmUp + Requests; round++)
        {
            if (round == WarmUp)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                sent = 0;
            }

            events.Publish(type, data, 0, data.Length);
            sent += Drain(session);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsGreaterThan((long)Requests * Subscribers * data.Length, sent, "Octets sent.");
        Assert.AreEqual(Subscribers, events.Subscribers);
        Assert.AreEqual(0L, allocated, "Octets allocated.");
    }

    private static void Send(HttpSession session, byte[] octets)
    {
        session.Receive.MakeRoom();
        octets.CopyTo(session.Receive.Bytes, session.Receive.End);
        session.Receive.End += octets.Length;
        Drain(session);
    }

    // Until nothing moves any more.
    private static long Drain(HttpSession session)
    {
        long sent = 0;
        do
        {
            session.Transmit.Sent(session.Transmit.Length);
            session.Advance(1);
            sent += session.Transmit.Length;
        }
        while (session.Transmit.Length != 0);
        return sent;
    }

    private static Router Assets(PackEncodings encodings)
    {
        AssetPackBuilder builder = new(encodings);
        builder.Add("a.bin", encodings == PackEncodings.Plain ? s_content : [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * i >> 7))]);
        Router router = new();
        router.MapAssets("/", new StaticAssets(new AssetPack(new MemoryAssetStore(builder.Build()))));
        return router;
    }

    private static Driver Connect(bool http2, string path, Router router, params (string Name, string Value)[] more) =>
        http2 ? new Http2Driver("GET", path, [], router, more) : new Http1Driver("GET", path, [], router, more);

    private static void AllocatesNothing(Driver driver, int status)
    {
        driver.Run(WarmUp);
        long before = GC.GetAllocatedBytesForCurrentThread();
        driver.Run(Requests);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.AreEqual(status, driver.Status);
        Assert.AreEqual(WarmUp + Requests, driver.Counters.Requests);
        Assert.AreEqual(0L, allocated, "Octets allocated.");
    }
}
