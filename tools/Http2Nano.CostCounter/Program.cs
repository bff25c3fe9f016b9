using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Http2Nano.CostCounter;
using Spectre.Console;

var scenarios = new Argument<FileInfo>("scenarios")
{
    Description = "The compiled assembly that holds the scenarios, with the assemblies to be measured beside it.",
};
var measure = new Option<string[]>("--measure")
{
    Description = "Names of the assemblies to be measured.",
    DefaultValueFactory = _ => ["Http2Nano"],
};
var filter = new Option<string?>("--filter")
{
    Description = "Only scenarios with this text in their names.",
};
var methods = new Option<int>("--methods")
{
    Description = "How many methods of each room to list, the costliest first.",
};
var baseline = new Option<string?>("--baseline")
{
    Description = "What to compare with: the folder of another build's scenarios, or a file that --save wrote.",
};
var save = new Option<string?>("--save")
{
    Description = "A file to write the figures to, for later comparisons.",
};
var strict = new Option<bool>("--strict")
{
    Description = "Fail if an aim is missed.",
};
var root = new RootCommand("Counts the IL operations that scenarios execute. On an interpreter, that is the time they take.")
{
    scenarios,
    measure,
    filter,
    methods,
    baseline,
    save,
    strict,
};
root.SetAction(parsed =>
{
    try
    {
        return Report(
            parsed.GetRequiredValue(scenarios).FullName,
            parsed.GetRequiredValue(measure),
            scenario => parsed.GetValue(filter) is not { } text || scenario.Name.Contains(text, StringComparison.Ordinal),
            parsed.GetValue(methods),
            parsed.GetValue(baseline),
            parsed.GetValue(save),
            parsed.GetValue(strict));
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return root.Parse(args).Invoke();

static int Report(string scenarios, string[] measure, Func<ICostScenario, bool> wanted, int methods, string? baseline, string? save, bool strict)
{
    using var run = new CostRun(scenarios, measure);
    if (!run.IsOptimised)
    {
        AnsiConsole.MarkupLine("[yellow]Not compiled with optimisation: the figures are too high. Build with -c Release.[/]");
    }

    var costs = new List<(ICostScenario Scenario, Cost? Cost)>();
    CostBaseline? before = null;
    AnsiConsole.Status().Start("Counting", status =>
    {
        before = baseline is null ? null : CostBaseline.Read(baseline, scenarios, measure, wanted);
        foreach (var scenario in run.Scenarios.Where(wanted))
        {
            status.Status(Markup.Escape(scenario.Name));
            costs.Add((scenario, scenario.IsAvailable ? run.Count(scenario) : null));
        }
    });
    new CostReport(AnsiConsole.Console, costs, before, methods).Write();
    var counted = costs.Select(item => item.Cost).OfType<Cost>().ToArray();
    if (save is not null)
    {
        CostBaseline.Save(save, counted);
    }

    return strict && counted.Any(cost => cost.MeetsAim == false) ? 1 : 0;
}
