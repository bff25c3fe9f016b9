using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Http2Nano.Scoreboard;

/// <summary>h2load, on one connection.</summary>
internal sealed partial class Load(double seconds)
{
    private const double WarmUp = 0.3;
    private const double Patience = 10;
    private const int Attempts = 3;
    private readonly string _tool = Tool.Path("h2load", "nghttp2-client");

    public string Version => Tool.Run(_tool, "--version").Trim();

    /// <summary>Requests a second, and seconds of the server's processor time for each.</summary>
    public (double Rate, double Processor) Measure(Contestant contestant, Cell cell)
    {
        TimeSpan before = contestant.Processor;
        double rate = Run(contestant, cell);

        // The warm-up's requests are not counted, but come as fast.
        return (rate, (contestant.Processor - before).TotalSeconds / (rate * (seconds + WarmUp)));
    }

    /// <summary>Microseconds that each request took, in ascending order.</summary>
    public IReadOnlyList<double> MeasureLatency(Contestant contestant, Cell cell)
    {
        string log = Path.GetTempFileName();
        try
        {
            Run(contestant, cell, $"--log-file={log}");
            double[] times = [.. File.ReadLines(log).Select(line => double.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture)).Order()];
            return times.Length != 0 ? times : throw new ScoreboardException($"h2load wrote no times: {contestant.Name}, {cell.Name}.");
        }
        finally
        {
            File.Delete(log);
        }
    }

    private double Run(Contestant contestant, Cell cell, params string[] more)
    {
        string atOnce = cell.AtOnce.ToString(CultureInfo.InvariantCulture);
        string[] protocol = cell.Wire == Wire.Http1 ? ["--h1"] : [];
        string[] arguments = ["-c", "1", "-m", atOnce, "-D", Time(seconds), $"--warm-up-time={Time(WarmUp)}", .. protocol, .. more, contestant.Address(cell).ToString()];
        string? output = null;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            output = Tool.Run(_tool, TimeSpan.FromSeconds(seconds + Patience), arguments);
            Match rate = RequestRate().Match(output ?? "");
            Match counts = Counts().Match(output ?? "");
            if (output == null || (rate.Success && counts.Success && Number(counts, 1) == 0))
            {
                // h2load counts nothing, or does not end, when its warm-up is over before its connection stands, as on a
                // busy machine.
                continue;
            }

            Match codes = StatusCodes().Match(output);
            bool good = rate.Success && counts.Success && codes.Success
                && Number(codes, 1) > 0 && Number(codes, 2) == 0 && Number(codes, 3) == 0 && Number(codes, 4) == 0
                && Number(counts, 2) == 0 && Number(counts, 3) == 0 && Number(counts, 4) == 0;
            return good ? Number(rate, 1) : throw new ScoreboardException($"Not all requests succeeded: {contestant.Name}, {cell.Name}.\n{output}");
        }

        throw new ScoreboardException($"h2load counted no requests in {Attempts} attempts: {contestant.Name}, {cell.Name}.\n{output}");
    }

    private static string Time(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0}ms");

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"finished in [^,]+, ([\d.]+) req/s")]
    private static partial Regex RequestRate();

    [GeneratedRegex(@"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx")]
    private static partial Regex StatusCodes();

    [GeneratedRegex(@"requests: (\d+) total, .* succeeded, (\d+) failed, (\d+) errored, (\d+) timeout")]
    private static partial Regex Counts();
}
