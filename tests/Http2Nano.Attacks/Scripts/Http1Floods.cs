using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Http2Nano.Attacks.Scripts;

/// <summary>HTTP/1.1 without end.</summary>
internal static class Http1Floods
{
    private const string Chunked = "POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    public static IEnumerable<Attack> All =>
    [
        new("request target without end", "RFC 9112 3", Flood("GET /", new string('a', 1000))) { End = "414" },
        new("method without end", "RFC 9112 3", Flood("", new string('A', 1000))) { End = "501" },
        new("field name without end", "RFC 6585 5", Flood("GET / HTTP/1.1\r\nHost: a\r\n", new string('a', 1000))) { End = "431" },
        new("field value without end", "RFC 6585 5", Flood("GET / HTTP/1.1\r\nHost: a\r\nx: ", new string('a', 1000))) { End = "431" },
        new("fields without end", "RFC 6585 5", Flood("GET / HTTP/1.1\r\nHost: a\r\n", string.Concat(Enumerable.Repeat("a: b\r\n", 100)))) { End = "431" },
        new("empty lines without end", "RFC 9112 2.2", Flood("", "\r\n\r\n\r\n\r\n")) { End = "400" },
        new("chunk extension without end", "RFC 9112 7.1.1", Flood(Chunked + "1", ";" + new string('a', 1000))) { End = "400" },
        new("chunks with long extensions", "CVE-2023-39326", Flood(Chunked, "1;" + new string('a', 200) + "\r\nx\r\n")) { End = "400" },
        new("chunks of one octet", "RFC 9112 7.1", Flood(Chunked.Replace("post", "sink"), "1\r\nx\r\n")),
        new("trailers without end", "RFC 9112 7.1.2", Flood(Chunked + "0\r\n", string.Concat(Enumerable.Repeat("a: b\r\n", 100)))) { End = "431" },
        new("chunk size without end", "RFC 9112 7.1", Flood(Chunked, new string('0', 1000))) { End = "400" },
        new("pipelined requests", "RFC 9112 9.3.2", Flood("", "GET / HTTP/1.1\r\nHost: a\r\n\r\n")),
        new("pipelined requests, answers not read", "RFC 9112 9.3.2", Flood("", "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) { Deaf = true, End = "" },
        new("body larger than the server takes", "RFC 9110 15.5.14", Flood("POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n", new string('a', 1000))) { End = "413" },
        new("upgrade with settings", "RFC 7540 3.2", Flood(
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: " + new string('A', 800) + "\r\n\r\n", "")) { End = "" },
    ];

    private static System.Func<IEnumerable<Step>> Flood(string first, string then) =>
        Script.Flood(Encoding.ASCII.GetBytes(first), Encoding.ASCII.GetBytes(then), then.Length == 0 ? 500 : 0);
}
