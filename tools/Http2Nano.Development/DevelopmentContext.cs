using System;
using System.CommandLine;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Hosting;

namespace Http2Nano.Development;

/// <summary>The parameters with which an application is made on a PC.</summary>
public sealed class DevelopmentContext
{
    internal DevelopmentContext(AssetPack pack, HostSettings settings, HttpServerOptions server, DevelopmentUsers users, ParseResult arguments)
    {
        Pages = new StaticAssets(pack);
        Board = settings.Board;
        Server = server;
        Users = users.Secrets;
        Arguments = arguments;
        HttpPort = settings.Http;
        HttpsPort = settings.Https;
    }

    /// <summary>The pages, packed again whenever a file changes.</summary>
    public StaticAssets Pages { get; }

    /// <summary>The board whose limits apply; null for those of a PC.</summary>
    public BoardProfile? Board { get; }

    /// <summary>The server's options. They may be changed until the application has been made.</summary>
    public HttpServerOptions Server { get; }

    /// <summary>
    /// Stops the server, lets the caller change what <see cref="Server"/> says of TLS, and starts it again; not to be called on the
    /// server's thread. Null while the server is not there.
    /// </summary>
    public Action<Action>? Restart { get; internal set; }

    /// <summary>The users: those of <c>--user</c>, or the development user.</summary>
    public HashedSecrets Users { get; }

    /// <summary>The command line, for the application's own options.</summary>
    public ParseResult Arguments { get; }

    /// <summary>Port without TLS; 0 for none.</summary>
    public int HttpPort { get; }

    /// <summary>Port with TLS; 0 for none.</summary>
    public int HttpsPort { get; }
}
