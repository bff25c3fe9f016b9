using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Peers.Differential;

/// <summary>Requests by hand, valid and invalid: each a name and the octets of one connection.</summary>
internal static class HandMadeRequests
{
    private const string Get = "GET /api/bytes/3 HTTP/1.1\r\n";
    private const string Host = "Host: peer\r\n";
    private const string Post = "POST /api/echo HTTP/1.1\r\nHost: peer\r\nContent-Type: text/plain\r\n";
    private const string Chunked = Post + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static IReadOnlyDictionary<string, string> All { get; } = Methods()
        .Concat(Versions()).Concat(Targets()).Concat(Hosts()).Concat(Names()).Concat(Values()).Concat(Lengths()).Concat(Codings()).Concat(Chunks())
        .Concat(Connections()).Concat(Lines()).ToDictionary(item => item.Name, item => item.Request);

    private static IEnumerable<(string Name, string Request)> Methods() =>
        from method in new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "get", "G(T", "UNKNOWN" }
        from path in new[] { "/api/bytes/3", "/api/echo", "/missing", "/style.css" }
        select ($"{method} {path}", $"{method} {path} HTTP/1.1\r\n{Host}Connection: close\r\nContent-Length: 0\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Versions() =>
        from version in new[] { "HTTP/1.0", "HTTP/1.1", "HTTP/1.2", "HTTP/1.9", "HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/11", "HTTP/1.", "HTTP/1.10", "http/1.1", "Http/1.1", "HTTPS/1.1", "HTTP/A.B", "" }
        select ($"version '{version}'", $"GET /api/bytes/3 {version}\r\n{Host}Connection: close\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Targets() =>
        from target in new[]
        {
            "/", "/?", "/?a=b", "/api/bytes/3?x", "/api/bytes/3#f", "/api/bytes/%33", "/%", "/%zz", "/%00", "/%2e%2e/", "/../", "/./", "//", "///x",
            "/a b", "/\u0001", "/\u007f", "/é", "/\"", "/<", "/{x}", "/|", "/\\", "/^", "*", "http://peer/api/bytes/3", "http://peer", "http://peer/",
            "HTTP://PEER/api/bytes/3", "https://peer/", "ftp://peer/", "http:///", "http://", "http://a b/", "peer:80", "index.html", "?", "#", "",
            "/api/bytes/0", "/api/bytes/-1", "/api/bytes/x", "/api/bytes/", "/api/bytes/3/", "/api/bytes/03", "/api/bytes/99999999999", "/api//bytes/3", "/API/bytes/3",
        }
        select ($"target '{target}'", $"GET {target} HTTP/1.1\r\n{Host}Connection: close\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Hosts() =>
        from host in new[]
        {
            "", "Host:\r\n", "Host: \r\n", "Host: peer:80\r\n", "Host: peer:\r\n", "Host: peer:x\r\n", "Host: peer:99999\r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: a@b\r\n",
            "Host: a?b\r\n", "Host: [::1]\r\n", "Host: [::1]:80\r\n", "Host: [::1\r\n", "Host: ::1\r\n", "Host: a\r\nHost: a\r\n", "Host: a\r\nHost: b\r\n", "Host: a,b\r\n", "HOST: peer\r\n",
            "Host:peer\r\n", "Host:\tpeer\t\r\n", "Host: 1.2.3.4\r\n", "Host: pe%65r\r\n", "Host: \u0001\r\n",
        }
        select ($"host '{host}'", $"{Get}{host}Connection: close\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Names() =>
        from name in new[] { "X", "x-y", "X_Y", "X!#$%&'*+-.^_`|~1", "X ", " X", "X\t", "X Y", "X(Y", "X\"", "X/", "X\u0001", "Xé", "", "X\0", "X:" }
        select ($"name '{name}'", $"{Get}{Host}Connection: close\r\n{name}: v\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Values() =>
        from value in new[] { "", " ", "v", "  v  ", "\tv", "v\tw", "v\u0001w", "v\0w", "v\rw", "v\nw", "v\u007fw", "vé", "v\r\n w", "v\r\n\tw", "\"", ",,," }
        select ($"value '{value}'", $"{Get}{Host}Connection: close\r\nX: {value}\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Lengths() =>
        from length in new[] { "5", "05", "+5", "-5", "5 ", "5,5", "5, 5", "5,6", "5\r\nContent-Length: 5", "5\r\nContent-Length: 6", "0x5", "five", "", "5.0", "5 5", "99999999999999999999", "9223372036854775808", "1e1" }
        select ($"length '{length}'", $"{Post}Connection: close\r\nContent-Length: {length}\r\n\r\nhello");

    private static IEnumerable<(string Name, string Request)> Codings() =>
        from coding in new[]
        {
            "chunked", "Chunked", "chunked ", "\tchunked", "chunked, chunked", "gzip, chunked", "chunked, gzip", "gzip", "identity", "identity, chunked", "xchunked", "chunked;x=y", "\"chunked\"", "",
            "chunked\r\nTransfer-Encoding: chunked", "chunked\r\nContent-Length: 5", "chunked\r\nContent-Length: 15", "chunked,", ",chunked",
        }
        select ($"coding '{coding}'", $"{Post}Connection: close\r\nTransfer-Encoding: {coding}\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

    private static IEnumerable<(string Name, string Request)> Chunks() =>
        from chunks in new[]
        {
            "0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "05\r\nhello\r\n0\r\n\r\n", "a\r\nhellohello\r\n0\r\n\r\n", "A\r\nhellohello\r\n0\r\n\r\n", "5;x\r\nhello\r\n0\r\n\r\n", "5;x=y\r\nhello\r\n0\r\n\r\n",
            "5;x=\"y\"\r\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n0\r\n\r\n", "5 ;x\r\nhello\r\n0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n",
            "6\r\nhello\r\n0\r\n\r\n", "4\r\nhello\r\n0\r\n\r\n", "-5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "\r\nhello\r\n0\r\n\r\n", "g\r\nhello\r\n0\r\n\r\n",
            "ffffffffffffffff\r\nhello\r\n", "100000000\r\nhello\r\n", "5\r\nhello\r\n0\r\nx: y\r\n\r\n", "5\r\nhello\r\n0\r\nx : y\r\n\r\n", "5\r\nhello\r\n0\r\nx\r\n\r\n", "5;\r\nhello\r\n0\r\n\r\n", "5;x\ny\r\nhello\r\n0\r\n\r\n",
        }
        select ($"chunks '{chunks}'", Chunked + chunks);

    private static IEnumerable<(string Name, string Request)> Connections() =>
    [
        ("keep-alive by default", Get + Host + "\r\n"),
        ("connection: close", Get + Host + "Connection: close\r\n\r\n"),
        ("connection: CLOSE", Get + Host + "Connection: CLOSE\r\n\r\n"),
        ("connection: x, close", Get + Host + "Connection: x, close\r\n\r\n"),
        ("connection: closed", Get + Host + "Connection: closed\r\n\r\n"),
        ("1.0 closes", "GET /api/bytes/3 HTTP/1.0\r\n\r\n"),
        ("1.0 keep-alive", "GET /api/bytes/3 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
        ("two in one go", Get + Host + "\r\n" + Get + Host + "Connection: close\r\n\r\n"),
        ("a good one and a bad one", Get + Host + "\r\nGET / HTTP/1.1\r\n\r\n"),
        ("an upload and a request", Post + "Content-Length: 5\r\n\r\nhello" + Get + Host + "Connection: close\r\n\r\n"),
        ("expect 100", Post + "Connection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello"),
        ("expect wonders", Post + "Connection: close\r\nExpect: wonders\r\nContent-Length: 5\r\n\r\nhello"),
        ("an upgrade that is not known", Get + Host + "Connection: close, upgrade\r\nUpgrade: foo\r\n\r\n"),
        ("CONNECT", "CONNECT peer:80 HTTP/1.1\r\n" + Host + "\r\n"),
        ("OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + Host + "Connection: close\r\n\r\n"),
        ("an upload without a length", Post + "Connection: close\r\n\r\n"),
        ("a body that is too short", Post + "Content-Length: 10\r\n\r\nhello"),
    ];

    private static IEnumerable<(string Name, string Request)> Lines() =>
    [
        ("an empty line first", "\r\n" + Get + Host + "Connection: close\r\n\r\n"),
        ("ten empty lines first", string.Concat(Enumerable.Repeat("\r\n", 10)) + Get + Host + "Connection: close\r\n\r\n"),
        ("bare line feeds", "GET /api/bytes/3 HTTP/1.1\nHost: peer\nConnection: close\n\n"),
        ("a bare line feed behind a field", Get + "Host: peer\nConnection: close\r\n\r\n"),
        ("bare carriage returns", "GET /api/bytes/3 HTTP/1.1\rHost: peer\r\r"),
        ("a space before the method", " " + Get + Host + "\r\n"),
        ("two spaces", "GET  /api/bytes/3 HTTP/1.1\r\n" + Host + "\r\n"),
        ("a tab", "GET\t/api/bytes/3\tHTTP/1.1\r\n" + Host + "\r\n"),
        ("a space behind the version", "GET /api/bytes/3 HTTP/1.1 \r\n" + Host + "Connection: close\r\n\r\n"),
        ("no method", "/api/bytes/3 HTTP/1.1\r\n" + Host + "\r\n"),
        ("only a word", "HELLO\r\n\r\n"),
        ("a field without a colon", Get + Host + "Connection\r\n\r\n"),
        ("a colon alone", Get + Host + ":\r\n\r\n"),
        ("the first field folded", Get + " Host: peer\r\n\r\n"),
        ("a long target", "GET /" + new string('a', 9000) + " HTTP/1.1\r\n" + Host + "Connection: close\r\n\r\n"),
        ("a long field", Get + Host + "Connection: close\r\nX: " + new string('a', 40000) + "\r\n\r\n"),
        ("a hundred and twenty fields", Get + Host + "Connection: close\r\n" + string.Concat(Enumerable.Range(0, 120).Select(i => $"X{i}: y\r\n")) + "\r\n"),
        ("TLS on the plain port", "\u0016\u0003\u0001\u0002\0\u0001\0\r\n\r\n"),
        ("a response", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    ];
}
