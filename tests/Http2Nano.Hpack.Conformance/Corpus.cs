using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Http2Nano.Hpack.Conformance;

/// <summary>A header field of a corpus.</summary>
internal readonly partial record struct Field(string Name, string Value)
{
    /// <summary>Whether RFC 9113 8.2.1 and RFC 9110 5.5 make a message with this field malformed.</summary>
    public bool IsMalformed =>
        !LowerToken().IsMatch(Name) || Value.Any(octet => octet is < ' ' and not '\t' or '\x7f') || Value.Trim(' ', '\t') != Value;

    [GeneratedRegex(@"\A:?[-!#$%&'*+.^_`|~0-9a-z]+\z")]
    private static partial Regex LowerToken();
}

/// <summary>A header set of a story: its fields and, if the corpus has it, what an encoder made of them.</summary>
internal sealed record Case(IReadOnlyList<Field> Fields, byte[] Wire, int? TableSize);

/// <summary>A sequence of header sets that share a compression context.</summary>
internal sealed record Story(string Corpus, string Name, IReadOnlyList<Case> Cases)
{
    public override string ToString() => $"{Corpus}/{Name}";
}

/// <summary>The stories of hpack-test-case, from ../shared/corpora beside the repository or HTTP2NANO_CORPORA.</summary>
internal static class Corpus
{
    /// <summary>The corpora with wire data.</summary>
    public static readonly string[] Encoded = ["nghttp2", "nghttp2-change-table-size", "go-hpack", "node-http2-hpack"];

    private static readonly Dictionary<string, Story[]> Loaded = [];

    /// <summary>The stories of a corpus, or null where it is absent.</summary>
    public static IReadOnlyList<Story>? TryLoad(string corpus)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(corpus, out var stories))
            {
                string folder = Path.Combine(Find() ?? "", corpus);
                if (!Directory.Exists(folder))
                {
                    return null;
                }

                stories = [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => Read(corpus, file))];
                Loaded.Add(corpus, stories);
            }

            return stories;
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("HTTP2NANO_CORPORA") is { Length: > 0 } named)
        {
            return Path.Combine(named, "hpack-test-case");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Http2Nano.sln")))
            {
                return Path.Combine(folder.FullName, "..", "shared", "corpora", "hpack-test-case");
            }
        }

        return null;
    }

    private static Story Read(string corpus, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var cases = new List<Case>();
        foreach (var item in json.RootElement.GetProperty("cases").EnumerateArray())
        {
            var fields = item.GetProperty("headers").EnumerateArray()
                .SelectMany(field => field.EnumerateObject())
                .Select(property => new Field(property.Name, property.Value.GetString() ?? ""))
                .ToArray();
            byte[] wire = item.TryGetProperty("wire", out var hex) ? Convert.FromHexString(hex.GetString()!) : [];
            int? size = item.TryGetProperty("header_table_size", out var value) ? value.GetInt32() : null;
            cases.Add(new Case(fields, wire, size));
        }

        return new Story(corpus, Path.GetFileNameWithoutExtension(file), cases);
    }
}
