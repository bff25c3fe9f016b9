using System;
using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Scoreboard;

/// <summary>What a run found.</summary>
/// <param name="Names">The contestants, in the order of their columns.</param>
internal sealed record Results(IReadOnlyList<string> Names)
{
    private readonly Dictionary<(string Name, Cell Cell), List<double>> _rates = [];
    private readonly Dictionary<(string Name, Wire Wire), IReadOnlyList<double>> _latencies = [];
    private readonly Dictionary<string, long> _resident = [];

    public void AddRate(string name, Cell cell, double rate)
    {
        if (!_rates.TryGetValue((name, cell), out List<double>? rates))
        {
            _rates[(name, cell)] = rates = [];
        }

        rates.Add(rate);
    }

    public void SetLatency(string name, Wire wire, IReadOnlyList<double> ascending) => _latencies[(name, wire)] = ascending;

    public void SetResident(string name, long bytes) => _resident[name] = bytes;

    /// <summary>The median of the rounds, in requests a second; null where a contestant does not take part.</summary>
    public double? Rate(string name, Cell cell)
    {
        if (!_rates.TryGetValue((name, cell), out List<double>? rates))
        {
            return null;
        }

        double[] ordered = [.. rates.Order()];
        int middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    /// <summary>
    /// The median of the ratios within each round: what slows the machine down for a while slows down both.
    /// </summary>
    public double? Ratio(string name, string other, Cell cell)
    {
        if (!_rates.TryGetValue((name, cell), out List<double>? mine) || !_rates.TryGetValue((other, cell), out List<double>? theirs))
        {
            return null;
        }

        double[] ordered = [.. mine.Zip(theirs, (a, b) => a / b).Order()];
        int middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    /// <summary>Microseconds within which this part of the requests was answered; null where a contestant does not take part.</summary>
    public double? Latency(string name, Wire wire, double part) =>
        _latencies.TryGetValue((name, wire), out IReadOnlyList<double>? times)
            ? times[Math.Clamp((int)Math.Ceiling(part * times.Count) - 1, 0, times.Count - 1)]
            : null;

    public long Resident(string name) => _resident.GetValueOrDefault(name);
}
