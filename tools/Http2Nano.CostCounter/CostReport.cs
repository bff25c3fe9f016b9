using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Spectre.Console;

namespace Http2Nano.CostCounter;

/// <summary>
/// Writes the costs of scenarios within 80 columns: a line of figures and a line of rooms for each. Empty columns are left
/// out.
/// </summary>
/// <param name="console">The console to write to.</param>
/// <param name="costs">The costs; null for a scenario that could not run.</param>
/// <param name="baseline">The costs to compare with, or null.</param>
/// <param name="methods">The number of methods to list for each room.</param>
public sealed class CostReport(IAnsiConsole console, IReadOnlyList<(ICostScenario Scenario, Cost? Cost)> costs, CostBaseline? baseline, int methods)
{
    private const int Width = 79;
    private const int FigureWidth = 11;
    private const int RatioWidth = 7;
    private const double Noticeable = 0.01;
    private readonly bool _aims = costs.Any(item => item.Scenario.Aim is not null);

    private int NameWidth => Width - FigureWidth - (baseline is null ? 0 : FigureWidth + RatioWidth) - (_aims ? FigureWidth : 0);

    /// <summary>Writes the report.</summary>
    public void Write()
    {
        Line($"[bold]{Figures("IL operations per unit of work", "operations", "before", "ratio", "aim")}[/]");
        Line($"[grey]{new string('─', Width)}[/]");
        foreach (var (scenario, cost) in costs)
        {
            if (cost is null)
            {
                Line($"{Named(scenario)}[grey]{"skipped",FigureWidth}[/]");
            }
            else
            {
                Write(cost);
            }
        }

        Summarise();
    }

    private void Write(Cost cost)
    {
        string format = cost.Scenario.Units == 1 || cost.PerUnit >= 1000 ? "N0" : "N1";
        string colour = cost.MeetsAim switch { true => "green", false => "red", null => "bold" };
        var line = new StringBuilder(Named(cost.Scenario));
        line.Append(CultureInfo.InvariantCulture, $"[{colour}]{Number(cost.PerUnit, format),FigureWidth}[/]");
        if (baseline is not null)
        {
            double? before = baseline.PerUnit(cost.Scenario.Name);
            double ratio = cost.PerUnit / before ?? double.NaN;
            string change = ratio > 1 + Noticeable ? "red" : ratio < 1 - Noticeable ? "green" : "grey";
            line.Append(before is double figure
                ? $"[grey]{Number(figure, format),FigureWidth}[/][{change}]{Number(ratio, "0.00"),RatioWidth}[/]"
                : $"[grey]{"-",FigureWidth}{"-",RatioWidth}[/]");
        }

        if (_aims)
        {
            line.Append(CultureInfo.InvariantCulture, $"{(cost.Scenario.Aim is long aim ? "< " + Number(aim, "N0") : ""),FigureWidth}");
        }

        Line(line.ToString());
        if (cost.Allocated != 0)
        {
            Line($"  [yellow]{Number(cost.Allocated, "N0")} bytes were allocated[/]");
        }

        if (methods == 0)
        {
            WriteRooms(cost);
        }
        else
        {
            WriteMethods(cost);
        }
    }

    private void WriteRooms(Cost cost)
    {
        var line = new StringBuilder();
        foreach (var room in cost.Rooms)
        {
            string item = $"  {room.Room} {Number(room.Operations / (double)cost.Scenario.Units, "N0")}";
            if (line.Length + item.Length > Width)
            {
                Line($"[grey]{line}[/]");
                line.Clear();
            }

            line.Append(item);
        }

        Line($"[grey]{line}[/]");
    }

    private void WriteMethods(Cost cost)
    {
        foreach (var room in cost.Rooms)
        {
            Share(2, room.Room, room.Operations, "default");
            foreach (var method in room.Methods.Take(methods))
            {
                Share(4, Markup.Escape(method.Method), method.Operations, "grey");
            }

            long others = room.Methods.Skip(methods).Sum(method => method.Operations);
            if (others != 0)
            {
                Share(4, $"{room.Methods.Count - methods} others", others, "grey");
            }
        }

        void Share(int indent, string name, long operations, string colour)
        {
            double units = cost.Scenario.Units;
            string text = new string(' ', indent) + name;
            Line($"[{colour}]{text.PadRight(Width - FigureWidth - RatioWidth)}{Number(operations / units, "N0"),FigureWidth}{Number(100.0 * operations / cost.Operations, "0.0"),RatioWidth - 1}%[/]");
        }
    }

    // Scenarios differ in size by orders of magnitude, so a geometric mean says more than a sum.
    private void Summarise()
    {
        double[] ratios =
        [
            .. costs.Select(item => item.Cost is { } cost && baseline?.PerUnit(item.Scenario.Name) is double before ? cost.PerUnit / before : 0)
                .Where(ratio => ratio > 0),
        ];
        if (ratios.Length > 1)
        {
            double mean = Math.Exp(ratios.Average(Math.Log));
            Line($"[grey]{new string('─', Width)}[/]");
            Line($"Geometric mean of {ratios.Length} ratios: [bold]{Number(mean, "0.00")}[/]");
        }
    }

    // A long name takes a line of its own.
    private string Named(ICostScenario scenario)
    {
        string name = scenario.Units == 1 ? scenario.Name : $"{scenario.Name}, per {scenario.Unit}";
        return name.Length <= NameWidth
            ? Markup.Escape(name.PadRight(NameWidth))
            : $"{Markup.Escape(name)}\n{new string(' ', NameWidth)}";
    }

    private string Figures(string name, string operations, string before, string ratio, string aim)
    {
        string line = $"{name.PadRight(NameWidth)}{operations,FigureWidth}";
        line += baseline is null ? "" : $"{before,FigureWidth}{ratio,RatioWidth}";
        return line + (_aims ? $"{aim,FigureWidth}" : "");
    }

    private void Line(string markup)
    {
        console.Write(new Markup(markup + "\n") { Overflow = Overflow.Fold });
    }

    private static string Number(IFormattable number, string format)
    {
        return number.ToString(format, CultureInfo.InvariantCulture);
    }
}
