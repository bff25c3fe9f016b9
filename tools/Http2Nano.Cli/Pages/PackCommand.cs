using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using Http2Nano.Cli.Shared;
using Http2Nano.Development;
using Http2Nano.Packing;
using Spectre.Console;

namespace Http2Nano.Cli.Pages;

/// <summary><c>http2nano pack FOLDER OUTPUT</c>: packs web pages into one asset pack.</summary>
internal static class PackCommand
{
    private const int BarWidth = 16;

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new("FOLDER") { Description = "The folder with the pages." };
        Argument<FileInfo> output = new("OUTPUT") { Description = "The file to write." };
        Option<string> forms = new("--forms")
        {
            Description = "gzip: where smaller only so, which halves the flash and refuses clients without gzip; both: as they are, and with gzip where smaller; plain: as they are.",
            DefaultValueFactory = _ => "gzip",
        };
        forms.AcceptOnlyFromAmong("both", "gzip", "plain");
        Option<bool> asTheyAre = new("--no-minify") { Description = "Leave CSS, JavaScript, HTML and SVG as they are." };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };
        Option<bool> json = new("--json") { Description = "Print JSON." };

        Command command = new("pack", "Packs the files of a folder into one file that the server serves, and tells what each costs.") { folder, output, forms, asTheyAre, quiet, json };
        command.SetAction(result => Run(
            result.GetValue(folder)!,
            result.GetValue(output)!,
            Encodings(result.GetValue(forms)),
            !result.GetValue(asTheyAre),
            result.GetValue(quiet),
            result.GetValue(json)));
        return ExampleHelp.With(command, "pack Application/www www.pack", "pack www www.pack --forms both --no-minify");
    }

    /// <summary>Packs a folder in memory.</summary>
    /// <exception cref="UserException">The folder cannot be packed.</exception>
    public static byte[] Pack(string folder, PackEncodings encodings, bool minify, List<(string Path, int Length)>? lengths = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserException($"There is no folder '{folder}'.");
        }

        try
        {
            var builder = new AssetPackBuilder(encodings);
            foreach ((string path, byte[] content) in AssetPackBuilder.Files(folder))
            {
                lengths?.Add((path, content.Length));
                string? trouble = null;
                builder.Add(path, minify ? Minifier.Minify(path, content, out trouble) : content);
                if (trouble != null)
                {
                    Terminal.Error.MarkupLine($"[yellow]{Markup.Escape($"'{path}' is packed as it is: {trouble.TrimEnd('.')}.")}[/]");
                }
            }

            return builder.Assets.Count == 0 ? throw new UserException($"There are no files in '{folder}'.") : builder.Build();
        }
        catch (Exception e) when (e is PackingException or IOException or UnauthorizedAccessException)
        {
            throw new UserException(e.Message);
        }
    }

    private static PackEncodings Encodings(string? forms) => forms switch
    {
        "both" => PackEncodings.Both,
        "plain" => PackEncodings.Plain,
        _ => PackEncodings.GzipOnly,
    };

    private static int Run(DirectoryInfo folder, FileInfo output, PackEncodings encodings, bool minify, bool quiet, bool json)
    {
        List<(string Path, int Length)> lengths = [];
        using var interruption = new Interruption();
        byte[] pack = Pack(folder.ToString(), encodings, minify, lengths);
        interruption.ThrowIfRequested();
        Files.Write(output.FullName, pack);
        if (quiet)
        {
            return 0;
        }

        Dictionary<string, int> before = lengths.ToDictionary(item => item.Path, item => item.Length, StringComparer.Ordinal);
        IReadOnlyList<PackEntry> entries = AssetPackReader.Read(pack);
        if (json)
        {
            Console.WriteLine(JsonText.Of(new
            {
                Pack = output.ToString(),
                Bytes = pack.Length,
                Files = entries.Select(entry => new { entry.Path, entry.ContentType, Before = before[entry.Path], Plain = entry.Plain.Length, Gzip = entry.Gzip.Length, entry.Cost }),
            }));
            return 0;
        }

        Print(entries, before);
        Terminal.Out.MarkupLineInterpolated($"{entries.Count} files, {lengths.Sum(item => (long)item.Length):N0} bytes, packed into {pack.Length:N0} bytes: {output}");
        return 0;
    }

    private static void Print(IReadOnlyList<PackEntry> entries, Dictionary<string, int> before)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Path");
        table.AddColumn(new TableColumn("Bytes").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Plain").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("gzip").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("In the pack").RightAligned());
        table.AddColumn("");
        int most = entries.Max(entry => entry.Cost);
        foreach (PackEntry entry in entries)
        {
            table.AddRow(
                Markup.Escape(entry.Path),
                Number(before[entry.Path]),
                entry.Plain.Length == 0 ? "" : Number(entry.Plain.Length),
                entry.Gzip.Length == 0 ? "" : Number(entry.Gzip.Length),
                Number(entry.Cost),
                $"[blue]{Terminal.Bar((double)entry.Cost / most, BarWidth)}[/]");
        }

        Terminal.Out.Write(table);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
