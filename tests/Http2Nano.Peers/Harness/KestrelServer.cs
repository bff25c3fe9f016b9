using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Http2Nano.Peers.Harness;

/// <summary>.NET's own server with the same routes and files over HTTP/1.1, to compare with.</summary>
internal sealed class KestrelServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private KestrelServer(WebApplication application, Uri http)
    {
        _application = application;
        Http = http;
    }

    public Uri Http { get; }

    public static async Task<KestrelServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.UseRouting();
        var files = new PhysicalFileProvider(Path.Combine(Places.Root, "boards", "Dashboard", "www"));
        application.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        application.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } },
        });
        application.MapGet("/api/status", GetStatusAsync);
        application.MapGet("/api/bytes/{n:int}", GetBytesAsync);
        application.MapPost("/api/echo", EchoAsync);
        await application.StartAsync();
        string address = application.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new KestrelServer(application, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    // What the page needs to become ready.
    private static Task GetStatusAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"device":"Kestrel","firmware":"1","uptime":1,"heapFree":1,"heapTotal":2,"temperature":20.5,"signal":-50,"protocol":"HTTP/1.1","streamsOpen":0,"requests":1,"features":[]}""");
    }

    private static Task GetBytesAsync(HttpContext context, int n)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = n;
        return context.Response.Body.WriteAsync(Pattern.Of(n)).AsTask();
    }

    private static Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = context.Request.ContentType;
        context.Response.ContentLength = context.Request.ContentLength;
        return context.Request.Body.CopyToAsync(context.Response.Body);
    }
}
