using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using HdrHistogram;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Network.Loading;

/// <summary><c>http2nano load URL</c>: bounded load, with a live line, percentiles and a histogram.</summary>
internal static class LoadCommand
{
    private const int MostConnections = 64;
    private const int MostStreams = 100;
    private const int MostRequests = 10_000_000;
    private const int MostSeconds = 600;
    private const int Buckets = 12;
    private const int WidestBar = 40;
    private static readonly double[] s_percentiles = [50, 75, 90, 99, 99.9];

    public static Command Create()
    {
        Argument<string> url = new("URL") { Description = "The address to load." };
        Option<int> requests = Number("--requests", "Requests in all.", 10_000, MostRequests, "-n");
        Option<int> seconds = Number("--seconds", "The longest time.", 30, MostSeconds, "-t");
        Option<int> connections = Number("--connections", "Connections at once.", 1, MostConnections, "-c");
        Option<int> streams = Number("--streams", "Requests at once on an HTTP/2 connection.", 10, MostStreams, "-m");
        Option<bool> http1 = new("--http1") { Description = "HTTP/1.1 instead of HTTP/2." };
        Option<string> yes = new("--yes") { Description = "The name of the host again, where it is not in a private network: that you mean it.", HelpName = "HOST" };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("load", "Loads a server with GET requests, bounded in number and time, and shows how long answers take.") { url, requests, seconds, connections, streams, http1, yes, json };
        command.SetAction((result, cancellation) => System.Threading.Tasks.Task.Run(
            () => Run(
                result.GetValue(url)!,
                new LoadOptions(result.GetValue(requests), result.GetValue(seconds), result.GetValue(connections), result.GetValue(streams), !result.GetValue(http1), 10_000),
                result.GetValue(yes),
                result.GetValue(json),
                cancellation)));
        return ExampleHelp.With(command, "load http://localhost:8080/ -n 20000 -m 10", "load http://192.168.1.7/ --http1 -c 4");
    }

    private static Option<int> Number(string name, string description, int usual, int most, string alias)
    {
        Option<int> option = new(name, alias) { Description = $"{description} 1 to {most.ToString("N0", CultureInfo.InvariantCulture)}.", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1 || number > most))
            {
                result.AddError($"{name} must be 1 to {most.ToString("N0", CultureInfo.InvariantCulture)}.");
            }
        });
        return option;
    }

    private static int Run(string url, LoadOptions options, string? yes, bool json, CancellationToken cancellation)
    {
        Target target = Target.Resolve(url);
        if (!target.IsPrivate && !string.Equals(yes, target.Url.Host, StringComparison.OrdinalIgnoreCase))
        {
            throw new UserException($"{target.Url.Host} is not in a private network: if it is yours to load, name it twice, with --yes {target.Url.Host}.");
        }

        var run = new LoadRun(target, options);
        if (Terminal.IsWatched && !json)
        {
            Terminal.Out.Live(new Text("")).AutoClear(true).Start(live => run.Run(
                now =>
                {
                    live.UpdateTarget(new Text(Line(now)));
                    live.Refresh();
                },
                cancellation));
        }
        else
        {
            run.Run(_ => { }, cancellation);
        }

        if (run.Done == 0)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new UserException($"No request was answered: {run.Troubles.FirstOrDefault() ?? "the server closes every connection."}");
        }

        if (json)
        {
            Console.WriteLine(JsonText.Of(new
            {
                Url = target.Url.ToString(),
                Protocol = options.Http2 ? "HTTP/2" : "HTTP/1.1",
                options.Connections,
                Streams = options.Http2 ? options.Streams : 1,
                Requests = run.Done,
                run.Failed,
                Seconds = run.Elapsed.TotalSeconds,
                PerSecond = run.Done / run.Elapsed.TotalSeconds,
                run.Bytes,
                Statuses = run.Statuses.OrderBy(item => item.Key).ToDictionary(item => item.Key.ToString(CultureInfo.InvariantCulture), item => item.Value),
                Microseconds = Percentiles(run.Times).ToDictionary(item => item.Name, item => item.Value),
                Troubles = run.Troubles,
            }));
        }
        else
        {
            Print(run);
        }

        if (cancellation.IsCancellationRequested)
        {
            return Commands.Interrupted;
        }

        return run.Failed == 0 && run.Statuses.Keys.All(status => status < 500) ? 0 : 1;
    }

    private static string Line(LoadRun run)
    {
        double seconds = Math.Max(run.Elapsed.TotalSeconds, 0.001);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Done:N0} of {run.Options.Requests:N0} requests, {run.Done / seconds:N0} a second, {seconds:N1} s{(run.Failed == 0 ? "" : $", {run.Failed:N0} failed")}");
    }

    private static IEnumerable<(string Name, long Value)> Percentiles(LongHistogram times)
    {
        yield return ("least", times.LowestEquivalentValue(Least(times)));
        foreach (double percentile in s_percentiles)
        {
            yield return (percentile.ToString(CultureInfo.InvariantCulture) + " %", times.GetValueAtPercentile(percentile));
        }

        yield return ("most", times.GetMaxValue());
    }

    private static long Least(LongHistogram times) => times.RecordedValues().Select(value => value.ValueIteratedTo).FirstOrDefault();

    private static void Print(LoadRun run)
    {
        IAnsiConsole console = Terminal.Out;
        double seconds = run.Elapsed.TotalSeconds;
        string how = run.Options.Http2 ? $"HTTP/2, {run.Options.Streams} at once" : "HTTP/1.1";
        console.MarkupLineInterpolated($"[bold]{run.Target.Url}[/] over {run.Options.Connections} {(run.Options.Connections == 1 ? "connection" : "connections")}, {how}");
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn();
        grid.AddRow("[grey]Requests[/]", string.Create(CultureInfo.InvariantCulture, $"{run.Done:N0} in {seconds:N2} s, [bold]{run.Done / seconds:N0}[/] a second"));
        grid.AddRow("[grey]Bodies[/]", string.Create(CultureInfo.InvariantCulture, $"{run.Bytes:N0} bytes, {run.Bytes / seconds / 1e6:N1} MB a second"));
        grid.AddRow("[grey]Statuses[/]", string.Join(", ", run.Statuses.OrderBy(item => item.Key).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Key}: {item.Value:N0}"))));
        if (run.Failed != 0 || run.Connections > run.Options.Connections)
        {
            grid.AddRow("[grey]Connections[/]", string.Create(CultureInfo.InvariantCulture, $"{run.Connections:N0} made, [red]{run.Failed:N0}[/] requests without an answer"));
        }

        console.Write(grid);
        foreach (string trouble in run.Troubles)
        {
            console.MarkupLine($"[yellow]{Terminal.Shown(trouble)}[/]");
        }

        var table = new Table { Border = TableBorder.Simple };
        foreach ((string name, _) in Percentiles(run.Times))
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        table.AddRow([.. Percentiles(run.Times).Select(item => Time(item.Value))]);
        console.WriteLine();
        console.WriteLine("Answered within:");
        console.Write(table);
        Histogram(console, run.Times);
    }

    // Buckets grow by a factor, so that short and long times have a place each.
    private static void Histogram(IAnsiConsole console, LongHistogram times)
    {
        long least = Math.Max(1, Least(times));
        double factor = Math.Pow((double)Math.Max(times.GetMaxValue(), least + 1) / least, 1.0 / Buckets) * 1.0001;
        long[] counts = new long[Buckets];
        foreach (HdrHistogram.Iteration.HistogramIterationValue value in times.RecordedValues())
        {
            int bucket = (int)(Math.Log((double)Math.Max(value.ValueIteratedTo, least) / least) / Math.Log(factor));
            counts[Math.Clamp(bucket, 0, Buckets - 1)] += value.CountAddedInThisIterationStep;
        }

        long most = Math.Max(1, counts.Max());
        int width = Math.Clamp(console.Profile.Width - 32, 10, WidestBar);
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn("").RightAligned().NoWrap());
        for (int i = 0; i < Buckets; i++)
        {
            table.AddRow($"up to {Time((long)(least * Math.Pow(factor, i + 1)))}", $"[blue]{Terminal.Bar((double)counts[i] / most, width)}[/]", counts[i].ToString("N0", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }

    private static string Time(long microseconds) => microseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds} µs"),
        < 100_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:N2} ms"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000.0:N0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e6:N2} s"),
    };
}
