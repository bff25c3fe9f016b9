using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Http2Nano.Peers.Harness;

namespace Http2Nano.Peers.Fleets;

/// <summary>Four host boards behind a proxy, with the configuration of <c>boards/Fleet</c>.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    public const int Boards = 4;

    private readonly HostProcess[] _boards;
    private readonly string[] _options;
    private readonly int[] _ports;
    private readonly ProxyProcess _proxy;
    private readonly bool _byName;

    private Fleet(HostProcess[] boards, int[] ports, string[] options, ProxyProcess proxy, bool byName)
    {
        _boards = boards;
        _ports = ports;
        _options = options;
        _proxy = proxy;
        _byName = byName;
    }

    /// <summary>Starts the boards, with profile default unless the proxy needs more connections, and the proxy.</summary>
    public static Task<Fleet> StartAsync(string proxy) => StartAsync(proxy, "default", Boards, proxy is "nginx" or "apache2" ? 4 : 1);

    /// <summary>Starts boards and the proxy.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="profile">The profile of the boards.</param>
    /// <param name="count">Their number; the proxy knows each by more names where they are fewer than four.</param>
    /// <param name="connections">Connections that each serves at once.</param>
    public static async Task<Fleet> StartAsync(string proxy, string profile, int count, int connections)
    {
        string[] more = proxy is "nginx" or "apache2" ? ["--no-early-hints"] : [];
        string[] limits = connections == 1 ? [] : ["--limits", $"connections={connections},exchanges={2 * connections}"];
        string[] options = ["--quiet", "--profile", profile, "--proxy", "127.0.0.1", "--user", "anna:correct-horse", .. limits, .. more];
        HostProcess[] boards = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => HostProcess.StartAsync(options)));
        int[] ports = [.. Enumerable.Range(0, Boards).Select(i => boards[i % count].HttpPort)];
        ProxyProcess process = await ProxyProcess.StartAsync(proxy, (port, folder) =>
            Configuration(FileOf(proxy), ports, port, folder).Replace("maxconn 15", profile == "tiny" ? "maxconn 3" : "maxconn 15", StringComparison.Ordinal));
        return new Fleet(boards, ports, options, process, proxy == "nghttpx");
    }

    /// <summary>The name of a proxy's configuration.</summary>
    public static string FileOf(string proxy) => proxy switch
    {
        "haproxy" => "haproxy.cfg",
        "caddy" => "Caddyfile",
        "apache2" => "apache.conf",
        _ => proxy + ".conf",
    };

    /// <summary>The configuration of a proxy, with other addresses than those that stand in it.</summary>
    public static string Configuration(string file, IReadOnlyList<int> boards, int port, string folder)
    {
        string text = File.ReadAllText(Path.Combine(Places.Root, "boards", "Fleet", file));
        for (int i = 0; i < boards.Count; i++)
        {
            text = Replace(text, $"192.168.1.1{i + 1}:80", $"127.0.0.1:{boards[i]}", $"192.168.1.1{i + 1},80", $"127.0.0.1,{boards[i]}");
        }

        text = Replace(text, "bind :443", $"bind 127.0.0.1:{port}", "listen 443", $"listen 127.0.0.1:{port}", "\n:443 ", $"\n:{port} ", "Listen 443", $"Listen 127.0.0.1:{port}", "*,443", $"127.0.0.1,{port}");
        return text.Replace("/etc/fleet", folder, StringComparison.Ordinal).Replace("/var/run/fleet.pid", folder + "/pid", StringComparison.Ordinal);
    }

    /// <summary>The address at which a browser finds a board, 1 to 4.</summary>
    public Uri Address(int board) => new(_byName ? $"https://board{board}.localhost:{_proxy.Port}/" : $"https://localhost:{_proxy.Port}/board{board}/");

    /// <summary>A client that takes the proxy's certificate.</summary>
    /// <param name="address">Its own address; any unless given.</param>
    public static HttpClient NewClient(IPAddress? address = null) => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(address ?? IPAddress.Any, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Ends a board at once, as a power cut does.</summary>
    public ValueTask KillAsync(int board) => _boards[board - 1].DisposeAsync();

    /// <summary>Starts it again at its port. It does not wait for it to answer.</summary>
    public void Restart(int board) =>
        _boards[board - 1] = HostProcess.StartPlain([.. _options, "--http", $"{_ports[board - 1]}", "--https", "0"]);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        foreach (HostProcess board in _boards)
        {
            await board.DisposeAsync();
        }
    }

    private static string Replace(string text, params string[] pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            text = text.Replace(pairs[i], pairs[i + 1], StringComparison.Ordinal);
        }

        return text;
    }
}
