using System.CommandLine;
using System.Globalization;
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
    Description = "How many methods to list for each scenario, the costliest first.",
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
    strict,
};
root.SetAction(parsed => Report(
    parsed.GetRequiredValue(scenarios),
    parsed.GetRequiredValue(measure),
    parsed.GetValue(filter),
    parsed.GetValue(methods),
    parsed.GetValue(strict)));
return root.Parse(args).Invoke();

static int Report(FileInfo scenarios, string[] measure, string? filter, int methods, bool strict)
{
    using var run = new CostRun(scenarios.FullName, measure);
    if (!run.IsOptimised)
    {
        AnsiConsole.MarkupLine("[yellow]Not compiled with optimisation: the figures are too high. Build with -c Release.[/]");
    }

    var table = new Table().RoundedBorder();
    table.AddColumn("Scenario");
    foreach (string column in new[] { "IL operations", "per unit", "aim", "allocated" })
    {
        table.AddColumn(new TableColumn(column).RightAligned());
    }

    bool missed = false;
    foreach (var scenario in run.Scenarios.Where(item => filter is null || item.Name.Contains(filter)))
    {
        if (!scenario.IsAvailable)
        {
            table.AddRow(Markup.Escape(scenario.Name), "[grey]skipped[/]", "", "", "");
            continue;
        }

        var cost = run.Count(scenario);
        missed |= cost.MeetsAim == false;
        string colour = cost.MeetsAim switch { true => "green", false => "red", null => "default" };
        table.AddRow(
            Markup.Escape(scenario.Name),
            Number(cost.Operations, "N0"),
            $"[{colour}]{Number(cost.PerUnit, scenario.Units == 1 ? "N0" : "N1")}[/] / {Markup.Escape(scenario.Unit)}",
            scenario.Aim is long aim ? "< " + Number(aim, "N0") : "",
            Number(cost.Allocated, "N0") + " B");
        foreach (var method in cost.Methods.Take(methods))
        {
            table.AddRow($"[grey]  {Markup.Escape(method.Method)}[/]", $"[grey]{Number(method.Operations, "N0")}[/]", "", "", "");
        }
    }

    AnsiConsole.Write(table);
    return strict && missed ? 1 : 0;
}

static string Number(System.IFormattable number, string format)
{
    return number.ToString(format, CultureInfo.InvariantCulture);
}
