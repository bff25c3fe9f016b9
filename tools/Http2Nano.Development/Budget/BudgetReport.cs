using System;
using System.Globalization;
using System.Linq;
using Spectre.Console;

namespace Http2Nano.Development.Budget;

/// <summary>Prints the budget for people, with a bar for each part.</summary>
internal static class BudgetReport
{
    private const int WidestBar = 30;
    private const int NarrowestBar = 10;

    // Name, bytes and the spaces between them.
    private const int Others = 50;

    // " 100 %" behind a bar.
    private const int Share = 6;

    /// <summary>Prints the budget.</summary>
    public static void Print(HeapBudget budget)
    {
        IAnsiConsole console = Terminal.Out;
        string changed = budget.Changed.Count == 0 ? "" : $", with {string.Join(", ", budget.Changed)}";
        console.MarkupLineInterpolated($"What it takes of the heap of {Article(budget.Board)} {budget.Board}, with the profile {budget.Profile}{changed}:");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("Part").NoWrap());
        table.AddColumn("");
        table.AddColumn(new TableColumn("Bytes").RightAligned().NoWrap());
        int width = Math.Clamp(console.Profile.Width - Others, NarrowestBar, WidestBar);
        int largest = Math.Max(1, budget.Parts.Max(part => part.Bytes));
        foreach (BudgetOwner owner in Enum.GetValues<BudgetOwner>())
        {
            BudgetPart[] parts = [.. budget.Parts.Where(part => part.Owner == owner)];
            string colour = owner switch { BudgetOwner.Server => "blue", BudgetOwner.Application => "green", _ => "grey" };
            foreach (BudgetPart part in parts)
            {
                table.AddRow(Markup.Escape(part.Name), $"[{colour}]{Terminal.Bar((double)part.Bytes / largest, width)}[/]", Number(part.Bytes));
            }

            table.AddRow($"[bold]{NameOf(owner)}[/]", "", $"[bold]{Number(parts.Sum(part => part.Bytes))}[/]");
            table.AddEmptyRow();
        }

        table.AddRow("all together", Use(budget, width), Number(budget.Total));
        table.AddRow(budget.HeapIsAssumed ? "heap (assumed, not measured)" : "heap", "", Number(budget.Heap));
        console.Write(table);
        if (budget.Fits)
        {
            console.MarkupLine($"[green]It fits: {Number(budget.Left)} bytes are left.[/] A TLS session takes 17 to 50 KB more, outside this heap.");
            return;
        }

        BudgetPart most = budget.Parts.Where(part => part.Options != null).MaxBy(part => part.Bytes)!;
        console.MarkupLine($"[red]It does not fit: {Number(-budget.Left)} bytes are missing.[/] {Markup.Escape($"The largest part that can be made smaller is \"{most.Name}\": lower {most.Options}, or choose a smaller profile.")}");
    }

    private static string Use(HeapBudget budget, int width)
    {
        double share = (double)budget.Total / budget.Heap;
        string colour = share switch { > 1 => "red", > 0.9 => "yellow", _ => "green" };
        return $"[{colour}]{Terminal.Bar(share, width - Share)}[/] {share.ToString("P0", CultureInfo.InvariantCulture)}";
    }

    private static string NameOf(BudgetOwner owner) => owner switch
    {
        BudgetOwner.Server => "the server",
        BudgetOwner.Application => "the application",
        _ => "the platform",
    };

    private static string Article(string name) => "AEIOSaeios".Contains(name[0], StringComparison.Ordinal) ? "an" : "a";

    private static string Number(int bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
