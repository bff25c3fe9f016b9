using System;
using System.Globalization;
using System.Linq;

namespace Http2Nano.Peers.Harness;

/// <summary>
/// A proxy before one board, with no more in its configuration than what it needs to reach the board on connections that it keeps.
/// </summary>
/// <param name="Board">The board's port.</param>
internal sealed record ProxyConfiguration(int Board)
{
    // RFC 9110 7.4: without set-uri HAProxy says https of what comes over no TLS, which is answered 421.
    private const string Haproxy = """
        defaults
          mode http
          timeout connect 5s
          timeout client 10s
          timeout server 10s
        frontend front
          bind 127.0.0.1:{0}
          default_backend device
        backend device
          http-reuse always
          http-request set-uri http://%[req.hdr(host)]%[pathq]
        {2}
          server device 127.0.0.1:{1}{3}

        """;

    private const string Nginx = """
        events {{ }}
        http {{
          access_log off;
          keepalive_requests 10000;
          upstream device {{ server 127.0.0.1:{1}; keepalive 4; }}
          server {{
            listen 127.0.0.1:{0}{4};
            location / {{
              {2}
              {3}
            }}
          }}
        }}

        """;

    private const string Nghttpx = "frontend=127.0.0.1,{0};no-tls\nbackend=127.0.0.1,{1};;proto={3}\n";

    private const string Caddy = "{{\n admin off\n auto_https off\n servers {{\n  protocols h1 h2 h2c\n }}\n}}\nhttp://127.0.0.1:{0} {{\n reverse_proxy {3}://127.0.0.1:{1}\n}}\n";

    private const string Apache = """
        LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
        LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
        LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
        LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
        LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
        LoadModule proxy_http2_module /usr/lib/apache2/modules/mod_proxy_http2.so
        ServerRoot {5}
        ServerName localhost
        PidFile {5}/pid
        ErrorLog /dev/stderr
        Listen 127.0.0.1:{0}
        Protocols h2c http/1.1
        ProxyPass / {3}://127.0.0.1:{1}/

        """;

    /// <summary>Whether the proxy speaks HTTP/2 to the board, and not HTTP/1.1.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>Whether clients speak HTTP/2 to a proxy that cannot find out.</summary>
    public bool Http2Clients { get; init; }

    /// <summary>Fields that HAProxy or nginx adds to each request.</summary>
    public (string Name, string Value)[] Fields { get; init; } = [];

    /// <summary>The text of the configuration.</summary>
    /// <param name="proxy">haproxy, nginx, caddy, apache2 or nghttpx.</param>
    /// <param name="port">The port to listen at.</param>
    /// <param name="folder">A folder for what the proxy writes.</param>
    public string Text(string proxy, int port, string folder)
    {
        return proxy switch
        {
            "haproxy" => Fill(Haproxy, Added("  http-request set-header {0} {1}", "\n"), Http2 ? " proto h2" : ""),
            "nginx" when Http2 => Fill(Nginx, Added("grpc_set_header {0} {1};", " "), "grpc_pass grpc://device;"),
            "nginx" => Fill(Nginx, Added("proxy_set_header {0} {1};", " "), "proxy_pass http://device; proxy_http_version 1.1; proxy_set_header Connection \"\";"),
            "caddy" => Fill(Caddy, "", Http2 ? "h2c" : "http"),
            "apache2" => Fill(Apache, "", Http2 ? "h2c" : "http"),
            "nghttpx" => Fill(Nghttpx, "", Http2 ? "h2" : "http/1.1"),
            _ => throw new ArgumentOutOfRangeException(nameof(proxy)),
        };

        string Fill(string text, string fields, string way) =>
            string.Format(CultureInfo.InvariantCulture, text, port, Board, fields, way, Http2Clients ? " http2" : "", folder);
    }

    private string Added(string line, string between) =>
        string.Join(between, Fields.Select(field => string.Format(CultureInfo.InvariantCulture, line, field.Name, field.Value)));
}
