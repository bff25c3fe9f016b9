using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;

namespace Http2Nano.Cli.Projects;

/// <summary><c>http2nano budget [PROJECT]</c>: computes what server and application take of a board's heap.</summary>
internal static class BudgetCommand
{
    public static Command Create()
    {
        Argument<string?> project = new("PROJECT") { Description = "The application: a folder or a project; this folder unless given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> board = new("--board") { Description = $"The board: {string.Join(", ", BoardProfile.All.Select(b => b.Name))}. Unless given, the one that the application has a project for." };
        Option<string[]> whatIf = new("--what-if") { Description = "With other limits, by the names of HttpLimits.", HelpName = "name=number,…", DefaultValueFactory = _ => [] };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Option<string> configuration = new("--configuration", "-c") { Description = "How to build.", DefaultValueFactory = _ => "Release" };
        board.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => BoardProfile.Find(token.Value) == null))
            {
                result.AddError($"--board must be one of {string.Join(", ", BoardProfile.All.Select(b => b.Name))}.");
            }
        });
        Command command = new("budget", "Shows what the server and the application take of a board's heap, part by part; exit code 1 if they do not fit.") { project, board, whatIf, json, configuration };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetValue(project), result.GetValue(board), result.GetValue(whatIf)!, result.GetValue(json), result.GetValue(configuration)!, cancellation));
        return ExampleHelp.With(command, "budget Greenhouse --board ESP32-C3", "budget --what-if exchanges=4,receivebuffersize=1024");
    }

    private static async Task<int> RunAsync(string? named, string? board, string[] whatIf, bool json, string configuration, CancellationToken cancellation)
    {
        string project = ProjectFiles.FindHost(named);
        string program = await Work.DoAsync($"Building {ProjectFiles.Shown(project)}", () => HostBuild.BuildAsync(project, configuration, cancellation));
        List<string> arguments = ["exec", program, "--budget"];
        if ((board ?? BoardOf(project)) is { } name)
        {
            arguments.AddRange(["--board", name]);
        }

        foreach (string change in whatIf)
        {
            arguments.AddRange(["--what-if", change]);
        }

        if (json)
        {
            arguments.Add("--json");
        }

        return await Programs.RunHereAsync(Programs.Dotnet, arguments);
    }

    // An application made by http2nano new has a folder for each of its boards.
    private static string? BoardOf(string project)
    {
        string boards = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(project)!)!, "Boards");
        return Directory.Exists(boards)
            ? Directory.EnumerateDirectories(boards).Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault(name => BoardProfile.Find(name!) != null)
            : null;
    }
}
