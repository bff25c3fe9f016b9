using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Fields;
using Http2Nano.Messages;

namespace Http2Nano.Fuzz.Targets;

/// <summary>The HTTP/1.1 parser: an input is what a client sends, and its first octet how it comes.</summary>
public sealed class Http1Target : IFuzzTarget, IVocabulary
{
    private static readonly string[] s_seeds =
    [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /b HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /u HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /g HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
        "POST /s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n0\r\nT: v\r\n\r\n",
        "POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 300\r\n\r\n" + new string('x', 300),
        "PUT /f HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc",
        "HEAD /h HTTP/1.1\r\nHost: [::1]:80\r\nAccept: */*\r\n\r\nOPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://device:8080/p?q=1 HTTP/1.1\r\nHost: device:8080\r\nTE: trailers\r\nConnection: TE, close\r\n\r\n",
        "GET /w HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nDELETE /n HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x4\0\0\0\0\0",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Large: " + new string('v', 700) + "\r\nCookie: a=b; sid=1; c=" + new string('d', 300) + "; sid=2\r\nAccept-Encoding: gzip\r\nUser-Agent: u\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /?" + new string('q', 600) + " HTTP/1.1\r\nX: " + new string('v', 100) + "\r\nHost: a\r\n\r\n",
        "\r\n\r\nGET /a%20b?x=y HTTP/1.1\r\nhost:a\r\ncookie: a=b; c=d\r\nrange: bytes=0-5\r\nif-none-match: \"x\"\r\n\r\n",
    ];

    private static readonly string[] s_words =
    [
        "GET ", "POST ", "HEAD ", "OPTIONS * ", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "\r\n", "\r\n\r\n", "\n", "\r", ": ", ",", ";", "\"", "\\", "Host: a\r\n", "Content-Length: 3\r\n", "Content-Length: 99999999999\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n", "Upgrade: h2c\r\n", "X: " + new string('v', 200) + "\r\n", "Cookie: a=b; ", "; sid=", "HTTP2-Settings: AAMAAABk\r\n",
        "0\r\n\r\n", "3\r\nabc\r\n", "ffffffff\r\n", "TE: trailers\r\n", "http://a/", "*", "%00", "\0", "\x80", "/s", "/b", "/e", "/w", "/f", "/h", "/u",
    ];

    private readonly SessionHarness _harness = new(Limits(), new Application());

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds => [.. s_seeds.Select((text, i) => ($"{i}", (byte[])[(byte)i, .. Encoding.Latin1.GetBytes(text)]))];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words { get; } = [.. s_words.Select(Encoding.Latin1.GetBytes)];

    private static HttpLimits Limits()
    {
        HttpLimits limits = HttpProfiles.Tiny();
        limits.Kept.AddCookie("sid");
        return limits;
    }

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        _harness.Play([], input);
        ReadOnlySpan<byte> received = _harness.Received;
        SessionHarness.Check(received.IsEmpty || received.StartsWith("HTTP/1.1 "u8) || received[0] == 0, "An answer begins with something else than a status line.");
    }
}
