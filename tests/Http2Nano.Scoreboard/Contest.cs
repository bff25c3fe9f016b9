using System;
using System.Collections.Generic;
using System.Linq;

namespace Http2Nano.Scoreboard;

/// <summary>
/// Loads the contestants, cell after cell, each contestant for a short while, and all of it again in each round: so the
/// moods of the machine meet them alike.
/// </summary>
internal sealed class Contest(IReadOnlyList<Contestant> contestants, IReadOnlyList<Cell> cells, int rounds, Load load)
{
    /// <summary>Measurements of the whole contest.</summary>
    public int Steps => (rounds * cells.Sum(Taking)) + LatencyCells.Sum(Taking);

    private static Cell[] LatencyCells => [.. Enum.GetValues<Wire>().Select(wire => new Cell(wire, Cell.Short, 1))];

    /// <summary>Runs.</summary>
    /// <param name="step">Called before each measurement with what it is.</param>
    public Results Run(Action<string> step)
    {
        var results = new Results([.. contestants.Select(contestant => contestant.Name)]);
        for (int round = 0; round < rounds; round++)
        {
            foreach (Cell cell in cells)
            {
                foreach (Contestant contestant in Turned(round).Where(contestant => contestant.Serves(cell)))
                {
                    step($"Round {round + 1} of {rounds}: {cell.Name}, {contestant.Name}");
                    results.Add(contestant.Name, cell, load.Measure(contestant, cell));
                }
            }
        }

        foreach (Cell cell in LatencyCells)
        {
            foreach (Contestant contestant in contestants.Where(contestant => contestant.Serves(cell)))
            {
                step($"Latency: {Cell.WireName(cell.Wire)}, {contestant.Name}");
                results.SetLatency(contestant.Name, cell.Wire, load.MeasureLatency(contestant, cell));
            }
        }

        foreach (Contestant contestant in contestants)
        {
            results.SetResident(contestant.Name, contestant.Resident);
        }

        return results;
    }

    private int Taking(Cell cell) => contestants.Count(contestant => contestant.Serves(cell));

    // Nobody always comes first, or after the same one.
    private IEnumerable<Contestant> Turned(int round)
    {
        int first = round % contestants.Count;
        return contestants.Skip(first).Concat(contestants.Take(first));
    }
}
