using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Http2Nano.Fuzz;
using Http2Nano.Fuzz.Targets;
using SharpFuzz;
using Spectre.Console;

var name = new Argument<string>("target") { Description = "What to fuzz: " + string.Join(", ", TargetList.Names) + "." };
name.AcceptOnlyFromAmong([.. TargetList.Names]);

var folder = new Argument<DirectoryInfo>("folder") { Description = "Where they go." };
var seeds = new Command("seeds", "Writes the inputs to start from as files.") { folder };
seeds.SetAction(parsed =>
{
    string to = Directory.CreateDirectory(parsed.GetRequiredValue(folder).FullName).FullName;
    foreach ((string seed, byte[] input) in TargetList.Make(parsed.GetRequiredValue(name)).Seeds)
    {
        File.WriteAllBytes(Path.Combine(to, seed), input);
    }
});

var file = new Argument<FileInfo>("file") { Description = "The input." };
file.AcceptExistingOnly();
var run = new Command("run", "Runs one input.") { file };
run.SetAction(parsed => TargetList.Make(parsed.GetRequiredValue(name)).Run(File.ReadAllBytes(parsed.GetRequiredValue(file).FullName)));

var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 30 };
var start = new Option<int>("--seed") { Description = "Decides about the inputs.", DefaultValueFactory = _ => 1 };
var kept = new Option<DirectoryInfo>("--folder") { Description = "Where corpus and findings are kept.", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Path.GetTempPath(), "http2nano-fuzz", "guided")) };
var guided = new Command("guided", "Fuzzes in this process, guided by coverage, without afl-fuzz.") { minutes, start, kept };
guided.SetAction(parsed => InstrumentedCopy.IsThis
    ? Guide(parsed.GetRequiredValue(name), parsed.GetRequiredValue(kept).FullName, parsed.GetValue(start), parsed.GetValue(minutes))
    : InstrumentedCopy.Run(args));

var root = new RootCommand("Feeds the server with whatever can be thought of. Without a command: as afl-fuzz wants it.") { name, seeds, run, guided };
root.SetAction(parsed =>
{
    IFuzzTarget target = TargetList.Make(parsed.GetRequiredValue(name));
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        target.Run(octets.ToArray());
    });
});
return root.Parse(args).Invoke();

static int Guide(string name, string folder, int seed, double minutes)
{
    var coverage = new CoverageRun(name, folder);
    coverage.Run(seed, TimeSpan.FromMinutes(minutes), Print);
    Print(coverage);
    return coverage.Findings == 0 ? 0 : 1;

    void Print(CoverageRun state) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name}: {state.Inputs:N0} inputs, corpus {state.Corpus:N0}, branches {state.Branches:N0}, findings {state.Findings}"));
}
