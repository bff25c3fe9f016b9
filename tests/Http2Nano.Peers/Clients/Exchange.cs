using System;

namespace Http2Nano.Peers.Clients;

/// <summary>A request for any client to make.</summary>
internal sealed record Ask(string Path, byte[]? Body = null, string? ContentType = null)
{
    public string Method => Body == null ? "GET" : "POST";

    public Uri At(Uri origin) => new(origin, Path);
}

/// <summary>What a client says that it got.</summary>
/// <param name="Version">As in <c>/api/status</c>: HTTP/1.0, HTTP/1.1 or HTTP/2.</param>
internal sealed record Answer(int Status, string Version, string? ContentType, byte[] Body);
