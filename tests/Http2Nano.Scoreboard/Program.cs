using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Http2Nano.Scoreboard;
using Http2Nano.Scoreboard.Serving;
using Spectre.Console;

var rounds = new Option<int>("--rounds") { Description = "How many times everything is measured; medians count.", DefaultValueFactory = _ => 5 };
var seconds = new Option<double>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 2 };
var filter = new Option<string?>("--filter") { Description = "Only cells with this text in their names, for instance 16 KB." };
var baseline = new Option<DirectoryInfo?>("--baseline") { Description = "A built checkout of an older state of this project, to pair with this one." };
var output = new Option<FileInfo?>("--output") { Description = "A Markdown file to write the tables to, for instance tests/scoreboard.md." };
foreach (Option option in new Option[] { rounds, seconds })
{
    option.Validators.Add(result =>
    {
        if (result.Tokens.Any(token => !double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || number <= 0 || number > 1000))
        {
            result.AddError($"{option.Name} must be a number above 0 and at most 1000.");
        }
    });
}

var profile = new Argument<string>("profile");
var certificate = new Argument<string>("certificate");
var key = new Argument<string>("key");
var serve = new Command(OwnServer.Argument, "Is a server that is measured.") { profile, certificate, key };
serve.Hidden = true;
serve.SetAction(parsed => OwnServer.Run(parsed.GetRequiredValue(profile), parsed.GetRequiredValue(certificate), parsed.GetRequiredValue(key)));
var serveKestrel = new Command(KestrelServing.Argument, "Is a server that is measured.") { certificate, key };
serveKestrel.Hidden = true;
serveKestrel.SetAction((parsed, _) => KestrelServing.RunAsync(parsed.GetRequiredValue(certificate), parsed.GetRequiredValue(key)));

var root = new RootCommand("Measures this server in three profiles beside Kestrel and nghttpd, each on one connection, with h2load.")
{
    rounds,
    seconds,
    filter,
    baseline,
    output,
    serve,
    serveKestrel,
};
root.SetAction(parsed =>
{
    try
    {
        Measure(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(filter), parsed.GetValue(baseline), parsed.GetValue(output));
        return 0;
    }
    catch (Exception exception) when (exception is ScoreboardException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();

static void Measure(int rounds, double seconds, string? filter, DirectoryInfo? baseline, FileInfo? output)
{
    Cell[] cells = [.. Cell.All.Where(cell => filter is null || cell.Name.Contains(filter, StringComparison.Ordinal))];
    if (cells.Length == 0)
    {
        throw new ScoreboardException($"No cell has {filter} in its name; they are called: {string.Join("; ", Cell.All.Select(cell => cell.Name))}.");
    }

    var load = new Load(seconds);
    using var files = new CertificateFiles();
    using OlderBuild? older = baseline is null ? null : new OlderBuild(baseline.FullName);
    var contestants = new List<Contestant>();
    try
    {
        foreach (string name in OwnServer.Profiles)
        {
            contestants.Add(Contestant.Own(name, name, AppContext.BaseDirectory, files));
            if (older is not null)
            {
                contestants.Add(Contestant.Own(Board.Before + name, name, older.Folder, files));
            }
        }

        contestants.Add(Contestant.Kestrel(files));
        contestants.Add(Contestant.Nghttpd(files));
        var contest = new Contest(contestants, cells, rounds, load);
        Results results = Run(contest);
        Board[] boards = [.. Board.Of(results, cells)];
        string conditions = Conditions(load, rounds, seconds);
        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(conditions);
        foreach (Board board in boards)
        {
            BoardWriter.Write(AnsiConsole.Console, board);
        }

        AnsiConsole.WriteLine();
        AnsiConsole.WriteLine(Aims.Said);

        if (output is not null)
        {
            File.WriteAllText(output.FullName, Markdown(boards, conditions, rounds, seconds, baseline));
        }
    }
    finally
    {
        contestants.ForEach(contestant => contestant.Dispose());
    }
}

static Results Run(Contest contest)
{
    Results? results = null;
    AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("Measuring", maxValue: contest.Steps);
            results = contest.Run(what =>
            {
                task.Description = Markup.Escape(what);
                task.Increment(1);
            });
        });
    return results!;
}

static string Conditions(Load load, int rounds, double seconds)
{
    string nghttpd = Tool.Run(Tool.Path("nghttpd", "nghttp2-server"), "--version").Trim();
    string times = rounds == 1 ? "One round" : string.Create(CultureInfo.InvariantCulture, $"Medians of {rounds} rounds");
    return string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}; .NET {Environment.Version} (Kestrel is part of it), {nghttpd}, {load.Version}; {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors{Busy()}.\n")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{times} of {seconds} s for each cell, all servers in turn, one connection; m is the number of requests open at once. Ratios are medians of the ratios within a round.");
}

// What other programs of the machine do beside, which the run itself does not raise above 2 or 3.
static string Busy() => File.Exists("/proc/loadavg") ? $", load average {File.ReadAllText("/proc/loadavg").Split(' ')[1]}" : "";

static string Markdown(IEnumerable<Board> boards, string conditions, int rounds, double seconds, DirectoryInfo? baseline)
{
    string command = string.Create(CultureInfo.InvariantCulture, $"dotnet run -c Release --project tests/Http2Nano.Scoreboard -- --rounds {rounds} --seconds {seconds}{(baseline is null ? "" : " --baseline DIR")} --output tests/scoreboard.md");
    var text = new StringBuilder();
    text.Append(CultureInfo.InvariantCulture, $"# Scoreboard\n\n{conditions}\n\n{Aims.Said} Ratios that miss theirs are bold.\n\n```\n{command}\n```\n");
    foreach (Board board in boards)
    {
        text.Append('\n').Append(BoardWriter.Markdown(board));
    }

    return text.ToString();
}
