using System;
using System.Globalization;
using Http2Nano.Hosting;
using Spectre.Console;

namespace Http2Nano.Host;

/// <summary>Prints what a server with some options takes of a device's heap, part by part.</summary>
internal static class BudgetTable
{
    // Wide enough for the table, so that a narrow terminal or a pipe does not fold its lines.
    private const int Width = 100;

    public static void Print(HttpServerOptions options, Profile profile)
    {
        var budget = new MemoryBudget(options);
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Part");
        table.AddColumn(new TableColumn("Bytes").RightAligned());
        for (int i = 0; i < budget.Count; i++)
        {
            table.AddRow(budget.NameOf(i), Number(budget.BytesOf(i)));
        }

        table.AddEmptyRow();
        table.AddRow("all together", Number(budget.Total));
        table.AddRow("stack for moments, while no handler runs", Number(budget.MomentaryStack));
        table.AddRow($"heap of an {profile.Board}", Number(profile.Heap));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = Width;
        console.WriteLine($"What the server takes of the managed heap with the profile {profile.Name}, all of it at start:");
        console.Write(table);
    }

    private static string Number(int bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
