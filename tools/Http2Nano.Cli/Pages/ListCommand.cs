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

/// <summary><c>http2nano list PACK</c>: lists the files of a pack.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        Argument<FileInfo> pack = new("PACK") { Description = "The pack." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("list", "Shows what a pack holds and what each file costs.") { pack, json };
        command.SetAction(result => Run(result.GetValue(pack)!, result.GetValue(json)));
        return ExampleHelp.With(command, "list www.pack");
    }

    private static int Run(FileInfo pack, bool json)
    {
        IReadOnlyList<PackEntry> entries = UnpackCommand.Open(pack);
        if (json)
        {
            Console.WriteLine(JsonText.Of(entries.Select(entry =>
                new { entry.Path, entry.ContentType, entry.Tag, entry.IsImmutable, entry.IsPage, Plain = entry.Plain.Length, Gzip = entry.Gzip.Length, entry.Cost })));
            return 0;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Path");
        table.AddColumn("Type");
        table.AddColumn(new TableColumn("Plain").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("gzip").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Cost").RightAligned().NoWrap());
        foreach (PackEntry entry in entries)
        {
            table.AddRow(Terminal.Shown(entry.Path), Terminal.Shown(entry.ContentType.Split(';')[0]), Number(entry.Plain.Length), Number(entry.Gzip.Length), Number(entry.Cost));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"{entries.Count} files, {new FileInfo(pack.ToString()).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes: {pack}");
        return 0;
    }

    private static string Number(int number) => number == 0 ? "" : number.ToString("N0", CultureInfo.InvariantCulture);
}
