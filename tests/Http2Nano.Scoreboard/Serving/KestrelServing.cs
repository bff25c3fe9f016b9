using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Http2Nano.Scoreboard.Serving;

/// <summary>Kestrel as a contestant, without anything around it: no routing, no log.</summary>
internal static class KestrelServing
{
    public const string Argument = "serve-kestrel";

    /// <summary>Serves until the input ends.</summary>
    public static async Task<int> RunAsync(string certificate, string key)
    {
        byte[] shortBody = new byte[Cell.Short];
        byte[] longBody = new byte[Cell.Long];
        string longPath = string.Create(CultureInfo.InvariantCulture, $"/{Cell.Long}");
        using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
        using var loaded = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pfx), null);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(loaded));
        });
        await using WebApplication application = builder.Build();
        application.Run(context =>
        {
            byte[] body = context.Request.Path.Value == longPath ? longBody : shortBody;
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine(string.Join(' ', addresses.Select(address => new Uri(address).Port)));
        await Console.In.ReadToEndAsync();
        await application.StopAsync();
        return 0;
    }
}
