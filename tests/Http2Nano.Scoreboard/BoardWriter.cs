using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Spectre.Console;

namespace Http2Nano.Scoreboard;

/// <summary>Writes tables: to the console, and as Markdown.</summary>
internal static class BoardWriter
{
    public static void Write(IAnsiConsole console, Board board)
    {
        string[][] heads = [.. board.Heads.Select(head => head.Split('\n'))];
        int lines = heads.Max(head => head.Length);
        int[] widths =
        [
            .. heads.Select((head, i) => Math.Max(head.Max(line => line.Length), board.Rows.Max(row => row[i].Text.Length)) + (i == 0 ? 0 : 1)),
        ];
        console.MarkupLine($"\n[bold]{Markup.Escape(board.Title)}[/]");
        for (int line = 0; line < lines; line++)
        {
            // The last line of a head is next to its figures.
            console.WriteLine(string.Concat(heads.Select((head, i) => Aligned(head.ElementAtOrDefault(line - lines + head.Length) ?? "", i))));
        }

        console.WriteLine(new string('─', widths.Sum()));
        foreach (IReadOnlyList<Figure> row in board.Rows)
        {
            console.MarkupLine(string.Concat(row.Select((figure, i) =>
                figure.Good switch { true => $"[green]{Aligned(figure.Text, i)}[/]", false => $"[red]{Aligned(figure.Text, i)}[/]", null => Aligned(figure.Text, i) })));
        }

        string Aligned(string text, int column) => column == 0 ? text.PadRight(widths[0]) : text.PadLeft(widths[column]);
    }

    public static string Markdown(Board board)
    {
        string[] heads = [.. board.Heads.Select(head => head.Replace('\n', ' '))];
        int[] widths = [.. Enumerable.Range(0, board.Heads.Count).Select(i => board.Rows.Max(row => Text(row[i]).Length)).Zip(heads, (width, head) => Math.Max(width, Math.Max(head.Length, 3)))];
        var text = new StringBuilder($"## {board.Title}\n\n");
        Row(heads);
        Row([.. widths.Select((width, i) => i == 0 ? new string('-', width) : new string('-', width - 1) + ":")]);
        foreach (IReadOnlyList<Figure> row in board.Rows)
        {
            Row([.. row.Select(Text)]);
        }

        return text.ToString();

        static string Text(Figure figure) => figure.Good == false ? $"**{figure.Text}**" : figure.Text;

        void Row(IReadOnlyList<string> parts)
        {
            text.Append('|');
            for (int i = 0; i < parts.Count; i++)
            {
                text.Append(' ').Append(i == 0 ? parts[i].PadRight(widths[i]) : parts[i].PadLeft(widths[i])).Append(" |");
            }

            text.Append('\n');
        }
    }
}
