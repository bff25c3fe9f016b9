using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Projects;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Http2Nano.Development.Operations;
using Mono.Cecil;
using Spectre.Console;

namespace Http2Nano.Cli.Checking;

/// <summary><c>http2nano check [PROJECT]</c>: checks whether the code runs on a device, and counts its costs.</summary>
internal static class CheckCommand
{
    private const int Limit = 64 * 1024;
    private const int BarWidth = 20;

    public static Command Create()
    {
        Argument<string?> project = new("PROJECT") { Description = "The application: a folder or a .nfproj; this folder unless given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> board = new("--board") { Description = "Only the device project of this board." };
        Option<string[]> request = new("--request", "-r") { Description = "A request to count the IL operations of, for instance \"/hello/Ada\" or \"PUT /api/led\"; may be given again.", AllowMultipleArgumentsPerToken = false, DefaultValueFactory = _ => [] };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("check", "Compiles the application against the platform, finds what breaks on the device, and tells what it costs; exit code 1 where something is found.") { project, board, request, json };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetValue(project), result.GetValue(board), result.GetValue(request)!, result.GetValue(json), cancellation));
        return ExampleHelp.With(command, "check Greenhouse", "check Greenhouse --request / --request \"/hello/Ada\"");
    }

    private static async Task<int> RunAsync(string? named, string? board, string[] requests, bool json, CancellationToken cancellation)
    {
        IReadOnlyList<string> projects = ProjectFiles.FindDevice(named, board);
        using var compilation = new DeviceCompilation();
        try
        {
            await Work.DoAsync($"Compiling {string.Join(", ", projects.Select(ProjectFiles.Shown))}", () => Task.Run(
                () =>
                {
                    foreach (string project in projects)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        compilation.Compile(project);
                    }
                },
                cancellation));
        }
        catch (Exception exception) when (exception is AssemblyResolutionException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The device project cannot be checked: {exception.Message}");
        }

        IReadOnlyList<OperationCost> costs = [];
        if (requests.Length != 0 && compilation.Findings.Count == 0)
        {
            string host = ProjectFiles.FindHost(File.Exists(named) ? HostFolder(named) : named);
            costs = await Work.DoAsync("Counting operations", () => RequestCosts.CountAsync(host, board, requests, cancellation));
        }

        if (json)
        {
            Console.WriteLine(JsonText.Of(new { Projects = projects.Select(ProjectFiles.Shown), compilation.Findings, Assemblies = compilation.Sizes, Operations = costs }));
        }
        else
        {
            Print(projects, compilation, costs);
        }

        return compilation.Findings.Count == 0 ? 0 : 1;
    }

    // Boards/ESP32-C3/Name.nfproj belongs to the application two folders up.
    private static string HostFolder(string project) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(project))!, "..", ".."));

    private static void Print(IReadOnlyList<string> projects, DeviceCompilation compilation, IReadOnlyList<OperationCost> costs)
    {
        IAnsiConsole console = Terminal.Out;
        foreach (CheckFinding finding in compilation.Findings)
        {
            string place = finding.Line == 0 ? ProjectFiles.Shown(finding.File) : $"{ProjectFiles.Shown(finding.File)}({finding.Line},{finding.Column})";
            console.MarkupLine($"[bold]{Markup.Escape(place)}[/]: [red]error {finding.Id}[/]: {Markup.Escape(finding.Message)}");
        }

        if (compilation.Sizes.Count != 0)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumn(new TableColumn("Assembly"));
            table.AddColumn(new TableColumn("Code").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("of 64 KB"));
            table.AddColumn(new TableColumn("Constants").RightAligned().NoWrap());
            table.AddColumn(new TableColumn("of 64 KB"));
            foreach (AssemblySize size in compilation.Sizes)
            {
                table.AddRow(Markup.Escape(size.Assembly), Number(size.ByteCode), Share(size.ByteCode), Number(size.ConstantData), Share(size.ConstantData));
            }

            console.Write(table);
        }

        if (costs.Count != 0)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumn("Request");
            table.AddColumn("Status");
            table.AddColumn(new TableColumn("HTTP/1.1").RightAligned());
            table.AddColumn(new TableColumn("HTTP/2").RightAligned());
            foreach (OperationCost cost in costs)
            {
                table.AddRow(Markup.Escape(cost.Request), $"{cost.Status}", Number(cost.Http1), Number(cost.Http2));
            }

            console.WriteLine("IL operations of a request on a connection that has served it before:");
            console.Write(table);
        }

        int found = compilation.Findings.Count;
        console.MarkupLine(found == 0
            ? $"[green]It runs on a device:[/] {Count(projects.Count, "project")} compiled against the platform, nothing found."
            : $"[red]It does not run on a device: {Count(found, "finding")}.[/]");
    }

    private static string Share(int bytes)
    {
        double share = (double)bytes / Limit;
        string colour = share switch { > 1 => "red", > 0.8 => "yellow", _ => "green" };
        return $"[{colour}]{Terminal.Bar(share, BarWidth)}[/] {share.ToString("P0", CultureInfo.InvariantCulture)}";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
