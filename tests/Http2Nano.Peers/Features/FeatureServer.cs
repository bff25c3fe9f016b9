using System;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Peers.Features;

/// <summary>A server in this process whose routes use what the dashboard does not: promises, early hints, trailers.</summary>
internal sealed class FeatureServer : IDisposable
{
    public const string Style = "body { color: green }";
    public const string Link = "</style.css>; rel=preload; as=style";
    public const string Checksum = "x-checksum";
    public const int TrailedLength = 1000;
    public const int LongLength = 200_000;

    /// <summary>Octets of a body of unknown length, behind which its source fails.</summary>
    public const int CutAt = 5000;

    private readonly HttpServer _server;

    public FeatureServer()
    {
        Router router = new();
        router.MapGet("/style.css", (_, response) =>
        {
            response.AddHeader("content-type", "text/css");
            response.Write(Style);
        });
        router.MapGet("/push", (_, response) =>
        {
            response.Push(Octets("/style.css"));
            response.AddHeader("content-type", "text/html");
            response.Write("<link rel=stylesheet href=/style.css>");
        });
        router.MapGet("/push-long", (_, response) =>
        {
            response.Push(Octets("/long"));
            response.Write("refers to it");
        });
        router.MapGet("/hints", (_, response) =>
        {
            response.EarlyHints(Octets(Link));
            response.Write("hinted");
        });
        router.MapGet("/trailers", (_, response) =>
        {
            response.AddHeader("trailer", Checksum);
            response.AddTrailer(Octets(Checksum), Octets("c0ffee"));
            response.SetBody(new Letters(), TrailedLength, HttpResponse.UnknownLength);
        });
        router.MapPost("/request-trailers", (request, response) =>
            response.Write(request.Trailers is { } list && list.Find(Octets(Checksum)) is >= 0 and int position ? list.GetValue(position) : "none"));
        router.MapGet("/cut", (_, response) => response.SetBody(new Failing(), 0, HttpResponse.UnknownLength));
        router.MapGet("/long", (_, response) => response.SetBody(new Letters(), LongLength, LongLength));
        _server = new HttpServer(new HttpServerOptions { Address = System.Net.IPAddress.Loopback, Port = 0 }, router);
        _server.Start();
    }

    public Uri Origin => new($"http://localhost:{_server.Port}/");

    public void Dispose() => _server.Stop();

    private static byte[] Octets(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>The letter a, as often as the key says.</summary>
    private sealed class Letters : BodySource
    {
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int read = Math.Min(count, key - position);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            return read == 0 ? EndOfBody : read;
        }
    }

    private sealed class Failing : BodySource
    {
        public override int Read(int key, int position, byte[] buffer, int offset, int count)
        {
            int read = Math.Min(count, CutAt - position);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            return read == 0 ? throw new System.IO.IOException("The file is gone.") : read;
        }
    }
}
