using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;

namespace Http2Nano.Cli.Projects;

/// <summary><c>http2nano run [PROJECT]</c>: runs the application on this PC.</summary>
internal static class RunCommand
{
    private static readonly string[] s_withValue = ["--http", "--https", "--bind", "--board", "--profile", "--limits", "--user", "--proxy"];
    private static readonly string[] s_flags = ["--quiet", "--no-early-hints", "--trust"];

    public static Command Create()
    {
        Argument<string?> project = new("PROJECT") { Description = "The application: a folder or a project; this folder unless given.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> configuration = new("--configuration", "-c") { Description = "How to build.", DefaultValueFactory = _ => "Debug" };
        Dictionary<string, string> help = new()
        {
            ["--http"] = "Port for HTTP/1.1 and HTTP/2 with prior knowledge (8080); 0 turns it off.",
            ["--https"] = "Port for HTTPS (8443); 0 turns it off.",
            ["--bind"] = "Address to listen at (127.0.0.1).",
            ["--board"] = "Be exactly as small as a board.",
            ["--profile"] = "tiny, default or large: the limits of a board.",
            ["--limits"] = "Other limits, as name=number,….",
            ["--user"] = "Somebody who may sign in, as name:password.",
            ["--proxy"] = "A reverse proxy that is believed when it says who its client is: an address or a network.",
            ["--no-early-hints"] = "Send no 103, for proxies that take it for the response.",
            ["--quiet"] = "No line for each request.",
            ["--trust"] = "Say how to make a browser trust the certificate, and exit.",
        };
        Command command = new("run", "Serves the application on this PC over both protocols, with live pages and a certificate for development.") { project, configuration };
        List<Option<string[]>> values = [];
        List<Option<bool>> flags = [];
        foreach (string name in s_withValue)
        {
            Option<string[]> option = new(name) { Description = help[name], AllowMultipleArgumentsPerToken = false };
            values.Add(option);
            command.Add(option);
        }

        foreach (string name in s_flags)
        {
            Option<bool> option = new(name) { Description = help[name] };
            flags.Add(option);
            command.Add(option);
        }

        // The application's own options.
        Argument<string[]> others = new("OPTIONS") { Description = "Behind --: options of the application's own.", Arity = ArgumentArity.ZeroOrMore };
        command.Add(others);
        command.SetAction((result, cancellation) =>
        {
            List<string> arguments = [];
            foreach (Option<string[]> option in values)
            {
                foreach (string value in result.GetValue(option) ?? [])
                {
                    arguments.AddRange([option.Name, value]);
                }
            }

            foreach (Option<bool> option in flags)
            {
                if (result.GetValue(option))
                {
                    arguments.Add(option.Name);
                }
            }

            arguments.AddRange(result.GetValue(others) ?? []);
            return RunAsync(result.GetValue(project), result.GetValue(configuration)!, arguments, cancellation);
        });
        return ExampleHelp.With(command, "run", "run Greenhouse --board ESP32-C3", "run Greenhouse --bind 0.0.0.0 --user anna:correct-horse");
    }

    private static async Task<int> RunAsync(string? named, string configuration, List<string> arguments, CancellationToken cancellation)
    {
        string project = ProjectFiles.FindHost(named);
        string program = await Work.DoAsync($"Building {ProjectFiles.Shown(project)}", () => HostBuild.BuildAsync(project, configuration, cancellation));
        return await Programs.RunHereAsync(Programs.Dotnet, ["exec", program, .. arguments]);
    }
}
