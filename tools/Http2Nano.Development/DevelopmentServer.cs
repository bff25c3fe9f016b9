using System;
using System.Net;
using System.Net.Http;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Messages;

namespace Http2Nano.Development;

/// <summary>A server in this process on free ports, for tests of an application with real clients.</summary>
public sealed class DevelopmentServer : IDisposable
{
    private readonly HttpServer _server;

    private DevelopmentServer(HttpServer server)
    {
        _server = server;
        Http = new Uri($"http://127.0.0.1:{server.Port}/");
        Https = new Uri($"https://127.0.0.1:{server.TlsPort}/");
    }

    /// <summary>The address without TLS.</summary>
    public Uri Http { get; }

    /// <summary>The address with TLS; its certificate is not trusted.</summary>
    public Uri Https { get; }

    /// <summary>The server's counters.</summary>
    public ServerCounters Counters => _server.Counters;

    /// <summary>Starts a server.</summary>
    /// <param name="application">Answers requests: a router.</param>
    /// <param name="limits">Its limits; those of the default profile unless given.</param>
    /// <returns>The server, which stops when it is disposed of.</returns>
    public static DevelopmentServer Start(RequestDispatcher application, HttpLimits? limits = null)
    {
        var server = new HttpServer(
            new HttpServerOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                TlsPort = 0,
                Tls = new HostTlsAcceptor(DevelopmentCertificate.LoadOrCreate(IPAddress.Loopback)),
                Limits = limits ?? new HttpLimits(),
                Backlog = 64,
            },
            application);
        server.Start();
        return new DevelopmentServer(server);
    }

    /// <summary>Makes a client for the server.</summary>
    /// <param name="http2">Whether to use HTTP/2 (with prior knowledge without TLS), not HTTP/1.1.</param>
    /// <returns>The client, whose paths are relative to <see cref="Http"/>. It takes any certificate.</returns>
    public HttpClient CreateClient(bool http2 = false) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        BaseAddress = Http,
        DefaultRequestVersion = http2 ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Stops the server.</summary>
    public void Dispose() => _server.Stop();
}
