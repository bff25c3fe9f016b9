using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Peers.Features;

/// <summary>
/// A page that presses a switch by POST; whoever takes the press fails behind it, before there is a response. Both protocols of HTTPS.
/// </summary>
internal sealed class SwitchServer : IDisposable
{
    public const string Path = "switch";
    private const string Page = "<!doctype html><title>waits</title><script>fetch('/switch', { method: 'POST', body: 'press' })"
        + ".then(() => document.title = 'answered', () => document.title = 'failed')</script>";

    private readonly X509Certificate2 _certificate;
    private readonly HttpServer _server;
    private int _presses;

    public SwitchServer()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        Router router = new();
        router.MapGet("/", (_, response) =>
        {
            response.AddHeader("content-type", "text/html");
            response.Write(Page);
        });
        router.MapStream(HttpMethod.Post, "/" + Path, (request, response) =>
        {
            Interlocked.Increment(ref _presses);
            request.ReadBody(new Jammed(response), 0);
            response.Defer();
        });
        _server = new HttpServer(new HttpServerOptions { Address = IPAddress.Loopback, Port = 0, TlsPort = 0, Tls = new HostTlsAcceptor(_certificate) }, router);
        _server.Start();
    }

    public Uri Origin => new($"https://localhost:{_server.TlsPort}/");

    /// <summary>How often the switch was pressed since this was asked last.</summary>
    public int TakePresses() => Interlocked.Exchange(ref _presses, 0);

    public void Dispose()
    {
        _server.Stop();
        _certificate.Dispose();
    }

    private sealed class Jammed(HttpResponse response) : BodySink
    {
        public override int Room(int key) => int.MaxValue;

        public override void Write(int key, byte[] buffer, int offset, int count) => throw new InvalidOperationException("The switch is jammed.");

        public override void Close(int key, bool complete) => response.Complete();
    }
}
