using System;
using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Scoreboard;

/// <summary>What a run found.</summary>
/// <param name="Names">The contestants, in the order of their columns.</param>
internal sealed record Results(IReadOnlyList<string> Names)
{
    private readonly Dictionary<(string Name, Cell Cell), List<(double Rate, double Processor)>> _rounds = [];
    private readonly Dictionary<(string Name, Wire Wire), IReadOnlyList<double>> _latencies = [];
    private readonly Dictionary<string, long> _resident = [];

    public void Add(string name, Cell cell, (double Rate, double Processor) round)
    {
        if (!_rounds.TryGetValue((name, cell), out List<(double Rate, double Processor)>? rounds))
        {
            _rounds[(name, cell)] = rounds = [];
        }

        rounds.Add(round);
    }

    public void SetLatency(string name, Wire wire, IReadOnlyList<double> ascending) => _latencies[(name, wire)] = ascending;

    public void SetResident(string name, long bytes) => _resident[name] = bytes;

    /// <summary>The median of the rounds, in requests a second; null where a contestant does not take part.</summary>
    public double? Rate(string name, Cell cell) => Median(name, cell, round => round.Rate);

    /// <summary>The median of the rounds, in microseconds of processor time for a request.</summary>
    public double? Processor(string name, Cell cell) => Median(name, cell, round => round.Processor * 1_000_000);

    /// <summary>
    /// The median of the ratios within each round: what slows the machine down for a while slows down both.
    /// </summary>
    public double? Ratio(string name, string other, Cell cell) =>
        _rounds.TryGetValue((name, cell), out var mine) && _rounds.TryGetValue((other, cell), out var theirs)
            ? Median(mine.Zip(theirs, (a, b) => a.Rate / b.Rate))
            : null;

    /// <summary>Microseconds within which this part of the requests was answered; null where a contestant does not take part.</summary>
    public double? Latency(string name, Wire wire, double part) =>
        _latencies.TryGetValue((name, wire), out IReadOnlyList<double>? times)
            ? times[Math.Clamp((int)Math.Ceiling(part * times.Count) - 1, 0, times.Count - 1)]
            : null;

    public long Resident(string name) => _resident.GetValueOrDefault(name);

    private double? Median(string name, Cell cell, Func<(double Rate, double Processor), double> figure) =>
        _rounds.TryGetValue((name, cell), out var rounds) ? Median(rounds.Select(figure)) : null;

    private static double Median(IEnumerable<double> figures)
    {
        double[] ordered = [.. figures.Order()];
        int middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
