using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Events;
using Http2Nano.Fields;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Packing;
using Http2Nano.Routing;

namespace Http2Nano.Applications.Harness;

/// <summary>One of everything that applications plug in.</summary>
internal sealed class Application
{
    public const string Policy = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";
    public const string Secret = "the handler's secret";

    private readonly JsonReader _json = new();
    private readonly byte[] _name = "name"u8.ToArray();

    /// <summary>Makes the application and maps its routes.</summary>
    /// <param name="policy">Whether pages have a content security policy.</param>
    public Application(bool policy = true)
    {
        HashedSecrets users = new("salt");
        users.Add("anna:a long secret");
        HashedSecrets tokens = new("salt");
        tokens.Add("0123456789abcdef");
        Events = new EventStream(10, 4096, new Clock());
        Message = Events.AddType("message", false);
        Assets = new StaticAssets(Pack());
        if (policy)
        {
            Assets.AddPageField(FieldName.ContentSecurityPolicy, Encoding.ASCII.GetBytes(Policy));
        }

        Router.MapAssets("/", Assets);
        Router.MapGet("/api/events", Events.Handle);
        Router.MapGet("/metrics", Metrics.Handle);
        Router.MapGet("/api/rooms/{room}/sensors/{id}", (request, response) => response.Write(request.GetRouteValue("room") + " " + request.GetRouteInt(1)));
        Router.MapGet("/api/search", (request, response) => response.Write(request.GetQueryValue("q") ?? "nothing"));
        Router.MapGet("/api/thing", (_, response) => response.Write("a thing"));
        Router.MapPut("/api/thing", (request, response) => response.Write(request.Bytes, request.BodyStart, request.BodyCount));
        Router.MapDelete("/api/thing", (_, response) => response.Status = 204);
        Router.MapPost("/api/json", ReadJson);
        Router.MapPost("/api/form", ReadForm);
        Router.MapGet("/api/cookie", (request, response) => response.Write(request.GetCookie("sid") ?? "none"));
        Router.MapGet("/api/moved", (_, response) => response.Redirect(307, "/api/thing"));
        Router.MapGet("/api/throws", (_, _) => throw new InvalidOperationException(Secret));
        Router.MapGet("/api/peer", (request, response) => response.Write(request.PeerAddress));
        Router.MapGet("/api/later/{text}", AnswerLater);
        Router.MapGet("/private", (_, response) => response.Write("for anna"));
        Router.MapGet("/token", (_, response) => response.Write("for the program"));
        Router.Guard("/private", Authentication.Basic("lab", users, new Clock()));
        Router.Guard("/token", Authentication.Bearer("lab", tokens, new Clock()));
        Router.OnFailed = (_, exception) => Failures.Add(exception.Message);
    }

    public Router Router { get; } = new();

    public StaticAssets Assets { get; }

    public EventStream Events { get; }

    public MetricsRoute Metrics { get; } = new();

    /// <summary>The type of events.</summary>
    public int Message { get; }

    /// <summary>What handlers threw.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>100 KB that gzip makes smaller.</summary>
    public static byte[] Text { get; } = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 12500).Select(i => $"{i:D7}\n")));

    /// <summary>100 KB that gzip cannot make smaller.</summary>
    public static byte[] Noise { get; } = MakeNoise();

    private static byte[] MakeNoise()
    {
        byte[] noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private static AssetPack Pack()
    {
        AssetPackBuilder builder = new();
        builder.Add("index.html", Encoding.UTF8.GetBytes("""
            <!doctype html><title>Test</title><p id=said>nothing</p>
            <script>document.getElementById('said').textContent = 'inline';</script>
            <script src="/app.js"></script>
            <img src="http://127.0.0.1:9/other.png">
            """));
        builder.Add("app.js", Encoding.UTF8.GetBytes("""
            window.violations = [];
            document.addEventListener('securitypolicyviolation', e => window.violations.push(e.effectiveDirective));
            try { eval('window.evaluated = true'); } catch { window.refused = true; }
            """));
        builder.Add("plain.html", "<!doctype html><title>Plain</title>"u8.ToArray());
        builder.Add("big.txt", Text);
        builder.Add("big.bin", Noise);
        builder.Add("docs/index.html", "<!doctype html><title>Docs</title>"u8.ToArray());
        return new AssetPack(new MemoryAssetStore(builder.Build()));
    }

    // {"name":"…"} and nothing else.
    private void ReadJson(HttpRequest request, HttpResponse response)
    {
        _json.Begin(request);
        if (_json.Read() == JsonToken.BeginObject && _json.Read() == JsonToken.Name && _json.TextEquals(_name) && _json.Read() == JsonToken.Text)
        {
            string name = _json.GetText();
            if (_json.Read() == JsonToken.EndObject && _json.Read() == JsonToken.End)
            {
                response.Write(name);
                return;
            }
        }

        Problem.Write(response, 400, "a name is wanted"u8.ToArray());
    }

    private void ReadForm(HttpRequest request, HttpResponse response)
    {
        string? name = request.HasForm ? request.GetFormValue("name") : null;
        if (name == null)
        {
            Problem.Write(response, 400);
            return;
        }

        response.Write(name);
    }

    private static void AnswerLater(HttpRequest request, HttpResponse response)
    {
        string text = request.GetRouteValue(0);
        response.Defer();
        new Thread(() =>
        {
            Thread.Sleep(50);
            response.Write(text + " at last");
            response.Complete();
        }).Start();
    }
}
