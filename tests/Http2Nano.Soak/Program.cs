using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Http2Nano.Soak;
using Spectre.Console;

var requests = new Option<long>("--requests") { Description = "Requests to be made.", DefaultValueFactory = _ => 1_000_000 };
var minutes = new Option<int>("--minutes") { Description = "Longest time.", DefaultValueFactory = _ => 60 };
var serve = new Command(ServerProcess.Argument, "Is the server that is loaded.") { Hidden = true };
serve.SetAction(_ => ServerProcess.Serve());
var root = new RootCommand("Loads a server with honest and hostile clients at once and watches what it holds.") { requests, minutes, serve };
root.SetAction((parsed, _) => SoakAsync(parsed.GetValue(requests), TimeSpan.FromMinutes(parsed.GetValue(minutes))));
return await root.Parse(args).InvokeAsync();

static async Task<int> SoakAsync(long requests, TimeSpan limit)
{
    using var server = new ServerProcess();
    var run = new SoakRun(server.EndPoint, server.Measure);
    await AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async context =>
        {
            ProgressTask task = context.AddTask("Requests", maxValue: requests);
            await run.RunAsync(requests, limit, sample =>
            {
                task.Value = sample.Requests;
                task.Description = string.Create(CultureInfo.InvariantCulture, $"{sample.Requests:N0} requests, {sample.Heap / 1024:N0} KB heap, {sample.Threads} threads, {sample.Handles} handles");
            });
        });
    var table = new Table().RoundedBorder();
    foreach (string column in new[] { "Requests", "Connections", "Held", "Heap KB", "Resident KB", "Threads", "Handles" })
    {
        table.AddColumn(new TableColumn(column).RightAligned());
    }

    int step = Math.Max(1, run.Samples.Count / 15);
    foreach (Sample sample in run.Samples.Where((sample, i) => i % step == 0 || i == run.Samples.Count - 1))
    {
        table.AddRow(new long[] { sample.Requests, sample.Connections, sample.Held, sample.Heap / 1024, sample.Resident / 1024, sample.Threads, sample.Handles }
            .Select(value => value.ToString("N0", CultureInfo.InvariantCulture)).ToArray());
    }

    AnsiConsole.Write(table);
    AnsiConsole.MarkupLine(CultureInfo.InvariantCulture, "{0:N0} honest requests answered, {1:N0} honest connections in vain, {2:N0} attacks with {3:N0} octets.",
        run.Honest.Answered, run.Honest.Failed, run.Hostile.Attacks, run.Hostile.Octets);
    bool flat = SoakVerdict.IsFlat(run.Samples);
    AnsiConsole.MarkupLine(flat ? "[green]Flat.[/]" : "[red]Something grew.[/]");
    return flat && run.Samples[^1].Requests >= requests ? 0 : 1;
}
