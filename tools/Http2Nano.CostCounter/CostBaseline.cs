using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Http2Nano.CostCounter;

/// <summary>
/// The costs of scenarios in another build, by name: counted in it, or read from a file that an earlier run saved.
/// </summary>
public sealed class CostBaseline
{
    private const char Separator = '\t';
    private readonly Dictionary<string, double> _perUnit;

    private CostBaseline(Dictionary<string, double> perUnit)
    {
        _perUnit = perUnit;
    }

    /// <summary>Reads a saved file, or counts in another build.</summary>
    /// <param name="path">
    /// A file that <see cref="Save"/> wrote; or the assembly of the other build with its scenarios, or the folder of that
    /// assembly.
    /// </param>
    /// <param name="scenarios">The assembly with the scenarios of this build; the other build's has the same name.</param>
    /// <param name="measured">Names of the assemblies to be measured.</param>
    /// <param name="wanted">Selects scenarios.</param>
    /// <exception cref="FileNotFoundException">The file does not exist. The message gives the remedy.</exception>
    /// <exception cref="InvalidDataException">The file was not written by <see cref="Save"/>.</exception>
    public static CostBaseline Read(string path, string scenarios, IReadOnlyCollection<string> measured, Func<ICostScenario, bool> wanted)
    {
        if (Directory.Exists(path))
        {
            path = Path.Combine(path, Path.GetFileName(scenarios));
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no {path}: --baseline takes a file that --save wrote, or the folder of another build's {Path.GetFileName(scenarios)}.");
        }

        if (Path.GetExtension(path) != ".dll")
        {
            return Load(path);
        }

        using var run = new CostRun(path, measured);
        return new CostBaseline(run.Scenarios
            .Where(scenario => scenario.IsAvailable && wanted(scenario))
            .ToDictionary(scenario => scenario.Name, scenario => run.Count(scenario).PerUnit));
    }

    /// <summary>Writes the costs of scenarios, a line for each: its name, a tab, and the operations of a unit.</summary>
    public static void Save(string path, IEnumerable<Cost> costs)
    {
        File.WriteAllLines(path, costs.Select(cost => string.Create(CultureInfo.InvariantCulture, $"{cost.Scenario.Name}{Separator}{cost.PerUnit:0.##}")));
    }

    /// <summary>Operations of a unit of a scenario, or null when the other build does not have the scenario.</summary>
    public double? PerUnit(string scenario)
    {
        return _perUnit.TryGetValue(scenario, out double operations) ? operations : null;
    }

    private static CostBaseline Load(string path)
    {
        var perUnit = new Dictionary<string, double>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string[] parts = line.Split(Separator);
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double operations))
            {
                throw new InvalidDataException($"{path}, line {number}: expected a scenario's name, a tab and a number, as --save writes them.");
            }

            perUnit[parts[0]] = operations;
        }

        return new CostBaseline(perUnit);
    }
}
