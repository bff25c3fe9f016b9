using System;
using System.Linq;
using System.Text;
using Http2Nano.Assets;
using Http2Nano.CostCounter;
using Http2Nano.Json;
using Http2Nano.Messages;
using Http2Nano.Packing;
using Http2Nano.Routing;

namespace Http2Nano.Engine.Tests.Costs;

/// <summary>A route with a parameter, one of 20; the answer is short text.</summary>
public abstract class RoutedGet(bool http2) : RequestScenario(http2)
{
    private static readonly string[] s_rooms = ["kitchen", "cellar", "attic", "garage", "garden"];
    private readonly byte[] _text = Encoding.ASCII.GetBytes("21.5");

    /// <inheritdoc/>
    protected override string What => "a GET routed among 20";

    /// <inheritdoc/>
    protected override string Path => "/api/garage/sensor/12";

    /// <inheritdoc/>
    protected override int Status => 200;

    /// <inheritdoc/>
    protected override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void Map(Router router)
    {
        foreach (string room in s_rooms)
        {
            router.MapGet($"/api/{room}", (_, _) => throw new InvalidOperationException());
            router.MapPut($"/api/{room}", (_, _) => throw new InvalidOperationException());
            router.MapGet($"/api/{room}/light", (_, _) => throw new InvalidOperationException());
            router.MapGet($"/api/{room}/sensor/{{id}}", (request, response) =>
            {
                if (request.GetRouteInt(0) == 12)
                {
                    response.Write(_text);
                }
            });
        }
    }
}

/// <summary>A page that the client has already, beside 19 routes.</summary>
public abstract class Unchanged(bool http2) : RequestScenario(http2)
{
    private readonly byte[] _content = new byte[5000];

    /// <inheritdoc/>
    protected override string What => "a 304";

    /// <inheritdoc/>
    protected override string Path => "/icons/signal.svg";

    /// <inheritdoc/>
    protected override int Status => 304;

    /// <inheritdoc/>
    protected override int BodyLength => 0;

    /// <inheritdoc/>
    protected override (string Name, string Value)? Validator => ("if-none-match", "\"" + Asset().Tag + "\"");

    /// <inheritdoc/>
    protected override void Map(Router router)
    {
        AssetPackBuilder builder = new();
        builder.Add(Path[1..], _content);
        for (int i = 0; i < 20; i++)
        {
            builder.Add($"icons/icon{i}.svg", [(byte)i]);
        }

        for (int i = 0; i < 19; i++)
        {
            router.MapGet($"/api/{i}", (_, _) => throw new InvalidOperationException());
        }

        router.MapAssets("/", new StaticAssets(new AssetPack(new MemoryAssetStore(builder.Build()))));
    }

    private PackedAsset Asset() => new(Path[1..], _content, "image/svg+xml", PackEncodings.Both);
}

/// <summary>A JSON text of 200 bytes, as a status has it: numbers, texts, booleans.</summary>
/// <param name="http2">Whether it goes over HTTP/2.</param>
/// <param name="packed">Whether its names are packed.</param>
public abstract class JsonStatus(bool http2, bool packed) : RequestScenario(http2)
{
    internal const int Length = 200;

    private readonly JsonWriter _json = new();
    private readonly byte[][] _numbers = Names(packed, "uptime", "heapFree", "heapTotal", "temperature", "signal");
    private readonly byte[][] _texts = Names(packed, "device", "firmware");
    private readonly byte[] _deviceName = Encoding.ASCII.GetBytes("Greenhouse controller in the garden east");
    private readonly byte[] _version = Encoding.ASCII.GetBytes("2.14.7-nightly");
    private readonly byte[][] _switches = Names(packed, "output", "led", "fan");

    /// <inheritdoc/>
    protected override string What => packed ? "a JSON response of 200 bytes" : "a JSON response of 200 bytes, its names not packed";

    /// <inheritdoc/>
    protected override string Path => "/api/status";

    /// <inheritdoc/>
    protected override int Status => 200;

    /// <inheritdoc/>
    protected override int BodyLength => Length;

    /// <inheritdoc/>
    protected override void Map(Router router) => router.MapGet(Path, (_, response) =>
    {
        _json.Begin(response);
        _json.BeginObject();
        _json.Member(_texts[0], _deviceName);
        _json.Member(_texts[1], _version);
        long value = 1;
        foreach (byte[] name in _numbers)
        {
            value = (value * 17) + 3;
            _json.Member(name, value);
        }

        for (int i = 0; i < _switches.Length; i++)
        {
            if (packed)
            {
                _json.Member(_switches[i], i == 0);
            }
            else
            {
                _json.Name(_switches[i]);
                _json.Value(i == 0);
            }
        }

        _json.EndObject();
        _json.End();
    });

    private static byte[][] Names(bool packed, params string[] names) =>
        [.. names.Select(name => packed ? JsonWriter.PackName(name) : Encoding.ASCII.GetBytes(name))];
}

/// <summary>A body of 16 KB: what is sent when there is more than one segment.</summary>
public abstract class LongBody(bool http2) : ICostScenario
{
    private const int Length = 16384;
    private const int WarmUp = 4;
    private readonly byte[] _body = new byte[Length];
    private Driver _driver = null!;

    /// <inheritdoc/>
    public string Name => $"a body of 16 KB over {(http2 ? "HTTP/2" : "HTTP/1.1")}";

    /// <inheritdoc/>
    public string Unit => "request";

    /// <inheritdoc/>
    public void Prepare()
    {
        Router router = new();
        router.MapGet("/body", (_, response) => response.SetBody(_body, 0, Length));
        _driver = http2 ? new Http2Driver("GET", "/body", [], router) : new Http1Driver("GET", "/body", [], router);
        _driver.Run(WarmUp);
    }

    /// <inheritdoc/>
    public void Run()
    {
        _driver.Run(1);
        if (_driver.Status != 200 || _driver.ContentLength != Length)
        {
            throw new InvalidOperationException($"{Name}: status {_driver.Status}, body of {_driver.ContentLength} bytes.");
        }
    }
}

/// <summary>Over HTTP/1.1.</summary>
public sealed class LongBodyOverHttp1() : LongBody(false);

/// <summary>Over HTTP/2.</summary>
public sealed class LongBodyOverHttp2() : LongBody(true);

/// <summary>Over HTTP/1.1.</summary>
public sealed class RoutedGetOverHttp1() : RoutedGet(false);

/// <summary>Over HTTP/2.</summary>
public sealed class RoutedGetOverHttp2() : RoutedGet(true);

/// <summary>Over HTTP/1.1.</summary>
public sealed class UnchangedOverHttp1() : Unchanged(false);

/// <summary>Over HTTP/2.</summary>
public sealed class UnchangedOverHttp2() : Unchanged(true);

/// <summary>Over HTTP/1.1.</summary>
public sealed class JsonStatusOverHttp1() : JsonStatus(false, true);

/// <summary>Over HTTP/2.</summary>
public sealed class JsonStatusOverHttp2() : JsonStatus(true, true);

/// <summary>Over HTTP/1.1.</summary>
public sealed class PlainJsonStatusOverHttp1() : JsonStatus(false, false);

/// <summary>Over HTTP/2.</summary>
public sealed class PlainJsonStatusOverHttp2() : JsonStatus(true, false);
