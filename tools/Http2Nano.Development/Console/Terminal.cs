using System;
using System.IO;
using Spectre.Console;

namespace Http2Nano.Development;

/// <summary>The console. Colours are used on a terminal only; lines are not folded when output goes to a file or a program.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 1000;

    private static IAnsiConsole? s_out;
    private static IAnsiConsole? s_error;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Out => s_out ??= Make(System.Console.Out, System.Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Error => s_error ??= Make(System.Console.Error, System.Console.IsErrorRedirected);

    /// <summary>Whether standard output is a terminal.</summary>
    public static bool IsWatched => !System.Console.IsOutputRedirected;

    /// <summary>Prints an error and its remedy in one sentence.</summary>
    /// <returns>1, the exit code.</returns>
    public static int Fail(string sentence)
    {
        // The system's messages have no full stop.
        string whole = sentence.Length != 0 && ".?!".Contains(sentence[^1], StringComparison.Ordinal) ? sentence : sentence + ".";
        Error.MarkupLine($"[red]{Markup.Escape(whole)}[/]");
        return 1;
    }

    /// <summary>Text that came from somewhere else, as markup that shows it: it moves no cursor and changes no colour here.</summary>
    public static string Shown(string text) =>
        Markup.Escape(string.Create(text.Length, text, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '·' : from[i];
            }
        }));

    /// <summary>A bar of at most <paramref name="width"/> characters.</summary>
    public static string Bar(double share, int width)
    {
        if (share <= 0)
        {
            return "";
        }

        double eighths = Math.Clamp(share, 0, 1) * width * 8;
        bool blocks = Out.Profile.Capabilities.Unicode;
        if (!blocks)
        {
            return new string('#', Math.Max(1, (int)Math.Round(eighths / 8)));
        }

        int whole = (int)eighths / 8;
        int rest = (int)eighths % 8;
        string bar = new string('█', whole) + (rest == 0 ? "" : "▏▎▍▌▋▊▉"[rest - 1].ToString());
        return bar.Length == 0 ? "▏" : bar;
    }

    private static IAnsiConsole Make(TextWriter writer, bool redirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
