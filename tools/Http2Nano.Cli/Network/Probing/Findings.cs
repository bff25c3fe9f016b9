using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Http2Nano.Cli.Network.Probing;

/// <summary>Interprets the results of a probe.</summary>
internal static class Findings
{
    private const int SoonEnds = 30;
    private const double Slow = 500;

    public static List<ProbeFinding> Of(
        ProbeTls? tls, IReadOnlyList<ProbeProtocol> protocols, ProbeHttp2? http2, List<(string Name, string Value)> fields, Http1Response? http1)
    {
        List<ProbeFinding> findings = [];
        void Add(Verdict verdict, string subject, string text) => findings.Add(new ProbeFinding(verdict, subject, text));
        bool Speaks(string begin) => protocols.Any(protocol => protocol.Speaks && protocol.Name.StartsWith(begin, StringComparison.Ordinal));
        string? Field(string name) => fields.Find(field => field.Name == name).Value;

        if (tls != null)
        {
            Add(tls.Versions.Contains("TLS 1.3") ? Verdict.Good : Verdict.Warning, "TLS", $"{string.Join(" and ", tls.Versions)}; {tls.Cipher}.");
            Add(
                tls.Alpn == null ? Verdict.Warning : Verdict.Good,
                "ALPN",
                tls.Alpn switch
                {
                    null => "None: a browser speaks HTTP/1.1 with this server, whatever else it can.",
                    "h2" => "h2: a browser speaks HTTP/2 with this server.",
                    _ => $"{tls.Alpn}: a browser speaks HTTP/1.1 with this server.",
                });
            if (tls.Trouble is { } trouble)
            {
                Add(Verdict.Warning, "Certificate", $"Not trusted: {trouble}.");
            }
            else if (tls.Ends < DateTime.UtcNow.AddDays(SoonEnds))
            {
                Add(Verdict.Warning, "Certificate", $"It ends on {tls.Ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
            }
            else
            {
                Add(Verdict.Good, "Certificate", $"Trusted, until {tls.Ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
            }
        }

        Add(Speaks("HTTP/2") ? Verdict.Good : Verdict.Note, "HTTP/2", Speaks("HTTP/2")
            ? Sentence(string.Join(", ", protocols.Where(protocol => protocol.Speaks && protocol.Name.StartsWith("HTTP/2", StringComparison.Ordinal)).Select(protocol => protocol.Name[7..])))
            : "Not spoken.");
        Add(Speaks("HTTP/1.1") ? Verdict.Good : Verdict.Warning, "HTTP/1.1", Speaks("HTTP/1.1") ? "Spoken." : "Not spoken: old clients and most of what has no ALPN are left out.");

        if (http2 != null)
        {
            if (!http2.AcknowledgesSettings)
            {
                Add(Verdict.Bad, "SETTINGS", "The client's SETTINGS were not acknowledged (RFC 9113 6.5.3).");
            }

            if (http2.Settings.TryGetValue("MAX_CONCURRENT_STREAMS", out uint streams))
            {
                Add(Verdict.Note, "Streams", $"{streams} at once.");
            }
            else
            {
                Add(Verdict.Warning, "Streams", "As many at once as the client likes (RFC 9113 10.5).");
            }

            Add(Verdict.Note, "Push", http2.Pushes.Count == 0 ? "None for this page." : $"{string.Join(", ", http2.Pushes)}.");
            Add(Verdict.Note, "Early Hints", http2.EarlyHints.Count == 0 ? "None for this page." : $"{string.Join(", ", http2.EarlyHints)}.");
            Add(http2.Priorities.StartsWith("kept", StringComparison.Ordinal) ? Verdict.Good : Verdict.Note, "Priorities", Sentence(http2.Priorities));
        }

        if (http1 is { KeepsAlive: false })
        {
            Add(Verdict.Warning, "Keep-alive", "HTTP/1.1 connections are closed after each response.");
        }

        if (Field("content-encoding") is { } coding)
        {
            Add(Verdict.Good, "Compression", $"{coding}.");
        }
        else if (Field("content-type") is { } type && (type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal)))
        {
            Add(Verdict.Note, "Compression", "None for this page.");
        }

        if (Field("etag") == null && Field("last-modified") == null)
        {
            Add(Verdict.Note, "Caching", "Neither etag nor last-modified: a client cannot ask whether the page has changed.");
        }
        else
        {
            Add(Verdict.Good, "Caching", Field("etag") is { } tag ? $"etag {tag}." : $"last-modified {Field("last-modified")}.");
        }

        if (Field("content-type")?.StartsWith("text/html", StringComparison.Ordinal) == true && Field("x-content-type-options") == null)
        {
            Add(Verdict.Note, "Fields", "No x-content-type-options: a browser may guess the type of what it gets.");
        }

        double? first = protocols.Where(protocol => protocol.Speaks && protocol.FirstByte != null).Min(protocol => protocol.FirstByte);
        if (first is { } time)
        {
            Add(time > Slow ? Verdict.Warning : Verdict.Good, "First byte", string.Create(CultureInfo.InvariantCulture, $"After {time:N1} ms at best."));
        }

        return findings;
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
