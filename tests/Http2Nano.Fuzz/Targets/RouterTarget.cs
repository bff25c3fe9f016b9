using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Http2Nano.Messages;
using Http2Nano.Routing;

namespace Http2Nano.Fuzz.Targets;

/// <summary>The router: an input is a method, a target and field lines, put into a request of HTTP/1.1 by the target.</summary>
public sealed class RouterTarget : IFuzzTarget, IVocabulary
{
    private static readonly string[] s_seeds =
    [
        "GET /", "GET /api/status", "GET /api/items/17", "GET /api/items/17/parts/x%20y?a=b&c=%41", "POST /api/items", "PUT /api/items/9", "DELETE /api/items/-1", "OPTIONS /api/items", "HEAD /files/a/b/c.txt",
        "GET /files/..%2f..%2fetc", "GET /api//items/", "GET /api/items/99999999999", "OPTIONS *", "PATCH /api/items/1\r\ncontent-type: application/json", "GET /files/%", "GET /\r\naccept: text/html;q=0.5, */*",
    ];

    private static readonly string[] s_words =
        ["/", "//", "/api", "/items", "/files", "%2f", "%00", "%", "?", "&", "=", "+", "..", ".", "GET ", "POST ", "PUT ", "OPTIONS ", "\r\n", "accept: ", ";q=", "0", "-1", "2147483648", "\xFF", "*", "{", "}"];

    private readonly SessionHarness _harness;
    private readonly byte[] _request = new byte[8192];

    /// <summary>Makes the target.</summary>
    public RouterTarget()
    {
        var router = new Router();
        router.MapGet("/", Answer);
        router.MapGet("/api/status", Answer);
        router.MapGet("/api/items/{id}", AnswerNumber);
        router.MapGet("/api/items/{id}/parts/{name}", AnswerNumber);
        router.MapPost("/api/items", Answer);
        router.MapPut("/api/items/{id}", AnswerNumber);
        router.MapDelete("/api/items/{id}", AnswerNumber);
        router.MapGet("/files/{*path}", AnswerNumber);
        router.MapStream(HttpMethod.Post, "/upload", Answer);
        _harness = new SessionHarness(HttpProfiles.Default(), router);
    }

    /// <inheritdoc/>
    public (string Name, byte[] Input)[] Seeds => [.. s_seeds.Select((text, i) => ($"{i}", Encoding.Latin1.GetBytes(text)))];

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Words { get; } = [.. s_words.Select(Encoding.Latin1.GetBytes)];

    /// <inheritdoc/>
    public void Run(ReadOnlySpan<byte> input)
    {
        input = input[..Math.Min(input.Length, _request.Length - 64)];
        int line = input.IndexOf((byte)'\r');
        ReadOnlySpan<byte> first = line < 0 ? input : input[..line];
        ReadOnlySpan<byte> fields = line < 0 ? [] : input[line..];
        int length = 1;
        length = Append(length, first);
        length = Append(length, " HTTP/1.1\r\nhost: a"u8);
        length = Append(length, fields);
        length = Append(length, "\r\n\r\n"u8);
        _harness.Play([], _request.AsSpan(0, length));
        SessionHarness.Check(_harness.Received.StartsWith("HTTP/1.1 "u8), "There was no answer.");
    }

    private void Answer(HttpRequest request, HttpResponse response)
    {
        response.Write(request.Bytes, request.PathStart, Math.Min(100, request.PathCount));
    }

    private void AnswerNumber(HttpRequest request, HttpResponse response)
    {
        response.Write(request.GetRouteInt(0));
        response.Write(request.Bytes, request.RouteValueStart(0), Math.Min(100, request.RouteValueLength(0)));
    }

    private int Append(int at, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_request.AsSpan(at));
        return at + octets.Length;
    }
}
