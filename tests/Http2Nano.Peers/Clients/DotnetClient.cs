using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;

namespace Http2Nano.Peers.Clients;

/// <summary>.NET's HttpClient, with no other version than the wanted one.</summary>
internal sealed class DotnetClient(Version wanted, bool secure) : Client
{
    public override bool Secure => secure;

    public override string Version => Name(wanted);

    public static HttpClient Create(Version version) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        UseProxy = false,
    })
    {
        DefaultRequestVersion = version,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>The content of an answer of 200, on a connection of its own.</summary>
    public static async Task<byte[]> GetAsync(Uri origin, string path)
    {
        using HttpClient client = Create(new Version(1, 1));
        return await client.GetByteArrayAsync(new Uri(origin, path));
    }

    public override async Task<Answer> SendAsync(Uri origin, Ask ask)
    {
        using HttpClient client = Create(wanted);
        using var request = new HttpRequestMessage(new HttpMethod(ask.Method), ask.At(origin));
        if (ask.Body != null)
        {
            request.Content = new Upload(ask.Body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(ask.ContentType!) } };
        }

        // Not told the version, a request takes 1.1.
        request.Version = wanted;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using HttpResponseMessage response = await client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            Name(response.Version),
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsByteArrayAsync());
    }

    // HttpClient reads nothing of the response while it sends a ByteArrayContent, so that an echo of more than a window
    // could never end. Other contents are sent and answered at the same time.
    private sealed class Upload(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }

    private static string Name(Version version) => version.Major == 2 ? "HTTP/2" : $"HTTP/{version}";
}
