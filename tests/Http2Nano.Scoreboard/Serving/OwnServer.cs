using System;
using System.Globalization;
using System.Net;
using Http2Nano.Hosting;
using Http2Nano.Hosting.Host;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Scoreboard.Serving;

/// <summary>This library as a contestant. It uses little of the interface, so that older builds can take its place.</summary>
internal static class OwnServer
{
    public const string Argument = "serve";

    public static readonly string[] Profiles = ["tiny", "default", "large"];

    /// <summary>Serves until the input ends.</summary>
    public static int Run(string profile, string certificate, string key)
    {
        var router = new Router();
        foreach (int length in new[] { Cell.Short, Cell.Long })
        {
            byte[] body = new byte[length];
            router.MapGet(string.Create(CultureInfo.InvariantCulture, $"/{length}"), (_, response) => response.SetBody(body, 0, body.Length));
        }

        var server = new HttpServer(
            new HttpServerOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                TlsPort = 0,
                Tls = HostTlsAcceptor.FromFiles(certificate, key),
                Limits = profile == "tiny" ? HttpProfiles.Tiny() : profile == "large" ? HttpProfiles.Large() : HttpProfiles.Default(),
            },
            router);
        server.Start();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{server.Port} {server.TlsPort}"));
        Console.In.ReadToEnd();
        server.Stop();
        return 0;
    }
}
