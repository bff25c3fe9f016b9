using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Spectre.Console;

namespace Http2Nano.Cli.Network.Probing;

/// <summary><c>http2nano probe URL</c>: finds out which protocols a server supports, and how well.</summary>
internal static class ProbeCommand
{
    private const int MostSeconds = 60;

    public static Command Create()
    {
        Argument<string> url = new("URL") { Description = "The address of a page." };
        Option<int> timeout = new("--timeout") { Description = "Seconds that each step may take.", DefaultValueFactory = _ => 5 };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > MostSeconds))
            {
                result.AddError($"--timeout must be 1 to {MostSeconds} seconds.");
            }
        });
        Command command = new("probe", "Finds out what a server speaks, and how well: TLS, ALPN, HTTP/2 and its settings, push, priorities, fields, times.") { url, timeout, json };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(url)!, result.GetValue(timeout) * 1000, result.GetValue(json), cancellation));
        return ExampleHelp.With(command, "probe http://localhost:8080/", "probe https://192.168.1.7/ --json");
    }

    private static async Task<int> RunAsync(string url, int milliseconds, bool json, CancellationToken cancellation)
    {
        Target target = Target.Resolve(url);
        ProbeReport report = await Work.DoAsync($"Asking {target.Authority}", () => Task.Run(() => new Prober(target, milliseconds).Probe(), cancellation).WaitAsync(cancellation));
        if (json)
        {
            Console.WriteLine(JsonText.Of(report));
        }
        else
        {
            Print(report);
        }

        return report.Findings.Any(finding => finding.Verdict == Verdict.Bad) ? 1 : 0;
    }

    private static void Print(ProbeReport report)
    {
        IAnsiConsole console = Terminal.Out;
        console.MarkupLineInterpolated($"[bold]{report.Url}[/] at {report.Address}");
        var ways = new Table { Border = TableBorder.Simple };
        ways.AddColumn("Way");
        ways.AddColumn("");
        ways.AddColumn(new TableColumn("Status").RightAligned());
        ways.AddColumn(new TableColumn("First byte").RightAligned().NoWrap());
        ways.AddColumn("Remark");
        foreach (ProbeProtocol protocol in report.Protocols)
        {
            ways.AddRow(
                protocol.Name,
                protocol.Speaks ? "[green]yes[/]" : "[grey]no[/]",
                protocol.Status == 0 ? "" : protocol.Status.ToString(CultureInfo.InvariantCulture),
                protocol.FirstByte is { } time ? time.ToString("N1", CultureInfo.InvariantCulture) + " ms" : "",
                Terminal.Shown(protocol.Remark));
        }

        console.Write(ways);
        if (report.Tls is { } tls)
        {
            var grid = new Grid();
            grid.AddColumn(new GridColumn().NoWrap());
            grid.AddColumn();
            grid.AddRow("[grey]TLS[/]", Terminal.Shown(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", tls.Versions)}; {tls.Cipher}; handshake {tls.Handshake:N1} ms; ALPN {tls.Alpn ?? "none"}")));
            grid.AddRow("[grey]Certificate[/]", Terminal.Shown($"{tls.Subject}, by {tls.Issuer}, until {tls.Ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"));
            console.Write(grid);
        }

        if (report.Http2 is { } http2)
        {
            var grid = new Grid();
            grid.AddColumn(new GridColumn().NoWrap());
            grid.AddColumn(new GridColumn().RightAligned());
            foreach ((string name, uint value) in http2.Settings)
            {
                grid.AddRow($"[grey]{name}[/]", value.ToString("N0", CultureInfo.InvariantCulture));
            }

            console.MarkupLine("[bold]SETTINGS[/]");
            console.Write(grid);
        }

        console.MarkupLine("[bold]Fields[/]");
        foreach (string field in report.Fields)
        {
            // A long value goes on below its beginning.
            console.Write(new Padder(new Markup(Terminal.Shown(field)), new Padding(2, 0, 0, 0)));
        }

        var findings = new Table { Border = TableBorder.Simple };
        findings.AddColumn("");
        findings.AddColumn(new TableColumn("Finding").NoWrap());
        findings.AddColumn("");
        foreach (ProbeFinding finding in report.Findings)
        {
            string mark = finding.Verdict switch { Verdict.Good => "[green]good[/]", Verdict.Note => "[grey]note[/]", Verdict.Warning => "[yellow]look[/]", _ => "[red]bad[/]" };
            findings.AddRow(mark, finding.Subject, Terminal.Shown(finding.Text));
        }

        console.Write(findings);
    }
}
