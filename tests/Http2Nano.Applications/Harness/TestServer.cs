using System;
using System.Net;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Peers.Harness;
using Http2Nano.Routing;

namespace Http2Nano.Applications.Harness;

/// <summary>A server of this process, on ports that were free, with an application.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly HttpServer _server;

    /// <summary>Starts it.</summary>
    /// <param name="router">The application.</param>
    /// <param name="httpPort">Port without TLS; 0 for one that is free.</param>
    /// <param name="httpsPort">Port with TLS; 0 for one that is free.</param>
    public TestServer(Router router, int httpPort = 0, int httpsPort = 0)
    {
        HttpPort = httpPort != 0 ? httpPort : Ports.Take();
        HttpsPort = httpsPort != 0 ? httpsPort : Ports.Take();
        _server = new HttpServer(
            new HttpServerOptions
            {
                Address = IPAddress.Loopback,
                Port = HttpPort,
                TlsPort = HttpsPort,
                Tls = new HostTlsAcceptor(TestCertificate.Create()),
                Backlog = 64,
            },
            router);
        _server.Start();
    }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    public Uri Http => new($"http://127.0.0.1:{HttpPort}/");

    public Uri Https => new($"https://127.0.0.1:{HttpsPort}/");

    public Messages.ServerCounters Counters => _server.Counters;

    public Uri Of(string scheme) => scheme == "https" ? Https : Http;

    public void Dispose() => _server.Stop();
}
