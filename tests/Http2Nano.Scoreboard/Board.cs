using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Http2Nano.Scoreboard;

/// <summary>A figure of a table, and whether a reader is to be glad of it.</summary>
internal readonly record struct Figure(string Text, bool? Good = null);

/// <summary>A table: heads and rows of the same number of figures; the first column is names.</summary>
internal sealed record Board(string Title, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<Figure>> Rows)
{
    public const string Before = "before: ";
    private const string Absent = "-";

    private const double BytesPerMegabyte = 1 << 20;

    /// <summary>Everything that a run found.</summary>
    public static IEnumerable<Board> Of(Results results, IReadOnlyList<Cell> cells)
    {
        string[] own = [.. Serving.OwnServer.Profiles.Where(results.Names.Contains)];
        string[] shown = [.. results.Names.Where(name => !name.StartsWith(Before, StringComparison.Ordinal))];
        (string Head, string Name, string Other)[] ratios =
        [
            .. new (string Head, string Name, string Other)[]
            {
                ($"{Aims.Default}/\n{Aims.Kestrel}", Aims.Default, Aims.Kestrel),
                ($"{Aims.Large}/\n{Aims.Kestrel}", Aims.Large, Aims.Kestrel),
                ($"{Aims.Large}/\n{Aims.Nghttpd}", Aims.Large, Aims.Nghttpd),
            }.Where(ratio => shown.Contains(ratio.Name) && shown.Contains(ratio.Other)),
        ];
        yield return new Board(
            "Thousands of requests a second",
            ["", .. shown, .. ratios.Select(ratio => ratio.Head)],
            [
                .. cells.Select(cell => (IReadOnlyList<Figure>)
                [
                    new(cell.Name),
                    .. shown.Select(name => new Figure(Thousands(results.Rate(name, cell)))),
                    .. ratios.Select(ratio => Ratio(results.Ratio(ratio.Name, ratio.Other, cell), Aims.Beside(ratio.Name, ratio.Other, cell))),
                ]),
            ]);
        string[] paired = [.. own.Where(name => results.Names.Contains(Before + name))];
        if (paired.Length != 0)
        {
            yield return new Board(
                "Thousands of requests a second, and as many by the build before",
                ["", .. paired.SelectMany(name => new[] { name, "before", "ratio" })],
                [
                    .. cells.Select(cell => (IReadOnlyList<Figure>)
                    [
                        new(cell.Name),
                        .. paired.SelectMany(name => new[]
                        {
                            new Figure(Thousands(results.Rate(name, cell))),
                            new Figure(Thousands(results.Rate(Before + name, cell))),
                            Ratio(results.Ratio(name, Before + name, cell), Aims.BesideTheBuildBefore(name, cell)),
                        }),
                    ]),
                ]);
        }

        yield return new Board(
            "Microseconds of a server's processor time for a request",
            ["", .. results.Names.Select(name => name.Replace(Before, "before:\n", StringComparison.Ordinal))],
            [.. cells.Select(cell => (IReadOnlyList<Figure>)[new(cell.Name), .. results.Names.Select(name => new Figure(Micros(results.Processor(name, cell))))])]);

        double[] parts = [0.5, 0.9, 0.99];
        yield return new Board(
            "Microseconds to an answer of 100 B, one at a time; resident memory at the end",
            ["", .. Enum.GetValues<Wire>().SelectMany(wire => parts.Select(part => $"{Cell.WireName(wire)}\np{part * 100:0}")), "MB"],
            [
                .. results.Names.Select(name => (IReadOnlyList<Figure>)
                [
                    new(name),
                    .. Enum.GetValues<Wire>().SelectMany(wire => parts.Select(part => new Figure(Whole(results.Latency(name, wire, part))))),
                    new(Whole(results.Resident(name) / BytesPerMegabyte)),
                ]),
            ]);
    }

    private static Figure Ratio(double? ratio, double? aim) =>
        ratio is double value ? new Figure(value.ToString("0.00", CultureInfo.InvariantCulture), aim is double least ? value >= least : null) : new Figure(Absent);

    private static string Micros(double? micros) => micros?.ToString(micros < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) ?? Absent;

    private static string Thousands(double? rate) => rate switch
    {
        null => Absent,
        < 10_000 => (rate.Value / 1000).ToString("0.00", CultureInfo.InvariantCulture),
        < 100_000 => (rate.Value / 1000).ToString("0.0", CultureInfo.InvariantCulture),
        _ => (rate.Value / 1000).ToString("0", CultureInfo.InvariantCulture),
    };

    private static string Whole(double? number) => number?.ToString("0", CultureInfo.InvariantCulture) ?? Absent;
}
