using System.Collections.Generic;
using System.Globalization;

namespace Http2Nano.Scoreboard;

/// <summary>How requests travel.</summary>
internal enum Wire
{
    /// <summary>HTTP/2 with prior knowledge (RFC 9113 3.3).</summary>
    H2c,

    /// <summary>HTTP/2 over TLS.</summary>
    Tls,

    /// <summary>HTTP/1.1, kept alive.</summary>
    Http1,
}

/// <summary>One load: what is asked for on one connection, and how many requests are open at once.</summary>
internal sealed record Cell(Wire Wire, int Length, int AtOnce)
{
    public const int Short = 100;
    public const int Long = 16384;

    private static readonly int[] s_atOnce = [1, 10, 100];

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. Http2(Wire.H2c, Short), .. Http2(Wire.H2c, Long), .. Http2(Wire.Tls, Short), .. Http2(Wire.Tls, Long),
        new(Wire.Http1, Short, 1), new(Wire.Http1, Long, 1),
    ];

    public string Path => string.Create(CultureInfo.InvariantCulture, $"/{Length}");

    public string Name => $"{WireName(Wire)} {(Length == Short ? "100 B" : "16 KB")}{(Wire == Wire.Http1 ? "" : $" m={AtOnce}")}";

    public static string WireName(Wire wire) => wire switch { Wire.H2c => "h2c", Wire.Tls => "TLS", _ => "HTTP/1.1" };

    private static IEnumerable<Cell> Http2(Wire wire, int length)
    {
        foreach (int atOnce in s_atOnce)
        {
            yield return new Cell(wire, length, atOnce);
        }
    }
}
