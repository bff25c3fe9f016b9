using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Http2Nano.Packing;
using Spectre.Console;

namespace Http2Nano.Cli.Pages;

/// <summary><c>http2nano pack FOLDER OUTPUT</c>: web pages into one asset pack.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new("FOLDER") { Description = "The folder with the pages." };
        Argument<FileInfo> output = new("OUTPUT") { Description = "The file to write." };
        Option<string> forms = new("--forms")
        {
            Description = "both: as they are, and with gzip where smaller; gzip: where smaller only so, which halves the flash and refuses clients without gzip; plain: as they are.",
            DefaultValueFactory = _ => "both",
        };
        forms.AcceptOnlyFromAmong("both", "gzip", "plain");
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };

        Command command = new("pack", "Packs the files of a folder into one file that the server serves.") { folder, output, forms, quiet };
        command.SetAction(result => Run(
            result.GetValue(folder)!, result.GetValue(output)!, Encodings(result.GetValue(forms)), result.GetValue(quiet)));
        return command;
    }

    private static PackEncodings Encodings(string? forms) => forms switch
    {
        "gzip" => PackEncodings.GzipOnly,
        "plain" => PackEncodings.Plain,
        _ => PackEncodings.Both,
    };

    private static int Run(DirectoryInfo folder, FileInfo output, PackEncodings encodings, bool quiet)
    {
        try
        {
            if (!folder.Exists)
            {
                return Fail($"There is no folder '{folder}'.");
            }

            AssetPackBuilder builder = AssetPackBuilder.FromFolder(folder.FullName, encodings);
            if (builder.Assets.Count == 0)
            {
                return Fail($"There are no files in '{folder}'.");
            }

            byte[] pack = builder.Build();
            File.WriteAllBytes(output.FullName, pack);
            if (!quiet)
            {
                Print(builder, output, pack.Length);
            }

            return 0;
        }
        catch (Exception e) when (e is PackingException or IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    private static void Print(AssetPackBuilder builder, FileInfo output, int length)
    {
        Table table = new();
        table.Border(TableBorder.Simple);
        table.AddColumn("Path");
        table.AddColumn("Type");
        table.AddColumn(new TableColumn("Bytes").RightAligned());
        table.AddColumn(new TableColumn("gzip").RightAligned());
        foreach (PackedAsset asset in builder.Assets)
        {
            table.AddRow(
                Markup.Escape(asset.Path),
                Markup.Escape(asset.ContentType),
                $"{asset.Length:N0}",
                asset.Gzip is null ? "" : $"{asset.Gzip.Length:N0}");
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"{builder.Assets.Count} files, {builder.Assets.Sum(a => (long)a.Length):N0} bytes, packed into {length:N0} bytes: {output}");
    }
}
