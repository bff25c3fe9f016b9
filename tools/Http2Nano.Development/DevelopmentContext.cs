using System.CommandLine;
using Http2Nano.Access;
using Http2Nano.Assets;
using Http2Nano.Hosting;

namespace Http2Nano.Development;

/// <summary>What an application is made with on a PC.</summary>
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

    /// <summary>The pages, packed anew whenever a file changes.</summary>
    public StaticAssets Pages { get; }

    /// <summary>The board to be as small as; null where the program is as large as a PC.</summary>
    public BoardProfile? Board { get; }

    /// <summary>How the server will be bounded. May be changed until the application has been made.</summary>
    public HttpServerOptions Server { get; }

    /// <summary>Who may sign in: those of <c>--user</c>, or the one of development.</summary>
    public HashedSecrets Users { get; }

    /// <summary>The command line, for options of one's own.</summary>
    public ParseResult Arguments { get; }

    /// <summary>Port without TLS; 0 for none.</summary>
    public int HttpPort { get; }

    /// <summary>Port with TLS; 0 for none.</summary>
    public int HttpsPort { get; }
}
