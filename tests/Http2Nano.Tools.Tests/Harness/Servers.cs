using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Http2Nano.Development;
using Http2Nano.Peers.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Http2Nano.Tools.Tests.Harness;

/// <summary>Servers that others wrote, at ports that were free.</summary>
internal static class Servers
{
    /// <summary>Writes certificate and key for localhost.</summary>
    public static void WriteCertificate(TemporaryFolder folder)
    {
        using X509Certificate2 certificate = DevelopmentCertificate.LoadOrCreate(IPAddress.Loopback);
        folder.Write("server.crt", certificate.ExportCertificatePem() + "\n");
        using var key = certificate.GetECDsaPrivateKey()!;
        folder.Write("server.key", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>.NET's own server, HTTP/1.1 and HTTP/2 with TLS.</summary>
    public static async Task<(WebApplication Server, Uri Url)> KestrelAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(
            IPAddress.Loopback,
            0,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(DevelopmentCertificate.LoadOrCreate(IPAddress.Loopback));
            }));
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Run(context => context.Response.WriteAsync("kestrel"));
        await application.StartAsync();
        string address = application.Services.GetService(typeof(Microsoft.AspNetCore.Hosting.Server.IServer)) is Microsoft.AspNetCore.Hosting.Server.IServer server
            ? server.Features.Get<IServerAddressesFeature>()!.Addresses.First()
            : throw new InvalidOperationException();
        return (application, new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
    }

    /// <summary>nghttp2's server, which pushes and hints.</summary>
    public static async Task<Running> NghttpdAsync(TemporaryFolder folder, int port, bool tls, params string[] more)
    {
        Tool nghttpd = Tool.Find("nghttpd", "/usr/sbin/nghttpd");
        folder.Write("www/index.html", "<!doctype html><title>nghttpd</title>");
        folder.Write("www/style.css", "body { color: red }");
        string[] secure = tls ? [folder.Of("server.key"), folder.Of("server.crt")] : ["--no-tls"];
        Running running = Running.StartIn(folder.Path, null, [nghttpd.Path, "-a", "127.0.0.1", "-d", folder.Of("www"), .. more, $"{port}", .. secure]);
        await WaitAsync(port);
        return running;
    }

    /// <summary>nginx, HTTP/2 by ALPN.</summary>
    public static async Task<Running> NginxAsync(TemporaryFolder folder, int port)
    {
        Tool nginx = Tool.Find("nginx", "/usr/sbin/nginx");
        folder.Write("www/index.html", "<!doctype html><title>nginx</title>");
        string configuration = folder.Write(
            "nginx.conf",
            $$"""
            daemon off;
            master_process off;
            pid {{folder.Of("nginx.pid")}};
            error_log stderr;
            events { }
            http {
              access_log off;
              client_body_temp_path {{folder.Of("body")}};
              proxy_temp_path {{folder.Of("proxy")}};
              fastcgi_temp_path {{folder.Of("fastcgi")}};
              uwsgi_temp_path {{folder.Of("uwsgi")}};
              scgi_temp_path {{folder.Of("scgi")}};
              types { text/html html; }
              server {
                listen 127.0.0.1:{{port}} ssl http2;
                ssl_certificate {{folder.Of("server.crt")}};
                ssl_certificate_key {{folder.Of("server.key")}};
                root {{folder.Of("www")}};
              }
            }
            """);
        Running running = Running.StartIn(folder.Path, null, nginx.Path, "-p", folder.Path, "-c", configuration);
        await WaitAsync(port);
        return running;
    }

    /// <summary>HAProxy, which answers by itself.</summary>
    public static async Task<Running> HaproxyAsync(TemporaryFolder folder, int port)
    {
        Tool haproxy = Tool.Find("haproxy", "/usr/sbin/haproxy");
        File.WriteAllText(folder.Of("pair.pem"), File.ReadAllText(folder.Of("server.crt")) + File.ReadAllText(folder.Of("server.key")));
        string configuration = folder.Write(
            "haproxy.cfg",
            $"""
            defaults
              mode http
              timeout client 10s
              timeout server 10s
              timeout connect 5s
            frontend front
              bind 127.0.0.1:{port} ssl crt {folder.Of("pair.pem")} alpn h2,http/1.1
              http-request return status 200 content-type text/plain string haproxy

            """);
        Running running = Running.StartIn(folder.Path, null, haproxy.Path, "-f", configuration, "-db");
        await WaitAsync(port);
        return running;
    }

    private static async Task WaitAsync(int port)
    {
        for (int i = 0; i < 1200; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"Nobody listens at {port}.");
    }
}

/// <summary>A TLS server without ALPN, as a board is: HTTP/1.1.</summary>
internal sealed class PlainTlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = DevelopmentCertificate.LoadOrCreate(IPAddress.Loopback);

    public PlainTlsServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Dispose()
    {
        _listener.Stop();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(_certificate, false, SslProtocols.Tls12 | SslProtocols.Tls13, false);
                using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, true);
                while (await reader.ReadLineAsync() is { } first)
                {
                    List<string> lines = [first];
                    while (await reader.ReadLineAsync() is { Length: > 0 } line)
                    {
                        lines.Add(line);
                    }

                    if (!first.EndsWith(" HTTP/1.1", StringComparison.Ordinal))
                    {
                        return;
                    }

                    await stream.WriteAsync("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nplain"u8.ToArray());
                }
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException)
            {
                // Gone.
            }
        }
    }
}
