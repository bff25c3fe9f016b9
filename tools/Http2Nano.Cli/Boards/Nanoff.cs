using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Boards;

/// <summary>The tool <c>nanoff</c>, which flashes and provisions.</summary>
internal sealed class Nanoff
{
    private const int LinesOfTrouble = 6;
    private readonly string _path;

    private readonly List<string> _done = [];
    private readonly bool _json;

    private Nanoff(string path, bool json)
    {
        _path = path;
        _json = json;
    }

    /// <summary>Finds the tool.</summary>
    /// <param name="named">Its path, or null to search PATH.</param>
    /// <param name="json">Whether nothing is printed until <see cref="Report"/>.</param>
    /// <exception cref="UserException">The tool is missing; the message says where to get it.</exception>
    public static Nanoff Find(string? named, bool json)
    {
        string? path = named ?? Programs.Find("nanoff");
        return path != null && File.Exists(path)
            ? new Nanoff(path, json)
            : throw new UserException(named == null
                ? "nanoff, which flashes boards, is not on the path: dotnet tool install --global nanoff, or name it with --nanoff."
                : $"There is no nanoff at '{named}': dotnet tool install --global nanoff.");
    }

    /// <summary>Runs a step and shows nanoff's output as it appears.</summary>
    /// <exception cref="UserException">The step fails; the message contains the last lines of output.</exception>
    public async Task RunAsync(string step, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        ProgramOutcome outcome = Terminal.IsWatched && !_json
            ? await Terminal.Out.Status().StartAsync(step, status => Programs.RunAsync(
                _path, arguments, line: line => status.Status($"{Markup.Escape(step)} [grey]{Markup.Escape(Short(line))}[/]"), cancellation: cancellation))
            : await Programs.RunAsync(_path, arguments, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.ExitCode != 0)
        {
            IEnumerable<string> said = (outcome.Output + "\n" + outcome.Errors).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length != 0).TakeLast(LinesOfTrouble);
            throw new UserException($"{step}: nanoff ended with {outcome.ExitCode}. Is the board connected, and the port right? It said:\n  {string.Join("\n  ", said)}");
        }

        _done.Add(step);
        if (!_json)
        {
            Terminal.Out.MarkupLine($"[green]done[/]  {Markup.Escape(step)}");
        }
    }

    /// <summary>Prints what was done, where it was not printed before.</summary>
    public void Report(BoardFile board, string port)
    {
        if (_json)
        {
            Console.WriteLine(JsonText.Of(new { board.Board, Port = port, Done = _done }));
        }
    }

    /// <summary>Runs a step with a JSON file, which may contain secrets and is deleted afterwards.</summary>
    public async Task RunWithFileAsync(string step, string option, object content, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("http2nano-").FullName;
        try
        {
            string file = Path.Combine(folder, "deployment.json");
            Files.Write(file, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content)), secret: true);
            await RunAsync(step, [option, file], cancellation);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Short(string line) => line.Length <= 60 ? line : line[..60];
}
