using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Peers.Courtesy;

/// <summary>
/// A server in this process that says what clients have cost it. Next to nothing of the glitch budget comes back with time, so that
/// a client is not spared because it is slow.
/// </summary>
internal sealed class CourtesyServer : IDisposable
{
    public const int Long = 3000;

    // A page that asks 2,000 times, ten at a time, and says in its title how often it was answered.
    private const string Page = """
        <!doctype html><title>0</title><script>
        const ask = async way => (await (await fetch(way, { cache: way === '/tagged' ? 'no-cache' : 'no-store' })).text()).length !== 0;
        (async () => {
          const way = new URLSearchParams(location.search).get('way');
          let answered = 0;
          for (let i = 0; i < 200; i++) {
            const all = await Promise.allSettled(Array.from({ length: 10 }, () => ask(way)));
            answered += all.filter(one => one.value).length;
          }
          document.title = `done ${answered}`;
        })();
        </script>
        """;

    private readonly HttpServer _server;

    public CourtesyServer()
    {
        Router router = new();
        router.MapGet("/page", (_, response) =>
        {
            response.AddHeader("content-type", "text/html");
            response.Write(Page);
        });
        router.MapGet("/short", (request, response) =>
        {
            Frames.Note(request);
            response.Write("short");
        });
        router.MapGet("/long", (request, response) =>
        {
            Frames.Note(request);
            response.SetBody(new byte[Long], 0, Long);
        });
        router.MapGet("/tagged", (request, response) =>
        {
            Frames.Note(request);
            response.AddHeader("etag", "\"1\"");
            response.AddHeader("cache-control", "no-cache");
            if (request.Headers.Find(Encoding.ASCII.GetBytes("if-none-match")) >= 0)
            {
                response.Status = 304;
                Revalidated++;
                return;
            }

            response.Write("tagged");
        });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        CertificateKey = Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        _server = new HttpServer(
            new HttpServerOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                TlsPort = 0,
                Tls = new HostTlsAcceptor(X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)),
                Limits = new HttpLimits { GlitchRefill = 1, Exchanges = 4 },
                Connections = 4,
                Backlog = 64,
                SilentConnections = 6,
            },
            router);
        _server.Start();
    }

    public int Port => _server.Port;

    public Uri Http => new($"http://localhost:{_server.Port}/");

    public Uri Https => new($"https://localhost:{_server.TlsPort}/");

    public ServerCounters Counters => _server.Counters;

    /// <summary>What the client sends.</summary>
    public FrameCounts Frames { get; } = new();

    /// <summary>What Chromium calls the certificate: it keeps nothing that comes with one it does not trust.</summary>
    public string CertificateKey { get; }

    /// <summary>Requests that were answered with 304.</summary>
    public int Revalidated { get; private set; }

    public void Dispose() => _server.Stop();
}
